"""What an editor says of a site's fields is remembered with the site, and holds until something else is said."""

import json

import pytest
from click.testing import CliRunner

from standfirst.articles.models import ArticlePage
from standfirst.bylines.models import Credit
from standfirst.cli.group import cli
from standfirst.importers.errors import ImportRefused
from standfirst.importers.models import ImportSource

from .exports import post, write
from .folders.sites import post as text
from .folders.sites import site


@pytest.fixture
def export(tmp_path):
    return write(tmp_path, post(1, "A headline", meta=(("mood", "calm"), ("scribe", "Cleo Wren"))))


def credited():
    return sorted(Credit.objects.values_list("printed_name", flat=True))


def test_what_was_said_holds_at_the_next_import_and_is_told(bring, export):
    first = bring(export, fields=["scribe=byline", "mood=standfirst"])
    assert (first.rules, first.remembered) == (("--field mood=standfirst", "--field scribe=byline"), ())

    second = bring(export)

    assert second.remembered == second.rules == first.rules
    assert second.unchanged["articles"] == 1
    assert credited() == ["Cleo Wren"]
    assert ArticlePage.objects.get().standfirst == "calm"


def test_what_is_said_now_goes_before_what_was_said(bring, export):
    bring(export, fields=["scribe=byline", "mood=standfirst"])

    report = bring(export, fields=["Mood=nothing"])

    assert report.rules == ("--field mood=nothing", "--field scribe=byline")
    assert report.remembered == ("--field scribe=byline",)
    assert report.updated == {"articles": 1}
    assert ArticlePage.objects.get().standfirst == ""


def test_what_was_said_can_be_taken_back(bring, export):
    bring(export, fields=["scribe=translator", "mood=standfirst"])
    bring(export, fields=["mood=auto", "scribe=auto"])

    assert ImportSource.objects.get().rules == {}
    assert bring(export).rules == ()
    assert ArticlePage.objects.get().standfirst == ""


def test_a_dry_run_uses_what_was_said_and_remembers_nothing(bring, export):
    bring(export, fields=["mood=standfirst"])

    report = bring(export, fields=["mood=nothing"], dry_run=True)

    assert report.updated == {"articles": 1}
    assert ImportSource.objects.get().rules == {"fields": {"mood": "standfirst"}}


def test_another_site_has_rules_of_its_own(bring, export, tmp_path):
    bring(export, fields=["mood=standfirst"])
    head = export.read_text(encoding="utf-8").replace("lantern.example", "other.example")
    other = tmp_path / "other.xml"
    other.write_text(head, encoding="utf-8")

    assert bring(other).rules == ()


def test_paths_in_a_folder_are_remembered_and_taken_back(bring, tmp_path):
    folder = site(
        tmp_path / "m",
        {
            "hugo.toml": 'baseURL = "https://lantern.example"\ntitle = "The Lantern"\n',
            "content/posts/a.md": text("A", date="2019-03-04"),
            "content/notes/b.md": text("B", date="2019-03-05"),
        },
    )
    assert bring(folder, pages=["content/notes/*"]).read["pages"] == 1

    again = bring(folder)
    assert (again.read["pages"], again.remembered) == (1, ("--pages content/notes/*",))

    assert bring(folder, pages=[""], dry_run=True).read["pages"] == 0


def test_a_word_on_what_an_archive_says_itself_is_refused_before_it_is_read(magazine, export, tmp_path):
    from standfirst.importers.run import import_archive

    with pytest.raises(ImportRefused, match="--pages is for archives that do not say it themselves"):
        import_archive(export, pages=["x/*"])
    table = tmp_path / "t.csv"
    table.write_text("Title,Author,Text\nA,Ada Quill,Words of it\n")
    with pytest.raises(ImportRefused, match=r"--field is for .* and t\.csv is a table"):
        import_archive(table, fields=["a=byline"])
    with pytest.raises(ImportRefused, match="mood=date"):
        import_archive(export, fields=["mood=date"])


def test_the_command_says_what_was_said_before(magazine, monkeypatch, export, tmp_path):
    monkeypatch.setattr("standfirst.cli.opening.open_publication", lambda home: None)
    CliRunner().invoke(cli, ["import", str(export), "--field", "mood=standfirst"])

    result = CliRunner().invoke(cli, ["import", str(export), "--report", str(tmp_path / "report.json")])

    assert (
        "As was said before (say otherwise, or =auto to take it back): --field mood=standfirst"
        in result.output
    )
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["rules"] == report["remembered_rules"] == ["--field mood=standfirst"]
