"""The command as somebody at a terminal meets it."""

import json

import pytest
from click.testing import CliRunner

from standfirst.articles.models import ArticlePage
from standfirst.cli import import_

from .exports import SAMPLES, post, write


@pytest.fixture
def run(magazine, monkeypatch):
    """Runs the command on the test's publication, which is open already."""
    monkeypatch.setattr("standfirst.cli.opening.open_publication", lambda home: None)
    return lambda *arguments: CliRunner().invoke(import_.command, [str(argument) for argument in arguments])


def test_the_report_is_on_the_screen_and_in_the_file(run, tmp_path):
    result = run(SAMPLES / "three-co-authors.xml", "--report", tmp_path / "report.json")

    assert result.exit_code == 0
    assert "Articles: 4 live" in result.output
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["format"] == "wordpress"
    assert report["read"]["articles"] == report["created"]["articles"] == 4
    for key in (
        "updated",
        "unchanged",
        "left_out",
        "refused",
        "articles",
        "contributors",
        "credits",
        "media",
        "redirects",
    ):
        assert key in report
    assert report["credits"] == {"stated": 8}


def test_a_dry_run_says_so_and_writes_nothing(run):
    result = run(SAMPLES / "three-co-authors.xml", "--dry-run")

    assert "What an import would do" in result.output
    assert not ArticlePage.objects.exists()


def test_what_cannot_be_imported_is_one_sentence_and_status_2(run, tmp_path):
    path = write(tmp_path, post(1).replace("</title>", ""))

    result = run(path)

    assert result.exit_code == 2
    assert result.output.startswith("Error: export.xml is broken at line")
    assert "Traceback" not in result.output
    assert result.output.count("\n") == 1
