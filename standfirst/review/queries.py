"""What the queue shows: the next question, and what is known of whom it is about."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Max, Min, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.images import get_image_model

from standfirst.articles.models import Listing
from standfirst.articles.paths import path_at
from standfirst.bylines.models import Credit
from standfirst.contributors.models import Alias, AuthorityId, Contributor, ContributorLink
from standfirst.contributors.queries import presently
from standfirst.identity.candidates import candidates_for
from standfirst.text.markup import plain_text
from standfirst.text.names import matching_form

from .models import Question, QuestionKind, State

HEADLINES = 3
WORDS = 40
PORTRAIT = "fill-160x160"
# How many questions are looked at at once for one that is still worth asking.
AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Headline:
    text: str
    address: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Profile:
    """What tells one contributor from another at a glance. Years and headlines are of what is public."""

    contributor: Contributor
    portrait: str
    words: str  # the first of the biography, else the note
    first_year: int | None
    last_year: int | None
    roles: tuple[tuple[str, int], ...]  # credits by role, drafts too
    headlines: tuple[Headline, ...]
    other_names: tuple[str, ...]
    links: tuple[str, ...]
    authority_ids: tuple[str, ...]

    @property
    def years(self) -> str:
        if self.first_year is None:
            return _("nothing public")
        return (
            str(self.first_year)
            if self.first_year == self.last_year
            else f"{self.first_year}–{self.last_year}"
        )

    @property
    def work(self) -> str:
        """Credits by role, in words: `Articles 22, Translations 3`."""
        return ", ".join(f"{label} {number:,}" for label, number in self.roles) or _("no credits")

    @property
    def credits(self) -> int:
        return sum(number for _label, number in self.roles)


def number_open(kind: str = "") -> int:
    """How many questions wait, from their index alone."""
    waiting = Question.objects.open()
    return (waiting.filter(kind=kind) if kind else waiting).order_by().count()


def number_asked_with(question: Question) -> int:
    """How many more articles have a byline that the answer to this one answers, too."""
    return Question.objects.filter(asked_with=question, state=State.OPEN).count()


def next_question(*, after: Question | None = None, kind: str = "") -> Question | None:
    """The open question behind one in the queue, or the first; None at the end of it.

    Those that a merge elsewhere has answered are passed over.
    """
    waiting = Question.objects.open().in_order()
    if kind:
        waiting = waiting.filter(kind=kind)
    while True:
        some = list((waiting.after(after) if after else waiting)[:AT_ONCE])
        if not some:
            return None
        now = presently({number for one in some for number in (one.first_id, one.second_id) if number})
        for one in some:
            if one.kind == QuestionKind.BYLINE or _now(one.first_id, now) != _now(one.second_id, now):
                return one
        after = some[-1]


def parties(question: Question) -> tuple[Contributor, Contributor]:
    """Who a duplicate is about, as they are today: the same twice if they are one by now."""
    return parties_of([question])[question.pk]


def parties_of(questions: Iterable[Question]) -> dict[int, tuple[Contributor, Contributor]]:
    """The same of many questions, by their ids; bylines are passed over."""
    asked = {
        one.pk: (one.first_id, one.second_id)
        for one in questions
        if one.first_id is not None and one.second_id is not None
    }
    now = presently({number for pair in asked.values() for number in pair})
    present = {pk: (now.get(first, first), now.get(second, second)) for pk, (first, second) in asked.items()}
    found = Contributor.objects.in_bulk({number for pair in present.values() for number in pair})
    return {pk: (found[first], found[second]) for pk, (first, second) in present.items()}


def profiles(contributors: Sequence[Contributor]) -> tuple[Profile, ...]:
    """What is known of these contributors, in as many queries for one as for twenty."""
    ids = [one.pk for one in contributors]
    roles: dict[int, list[tuple[str, int]]] = {}
    counted = (
        Credit.objects.filter(contributor__in=ids)
        .order_by("role__sort_order", "role__plural_label")
        .values("contributor", "role__plural_label", "role__sort_order")
        .annotate(number=Count("article", distinct=True))
    )
    for row in counted:
        theirs = roles.setdefault(row["contributor"], [])
        if theirs and theirs[-1][0] == row["role__plural_label"]:
            # Two roles under one heading, as the author and the organisation have.
            theirs[-1] = (theirs[-1][0], theirs[-1][1] + row["number"])
        else:
            theirs.append((row["role__plural_label"], row["number"]))
    years = {
        row["contributor"]: (row["first"].year, row["last"].year)
        for row in Listing.objects.filter(contributor__in=ids)
        .order_by()
        .values("contributor")
        .annotate(first=Min("published_at"), last=Max("published_at"))
    }
    headlines = _headlines(ids)
    portraits = _portraits(contributors)
    belongings = _belongings(ids)
    return tuple(
        Profile(
            contributor=one,
            portrait=portraits.get(one.portrait_id or 0, ""),
            words=_first_words(one),
            first_year=years.get(one.pk, (None, None))[0],
            last_year=years.get(one.pk, (None, None))[1],
            roles=tuple(roles.get(one.pk, ())),
            headlines=headlines.get(one.pk, ()),
            other_names=belongings["aliases"].get(one.pk, ()),
            links=belongings["links"].get(one.pk, ()),
            authority_ids=belongings["authority_ids"].get(one.pk, ()),
        )
        for one in contributors
    )


def latest_answer(editor: int) -> Question | None:
    """What an editor answered last and has not taken back: what `undo` undoes. Not what followed from an answer."""
    return (
        Question.objects.filter(answered_by=editor, settled_by=None)
        .exclude(decision="settled")
        .order_by("-answered_at")
        .first()
    )


def in_words(question: Question) -> str:
    """What was asked, in a few words, as messages and lists name it."""
    if question.kind == QuestionKind.BYLINE:
        return _("“%(byline)s”") % {"byline": question.raw}
    return _("%(first)s and %(second)s") % {"first": question.first, "second": question.second}


def _now(number: int | None, now: dict[int, int]) -> int | None:
    return now.get(number, number) if number is not None else None


def _headlines(contributors: Collection[int]) -> dict[int, tuple[Headline, ...]]:
    ranked = (
        Listing.objects.filter(contributor__in=contributors)
        .annotate(
            place=Window(
                RowNumber(),
                partition_by=F("contributor"),
                order_by=[F("published_at").desc(), F("article").desc()],
            )
        )
        .filter(place__lte=HEADLINES)
        .order_by("contributor", "place")
        .values_list("contributor", "article__title", "article__address", "published_at")
    )
    found: dict[int, list[Headline]] = {}
    for who, title, address, published_at in ranked:
        found.setdefault(who, []).append(Headline(title, path_at(address), published_at))
    return {who: tuple(theirs) for who, theirs in found.items()}


def _portraits(contributors: Iterable[Contributor]) -> dict[int, str]:
    ids = {one.portrait_id for one in contributors if one.portrait_id}
    if not ids:
        return {}
    images = get_image_model().objects.filter(pk__in=ids).prefetch_renditions(PORTRAIT)
    found = {}
    for image in images:
        try:
            found[image.pk] = image.get_rendition(PORTRAIT).url
        except OSError:
            continue  # The file is gone; the queue goes on without it.
    return found


def _belongings(contributors: Collection[int]) -> dict[str, dict[int, tuple[str, ...]]]:
    """Names, links and identifiers, by contributor."""
    found: dict[str, dict[int, tuple[str, ...]]] = {}
    for what, model in (("aliases", Alias), ("links", ContributorLink), ("authority_ids", AuthorityId)):
        theirs: dict[int, tuple[str, ...]] = {}
        for row in model.objects.filter(contributor__in=contributors).order_by("pk"):
            said = row.url if isinstance(row, ContributorLink) else str(row)
            theirs[row.contributor_id] = (*theirs.get(row.contributor_id, ()), said)
        found[what] = theirs
    return found


def _first_words(contributor: Contributor) -> str:
    words = (plain_text(contributor.biography) or contributor.note).split()
    return " ".join(words[:WORDS]) + ("…" if len(words) > WORDS else "")


def number_in_words(number: int) -> str:
    return ngettext("%(number)s question is open", "%(number)s questions are open", number) % {
        "number": f"{number:,}"
    }


def who_it_may_be(name: str, credits: Sequence[Credit]) -> list[Contributor]:
    """Who a name in a byline may be: whoever is credited under it already, then those it is most like."""
    form = matching_form(name)
    known = [
        credit.contributor
        for credit in credits
        if form in (matching_form(credit.printed_name), matching_form(credit.contributor.display_name))
    ]
    known += [candidate.contributor for candidate in candidates_for(name)] if name.strip() else []
    return list({one.pk: one for one in known}.values())
