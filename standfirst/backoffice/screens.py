"""What our own screens have in common: Wagtail's furniture around them, and a permission before them."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from standfirst.contributors.models import Contributor

QUEUE = "review.change_question"
WHO_IS_WHO = "identity.add_identitychange"
# The journal holds names that people asked to have forgotten.
JOURNAL = "identity.view_identitychange"
# What is said of a field changes whole archives, at the next import.
IMPORTS = "importers.change_importsource"


class Screen(WagtailAdminTemplateMixin, View):
    """A screen of ours, for those who have its permission. A class without one is a mistake, and shows itself at once."""

    permission: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def crumbs(self) -> Iterable[tuple[str, str]]:
        """Address and label of what is above this screen, and of the screen itself with an empty address."""
        return [("", self.get_page_title())]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, *({"url": url, "label": label} for url, label in self.crumbs())]

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        profile = getattr(self.request.user, "wagtail_userprofile", None)
        return super().get_context_data(**context) | {
            "edit_contributor": Contributor.snippet_viewset.get_url_name("edit"),
            # Whoever has switched Wagtail's single keys off wants none of ours either (WCAG 2.2, 2.1.4).
            "shortcuts": getattr(profile, "keyboard_shortcuts", True),
        }


def typed(text: str) -> str:
    """What somebody typed on one line, without the characters that no name has and no database takes."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:255]


def number_in(text: str | None) -> int:
    """A number somebody sent; 0 for anything else, and for one that no database has."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0


def sentences(error: ValidationError) -> str:
    """What an error says, in one line."""
    return " ".join(error.messages)
