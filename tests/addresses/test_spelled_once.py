"""How an address is spelled is said once, by the room that owns what is there; and it is where the resolver has it."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import resolve

from standfirst.api import works
from standfirst.archives import urls, views
from standfirst.archives.a_to_z import path_of_letter
from standfirst.archives.archive import Archive
from standfirst.articles.paths import EVERYTHING, cite_path, path_at
from standfirst.bylines.models import Role
from standfirst.contributors.models import Contributor
from standfirst.contributors.paths import CONTRIBUTOR_PATHS, EVERYBODY, lasting_path
from standfirst.feeds import subjects
from standfirst.feeds import views as feed_views
from standfirst.publications.models import Section, Topic
from standfirst.search import urls as search_urls
from standfirst.search import views as search_views
from standfirst.search.paths import SEARCH

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "standfirst"
# Where each of them is said.
SAID = {"articles/paths.py", "contributors/paths.py", "publications/paths.py", "search/paths.py"}

ADA = Contributor(slug="ada-quill")
BOOKS, RIVERS = Section(slug="books"), Topic(slug="rivers")
PHOTOGRAPHER = Role(pk=2, code="photographer")


@pytest.mark.parametrize(
    ("path", "view", "arguments"),
    [
        (ADA.path, views.contributor, {"slug": "ada-quill"}),
        (CONTRIBUTOR_PATHS.of("ada-quill"), views.contributor, {"slug": "ada-quill"}),
        (Archive.by(ADA).path_of_page(3), views.contributor_page, {"slug": "ada-quill", "number": "3"}),
        (
            Archive.by(ADA, PHOTOGRAPHER).path_of_page(3),
            views.contributor_page,
            {"slug": "ada-quill", "role": "photographer", "number": "3"},
        ),
        (EVERYBODY, views.contributors, {}),
        (path_of_letter(""), views.contributors, {}),
        (path_of_letter("q"), views.contributors, {"letter": "q"}),
        (BOOKS.path, views.section, {"slug": "books"}),
        (Archive.in_section(BOOKS).path_of_page(3), views.section_page, {"slug": "books", "number": "3"}),
        (RIVERS.path, views.topic, {"slug": "rivers"}),
        (Archive.on_topic(RIVERS).path_of_page(3), views.topic_page, {"slug": "rivers", "number": "3"}),
        (EVERYTHING, views.everything, {}),
        (Archive.of_everything().path_of_page(3), views.everything_page, {"number": "3"}),
        (
            path_at("2024/05/slow-river"),
            views.article,
            {"year": "2024", "month": "05", "slug": "slow-river"},
        ),
        (lasting_path(42), views.known_by_id, {"contributor": "42"}),
        (
            Archive.by(ADA).path_of_works("csl.json"),
            works.works_of_contributor,
            {"slug": "ada-quill", "form": "csl.json"},
        ),
        (
            Archive.by(ADA, PHOTOGRAPHER).path_of_works("bib"),
            works.works_of_contributor,
            {"slug": "ada-quill", "role": "photographer", "form": "bib"},
        ),
        (
            Archive.in_section(BOOKS).path_of_works("csv"),
            works.works_in_section,
            {"slug": "books", "form": "csv"},
        ),
        (
            Archive.on_topic(RIVERS).path_of_works("ris"),
            works.works_on_topic,
            {"slug": "rivers", "form": "ris"},
        ),
        (Archive.of_everything().path_of_works("json"), works.works, {"form": "json"}),
        (
            cite_path("2024/05/slow-river", "bib"),
            works.cite,
            {"year": "2024", "month": "05", "slug": "slow-river", "form": "bib"},
        ),
        (SEARCH, search_views.search, {}),
        (
            Archive.of_everything().path_of_feed("atom"),
            feed_views.feed,
            {"of": subjects.everything, "kind": "atom"},
        ),
        (
            Archive.by(ADA, PHOTOGRAPHER).path_of_feed("rss"),
            feed_views.feed,
            {"of": subjects.by_contributor, "slug": "ada-quill", "role": "photographer", "kind": "rss"},
        ),
        (
            Archive.in_section(BOOKS).path_of_feed("json", 3),
            feed_views.feed,
            {"of": subjects.in_section, "slug": "books", "number": "3", "kind": "json"},
        ),
    ],
)
def test_what_we_call_an_address_is_where_its_view_is(path: str, view: object, arguments: object) -> None:
    found = resolve(path)

    assert found.func is view
    assert found.kwargs == arguments


def test_an_article_without_an_address_has_no_path() -> None:
    assert path_at(None) == ""


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("/author/ada-quill/", "ada-quill"),
        ("/author/ada-quill/page/3/", "ada-quill"),
        ("/author/", ""),
        ("/author/ada-quill", ""),
        ("/authors/", ""),
        ("/section/author/", ""),
        ("/x/author/ada-quill/", ""),
        ("https://lantern.example/author/ada-quill/", ""),
    ],
)
def test_the_slug_is_found_in_an_address_and_in_those_below_it(path: str, slug: str) -> None:
    assert CONTRIBUTOR_PATHS.slug_in(path) == slug


def first_parts() -> set[str]:
    """What the addresses that readers browse begin with, as the resolver has them."""
    routes = {str(one.pattern) for one in (*urls.urlpatterns, *search_urls.urlpatterns)}
    return {first for route in routes if (first := route.partition("/")[0]).isalpha()}


def test_nobody_else_spells_the_beginning_of_an_address() -> None:
    firsts = first_parts()
    spelled = re.compile(rf"(?<![\w/.>])/({'|'.join(sorted(firsts))})/(?=$|\W|[\w-]+/$)")

    found = {
        (file, text[:60])
        for file, text in (*written_in_code(), *written_in_templates())
        if spelled.search(text) and file not in SAID
    }

    assert firsts >= {"articles", "author", "authors", "section", "topic", "search"}
    assert found == set()


def written_in_code() -> Iterator[tuple[str, str]]:
    """Every string of our code but docstrings, with `{}` for what is put in; not those that say how an old system spells."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    formats = next(one["modules"] for one in contracts if one["type"] == "independence")
    old_systems = tuple(f"{name.partition('.')[2].replace('.', '/')}/" for name in formats)
    for path in SOURCE.rglob("*.py"):
        file = path.relative_to(SOURCE).as_posix()
        if "migrations" in path.parts or file.startswith(old_systems):
            continue
        yield from ((file, text) for text in _strings(ast.parse(path.read_text(encoding="utf-8"))))


def _strings(tree: ast.AST) -> Iterator[str]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)  # type: ignore[misc]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            yield from _strings(node)


def written_in_templates() -> Iterator[tuple[str, str]]:
    for path in (*SOURCE.rglob("*.html"), *SOURCE.rglob("*.js"), *SOURCE.rglob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield path.relative_to(SOURCE).as_posix(), line
