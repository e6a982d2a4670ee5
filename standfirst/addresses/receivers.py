"""What others change of addresses, announced, and pages that moved, led to."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.signals import page_slug_changed, post_page_move

from .redirects import page_moved, redirect_changed


@receiver([post_save, post_delete], sender=Redirect)
def on_redirect(instance: Redirect, **_: Any) -> None:
    redirect_changed(instance)


@receiver(post_page_move)
def after_page_move(instance: Page, url_path_before: str, **_: Any) -> None:
    page_moved(instance, former=url_path_before)


@receiver(page_slug_changed)
def after_slug_change(instance: Page, instance_before: Page, **_: Any) -> None:
    page_moved(instance, former=instance_before.url_path)
