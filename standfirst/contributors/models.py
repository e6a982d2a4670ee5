"""Contributors, their names, and every address they ever had. They know nothing of articles."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField
from wagtail.images import get_image_model_string
from wagtail.search import index

from standfirst.addresses.slugs import LastingSlug
from standfirst.text.identifiers import (
    InvalidIdentifier,
    handle_url,
    identifier_url,
    normalise_handle,
    normalise_identifier,
)
from standfirst.text.markup import clean_edited_text, safe_url
from standfirst.text.name_keys import KEY_LENGTH, stored_keys
from standfirst.text.names import PEOPLE, letter_of, matching_form, sort_key, sort_name

from .fields import LastingField
from .paths import CONTRIBUTOR_PATHS
from .querysets import ContributorQuerySet
from .signals import names_stored

BIOGRAPHY_FEATURES = ["bold", "italic", "link", "superscript", "subscript"]


class Kind(models.TextChoices):
    PERSON = "person", _("person")
    ORGANISATION = "organisation", _("organisation")
    COLLECTIVE = "collective", _("collective")
    PSEUDONYM = "pseudonym", _("pseudonym")
    HOUSE_NAME = "house_name", _("house name")


class Contributor(index.Indexed, ClusterableModel):
    """Somebody who is credited: a person, an organisation, a collective, a pseudonym or a house name.

    Never an account: `account` may link an editor's account to their contributor, and that is all.
    Two contributors may share a display name; the slug tells them apart and is never derived again.

    `is_public` says whether readers may know of them: from their first public credit on, or when an editor says so
    (`actions.make_public`). Before that nobody may learn from us who writes what is not out.

    Two kinds of row are nobody a reader or an editor meets. One that was merged away stays, so that whatever
    still names it (an old draft, a ledger, an address) is led to `merged_into`; follow it with
    `queries.presently`, for there are chains. An unassigned place holds credits that were split off
    `unassigned_from` and are not yet anybody's.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.PERSON)
    display_name = models.CharField(_("display name"), max_length=255)
    sort_name = models.CharField(
        _("sort name"),
        max_length=255,
        blank=True,
        help_text=_(
            "How the name is filed, as in “Beauvoir, Simone de”. Worked out from the name if left empty."
        ),
    )
    sort_key = models.CharField(max_length=255, editable=False, db_index=True)
    letter = models.CharField(max_length=1, editable=False, db_index=True)
    matching_form = models.CharField(max_length=255, editable=False, db_index=True)
    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    biography = RichTextField(_("biography"), blank=True, features=BIOGRAPHY_FEATURES)
    note = models.CharField(
        _("one-line note"),
        max_length=500,
        blank=True,
        help_text=_("Printed at the foot of articles, as in “Ada Quill writes about rivers.”"),
    )
    portrait = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("portrait"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    portrait_alt = models.CharField(
        _("portrait: description for those who cannot see it"), max_length=255, blank=True
    )
    portrait_credit = models.CharField(_("portrait: credit"), max_length=255, blank=True)
    fediverse = models.CharField(
        _("name in the fediverse"),
        max_length=320,
        blank=True,
        help_text=_(
            "As in @ada@social.example, if they wish: where one of their articles is shared there, it leads to them."
        ),
    )
    is_public = LastingField(
        _("has a page"),
        default=False,
        help_text=_(
            "Readers know of a contributor from their first published credit on, and for good. "
            "Tick this to show their page before that."
        ),
    )
    is_listed = models.BooleanField(_("listed in the A–Z of contributors"), default=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="absorbed",
    )
    unassigned_from = models.OneToOneField(
        "self",
        verbose_name=_("unassigned place of"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="unassigned_place",
    )
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("editor's account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contributor",
        help_text=_(
            "Only if this contributor also logs in here. Deleting the account leaves the contributor."
        ),
    )

    objects = ContributorQuerySet.as_manager()

    _indexed_names: tuple[Sequence[str], Sequence[str]] | None = None  # public and all, as last read

    # Indexed by `save`, once the aliases are stored: the signal comes before them.
    search_auto_update = False
    # For editors' screens alone: readers search an index of our own. Who completes finds by every name that is known.
    search_fields = [
        index.SearchField("display_name", boost=3),
        index.AutocompleteField("display_name"),
        index.SearchField("note"),
        index.SearchField("public_names"),
        index.AutocompleteField("other_names"),
        index.FilterField("is_public"),
        index.FilterField("is_listed"),
        index.FilterField("withdrawn_at"),
        index.FilterField("merged_into"),
        index.FilterField("unassigned_from"),
        index.FilterField("kind"),
    ]

    class Meta:
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")
        ordering = ["sort_key", "id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(slug=""), name="contributor_has_a_slug"),
            models.CheckConstraint(condition=~models.Q(display_name=""), name="contributor_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | ~models.Q(merged_into=models.F("pk")),
                name="contributor_not_merged_into_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def path(self) -> str:
        """Their address, whether there is a page at it (`has_page`) or not."""
        return CONTRIBUTOR_PATHS.of(self.slug)

    @property
    def is_person(self) -> bool:
        """Whether one human being is meant, by their own name or another."""
        return self.kind in PEOPLE

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def is_merged(self) -> bool:
        return self.merged_into_id is not None

    @property
    def is_unassigned_place(self) -> bool:
        return self.unassigned_from_id is not None

    @property
    def has_page(self) -> bool:
        """Whether there is a page about them that may be linked to: what `in_public()` asks of rows."""
        return self.is_public and not (self.is_withdrawn or self.is_merged or self.is_unassigned_place)

    @property
    def fediverse_url(self) -> str:
        """Where they are found in the fediverse; empty if they did not say."""
        return handle_url(self.fediverse)

    def public_names(self) -> str:
        """The other names that readers may know, for the search index."""
        return "\n".join(self._names_to_index()[0])

    def other_names(self) -> str:
        """All other names, private ones and those of whoever was merged into this one, for the search index."""
        return "\n".join(self._names_to_index()[1])

    def _names_to_index(self) -> tuple[Sequence[str], Sequence[str]]:
        if self._indexed_names is None:
            read_names_to_index([self])
        return self._indexed_names or ((), ())

    def get_indexed_instance(self) -> "Contributor":
        """Itself, with names read anew: the search index asks for each of them many times over."""
        read_names_to_index([self])
        return self

    def file_under_names(self) -> None:
        """Work out what is derived from the names: sort key, letter and the form used for matching."""
        self.display_name = " ".join(self.display_name.split())
        self.sort_name = self.sort_name.strip() or sort_name(self.display_name, self.kind)[:255]
        self.sort_key = sort_key(self.sort_name)[:255]
        self.letter = letter_of(self.sort_name)
        self.matching_form = matching_form(self.display_name)[:255]

    def clean(self) -> None:
        super().clean()
        self.biography = clean_edited_text(self.biography)
        try:
            self.fediverse = normalise_handle(self.fediverse)
        except InvalidIdentifier as error:
            raise ValidationError({"fediverse": str(error)}) from error
        if self.portrait_id and not self.portrait_alt:
            raise ValidationError({"portrait_alt": _("Describe the portrait for readers who cannot see it.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.file_under_names()
        super().save(*args, **kwargs)
        keep_name_keys([self])
        if self.is_merged or self.is_unassigned_place:
            index.remove_object(self)
        else:
            index.insert_or_update_object(self)

    @classmethod
    def get_indexed_objects(cls) -> ContributorQuerySet["Contributor"]:
        return cls.objects.present()


class ContributorSlug(LastingSlug):
    """Every slug a contributor has or had: one row each, so no address is ever handed to somebody else."""

    owner = models.ForeignKey(Contributor, on_delete=models.CASCADE, related_name="slugs")
    # Leads nowhere, as its owner wished, and is still never given to anybody else.
    is_silent = models.BooleanField(_("leads nowhere"), default=False)


class Alias(models.Model):
    """Another name of a contributor. A private one finds them for editors and is never shown."""

    class AliasKind(models.TextChoices):
        VARIANT = "variant", _("variant spelling")
        FORMER = "former", _("former name")
        PEN_NAME = "pen_name", _("pen name")

    contributor = ParentalKey(Contributor, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(_("name"), max_length=255)
    kind = models.CharField(_("kind"), max_length=10, choices=AliasKind, default=AliasKind.VARIANT)
    is_public = models.BooleanField(_("shown to readers"), default=False)
    matching_form = models.CharField(max_length=255, editable=False, db_index=True)

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        constraints = [
            models.UniqueConstraint(fields=["contributor", "name"], name="alias_once_a_contributor")
        ]

    def __str__(self) -> str:
        return self.name

    def file_under_name(self) -> None:
        self.matching_form = matching_form(self.name)[:255]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.file_under_name()
        super().save(*args, **kwargs)
        keep_name_keys([self.contributor])

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        deleted: tuple[int, dict[str, int]] = super().delete(*args, **kwargs)
        keep_name_keys([self.contributor])
        return deleted


def keep_name_keys(contributors: Iterable[Contributor]) -> None:
    """Makes what contributors are looked up by what their names say now. Whoever is not present is not found.

    To be called after whatever stores names around `save()`. Who was merged into somebody lends them their names.
    """
    people = {one.pk: one for one in contributors if one.pk}
    present = [pk for pk, one in people.items() if not (one.is_merged or one.is_unassigned_place)]
    wanted = {(pk, key) for pk, name in known_names(present) for key in stored_keys(name)}
    rows = NameKey.objects.filter(contributor__in=people).values_list("pk", "contributor_id", "key")
    stored = {(pk, key): number for number, pk, key in rows}
    if gone := [number for row, number in stored.items() if row not in wanted]:
        NameKey.objects.filter(pk__in=gone).delete()
    NameKey.objects.bulk_create(
        NameKey(contributor_id=pk, key=key) for pk, key in sorted(wanted - stored.keys())
    )
    names_stored.send(Contributor, people=list(people.values()))


def read_names_to_index(contributors: Iterable[Contributor]) -> None:
    """Reads the other names of contributors for the search index, in a few queries for all of them."""
    people = {one.pk: one for one in contributors if one.pk}
    public: dict[int, list[str]] = {pk: [] for pk in people}
    for pk, name in (
        Alias.objects.filter(contributor__in=people, is_public=True)
        .order_by("pk")
        .values_list("contributor_id", "name")
    ):
        public[pk].append(name)
    known: dict[int, list[str]] = {pk: [] for pk in people}
    for pk, name in known_names(people):
        known[pk].append(name)
    for pk, one in people.items():
        one._indexed_names = public[pk], [name for name in known[pk] if name != one.display_name]


def known_names(contributors: Iterable[int]) -> Iterator[tuple[int, str]]:
    """Every name by which contributors are known: their own, their aliases, and those of whoever was merged into them."""
    now = {pk: pk for pk in contributors}
    asked = list(now)
    while asked:
        found = Contributor.objects.filter(merged_into__in=asked).order_by()
        merged = list(found.values_list("pk", "merged_into_id"))
        asked = [pk for pk, _into in merged if pk not in now]
        now |= {pk: now[into] for pk, into in merged if pk not in now}
    for model, column, name in ((Contributor, "pk", "display_name"), (Alias, "contributor_id", "name")):
        lookup = {"pk__in" if model is Contributor else "contributor__in": list(now)}
        for pk, text in model._default_manager.filter(**lookup).order_by("pk").values_list(column, name):
            yield now[pk], text


class ContributorLink(models.Model):
    """A place of the contributor's own on the web."""

    contributor = ParentalKey(Contributor, on_delete=models.CASCADE, related_name="links")
    label = models.CharField(_("label"), max_length=100)
    url = models.URLField(_("address"), max_length=500)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        super().clean()
        if self.url and not safe_url(self.url):
            raise ValidationError({"url": _("Use an address that begins with https:// or http://.")})


class AuthorityId(models.Model):
    """The contributor's identifier in an authority file; its checksum is verified where it has one."""

    class Scheme(models.TextChoices):
        ORCID = "orcid", "ORCID"
        ISNI = "isni", "ISNI"
        VIAF = "viaf", "VIAF"
        WIKIDATA = "wikidata", "Wikidata"

    contributor = ParentalKey(Contributor, on_delete=models.CASCADE, related_name="authority_ids")
    scheme = models.CharField(_("authority"), max_length=10, choices=Scheme)
    value = models.CharField(_("identifier"), max_length=100)

    class Meta:
        verbose_name = _("authority identifier")
        verbose_name_plural = _("authority identifiers")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "value"], name="authority_id_of_one_contributor")
        ]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.value}"

    @property
    def url(self) -> str:
        return identifier_url(self.scheme, self.value)

    def clean(self) -> None:
        super().clean()
        try:
            self.value = normalise_identifier(self.scheme, self.value)
        except InvalidIdentifier as error:
            raise ValidationError({"value": str(error)}) from error


class NameKey(models.Model):
    """What contributors are looked up by when a name is like theirs: see `text.name_keys`. Kept by `names`."""

    contributor = models.ForeignKey(Contributor, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=KEY_LENGTH)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contributor", "key"], name="name_key_once")]
        indexes = [models.Index(fields=["key", "contributor"], name="who_has_a_name_key")]

    def __str__(self) -> str:
        return self.key


class NotTheSame(models.Model):
    """Somebody said, for good, that two contributors are two. Each pair stands once, the lower id first."""

    first = models.ForeignKey(Contributor, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Contributor, on_delete=models.CASCADE, related_name="+")
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("pair that is not the same")
        verbose_name_plural = _("pairs that are not the same")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="not_the_same_said_once"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="not_the_same_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} ≠ {self.second}"


class EmailDigest(models.Model):
    """An e-mail address of a contributor, as a digest: it can be recognised, and not read."""

    contributor = models.ForeignKey(Contributor, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return self.digest[:8]
