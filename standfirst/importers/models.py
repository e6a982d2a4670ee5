"""The ledger: what each record of a source became here, so that an import can be run twice, and after being killed.

What the old system called something stays here: logins, e-mail addresses, raw bylines. Nothing public reads this table.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

# What `raw` calls the lead image of an article that is not there: its address, and the words that belong to it.
AWAITED_LEAD = "awaited_lead"


class ImportSource(models.Model):
    """A site that archives were imported from."""

    format = models.CharField(_("format"), max_length=40)
    address = models.CharField(
        _("address"),
        max_length=500,
        help_text=_("Where the old site lived; its title too, if that says little."),
    )
    sections_rule = models.TextField(_("rule for sections"), blank=True)
    # What somebody said that its fields and paths are (`reading.archive.Rules`), for its next import.
    rules = models.JSONField(_("rules"), default=dict, blank=True)
    # Contributors up to this one have been compared with the others; who is made later has a higher id.
    last_compared_id = models.BigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("source of imports")
        verbose_name_plural = _("sources of imports")
        constraints = [models.UniqueConstraint(fields=["format", "address"], name="source_of_imports_once")]

    def __str__(self) -> str:
        return self.address


class ImportedColumns(models.Model):
    """What the columns of a table were taken for, so that the next one with the same headings is read alike."""

    headings = models.CharField(max_length=32, unique=True)  # a digest of them, in their order
    fields = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("columns of an imported table")
        verbose_name_plural = _("columns of imported tables")

    def __str__(self) -> str:
        return ", ".join(self.fields)


class ImportedRecord(models.Model):
    """One record of a source, and the thing here it became.

    The thing is named by kind and id, not by foreign keys: it may be deleted here, and then stays deleted at the next
    import, which this row remembers.
    """

    class Target(models.TextChoices):
        ARTICLE = "article", _("article")
        PAGE = "page", _("page")
        CONTRIBUTOR = "contributor", _("contributor")
        SECTION = "section", _("section")
        TOPIC = "topic", _("topic")
        IMAGE = "image", _("image")

    source = models.ForeignKey(ImportSource, on_delete=models.CASCADE, related_name="records")
    target = models.CharField(max_length=12, choices=Target)
    key = models.CharField(max_length=400)
    target_id = models.BigIntegerField()
    folded = models.CharField(
        max_length=255, blank=True
    )  # the key as names are compared; see wordpress.people
    rank = models.PositiveSmallIntegerField(
        default=0
    )  # how much the record knew: a later one never knows it worse
    fingerprint = models.CharField(max_length=32, blank=True)  # of the record, to tell whether it changed
    stored_state = models.CharField(
        max_length=64, blank=True
    )  # of the thing, to tell whether an editor changed it
    raw = models.JSONField(default=dict, blank=True)  # the words of the source, for no public page

    class Meta:
        verbose_name = _("imported record")
        verbose_name_plural = _("imported records")
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "key"], name="imported_record_once")
        ]
        indexes = [
            models.Index(fields=["target", "target_id"], name="imported_target"),
            models.Index(fields=["source", "folded"], name="imported_folded", condition=~models.Q(folded="")),
        ]

    def __str__(self) -> str:
        return f"{self.key} → {self.target} {self.target_id}"
