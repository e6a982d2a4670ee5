"""What becomes of the archives when articles come and go."""

from typing import Any

from django.dispatch import receiver

from standfirst.articles.models import Listing
from standfirst.articles.signals import relisted

from .announcing import announce


@receiver(relisted)
def on_relisted(gone: list[Listing], new: list[Listing], **_: Any) -> None:
    announce(gone, new)
