"""The page cache's settings, read once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings as django_settings
from django.core.signals import setting_changed


@dataclass(frozen=True, slots=True)
class PageCacheSettings:
    """What `PAGECACHE` of Django's settings says."""

    is_on: bool
    # Bytes; what is least recently used goes when there are more.
    limit: int
    # By path, the parameters that make another page of it.
    counted: Mapping[str, frozenset[str]]
    # What all renderings depend on besides the database: the version, the theme, the publication's file.
    edition: str
    # The file whose bytes are leased.
    leases: Path
    # The cache outside that is told of changes, as `purgers` builds it; none if empty.
    purger: Mapping[str, Any] = field(default_factory=dict)


@lru_cache(1)
def settings() -> PageCacheSettings:
    return PageCacheSettings(**django_settings.PAGECACHE)


def _read_anew(*, setting: str, **_: object) -> None:
    if setting == "PAGECACHE":
        settings.cache_clear()


setting_changed.connect(_read_anew)
