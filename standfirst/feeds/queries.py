"""Which feeds show what a change touched: of each feed, the document that is subscribed to."""

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from django.db.models import Max, QuerySet

from standfirst.addresses.paths import absolute
from standfirst.archives.archive import Archive
from standfirst.articles.models import Listing
from standfirst.bodies.feed_links import FEED_NAMES
from standfirst.bylines.models import Credit, Role
from standfirst.contributors.models import Contributor
from standfirst.database.batches import batched
from standfirst.publications.models import Section, Topic

# An archive, as a row of listings names it: contributor, role, section, topic.
Place = tuple[int | None, int | None, int | None, int | None]
EVERYTHING: Place = (None, None, None, None)

# The keys of what feeds show, as `archives`, `articles`, `bodies`, `contributors` and `publications` spell them.
_SHOWN = re.compile(
    r"(?P<everything>articles):newest"
    r"|contributor:(?P<credited>\d+):credits(?::role:(?P<role>\d+))?:newest"
    r"|section:(?P<section>\d+):articles:newest|topic:(?P<topic>\d+):articles:newest"
    r"|page:(?P<text>\d+):text"
    r"|contributor:(?P<named>\d+):name|contributor:(?P<linked>\d+)"
    r"|section:(?P<section_called>\d+)(?::page)?|topic:(?P<topic_called>\d+)(?::page)?"
)


def is_shown_by_feeds(key: str) -> bool:
    """Whether feeds show what a surrogate key stands for."""
    return _SHOWN.fullmatch(key) is not None


def feeds_changed_by(keys: Collection[str] | None) -> list[str]:
    """The whole addresses of the feeds that show what any of these keys stands for; of all (None) that have entries."""
    places = _all_places() if keys is None else _places_changed_by(keys)
    archives = sorted(_archives(places), key=lambda archive: archive.path)
    return [absolute(archive.path_of_feed(kind)) for archive in archives for kind in FEED_NAMES]


def _all_places() -> set[Place]:
    return set(Listing.objects.order_by().values_list("contributor", "role", "section", "topic").distinct())


def _places_changed_by(keys: Collection[str]) -> set[Place]:
    numbers: dict[str, set[int]] = {}
    places: set[Place] = set()
    for key in keys:
        found = _SHOWN.fullmatch(key)
        if found is None:
            continue
        said = {name: value for name, value in found.groupdict().items() if value}
        if "everything" in said:
            places.add(EVERYTHING)
        elif "credited" in said:
            places.add((int(said["credited"]), int(said["role"]) if "role" in said else None, None, None))
        elif "section" in said:
            places.add((None, None, int(said["section"]), None))
        elif "topic" in said:
            places.add((None, None, None, int(said["topic"])))
        else:
            for name, number in said.items():
                numbers.setdefault(name, set()).add(int(number))
    places |= set(_showing(numbers.get("text", set())))
    for person in numbers.get("named", set()):
        places |= {place for place, _newest in _grouped(Listing.objects.filter(contributor=person))}
    for person in numbers.get("linked", set()):
        credited = Credit.objects.filter(contributor=person).values("article")
        places |= set(_still_shown(Listing.objects.filter(article__in=credited)))
    for name, field in (("section_called", "section"), ("topic_called", "topic")):
        for shelf in numbers.get(name, set()):
            filed = Listing.objects.filter(**{field: shelf}).values("article")
            places |= set(_still_shown(Listing.objects.filter(article__in=filed)))
    return places


def _showing(articles: Iterable[int]) -> Iterator[Place]:
    """The archives whose newest entries hold one of these articles."""
    for some in batched(sorted(articles)):
        yield from _still_shown(Listing.objects.filter(article__in=some))


def _still_shown(listings: QuerySet[Listing]) -> Iterator[Place]:
    """The archives of these rows, those in which one of them is among the newest entries."""
    for place, newest in _grouped(listings):
        archive = Archive("", *place)
        if archive.listings.filter(published_at__gt=newest).count() < archive.cut.newest:
            yield place


def _grouped(listings: QuerySet[Listing]) -> Iterator[tuple[Place, datetime]]:
    rows = (
        listings.order_by()
        .values("contributor", "role", "section", "topic")
        .annotate(newest=Max("published_at"))
        .values_list("contributor", "role", "section", "topic", "newest")
    )
    for *place, newest in rows:
        contributor, role, section, topic = place
        yield (contributor, role, section, topic), newest


def _archives(places: Collection[Place]) -> Iterator[Archive]:
    """The archives that readers may browse, with their addresses."""
    if EVERYTHING in places:
        yield Archive.of_everything()
    roles = {role.pk: role for role in Role.objects.all()}
    by_person: dict[int, list[int | None]] = {}
    for person, role, _section, _topic in places:
        if person is not None:
            by_person.setdefault(person, []).append(role)
    for some in batched(sorted(by_person)):
        for contributor in Contributor.objects.in_public().filter(pk__in=some):
            for role in by_person[contributor.pk]:
                yield Archive.by(contributor, roles[role] if role is not None else None)
    for some in batched(sorted(place[2] for place in places if place[2] is not None)):
        yield from map(Archive.in_section, Section.objects.filter(pk__in=some))
    for some in batched(sorted(place[3] for place in places if place[3] is not None)):
        yield from map(Archive.on_topic, Topic.objects.filter(pk__in=some))
