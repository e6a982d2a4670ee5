"""Credits: who did what on an article, in printed order. The credit is the record; the byline is made from it."""

from django import forms
from django.conf import settings
from django.db import models
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from standfirst.contributors.models import Contributor


class Prints(models.TextChoices):
    """Where a role is printed with the article."""

    BYLINE = "byline", _("in the byline")
    FOOT = "foot", _("at the foot")
    NOWHERE = "nowhere", _("nowhere")


class Role(models.Model):
    """What somebody did on an article. Roles are data: a magazine adds its own."""

    code = models.SlugField(
        _("code"),
        max_length=40,
        unique=True,
        help_text=_("Appears in addresses, as in /author/ada-quill/translator/page/1/."),
    )
    label = models.CharField(_("label"), max_length=60, help_text=_("As in “Translator”."))
    plural_label = models.CharField(
        _("heading for their work"),
        max_length=80,
        help_text=_("As in “Translations”, on a contributor's page."),
    )
    work_one = models.CharField(
        _("one piece of their work"),
        max_length=80,
        blank=True,
        help_text=_(
            "As in “Translation”: heads the page of who has done most in this role, “1 Translation by:”."
        ),
    )
    work_many = models.CharField(
        _("several pieces of their work"),
        max_length=80,
        blank=True,
        help_text=_("As in “Translations”, for “9 Translations by:”."),
    )
    byline_phrase = models.CharField(
        _("byline phrase"),
        max_length=60,
        blank=True,
        help_text=_("Printed before the names, as in “Translated by”."),
    )
    is_authorship = models.BooleanField(
        _("counts as authorship"), default=False, help_text=_("Authorship is what “22 Articles by” counts.")
    )
    prints = models.CharField(_("printed"), max_length=10, choices=Prints, default=Prints.BYLINE)
    schema_property = models.CharField(
        _("schema.org property"),
        max_length=40,
        default="contributor",
        help_text=_("As in author, translator, editor."),
    )
    sort_order = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["sort_order", "code"]

    def __str__(self) -> str:
        return self.label

    def counted(self, number: int) -> str:
        """So much work in this role, as in “9 Photographs”; “Photographs (9)” if nobody has said how one is called.

        What a magazine calls the work of its roles is data; what we call that of ours is also looked up in the language.
        """
        if not (self.work_one and self.work_many):
            return f"{self.plural_label} ({number:,})"
        work = ngettext(self.work_one, self.work_many, number)
        return gettext("%(count)s %(work)s") % {"count": f"{number:,}", "work": work}


def usual_role() -> int | None:
    """The id of the role somebody has unless another is chosen: author."""
    return Role.objects.filter(code="author").values_list("pk", flat=True).first()


class Link(models.TextChoices):
    """How a credit came to point at its contributor."""

    STATED = "stated", _("stated")
    INFERRED = "inferred", _("inferred")
    CONFIRMED = "confirmed", _("confirmed")


class Credit(Orderable):
    """One contributor, in one role, on one article, with the name as printed there.

    Protected: nothing that happens to a contributor or an account removes a credit. The article is named
    by string because articles live a floor above; they are the credits' owner and take them along when
    they are deleted.
    """

    article = ParentalKey("articles.ArticlePage", on_delete=models.CASCADE, related_name="credits")
    contributor = models.ForeignKey(
        Contributor, verbose_name=_("contributor"), on_delete=models.PROTECT, related_name="credits"
    )
    role = models.ForeignKey(
        Role, verbose_name=_("role"), on_delete=models.PROTECT, related_name="+", default=usual_role
    )
    printed_name = models.CharField(
        _("name as printed"),
        max_length=255,
        blank=True,
        help_text=_("Left empty: the contributor's name on the day the article is published. It then stays."),
    )
    printed_note = models.CharField(
        _("note as printed"),
        max_length=500,
        blank=True,
        help_text=_("Left empty: the contributor's note on the day the article is published."),
    )
    source_text = models.CharField(_("source text"), max_length=1000, blank=True, editable=False)
    linked_how = models.CharField(max_length=10, choices=Link, default=Link.STATED, editable=False)
    linked_from = models.CharField(max_length=100, blank=True, editable=False)
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )

    panels = [
        FieldPanel("contributor"),
        FieldPanel("role", widget=forms.Select),
        FieldPanel("printed_name"),
        FieldPanel("printed_note"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("credit")
        verbose_name_plural = _("credits")

    def __str__(self) -> str:
        return f"{self.name}, {self.role}"

    @property
    def name(self) -> str:
        """The name it is printed with: the one set or, until it is published, the contributor's of today."""
        return self.printed_name or self.contributor.display_name

    def link(self, contributor: Contributor, *, how: Link, source: str = "", by: object = None) -> None:
        """Point the credit at a contributor and record how that was known, from what, and by whom."""
        self.contributor = contributor
        self.linked_how, self.linked_from, self.linked_by = how, source, by
