"""Static files are sent before Django is entered, with the headers of every other answer, and to our own hosts only."""

import logging
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest
from django.conf import settings as django_settings

from standfirst.config.edition import edition_of
from standfirst.serving import static

HASHED = "/static/style.0123456789ab.css"
EVERYWHERE = {
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Permissions-Policy",
    "Cross-Origin-Opener-Policy",
    "Strict-Transport-Security",
    "Content-Security-Policy",
}


def django(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    start_response("400 Bad Request", [("Made-By", "Django")])
    return []


@pytest.fixture
def files(settings: Any, tmp_path: Path) -> Iterator[static.StaticFiles]:
    settings.STATIC_ROOT = tmp_path
    settings.IS_HTTPS = True
    settings.ALLOWED_HOSTS = ["lantern.example", "[::1]"]
    (tmp_path / "style.0123456789ab.css").write_text("p { color: red }")
    static._is_ours.cache_clear()
    yield static.static_files(django)
    static._is_ours.cache_clear()


def sent(files: static.StaticFiles, path: str = HASHED, **environ: str) -> tuple[str, dict[str, str]]:
    asked: dict[str, Any] = {"PATH_INFO": path, "HTTP_HOST": "lantern.example"} | environ
    setup_testing_defaults(asked)
    answers: list[tuple[str, dict[str, str]]] = []
    body = files(asked, lambda status, headers: answers.append((status[:3], dict(headers))))
    if hasattr(body, "close"):
        body.close()
    return answers[0]


@pytest.mark.parametrize(
    ("environ", "status"),
    [
        ({}, "200"),
        ({"REQUEST_METHOD": "HEAD"}, "200"),
        ({"HTTP_IF_MODIFIED_SINCE": "Fri, 01 Jan 2100 00:00:00 GMT"}, "304"),
        ({"HTTP_RANGE": "bytes=2-4"}, "206"),
        ({"HTTP_RANGE": "bytes=9999-"}, "416"),
        ({"REQUEST_METHOD": "POST"}, "405"),
    ],
    ids=["get", "head", "conditional", "range", "impossible range", "post"],
)
def test_security_headers_go_with_every_static_answer(files, environ, status):
    line, headers = sent(files, **environ)

    assert line == status
    assert headers.keys() >= EVERYWHERE


def test_a_hashed_file_is_kept_for_ever(files):
    assert "immutable" in sent(files)[1]["Cache-Control"]


@pytest.mark.parametrize(
    "host", ["evil.example", "lantern.example.evil.example", "lantern.example:x", "a@b", ","]
)
def test_a_static_file_asked_of_a_host_that_is_not_ours_is_left_to_django(files, host):
    assert sent(files, HTTP_HOST=host) == ("400", {"Made-By": "Django"})


@pytest.mark.parametrize(
    "host", ["lantern.example", "LANTERN.example:8000", "lantern.example.", "[::1]:80", ""]
)
def test_our_own_hosts_and_none_get_the_file(files, host):
    assert sent(files, HTTP_HOST=host)[0] == "200"


def test_what_is_no_static_file_is_left_to_django(files):
    assert sent(files, "/static/none.css")[1] == {"Made-By": "Django"}


def test_of_a_theme_what_cannot_be_read_is_left_out_and_said(tmp_path: Path, caplog: Any) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "lantern.woff2").write_bytes(b"font")
    (tmp_path / "linked").symlink_to(tmp_path / "fonts")
    (tmp_path / "to-nothing.css").symlink_to("/nowhere/style.css")
    (tmp_path / "to-itself.css").symlink_to("to-itself.css")
    (tmp_path / "fonts" / "round").symlink_to("..")
    os.mkfifo(tmp_path / "pipe.css")
    static._say_once.cache_clear()
    logging.getLogger("standfirst").propagate = True

    try:
        found = list(static.readable_files(tmp_path))
    finally:
        logging.getLogger("standfirst").propagate = False

    assert found == ["fonts/lantern.woff2", "linked/lantern.woff2"]
    said = {message.partition(" can't be read")[0] for message in caplog.messages}
    assert {Path(path).name for path in said} == {"to-nothing.css", "to-itself.css", "pipe.css", "round"}


def test_links_to_nothing_in_a_theme_change_its_edition_and_stop_nothing(tmp_path: Path) -> None:
    (tmp_path / "theme" / "templates").mkdir(parents=True)
    publication = replace(django_settings.STANDFIRST, home=tmp_path)
    before = edition_of(publication, tmp_path / "theme")

    (tmp_path / "theme" / "templates" / "article.html").symlink_to("/nowhere")

    assert edition_of(publication, tmp_path / "theme") != before
