"""What nobody may do to pages that a publication stands on, whatever their rights."""

from wagtail.models import Page, PagePermissionTester


class FramePermissions(PagePermissionTester):
    """Of a page that a publication has one of, and cannot be without: it is edited, and otherwise stays as it is.

    Wagtail asks these of every page it does something to, on all its screens, in bulk too.
    """

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_move(self) -> bool:
        return False

    def can_move_to(self, destination: Page) -> bool:
        return False

    def can_copy(self) -> bool:
        return False

    def can_copy_to(self, destination: Page, recursive: bool = False) -> bool:
        return False

    def can_set_view_restrictions(self) -> bool:
        return False
