"""Who a name may be: contributors whose names are alike, the likeliest first, each with the reasons.

An index of name keys (`contributors.models.NameKey`) finds them, so it takes as long among a hundred thousand as among
a hundred. What is proposed here is for people to decide; nothing is ever joined on likeness.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Max, Min
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rapidfuzz.distance import JaroWinkler

from standfirst.articles.models import ArticlePage, Listing
from standfirst.bylines.models import Credit
from standfirst.contributors.models import Contributor, known_names
from standfirst.contributors.queries import are_different, having_keys
from standfirst.database.batches import batched
from standfirst.database.prepared import Prepared
from standfirst.text.matching import Comparison, Verdict, compare
from standfirst.text.name_keys import asked_keys
from standfirst.text.names import matching_form

# Of those who have one key, so many are looked at: a key that more have tells little, and others are narrower.
HAVING = 60
# So many are compared by name, and the best of them by what they wrote.
COMPARED = 40
WEIGHED = 6
# Of each, so many of the latest articles are looked at for sections and co-authors.
LATEST = 50
# So many look for theirs at a time.
TOGETHER = 100
# As many values as one query asks for: SQLite allows no more than 999 in a statement.
LATEST_OF = Prepared(
    lambda contributor: (
        Listing.objects.filter(contributor=contributor, role=None)
        .order_by("-published_at", "-article_id")
        .values_list("contributor_id", "article_id")
    )
)
NOBODY = 0  # who asks by a name alone


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


@dataclass(frozen=True, slots=True)
class _Alike:
    """Somebody whose name is like the one asked for."""

    contributor: Contributor
    comparison: Comparison
    score: float


def candidates_for(who: Contributor | str, *, limit: int = 3) -> list[Candidate]:
    """Contributors who may be this one, or may bear this name; nobody who was said to be another.

    A fixed number of queries, whoever is asked for and however many contributors there are.
    """
    if isinstance(who, Contributor):
        return next(candidates_of_each([who], limit=limit))[1]
    return _candidates({NOBODY: [who]}, limit)[NOBODY]


def candidates_of_each(
    people: Sequence[Contributor], *, limit: int = 3
) -> Iterator[tuple[Contributor, list[Candidate]]]:
    """The candidates for each of these, as `candidates_for` finds them, at a tenth of its queries."""
    for some in batched(people, TOGETHER):
        names: dict[int, list[str]] = {one.pk: [] for one in some}
        for pk, name in known_names(names):
            names[pk].append(name)
        found = _candidates(names, limit)
        yield from ((one, found[one.pk]) for one in some)


def _candidates(asking: Mapping[int, Sequence[str]], limit: int) -> dict[int, list[Candidate]]:
    """The candidates for whoever asks, by id, with the names they ask for."""
    found = _found(asking)
    pairs = {(who, pk) for who, theirs in found.items() for pk in theirs if who != NOBODY}
    different = are_different(pairs) if pairs else set()
    wanted = sorted({pk for theirs in found.values() for pk in theirs})
    people: dict[int, Contributor] = {}
    names: dict[int, list[str]] = {pk: [] for pk in wanted}
    for some in batched(wanted):
        people |= Contributor.objects.present().in_bulk(some)
        for pk, name in known_names(some):
            names[pk].append(name)
    alike = {
        who: _alike(
            asking[who],
            ((people[pk], names[pk]) for pk in theirs if pk in people and (who, pk) not in different),
        )
        for who, theirs in found.items()
    }
    work = _work(
        {one.contributor.pk for theirs in alike.values() for one in theirs}
        | {who for who, theirs in alike.items() if theirs and who != NOBODY}
    )
    return {who: _ranked(theirs, work.get(who), work)[:limit] for who, theirs in alike.items()}


def _found(asking: Mapping[int, Sequence[str]]) -> dict[int, list[int]]:
    """The ids of those who share keys with these names, those who share the rarest first."""
    keys = {who: {key for name in names for key in asked_keys(name)} for who, names in asking.items()}
    having = having_keys((key for theirs in keys.values() for key in theirs), limit=HAVING)
    found: dict[int, list[int]] = {}
    for who, theirs in keys.items():
        weight: Counter[int] = Counter()
        for key in sorted(theirs & having.keys()):
            for pk in having[key]:
                weight[pk] += 1 / len(having[key])  # type: ignore[assignment]
        del weight[who]
        found[who] = sorted(weight, key=lambda pk, shared=weight: (-shared[pk], pk))[:COMPARED]  # type: ignore[misc]
    return found


def _alike(names: Sequence[str], others: Iterable[tuple[Contributor, Sequence[str]]]) -> list[_Alike]:
    """Those whose names may be one of these, the closest first, and no more than are worth a look at their work."""
    alike = [
        _Alike(person, comparison, _likeness(comparison, names, theirs))
        for person, theirs in others
        if (comparison := _closest(names, theirs)).verdict is not Verdict.DIFFERENT
    ]
    return sorted(alike, key=lambda one: (-one.score, one.contributor.pk))[:WEIGHED]


def _ranked(alike: Sequence[_Alike], own: _Work | None, work: Mapping[int, _Work]) -> list[Candidate]:
    candidates = [_candidate(one, work[one.contributor.pk], own) for one in alike]
    return sorted(candidates, key=lambda candidate: (-candidate.score, candidate.contributor.pk))


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


def _candidate(alike: _Alike, theirs: _Work, own: _Work | None) -> Candidate:
    reasons, score = [_(alike.comparison.why)], alike.score
    for reason, weight in _evidence(own, theirs) if own else ():
        reasons.append(reason)
        score += weight
    return Candidate(alike.contributor, round(min(max(score, 0.0), 1.0), 3), tuple(reasons))


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
    # By id: two who share a name are two colleagues.
    if shared := sorted(own.colleagues[who] for who in own.colleagues.keys() & theirs.colleagues.keys()):
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


def _work(people: set[int]) -> dict[int, _Work]:
    """What each contributor wrote lately, with whom, and when they began and ended."""
    latest: dict[int, list[int]] = {pk: [] for pk in people}
    for pk, article in LATEST_OF.of_each("contributor", sorted(people), limit=LATEST):
        latest[pk].append(article)
    sections: dict[int, str] = {}
    credited: dict[int, dict[int, str]] = {}
    for some in batched(sorted({article for theirs in latest.values() for article in theirs})):
        filed = ArticlePage.objects.filter(pk__in=some, section__isnull=False).order_by()
        sections |= dict(filed.values_list("pk", "section__name"))
        credits = Credit.objects.filter(article__in=some).order_by()
        for article, who, name in credits.values_list(
            "article_id", "contributor_id", "contributor__display_name"
        ):
            credited.setdefault(article, {})[who] = name
    years = {}
    for some in batched(sorted(people)):
        appeared = Listing.objects.filter(contributor__in=some).order_by().values("contributor")
        for pk, first, last in appeared.annotate(
            first=Min("published_at"), last=Max("published_at")
        ).values_list("contributor", "first", "last"):
            years[pk] = (first, last)
    return {
        pk: _Work(
            frozenset(theirs),
            {article: sections[article] for article in theirs if article in sections},
            {who: name for article in theirs for who, name in credited.get(article, {}).items() if who != pk},
            *years.get(pk, (None, None)),
        )
        for pk, theirs in latest.items()
    }
