"""Who a name may be: contributors whose names are alike, the likeliest first, each with the reasons.

An index of name keys (`contributors.models.NameKey`) finds them, so it takes as long among a hundred thousand as among
a hundred. What is proposed here is for people to decide; nothing is ever joined on likeness.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Max, Min
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rapidfuzz.distance import JaroWinkler

from standfirst.articles.models import ArticlePage, Listing
from standfirst.bylines.models import Credit
from standfirst.contributors.models import Alias, Contributor, NameKey
from standfirst.contributors.queries import are_different
from standfirst.text.matching import Comparison, Verdict, compare
from standfirst.text.name_keys import asked_keys
from standfirst.text.names import matching_form

# A key that more than these have tells little; of those who have it, so many are looked at.
ROWS = 4_000
# So many are compared by name, and the best of them by what they wrote.
COMPARED = 40
WEIGHED = 6
# Of each, so many of the latest articles are looked at for sections and co-authors.
LATEST = 50


@dataclass(frozen=True, slots=True)
class Candidate:
    """A contributor who may be meant, from 0 to 1 how likely, and why, in sentences."""

    contributor: Contributor
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Work:
    """What tells of one contributor's articles."""

    articles: frozenset[int] = frozenset()
    sections: dict[int, str] = field(default_factory=dict)
    colleagues: dict[int, str] = field(default_factory=dict)
    first: datetime | None = None
    last: datetime | None = None


def candidates_for(who: Contributor | str, *, limit: int = 3) -> list[Candidate]:
    """Contributors who may be this one, or may bear this name; nobody who was said to be another.

    A fixed number of queries, whoever is asked for and however many contributors there are.
    """
    contributor = who if isinstance(who, Contributor) else None
    names = _names([contributor])[contributor.pk] if contributor else [str(who)]
    found = _found(names, besides=contributor)
    if contributor is not None:
        different = are_different((contributor.pk, pk) for pk in found)
        found = [pk for pk in found if (contributor.pk, pk) not in different]
    people = Contributor.objects.present().in_bulk(found)
    known = _names(people.values())
    alike = [
        (pk, comparison, score)
        for pk in people
        if (comparison := _closest(names, known[pk])).verdict is not Verdict.DIFFERENT
        for score in [_likeness(comparison, names, known[pk])]
    ]
    alike.sort(key=lambda each: (-each[2], each[0]))
    weighed = alike[:WEIGHED]
    work = _work([pk for pk, _comparison, _score in weighed] + ([contributor.pk] if contributor else []))
    candidates = [
        _candidate(people[pk], comparison, score, work[pk], work.get(contributor.pk) if contributor else None)
        for pk, comparison, score in weighed
    ]
    return sorted(candidates, key=lambda candidate: (-candidate.score, candidate.contributor.pk))[:limit]


def _found(names: Iterable[str], *, besides: Contributor | None) -> list[int]:
    """The ids of those who share keys with these names, those who share the rarest first."""
    keys = {key for name in names for key in asked_keys(name)}
    rows = NameKey.objects.filter(key__in=keys)
    if besides is not None:
        rows = rows.exclude(contributor=besides.pk)
    pairs = list(rows.order_by().values_list("contributor_id", "key")[:ROWS])
    having = Counter(key for _pk, key in pairs)
    weight: Counter[int] = Counter()
    for pk, key in pairs:
        weight[pk] += 1 / having[key]  # type: ignore[assignment]
    return [pk for pk, _weight in sorted(weight.items(), key=lambda each: (-each[1], each[0]))[:COMPARED]]


def _names(people: Iterable[Contributor]) -> dict[int, list[str]]:
    names = {one.pk: [one.display_name] for one in people}
    for pk, name in Alias.objects.filter(contributor__in=names).values_list("contributor_id", "name"):
        names[pk].append(name)
    return names


def _closest(names: Sequence[str], others: Sequence[str]) -> Comparison:
    order = {Verdict.SAME: 0, Verdict.MAYBE: 1, Verdict.DIFFERENT: 2}
    return min(
        (compare(name, other) for name in names for other in others), key=lambda found: order[found.verdict]
    )


def _likeness(comparison: Comparison, names: Sequence[str], others: Sequence[str]) -> float:
    if comparison.verdict is Verdict.SAME:
        return 0.9
    closest = max(
        JaroWinkler.similarity(matching_form(name), matching_form(other))
        for name in names
        for other in others
    )
    return 0.4 + 0.4 * float(closest)


def _candidate(
    contributor: Contributor, comparison: Comparison, score: float, theirs: _Work, own: _Work | None
) -> Candidate:
    reasons = [comparison.why]
    for reason, weight in _evidence(own, theirs) if own else ():
        reasons.append(reason)
        score += weight
    return Candidate(contributor, round(min(max(score, 0.0), 1.0), 3), tuple(reasons))


def _evidence(own: _Work, theirs: _Work) -> list[tuple[str, float]]:
    found: list[tuple[str, float]] = []
    if both := len(own.articles & theirs.articles):
        # One person seldom stands twice in one byline.
        sentence = ngettext(
            "Both are credited on one article.", "Both are credited on %(number)d articles.", both
        )
        found.append((sentence % {"number": both}, -0.3))
    if shared := sorted(set(own.sections.values()) & set(theirs.sections.values())):
        found.append((_("Both write in %(sections)s.") % {"sections": _few(shared)}, 0.04))
    if shared := sorted(set(own.colleagues.values()) & set(theirs.colleagues.values())):
        found.append((_("Both have written with %(names)s.") % {"names": _few(shared)}, 0.06))
    if own.first and own.last and theirs.first and theirs.last:
        years = {"first": theirs.first.year, "last": theirs.last.year}
        if own.first <= theirs.last and theirs.first <= own.last:
            found.append((_("They wrote in the same years, %(first)d to %(last)d.") % years, 0.02))
        else:
            found.append((_("This one wrote from %(first)d to %(last)d.") % years, 0.0))
    return found


def _few(names: Sequence[str]) -> str:
    return ", ".join(names[:3]) + (" …" if len(names) > 3 else "")


def _work(people: Sequence[int]) -> dict[int, _Work]:
    """What each of a few contributors wrote lately, with whom, and when they began and ended."""
    latest = {
        pk: list(
            Listing.objects.filter(contributor=pk, role=None)
            .order_by("-published_at", "-article")
            .values_list("article_id", flat=True)[:LATEST]
        )
        for pk in people
    }
    articles = {article for theirs in latest.values() for article in theirs}
    sections = dict(
        ArticlePage.objects.filter(pk__in=articles, section__isnull=False)
        .order_by()
        .values_list("pk", "section__name")
    )
    credited: dict[int, dict[int, str]] = {}
    for article, who, name in Credit.objects.filter(article__in=articles).values_list(
        "article_id", "contributor_id", "contributor__display_name"
    ):
        credited.setdefault(article, {})[who] = name
    years = {
        pk: (first, last)
        for pk, first, last in Listing.objects.filter(contributor__in=people)
        .order_by()
        .values("contributor")
        .annotate(first=Min("published_at"), last=Max("published_at"))
        .values_list("contributor", "first", "last")
    }
    return {
        pk: _Work(
            frozenset(theirs),
            {article: sections[article] for article in theirs if article in sections},
            {
                who: name
                for article in theirs
                for who, name in credited.get(article, {}).items()
                if who not in people
            },
            *years.get(pk, (None, None)),
        )
        for pk, theirs in latest.items()
    }
