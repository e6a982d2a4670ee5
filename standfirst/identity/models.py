"""The journal: every change of who is who, and every row it touched, so that it can be undone.

Nothing of it is public. It holds names that people asked to have forgotten.
"""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from standfirst.contributors.models import Contributor


class ChangeKind(models.TextChoices):
    MERGE = "merge", _("merged")
    SPLIT = "split", _("split")
    RENAME = "rename", _("renamed")
    CONVERT = "convert", _("converted to another kind")
    WITHDRAW = "withdraw", _("withdrawn")
    RESTORE = "restore", _("restored")


class IdentityChange(models.Model):
    """One change of who is who: what, whose, by whom, when and why, and whether it was undone."""

    kind = models.CharField(_("what"), max_length=10, choices=ChangeKind)
    contributor = models.ForeignKey(
        Contributor,
        verbose_name=_("contributor"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Who was changed; in a merge, who was kept."),
    )
    absorbed = models.ForeignKey(
        Contributor,
        verbose_name=_("merged away"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made_at = models.DateTimeField(_("at"), db_index=True)
    note = models.TextField(_("note"), blank=True)
    details = models.JSONField(_("details"), default=dict, encoder=DjangoJSONEncoder)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("undone by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    undone_at = models.DateTimeField(_("undone at"), null=True)
    left_as_is = models.JSONField(_("could not be undone"), default=list)

    class Meta:
        verbose_name = _("change of who is who")
        verbose_name_plural = _("changes of who is who")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        if self.absorbed is not None:
            return f"{self.absorbed} → {self.contributor}"
        return f"{self.contributor}: {self.get_kind_display()}"

    @property
    def is_undone(self) -> bool:
        return self.undone_at is not None


class ChangedRow(models.Model):
    """A row of some table that a change touched: what differed, before and after.

    `before` is None of a row that the change made, `after` of one that it took away. A set-aside credit is kept
    here, and nowhere else.
    """

    change = models.ForeignKey(IdentityChange, on_delete=models.CASCADE, related_name="rows")
    table = models.CharField(max_length=80)
    row = models.CharField(max_length=120)
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(null=True, encoder=DjangoJSONEncoder)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["change", "table", "row"], name="row_once_in_a_change")
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row}"
