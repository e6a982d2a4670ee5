"""The feeds' settings, read once."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings as django_settings
from django.core.signals import setting_changed


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """What `FEEDS` of Django's settings says."""

    # Whether entries hold whole articles, or standfirsts alone.
    has_bodies: bool = True
    # The WebSub hub that is told of changes; none if empty.
    hub: str = ""


@lru_cache(1)
def settings() -> FeedSettings:
    said: dict[str, Any] = django_settings.FEEDS
    return FeedSettings(**said)


def _read_anew(*, setting: str, **_: object) -> None:
    if setting == "FEEDS":
        settings.cache_clear()


setting_changed.connect(_read_anew)
