"""The lists of the interface, read from place to place: a page costs the same wherever in the list it is."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from standfirst.addresses.paths import absolute
from standfirst.addresses.richtext import rich
from standfirst.archives import cachekeys as archives
from standfirst.archives.a_to_z import with_work
from standfirst.archives.addressed import contributor_addressed
from standfirst.archives.archive import Archive, Place
from standfirst.archives.errors import Withdrawn
from standfirst.archives.people import contributor_records
from standfirst.articles.models import Listing
from standfirst.articles.records import ArticleRecord, records_of
from standfirst.bylines.models import Credit, Role
from standfirst.contributors import cachekeys as contributors
from standfirst.contributors.models import Contributor
from standfirst.contributors.queries import contributor_with_id
from standfirst.pagecache.recording import shows
from standfirst.publications import cachekeys as publications
from standfirst.publications.models import Section, Topic
from standfirst.search.queries import articles_found

from .asked import Asked, number
from .cursors import cursor_at, position_of
from .errors import NotThere, NotUnderstood
from .parameters import BEST, NEWEST, SORTS
from .shapes import ARTICLE, CONTRIBUTOR, CREDIT, OF_BODIES, ArticleCredit, Person, Shape, ShelfWithCount

Thing = TypeVar("Thing")
Shelf = type[Section] | type[Topic]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


# ------------------------------------------------------------------------------------------- articles, and their credits


def articles(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    archive = archive_asked_for(asked)
    return _archive_page(
        request,
        archive,
        asked,
        lambda: archive.count,
        lambda records: [ARTICLE.of(record, asked.fields) for record in records],
    )


def credits(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """The credits of an archive's articles. A page has as many articles as an archive's, and every credit of each."""
    archive = archive_asked_for(asked)
    listed = Exists(archive.listings.order_by().filter(article=OuterRef("article")))
    return _archive_page(
        request,
        archive,
        asked,
        lambda: Credit.objects.filter(listed).order_by().count(),
        lambda records: [
            CREDIT.of(ArticleCredit(record, place, credit), asked.fields)
            for record in records
            for place, credit in enumerate(record.credits, 1)
        ],
    )


def archive_asked_for(asked: Asked) -> Archive:
    """The archive that is asked for by `contributor` (with `role` or without), `section` or `topic`, or everything.

    Nothing is listed for what leads to nobody: NotThere, NotUnderstood or `Withdrawn`.
    """
    wanted = {
        name: asked.others[name] for name in ("contributor", "section", "topic") if name in asked.others
    }
    role = asked.others.get("role")
    if len(wanted) > 1:
        raise NotUnderstood(_("One of “contributor”, “section” and “topic” can be asked for at a time."))
    if role is not None and "contributor" not in wanted:
        raise NotUnderstood(_("“role” is asked for together with “contributor”."))
    for name, value in wanted.items():
        match name:
            case "contributor":
                return Archive.by(person_with_id(number(value, name)), _role(role))
            case "section":
                return Archive.in_section(_shelf_with_id(Section, number(value, name)))
            case "topic":
                return Archive.on_topic(_shelf_with_id(Topic, number(value, name)))
    return Archive.of_everything()


def _archive_page(
    request: HttpRequest,
    archive: Archive,
    asked: Asked,
    number: Callable[[], int],
    as_shown: Callable[[Sequence[ArticleRecord]], list[dict[str, Any]]],
) -> dict[str, Any]:
    name = f"{request.path_info} {archive.key}"
    before = _place(position_of(asked.cursor, of=name)) if asked.cursor else None
    # One more than are shown tells whether there are any more.
    places = archive.places(before=before, limit=asked.limit + 1)
    shown = places[: asked.limit]
    records = records_of([place.article for place in shown], with_bodies=bool(OF_BODIES & set(asked.fields)))
    last = _position(shown[-1]) if len(places) > asked.limit else ""
    # A later page shows no totals, so that it stays as it is when there is something new.
    counted = {} if before else {"count": number()}
    return {**counted, "next": _next(request, asked, last, name), "results": as_shown(records)}


def _position(place: Place) -> str:
    return f"{(place.published_at - EPOCH) // timedelta(microseconds=1)}.{place.article}"


def _place(position: str) -> Place:
    microseconds, _dot, article = position.partition(".")
    return Place(EPOCH + timedelta(microseconds=int(microseconds)), int(article))


def _role(code: str | None) -> Role | None:
    """The role whose work is asked for; None for articles, which is what is asked for without."""
    if code is None:
        return None
    role = Role.objects.filter(code=code, is_authorship=False).first() if "\0" not in code else None
    if role is None:
        raise NotThere(_("There is no role of this code that has work of its own."))
    return role


# ----------------------------------------------------------------------------------------------------------- contributors


def people(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """Everybody in the A to Z, in its order; or the one at an address, present or former, by `slug`."""
    shows(contributors.EVERYBODY)
    if (slug := asked.others.get("slug")) is not None:
        return _somebody(slug, asked)
    name = request.path_info
    known = with_work().alphabetical()
    if asked.cursor:
        pk, _dot, key = position_of(asked.cursor, of=name).partition(".")
        known = known.filter(Q(sort_key__gt=key) | Q(sort_key=key, pk__gt=int(pk)))
    found = list(known[: asked.limit + 1])
    shown = found[: asked.limit]
    last = f"{shown[-1].pk}.{shown[-1].sort_key}" if len(found) > asked.limit else ""
    counted = {} if asked.cursor else {"count": with_work().count()}
    return {**counted, "next": _next(request, asked, last, name), "results": _shown(shown, asked)}


def _somebody(slug: str, asked: Asked) -> dict[str, Any]:
    return {"count": 1, "next": None, "results": _shown([contributor_addressed(slug)], asked)}


def _shown(people: Sequence[Contributor], asked: Asked) -> list[dict[str, Any]]:
    return [CONTRIBUTOR.of(Person(record), asked.fields) for record in contributor_records(people)]


def person_with_id(pk: int) -> Contributor:
    """The contributor who has this id, or had it before a merge."""
    person = contributor_with_id(pk)
    if person is None:
        raise NotThere(_("There is no contributor with this id."))
    if person.is_withdrawn:
        raise Withdrawn
    return person


# ---------------------------------------------------------------------------------------------------- sections and topics


def shelves(request: HttpRequest, asked: Asked, model: Shelf, shape: Shape[ShelfWithCount]) -> dict[str, Any]:
    """The sections or topics that have anything public, in the order in which they were made."""
    name = request.path_info
    known = _used(model)
    shows(_key_of_all(model))
    counted = {} if asked.cursor else {"count": known.count()}
    if asked.cursor:
        known = known.filter(pk__gt=int(position_of(asked.cursor, of=name)))
    found = list(known.order_by("pk")[: asked.limit + 1])
    shown = found[: asked.limit]
    last = str(shown[-1].pk) if len(found) > asked.limit else ""
    results = [shape.of(shelf, asked.fields) for shelf in _counted(shown, model)]
    return {**counted, "next": _next(request, asked, last, name), "results": results}


def shelf_with_id(pk: int, model: Shelf) -> ShelfWithCount:
    return _counted([_shelf_with_id(model, pk)], model)[0]


def _shelf_with_id(model: Shelf, pk: int) -> Any:
    """The section or topic that has this id; NotThere for one that has nothing public."""
    shelf = _used(model).filter(pk=pk).first()
    if shelf is None:
        shows(_key_of_all(model))
        raise NotThere(
            _("There is no section with this id.")
            if model is Section
            else _("There is no topic with this id.")
        )
    shows(publications.shelf_key(shelf))
    return shelf


def _used(model: Shelf) -> Any:
    listings = Listing.objects.filter(**{_kind(model): OuterRef("pk")})
    return model.objects.filter(Exists(listings))


def _counted(shelves: Sequence[Any], model: Shelf) -> list[ShelfWithCount]:
    kind = _kind(model)
    rows = Listing.objects.filter(**{f"{kind}__in": [shelf.pk for shelf in shelves]}).order_by()
    counts = dict(rows.values(kind).annotate(count=Count("pk")).values_list(kind, "count"))
    for shelf in shelves:
        archive = Archive.in_section(shelf) if model is Section else Archive.on_topic(shelf)
        key = publications.shelf_key(shelf)
        shows(key, publications.shelf_page(key), archives.entries(archive.key))
    return [
        ShelfWithCount(
            id=shelf.pk,
            name=shelf.name,
            url=absolute(shelf.path),
            description=str(rich(shelf.description)),
            articles=counts.get(shelf.pk, 0),
            kind=kind,
        )
        for shelf in shelves
    ]


def _kind(model: Shelf) -> str:
    return "section" if model is Section else "topic"


def _key_of_all(model: Shelf) -> str:
    return publications.SECTIONS if model is Section else publications.TOPICS


# ------------------------------------------------------------------------------------------------------------ the search


def found(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """What readers find by the words `q`, in the same order; by date with `sort`."""
    words, sort = asked.others.get("q", ""), asked.others.get("sort", BEST)
    if sort not in SORTS:
        raise NotUnderstood(_("“sort” is to be one of: %(names)s.") % {"names": ", ".join(SORTS)})
    name = f"{request.path_info} {sort} {words}"
    start = int(position_of(asked.cursor, of=name)) if asked.cursor else 0
    there = articles_found(words, start, asked.limit, by_date=sort == NEWEST)
    records = records_of(there.articles, with_bodies=bool(OF_BODIES & set(asked.fields)))
    last = str(start + asked.limit) if there.has_more else ""
    counted = {} if asked.cursor else {"count": there.count}
    return {
        **counted,
        "is_exact": there.is_exact,
        "searched_for": there.searched_for,
        "next": _next(request, asked, last, name),
        "results": [ARTICLE.of(record, asked.fields) for record in records],
    }


# ------------------------------------------------------------------------------------------------------------- the rest


def _next(request: HttpRequest, asked: Asked, position: str, name: str) -> str | None:
    """The address of the next page; None if there is none."""
    if not position:
        return None
    query = asked.query | {"cursor": cursor_at(position, of=name)}
    if "fields" in request.GET:
        query["fields"] = ",".join(asked.fields)
    return f"{absolute(request.path_info)}?{urlencode(query)}"
