"""The interface for programs: what is at each of its addresses."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import gettext as _

from standfirst.addresses.paths import absolute
from standfirst.archives.people import contributor_records
from standfirst.archives.profiles import profile_of
from standfirst.articles.records import records_of
from standfirst.bodies.cachekeys import page_text
from standfirst.contributors.cachekeys import profile as whole_profile
from standfirst.pagecache.policy import keep_private
from standfirst.pagecache.recording import shows
from standfirst.publications.models import Section, Topic
from standfirst.publications.queries import publication

from . import lists
from .answers import for_programs
from .asked import asked_of
from .description import description
from .errors import NotThere
from .parameters import COUNTED, ROOT
from .shapes import ARTICLE, CONTRIBUTOR, CREDIT, SECTION, TOPIC, Person


@for_programs
def root(request: HttpRequest) -> dict[str, Any]:
    """Where everything is."""
    keep_private(request)
    return {
        "description": absolute(f"{ROOT}openapi.json"),
        **{path.removeprefix(ROOT).strip("/"): absolute(path) for path in COUNTED},
    }


@for_programs
def openapi(request: HttpRequest) -> dict[str, Any]:
    keep_private(request)
    return description(publication().name)


@for_programs
def articles(request: HttpRequest) -> dict[str, Any]:
    return lists.articles(request, asked_of(request, ARTICLE, selectable=ARTICLE.names))


@for_programs
def article(request: HttpRequest, pk: str) -> dict[str, Any]:
    shows(page_text(int(pk)))
    for record in records_of([int(pk)], with_bodies=True):
        return ARTICLE.of(record)
    raise NotThere(_("There is no article with this id."))


@for_programs
def credits(request: HttpRequest) -> dict[str, Any]:
    return lists.credits(request, asked_of(request, CREDIT, selectable=CREDIT.names))


@for_programs
def contributors(request: HttpRequest) -> dict[str, Any]:
    # The rest is asked of each alone.
    return lists.people(request, asked_of(request, CONTRIBUTOR, selectable=CONTRIBUTOR.usual))


@for_programs
def contributor(request: HttpRequest, pk: str) -> dict[str, Any] | HttpResponse:
    person = lists.person_with_id(int(pk))
    if person.pk != int(pk):
        return HttpResponsePermanentRedirect(f"{ROOT}contributors/{person.pk}/")
    shows(whole_profile(person.pk))
    [record] = contributor_records([person])
    return CONTRIBUTOR.of(Person(record, profile_of(person, heading="")))


@for_programs
def sections(request: HttpRequest) -> dict[str, Any]:
    asked = asked_of(request, SECTION, selectable=SECTION.names)
    return lists.shelves(request, asked, Section, SECTION)


@for_programs
def section(request: HttpRequest, pk: str) -> dict[str, Any]:
    return SECTION.of(lists.shelf_with_id(int(pk), Section))


@for_programs
def topics(request: HttpRequest) -> dict[str, Any]:
    return lists.shelves(request, asked_of(request, TOPIC, selectable=TOPIC.names), Topic, TOPIC)


@for_programs
def topic(request: HttpRequest, pk: str) -> dict[str, Any]:
    return TOPIC.of(lists.shelf_with_id(int(pk), Topic))


@for_programs
def search(request: HttpRequest) -> dict[str, Any]:
    # Words are without number: none is kept.
    keep_private(request)
    return lists.found(request, asked_of(request, ARTICLE, selectable=ARTICLE.names))


@for_programs
def nothing(request: HttpRequest, path: str = "") -> dict[str, Any]:
    """Whatever else is asked for below the interface's address."""
    raise NotThere(
        _("There is nothing at this address; what there is stands in %(description)s.")
        % {"description": absolute(f"{ROOT}openapi.json")}
    )
