"""The forms of the editors' desk."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from standfirst.addresses.errors import SlugTaken
from standfirst.addresses.slugs import LastingSlug, refuse_if_taken
from standfirst.contributors.models import Contributor, ContributorSlug
from standfirst.contributors.queries import namesakes_of
from standfirst.identity.candidates import candidates_for
from standfirst.publications.models import SectionSlug, TopicSlug
from standfirst.review.queries import profiles

SHOWN = 5
# How like a name must be to be complained of: an initial for a first name is, another first name is not.
WORTH_A_WORD = 0.7


class LastingSlugForm(WagtailAdminModelForm):
    """A form for something with a lasting slug: it may be left empty, and may not be another's."""

    history: type[LastingSlug]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _(
                "The part of the address that is this one's alone. Left empty, it is made from the name, and then stays. "
                "If you change it, the old address goes on leading here."
            )

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        try:
            refuse_if_taken(slug, self.history, by=self.instance)
        except SlugTaken as error:
            raise ValidationError(error.messages) from error
        return slug or self.initial.get("slug", "")


class NamesakeMixin:
    """Complains once when somebody of the same name, or one very like it, is here already, and believes the editor the second time."""

    has_namesakes = False

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()  # type: ignore[misc]
        name = cleaned.get("display_name", "")
        if not name or cleaned.get("is_another_person") or not self._is_new_name(name):
            return cleaned
        known = _known_as(name, besides=self.instance.pk)  # type: ignore[attr-defined]
        if known:
            self.has_namesakes = True
            self.add_error("display_name", _already_here(known))  # type: ignore[attr-defined]
        return cleaned

    def _is_new_name(self, name: str) -> bool:
        return self.instance.pk is None or name != self.initial.get("display_name")  # type: ignore[attr-defined]


def another_person() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("This is another person of the same name"),
        required=False,
        help_text=_("Tick this if the one who is here already is somebody else."),
    )


class ContributorForm(NamesakeMixin, LastingSlugForm):
    history = ContributorSlug
    is_another_person = another_person()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.is_public and "is_public" in self.fields:
            self.fields["is_public"].disabled = True
            self.fields["is_public"].help_text = _(
                "Readers know of them, and their address lasts. A page that must go is withdrawn."
            )


class NewContributorForm(NamesakeMixin, WagtailAdminModelForm):
    """A contributor made in passing, while crediting an article."""

    is_another_person = another_person()

    class Meta:
        model = Contributor
        fields = ["display_name", "kind", "note"]


class SectionForm(LastingSlugForm):
    history = SectionSlug


class TopicForm(LastingSlugForm):
    history = TopicSlug


def _known_as(name: str, *, besides: int | None) -> list[Contributor]:
    """Who may be meant by a name: those who have it, then those whose names are most like it."""
    known = list(namesakes_of(name, besides=besides)[:SHOWN])
    alike = [one.contributor for one in candidates_for(name, limit=SHOWN) if one.score >= WORTH_A_WORD]
    return [one for one in {one.pk: one for one in (*known, *alike)}.values() if one.pk != besides][:SHOWN]


def _already_here(known: Sequence[Contributor]) -> str:
    """One sentence that names who is here already, each with their latest headline, so that they can be told apart."""
    described = []
    for profile in profiles(known):
        person = profile.contributor
        latest = next((headline.text for headline in profile.headlines), "")
        written = (
            gettext("latest “%(headline)s”") % {"headline": latest} if latest else gettext("no articles yet")
        )
        described.append(f"{person.display_name} ({person.path}, {written})")
    return gettext(
        "Already here: %(people)s. Use the one who is here, or tick “This is another person of the same name”."
    ) % {"people": "; ".join(described)}
