"""Archives whole, and single articles, as references and data: what reference managers, catalogues and spreadsheets read."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
)
from django.utils.translation import gettext as _

from standfirst.addresses.cachekeys import address
from standfirst.addresses.gate import led_to, opened_by
from standfirst.addresses.paths import absolute
from standfirst.archives import cachekeys
from standfirst.archives.addressed import (
    contributor_addressed,
    role_addressed,
    section_addressed,
    topic_addressed,
)
from standfirst.archives.archive import Archive
from standfirst.articles.paths import path_at
from standfirst.articles.queries import article_id_at, is_article_at
from standfirst.articles.records import ArticleRecord, records_of
from standfirst.cards.turns import Turns
from standfirst.contributors.queries import contributor_at
from standfirst.pagecache.policy import keep_private
from standfirst.pagecache.recording import shows
from standfirst.publications.queries import publication

from .answers import JSON, for_programs
from .citing.bibtex import bibtex
from .citing.csl import csl_json
from .citing.ris import ris
from .citing.sheets import csv_sheet
from .errors import Refused
from .shapes import ARTICLE

# Longer archives are not kept: a key for each article would be as long as the list. They take seconds to write, and so one of a
# process is written at a time.
KEPT_WHOLE = 200
TURNS = Turns()
SECONDS_TO_COME_BACK = 10
AT_ONCE = 200

Written = Callable[[Iterable[ArticleRecord], str], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Format:
    """What references are written as: its media type, and what writes them, given the publication's name."""

    media_type: str
    written: Written


REFERENCES = {
    "bib": Format("application/x-bibtex; charset=utf-8", bibtex),
    "ris": Format("application/x-research-info-systems; charset=utf-8", ris),
    "csl.json": Format("application/vnd.citationstyles.csl+json; charset=utf-8", csl_json),
}
SHEETS = {"csv": Format("text/csv; charset=utf-8; header=present", csv_sheet)}


def _is_article(request: HttpRequest, year: str, month: str, slug: str, form: str) -> bool:
    return is_article_at(f"{year}/{month}/{slug}")


def _is_contributor(request: HttpRequest, slug: str, **_which: str) -> bool:
    return contributor_at(slug) is not None


@for_programs
@opened_by(_is_article)
def cite(request: HttpRequest, year: str, month: str, slug: str, form: str) -> HttpResponse:
    """One article as a reference."""
    number = article_id_at(f"{year}/{month}/{slug}")
    records = records_of([number], with_pictures=False) if number else ()
    if not records:
        return _cited_elsewhere(request, path_at(f"{year}/{month}/{slug}"), form)
    text = "".join(REFERENCES[form].written(records, publication().name))
    return _file(text, REFERENCES[form].media_type, f"{slug}.{form}")


def _cited_elsewhere(request: HttpRequest, path: str, form: str) -> HttpResponse:
    """An article's former address leads to where it is, and so does that of its reference."""
    shows(address(path))
    now = led_to(path, request)
    if not is_article_at(now.strip("/")):
        raise Http404(_("There is no article at this address."))
    return HttpResponsePermanentRedirect(f"{now}cite.{form}")


@for_programs
@opened_by(_is_contributor)
def works_of_contributor(request: HttpRequest, slug: str, form: str, role: str = "") -> HttpResponseBase:
    """All articles of a contributor or, with `role`, all of their work in it."""
    person = contributor_addressed(slug)
    archive = Archive.by(person, role_addressed(role) if role else None)
    return _works(request, archive, form, moved=person.slug != slug)


@for_programs
def works_in_section(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    section = section_addressed(slug)
    return _works(request, Archive.in_section(section), form, moved=section.slug != slug)


@for_programs
def works_on_topic(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    topic = topic_addressed(slug)
    return _works(request, Archive.on_topic(topic), form, moved=topic.slug != slug)


@for_programs
def works(request: HttpRequest, form: str) -> HttpResponseBase:
    """Everything there is."""
    return _works(request, Archive.of_everything(), form)


def _works(request: HttpRequest, archive: Archive, form: str, *, moved: bool = False) -> HttpResponseBase:
    if moved:
        return HttpResponsePermanentRedirect(archive.path_of_works(form))
    shows(cachekeys.entries(archive.key))
    name, count = publication().name, archive.count
    file = SHEETS.get(form) or REFERENCES.get(form) or Format(JSON, _as_data(archive))
    file_name = f"{'-'.join(archive.path.strip('/').split('/'))}.{form}"

    def write() -> str:
        return "".join(file.written(_records(archive, form), name))

    if count <= KEPT_WHOLE:
        return _file(write(), file.media_type, file_name)
    keep_private(request)
    text = TURNS.take(write)
    if text is None:
        message = _("Others are being given long lists at this moment; please come back.")
        raise Refused(503, message, **{"Retry-After": str(SECONDS_TO_COME_BACK)})
    return _file(text, file.media_type, file_name)


def _records(archive: Archive, form: str) -> Iterator[ArticleRecord]:
    """Every article of an archive, newest first."""
    return chain.from_iterable(
        records_of(some, with_pictures=form == "json") for some in archive.batches(AT_ONCE)
    )


def _as_data(archive: Archive) -> Written:
    """The articles as the interface gives them, with how many there are."""

    def written(records: Iterable[ArticleRecord], publication: str) -> Iterator[str]:
        head: dict[str, Any] = {
            "url": absolute(archive.path),
            "publication": publication,
            # Counted where it is read: by now it may be another than when the request came.
            "count": replace(archive).count,
        }
        yield json.dumps(head, ensure_ascii=False)[:-1] + ', "results": ['
        before = "\n"
        for record in records:
            yield before + json.dumps(ARTICLE.of(record, ARTICLE.usual), ensure_ascii=False)
            before = ",\n"
        yield "\n]}\n"

    return written


def _file(text: str, media_type: str, name: str) -> HttpResponse:
    return HttpResponse(text, content_type=media_type, headers=_named(name))


def _named(name: str) -> dict[str, str]:
    """What a browser calls the file. A slug holds nothing that would have to be quoted."""
    return {"Content-Disposition": f'inline; filename="{name}"'}
