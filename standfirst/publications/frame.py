"""The pages that a publication stands on: it has one of each, and cannot be without."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
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


class ThereIsOneAlready(PermissionDenied):
    """A second page of a kind of which a publication has one, as a copy or an alias would be."""

    def __init__(self, kind: type[Page]) -> None:
        super().__init__(
            _("There is one page of this kind already: %(kind)s.") % {"kind": kind.get_verbose_name()}
        )


class FramePage(Page):
    """A page of which a publication has one: edited, and otherwise left as it is."""

    max_count = 1
    # What is published is public: listings know no passwords.
    private_page_options: list[str] = []

    class Meta:
        abstract = True

    def permissions_for_user(self, user: AbstractBaseUser) -> FramePermissions:
        return FramePermissions(user, self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """What readers see there: it is made of the archives, not of a version of this page."""
        return HttpResponseRedirect(self.get_url(request) or "/")

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding and type(self).objects.exists():
            raise ThereIsOneAlready(type(self))
        super().save(*args, **kwargs)
