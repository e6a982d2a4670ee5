"""Renders pages of every kind before a start or a reload takes over, where the publication has templates of its own."""

import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from wsgiref.util import setup_testing_defaults

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpRequest

from standfirst.archives import failures
from standfirst.archives.archive import Archive
from standfirst.articles.models import ArticlePage
from standfirst.config.publication_file import PublicationFile
from standfirst.contributors.models import Contributor
from standfirst.contributors.paths import EVERYBODY
from standfirst.publications.models import Section, Topic
from standfirst.search.paths import SEARCH
from standfirst.theme import checking

log = logging.getLogger("standfirst.theme")

ARTICLES = 5


def faults_of_theme(publication: PublicationFile) -> list[str]:
    """One sentence for each fault of the publication's own templates and words: the file, the line and the mend.

    Readers are served all the same, with the shipped part in its place.
    """
    if checking.own_templates(checking.theme()):
        quiet = logging.getLogger("standfirst.theme")
        was, quiet.disabled = quiet.disabled, True  # They are said here, once.
        try:
            _render_all(publication)
        finally:
            quiet.disabled = was
    return checking.faults()


def _render_all(publication: PublicationFile) -> None:
    handler = WSGIHandler()
    common: dict[str, Any] = {}
    setup_testing_defaults(common)
    common |= {"HTTP_HOST": urlsplit(publication.address).netloc, "REMOTE_ADDR": "127.0.0.1"}
    if publication.is_https:
        common["HTTP_X_FORWARDED_PROTO"] = "https"
    for path in _of_every_kind():
        path, _, query = path.partition("?")
        # Without the signals of a request: nothing begins or ends here.
        handler.get_response(WSGIRequest(common | {"PATH_INFO": path, "QUERY_STRING": query}))
    for failure in (failures.bad_request, failures.forbidden, failures.gone, failures.trouble):
        failure(HttpRequest())


def _of_every_kind() -> Iterator[str]:
    yield from ("/", Archive.of_everything().path, EVERYBODY, f"{SEARCH}?q=a", "/no-such-page/")
    newest = ArticlePage.objects.in_bulk(Archive.of_everything().first(ARTICLES))
    yield from (article.url for article in newest.values())
    for contributor in Contributor.objects.in_public()[:2]:
        yield Archive.by(contributor).path
    for section in Section.objects.all()[:1]:
        yield Archive.in_section(section).path
    for topic in Topic.objects.all()[:1]:
        yield Archive.on_topic(topic).path
