"""What others change of addresses, announced."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.contrib.redirects.models import Redirect

from .redirects import redirect_changed


@receiver([post_save, post_delete], sender=Redirect)
def on_redirect(instance: Redirect, **_: Any) -> None:
    redirect_changed(instance)
