"""A mistake in a theme costs the part that holds it, never the page."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jinja2 import FileSystemBytecodeCache

from standfirst.theme.overriding import Theme
from tests.theme.samples import THEME, pages, picture

SHIPPED = THEME / "templates"
PAGES = pages()
# No page, but printed by the theme all the same.
FEED_ENTRY = (
    "feed_entry.html",
    {
        "picture": picture("harbour", alt="A harbour", credit="Jules Amari"),
        "body": "Words.",
        "others": [{"role_label": "Translator", "name": "Ines Ferreira", "url": ""}],
        "corrections": [{"kind": "correction", "dated": date(2020, 2, 2), "text": "It was a lock."}],
    },
)
EVERY_TEMPLATE = sorted(path.relative_to(SHIPPED).as_posix() for path in SHIPPED.rglob("*.html"))

BROKEN = {
    "syntax": "<p>{% if %}</p>",
    "never closed": "{% block content %}<p>",
    "filter": "{{ 'x' | no_such_filter }}",
    "function": "{{ no_such_function() }}",
    "attribute": "{{ nothing.of.the.kind }}",
    "address": "{{ url('no_such_address') }}",
    "include": "{% include 'no/such/part.html' %}",
    "parent": "{% extends 'no_such_parent.html' %}",
    "itself": "{% include SELF %}",
    "raises": "{{ 1 // 0 }}",
    "wrong type": "{{ 'a' + 1 }}",
}


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("compiled")))


@pytest.fixture
def theme(tmp_path: Path, compiled: FileSystemBytecodeCache) -> Theme:
    """What renders the pages of a publication whose own templates are in `tmp_path`."""
    return a_theme(tmp_path, compiled)


def a_theme(own: Path, compiled: FileSystemBytecodeCache) -> Theme:
    options = {"environment": "standfirst.theme.jinja2.environment", "bytecode_cache": compiled}
    return Theme({"NAME": "jinja2", "DIRS": [own, SHIPPED], "APP_DIRS": False, "OPTIONS": options})


def write(own: Path, name: str, text: str | bytes) -> None:
    (own / name).parent.mkdir(parents=True, exist_ok=True)
    (own / name).write_bytes(text if isinstance(text, bytes) else text.replace("SELF", f"'{name}'").encode())


@pytest.fixture(scope="session")
def shown_on(tmp_path_factory: pytest.TempPathFactory, compiled: FileSystemBytecodeCache) -> dict[str, Any]:
    """For each shipped template a page that prints it, as it is without a theme."""
    found: dict[str, Any] = {}
    for name, context in (*PAGES.values(), FEED_ENTRY):
        theme = a_theme(tmp_path_factory.mktemp("nothing"), compiled)
        html = theme.get_template(name).render(context)
        for _, used in list(theme.env.cache or ()):
            found.setdefault(used, (name, context, html))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_template_is_replaced_by_the_shipped_one(
    theme: Theme, compiled: FileSystemBytecodeCache, tmp_path: Path, shown_on: dict[str, Any], broken: str
) -> None:
    for number, name in enumerate(EVERY_TEMPLATE):
        if name not in shown_on:
            continue
        own = tmp_path / str(number)
        write(own, name, BROKEN[broken])
        theme = a_theme(own, compiled)
        page, context, html = shown_on[name]

        assert theme.get_template(page).render(context) == html, name
        assert [str(found.path) for found in theme.broken.values()] == [str(own / name)]
        assert ", line 1: " in str(theme.broken[name])


def test_every_template_is_on_some_page(shown_on: dict[str, Any]) -> None:
    blocks = {name for name in EVERY_TEMPLATE if name.startswith("blocks/")}

    assert set(EVERY_TEMPLATE) - blocks - shown_on.keys() == set()


def test_all_of_them_broken_at_once_is_the_shipped_theme(
    theme: Theme, tmp_path: Path, shown_on: dict[str, Any]
) -> None:
    for number, name in enumerate(EVERY_TEMPLATE):
        write(tmp_path, name, list(BROKEN.values())[number % len(BROKEN)])

    for page, context, html in shown_on.values():
        assert theme.get_template(page).render(context) == html


def test_what_is_well_stays_beside_what_is_broken(theme: Theme, tmp_path: Path) -> None:
    write(tmp_path, "parts/masthead.html", "<header>Ours</header>")
    write(tmp_path, "parts/footer.html", "<footer>{{ broken() }}</footer>")
    name, context = PAGES["article"]

    html = theme.get_template(name).render(context)

    assert "<header>Ours</header>" in html
    assert "broken" not in html
    assert set(theme.broken) == {"parts/footer.html"}


def test_a_part_of_their_own_that_is_broken_takes_along_what_includes_it(
    theme: Theme, tmp_path: Path
) -> None:
    write(tmp_path, "parts/masthead.html", "<header>Ours</header>{% include 'parts/mine.html' %}")
    write(tmp_path, "parts/mine.html", "{{ 1 // 0 }}")
    name, context = PAGES["article"]

    html = theme.get_template(name).render(context)

    assert "Ours" not in html
    assert set(theme.broken) == {"parts/masthead.html", "parts/mine.html"}


@pytest.mark.parametrize("contents", [b"\xff\xfe\x00bad", b"{{ " + b"(" * 5000 + b")" * 5000 + b" }}"])
def test_what_cannot_be_read_or_compiled_is_replaced(theme: Theme, tmp_path: Path, contents: bytes) -> None:
    write(tmp_path, "parts/masthead.html", contents)
    name, context = PAGES["article"]

    html = theme.get_template(name).render(context)

    assert "<header" in html
    assert set(theme.broken) == {"parts/masthead.html"}


def test_a_fault_is_logged_once_with_its_file_line_and_mend(theme: Theme, tmp_path: Path, caplog) -> None:
    write(tmp_path, "parts/masthead.html", "<header>\n{{ 1 // 0 }}</header>")
    name, context = PAGES["article"]

    for _ in range(3):
        theme.get_template(name).render(context)

    assert [record.getMessage() for record in caplog.records] == [
        f"{tmp_path}/parts/masthead.html, line 2: ZeroDivisionError: integer division or modulo by zero. Readers get "
        "the shipped template in its place: mend that line and reload, or delete the file."
    ]


def test_what_is_broken_in_ours_is_not_hidden(theme: Theme, tmp_path: Path) -> None:
    write(tmp_path, "parts/mine.html", "well")

    with pytest.raises(TypeError):
        theme.get_template("article.html").render(
            {"article": 1, **dict.fromkeys(("publication", "feeds"), 1)}
        )


def test_a_developer_sees_the_error(theme: Theme, tmp_path: Path, settings) -> None:
    settings.DEBUG = True
    write(tmp_path, "parts/masthead.html", "{{ 1 // 0 }}")
    name, context = PAGES["article"]

    with pytest.raises(ZeroDivisionError):
        theme.get_template(name).render(context)
