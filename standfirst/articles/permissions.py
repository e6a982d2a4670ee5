"""What nobody may do to articles, whatever their rights, because it cannot be right."""

from wagtail.models import Page, PagePermissionTester

from standfirst.publications.frame import FramePermissions


class ArticlePermissions(PagePermissionTester):
    """An article is edited, published, copied and deleted. It stays where all are kept, and no password hides it."""

    def can_move(self) -> bool:
        return False

    def can_move_to(self, destination: Page) -> bool:
        return False

    def can_set_view_restrictions(self) -> bool:
        return False


class ArticleIndexPermissions(FramePermissions):
    """The place where articles are kept stays as it is, and its articles have no order but that of their dates."""

    def can_reorder_children(self) -> bool:
        return False
