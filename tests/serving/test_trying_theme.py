"""A theme is tried before a start or a reload takes over, and what is wrong with it is said in one sentence each."""

from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.test import Client

from standfirst.serving.trying_theme import faults_of_theme
from standfirst.theme.checking import theme
from tests.factories import a_magazine

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(settings, tmp_path: Path) -> Path:
    """The publication's own templates; files in it go before the shipped ones."""
    a_magazine()
    public, *others = django_settings.TEMPLATES
    folder = tmp_path / "templates"
    folder.mkdir()
    settings.TEMPLATES = [public | {"DIRS": [folder, public["DIRS"][-1]]}, *others]
    assert theme().own == folder
    return folder


def faults() -> list[str]:
    return faults_of_theme(django_settings.STANDFIRST)


def test_a_publication_without_a_theme_is_passed_in_silence(own: Path) -> None:
    assert faults() == []


def test_a_theme_without_faults_is_passed_in_silence(own: Path) -> None:
    (own / "error.html").write_text("<h1>{{ heading }}</h1>{% include 'parts/search_form.html' %}")

    assert faults() == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<p>\n{% if %}", ", line 2: Expected an expression"),
        ("<p>\n{{ 'x' | loud }}", ", line 2: No filter named 'loud'"),
        ("<p>\n{% include 'mine.html' %}", ", line 2: there is no template mine.html"),
        (
            "<p>\n{{ static('mine.css') }}",
            ", line 2: there is no static file mine.css: mend that line and reload.",
        ),
        ("<p>\n{{ url('nowhere') }}", ", line 2: Reverse for 'nowhere' not found"),
        (
            "<p>\n{{ headnig }}",
            ", line 2: nothing gives a template the name headnig: mend that line and reload.",
        ),
        ("<p>\n{{ 1 // 0 }}", ", line 2: ZeroDivisionError"),
    ],
)
def test_each_fault_is_named_with_file_and_line_and_readers_are_served(
    own: Path, text: str, said: str
) -> None:
    (own / "error.html").write_text(text)

    found = faults()

    assert len(found) == 1
    assert found[0].startswith(f"{own}/error.html{said}")
    answer = Client().get("/nowhere/")
    assert answer.status_code == 404
    assert answer.content.startswith(b"<")


def test_a_template_that_only_rendering_breaks_is_found(own: Path) -> None:
    (own / "base.html").write_text("{{ publication.name.no.such.thing }}")

    assert [fault.partition(", line")[0] for fault in faults()] == [f"{own}/base.html"]
    assert Client().get("/").status_code == 200


def test_djangos_own_check_says_it_too(own: Path, capsys) -> None:
    (own / "error.html").write_text("{% if %}")

    call_command("check")

    assert f"{own}/error.html, line 1" in capsys.readouterr().err


def test_a_template_that_is_a_link_to_nothing_or_a_folder_is_named(own: Path) -> None:
    (own / "article.html").symlink_to("/nowhere/article.html")
    (own / "front.html").mkdir()

    assert [said.partition(": ")[0] for said in faults()] == [
        f"{own / 'article.html'}, line 1",
        f"{own / 'front.html'}, line 1",
    ]
