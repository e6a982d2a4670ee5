"""What the hub is to be told, noted when it is announced."""

from collections.abc import Collection
from typing import Any

from django.dispatch import receiver

from standfirst.pagecache.signals import announced

from .telling import note


@receiver(announced)
def on_announced(keys: Collection[str], **_: Any) -> None:
    note(keys)
