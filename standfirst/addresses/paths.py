"""Paths of this publication: how the addresses of things known by a slug are spelled, and paths as whole addresses."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class SlugPaths:
    """How the addresses of one kind of thing are spelled: `/author/<slug>/`, and below it what belongs to that one.

    Each room says it once for its things, in its `paths`; nobody else spells it.
    """

    first: str

    def of(self, slug: str) -> str:
        """The address of the thing that has this slug."""
        return f"/{self.first}/{slug}/"

    def slug_in(self, path: str) -> str:
        """The slug of the thing that is at this path or above it; empty if it is no such thing's."""
        before, first, rest = path.partition(f"/{self.first}/")
        slug, slash, _below = rest.partition("/")
        return slug if first and slash and not before else ""


def absolute(path: str) -> str:
    """A path of this publication as a whole address; anything else, such as media kept elsewhere, as it is."""
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}" if path.startswith("/") else path
