"""A column that is once true and then stays so."""

from typing import Any

from django.db import models
from django.db.models import F


class LastingField(models.BooleanField):
    """Once true, no `save()` of somebody who does not know of it makes it false again.

    Whoever edits a row holds what it said when they opened it; another writer may have set this meanwhile. Only a
    statement that names the column and the value can take it back (`queryset.update`), as undoing a change does.
    """

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        return value if add or value else F(self.attname)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.BooleanField", args, kwargs
