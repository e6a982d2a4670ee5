"""The choices somebody has who renames a contributor."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RenameScope(models.TextChoices):
    """Where the new name is used."""

    FROM_NOW_ON = "from_now_on", _("From now on: what was printed stays")
    EVERYWHERE = "everywhere", _("Everywhere, also where the old name was printed")
    EVERYWHERE_SILENTLY = "silently", _("Everywhere and silently: no reader can find the old name")


class FormerName(models.TextChoices):
    """What becomes of the old name when the new one is used everywhere."""

    PUBLIC = "public", _("Shown on their page as a former name")
    PRIVATE = "private", _("Known to editors alone")
    FORGOTTEN = "forgotten", _("Forgotten, but for the journal")
