"""Paths of this publication as whole addresses."""

from django.conf import settings


def absolute(path: str) -> str:
    """A path of this publication as a whole address; anything else, such as media kept elsewhere, as it is."""
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}" if path.startswith("/") else path
