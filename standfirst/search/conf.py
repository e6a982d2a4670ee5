"""The search's settings, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings as django_settings
from django.core.signals import setting_changed


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """What `SEARCH` of Django's settings says."""

    # How long one statement may take. A search asks up to four.
    milliseconds: int


@lru_cache(1)
def settings() -> SearchSettings:
    said: Mapping[str, Any] = django_settings.SEARCH
    return SearchSettings(**said)


def _read_anew(*, setting: str, **_: object) -> None:
    if setting == "SEARCH":
        settings.cache_clear()


setting_changed.connect(_read_anew)
