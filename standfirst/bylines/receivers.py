"""What others change of roles, announced."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from standfirst.pagecache.actions import everything_changed

from .models import Role


@receiver([post_save, post_delete], sender=Role)
def on_role(**_: Any) -> None:
    everything_changed()
