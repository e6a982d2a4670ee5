"""The queue as a spreadsheet: safe to open, taken in whole or not at all, and as often as one likes."""

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst.contributors.models import Contributor
from standfirst.review.errors import BadSpreadsheet
from standfirst.review.models import Question
from standfirst.review.spreadsheets import _plain, read_decisions, write_questions
from standfirst.text.sheets import DANGEROUS, safe_cell
from tests.archives.reading import read
from tests.factories import a_contributor, an_article

from .questions import a_doubtful_byline, a_duplicate, credited

pytestmark = pytest.mark.usefixtures("magazine")


@pytest.fixture
def asked(magazine):
    """A duplicate and a byline, both open."""
    ada, other = a_contributor(), a_contributor("A. Quill")
    an_article(other, headline="On mud, “and water”")
    article = an_article(a_contributor("Ada Quill Ben Marsh"), headline="On water")
    return a_duplicate(ada, other), a_doubtful_byline(
        article, "Ada Quill Ben Marsh", {"name": "Ada Quill Ben Marsh"}
    )


def exported(folder: Path) -> list[list[str]]:
    write_questions(folder / "questions.csv")
    with (folder / "questions.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def decided(folder: Path, *decisions: str, delimiter: str = ",", encoding: str = "utf-8-sig") -> Path:
    """The exported file with its decisions filled in, as a spreadsheet saves it."""
    headers, *rows = exported(folder)
    for row, decision in zip(rows, decisions, strict=True):
        row[1] = decision
    path = folder / "decided.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([headers, *rows])
    return path


def test_what_is_written_says_what_to_write_and_shows_both_sides(asked, tmp_path) -> None:
    headers, duplicate, byline = exported(tmp_path)

    assert headers[1].startswith("decision (")
    assert duplicate[2] == "probable duplicate"
    assert duplicate[4].startswith("Ada Quill · /author/ada-quill/")
    assert "On mud, “and water”" in duplicate[5]
    assert byline[6:9] == ["Ada Quill Ben Marsh", "Ada Quill Ben Marsh", byline[8]]
    assert (tmp_path / "questions.csv").read_bytes()[:3] == b"\xef\xbb\xbf"


def test_decisions_are_carried_out_and_taking_them_in_again_changes_nothing(asked, tmp_path) -> None:
    article = asked[1].article
    path = decided(tmp_path, "Merge", "Ada Quill; Ben Marsh (translator)")

    first = read_decisions(path, by=None)
    people = Contributor.objects.count()
    second = read_decisions(path, by=None)

    assert (first.done, first.before) == ({"merged": 1, "corrected": 1}, 0)
    assert (second.done, second.before) == ({}, 2)
    assert Contributor.objects.count() == people
    assert [(name, role) for name, role, _printed in credited(article)] == [
        ("Ada Quill", "author"),
        ("Ben Marsh", "translator"),
    ]


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "utf-8"), ("\t", "utf-16"), (",", "utf-8-sig")])
def test_whatever_a_spreadsheet_saves_is_read(asked, tmp_path, delimiter, encoding) -> None:
    taken = read_decisions(
        decided(tmp_path, "different", "accept", delimiter=delimiter, encoding=encoding), by=None
    )

    assert taken.done == {"different": 1, "accepted": 1}


def test_empty_and_skip_leave_a_question_open(asked, tmp_path) -> None:
    taken = read_decisions(decided(tmp_path, "", "SKIP"), by=None)

    assert (taken.done, taken.left_open) == ({}, 2)
    assert Question.objects.open().count() == 2


def test_the_second_may_be_kept_and_a_byline_may_name_nobody(asked, tmp_path) -> None:
    read_decisions(decided(tmp_path, "merge into second", "nobody"), by=None)

    assert read("/author/a-quill/").status == 200
    assert read("/author/ada-quill/").status == 301
    assert credited(asked[1].article) == []


@pytest.mark.parametrize(
    ("decisions", "sentence"),
    [
        (("merge", "merge"), r"decided\.csv, row 3: this is about a byline"),
        (("Ada Quill", ""), r"decided\.csv, row 2: write merge, merge into second, different or skip"),
        (
            ("merge", "Ada Quill (wizard)"),
            r"decided\.csv, row 3: “Ada Quill \(wizard\)” is no name with a role",
        ),
    ],
)
def test_a_bad_row_is_named_with_its_mend_and_nothing_is_done(asked, tmp_path, decisions, sentence) -> None:
    with pytest.raises(BadSpreadsheet, match=sentence):
        read_decisions(decided(tmp_path, *decisions), by=None)

    assert Question.objects.open().count() == 2
    assert not Contributor.objects.filter(merged_into__isnull=False).exists()


def test_another_publications_questions_are_refused(asked, tmp_path) -> None:
    path = decided(tmp_path, "merge", "")
    path.write_text(re.sub(r"q(\d+)-[0-9a-f]{6}", r"q\1-000000", path.read_text("utf-8-sig")))

    with pytest.raises(BadSpreadsheet, match="row 2: there is no question"):
        read_decisions(path, by=None)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "has no column “question”"),
        (b"name,age\nAda,7\n", "has no column “question”"),
        (b"question,decision\nq1,merge\n", "row 2: “q1” is no question's number"),
        (b'question,decision\n"q1-aaaaaa,merge\n', "is no CSV"),
        ("question,decision\nq1-aaaaaa,Zoë\n".encode("latin-1"), "not in UTF-8"),
        (b"question,decision\nq1-aaaaaa,merge\nq1-aaaaaa,different\n", "row 3: question .* is decided twice"),
        (b"\xff\xfeabc", "not in UTF-8|no column"),
    ],
)
def test_a_file_that_is_none_is_refused_in_a_sentence(tmp_path, content, sentence) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)

    with pytest.raises(BadSpreadsheet, match=sentence):
        read_decisions(path, by=None)


def test_a_missing_file_is_refused_in_a_sentence(tmp_path) -> None:
    with pytest.raises(BadSpreadsheet, match=r"cannot be read"):
        read_decisions(tmp_path / "none.csv", by=None)


def test_no_cell_is_a_formula(magazine, tmp_path) -> None:
    article = an_article(a_contributor("@SUM(A1)"), headline='=HYPERLINK("http://x.example")')
    a_doubtful_byline(article, "=cmd|' /C calc'!A0", {"name": "+1+1"}, reason="-2")
    a_duplicate(a_contributor("=1"), a_contributor("\t=2"))

    cells = [cell for row in exported(tmp_path) for cell in row]

    assert not [cell for cell in cells if cell.startswith(DANGEROUS)]


@given(st.text())
def test_a_cell_comes_back_as_it_went_out(text: str) -> None:
    cell = " ".join(text.replace("\x00", "").split())

    assert not safe_cell(cell).startswith(DANGEROUS)
    assert (
        _plain(safe_cell(cell)) == _plain(cell) if cell.startswith("'") else _plain(safe_cell(cell)) == cell
    )


def test_writing_costs_the_same_for_many(magazine, tmp_path, django_assert_max_num_queries) -> None:
    ada = a_contributor()
    for number in range(40):
        a_duplicate(ada, a_contributor(f"Person {number}"))

    with django_assert_max_num_queries(14):
        write_questions(tmp_path / "questions.csv")
