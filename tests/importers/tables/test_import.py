"""Tables go in, and a magazine comes out."""

import zipfile

import pytest
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from standfirst.articles.models import ArticlePage
from standfirst.bylines.models import Credit
from standfirst.contributors.models import Contributor
from standfirst.importers.errors import ImportRefused
from standfirst.importers.models import ImportedRecord
from standfirst.importers.recognising import recognise
from tests.importers.dumps import dump

from .writing import HEADINGS, row, table, workbook


def live():
    return set(ArticlePage.objects.filter(live=True).values_list("title", flat=True))


def drafts():
    return set(ArticlePage.objects.filter(live=False).values_list("title", flat=True))


def printed_day(title):
    return f"{timezone.localdate(ArticlePage.objects.get(title=title).first_published_at)}"


def fields(title):
    page = ArticlePage.objects.get(title=title)
    return ImportedRecord.objects.get(target="article", target_id=page.pk).raw.get("fields", {})


def notes(report):
    return {note.reason: note.records for note in report.notes}


def test_a_table_comes_home(bring, tmp_path):
    report = bring(table(tmp_path, row(1), row(2, Author="Ada Quill and Ben Marsh")))

    assert report.articles == {"live": 2}
    second = ArticlePage.objects.get(title="The tide, part 2")
    assert [credit.printed_name for credit in second.credits.all()] == ["Ada Quill", "Ben Marsh"]
    assert (second.section.name, printed_day(second.title)) == ("News", "2019-03-02")
    assert [block["value"] for block in second.body.raw_data] == [
        "<p>It rained 2 times.</p>",
        "<p>And so on.</p>",
    ]


@pytest.mark.parametrize("name", ["articles.csv", "articles.tsv"])
@pytest.mark.parametrize(
    ("separator", "encoding"), [(",", "utf-8-sig"), (";", "cp1252"), ("\t", "utf-16"), ("|", "utf-16-le")]
)
def test_a_table_is_read_however_it_is_written(bring, tmp_path, name, separator, encoding):
    text = 'She said “no”; "twice", über\nden Fluß.'
    rows = [row(1, Author="Zoé Lemaître", Text=text), *map(row, range(2, 9))]

    bring(table(tmp_path, *rows, name=name, separator=separator, encoding=encoding))

    assert Contributor.objects.filter(display_name="Zoé Lemaître").exists()
    assert ArticlePage.objects.get(title="The tide, part 1").body.raw_data[0]["value"] == (
        '<p>She said “no”; "twice", über<br>den Fluß.</p>'
    )


def test_the_second_import_changes_nothing_and_a_changed_row_changes_its_article(bring, tmp_path):
    path = table(tmp_path, *map(row, range(1, 6)))
    bring(path)
    before = dump()

    again = bring(path)
    assert dump() == before
    assert (again.created, again.updated) == ({}, {})

    changed = bring(table(tmp_path, row(1, Text="<p>It snowed.</p>"), *map(row, range(2, 6))))
    assert (changed.created.get("articles"), changed.updated) == (None, {"articles": 1})


# ------------------------------------------------------------------------------------------------- nothing goes public


def test_only_what_says_that_it_was_published_is_live(bring, tmp_path):
    states = ["published", "draft", "Ready for Liz", "", "scheduled", "archived"]
    rows = [row(number, Status=state) for number, state in enumerate(states, 1)]

    report = bring(table(tmp_path, *rows))

    assert live() == {"The tide, part 1"}
    assert notes(report)["are in a state that is not understood, so they are drafts here"] == (
        "articles.csv, row 4 “The tide, part 3”",
    )


LIMITS = [
    ("Expires", ["2020-01-01", "2131-01-01", "someday", ""], {2, 4}),
    ("Embargo until", ["2020-01-01", "2131-01-01", "someday", ""], {1, 4}),
    ("Sperrfrist", ["01.02.2131", "14.02.2020", "bald", ""], {2, 4}),
    ("Password", ["hunter2", "", "", ""], {2, 3, 4}),
    ("Deleted at", ["2020-01-01 10:00", "", "", ""], {2, 3, 4}),
    ("Members only", ["yes", "no", "", "x"], {2, 3}),
    ("Nur für Abonnenten", ["ja", "nein", "", ""], {2, 3, 4}),
]


@pytest.mark.parametrize(("heading", "values", "public"), LIMITS)
def test_a_row_that_a_column_keeps_from_readers_is_a_draft_and_the_column_is_named(
    bring, tmp_path, heading, values, public
):
    headings = ["Title", "Author", "Date", "Text", heading]
    rows = [
        [
            f"The tide {number}",
            "Ada Quill",
            f"2019-03-{number:02}",
            f"It rained for all of week {number}.",
            value,
        ]
        for number, value in enumerate(values, 1)
    ]

    report = bring(table(tmp_path, *rows, headings=headings))

    assert live() == {f"The tide {number}" for number in public}
    assert all(
        f"(“{heading}”), so they are drafts here" in reason for reason in notes(report) if "draft" in reason
    )


def test_without_a_column_of_states_it_is_said_what_was_concluded_and_drafts_overrules_it(bring, tmp_path):
    headings = ["Title", "Author", "Date", "Text"]
    rows = [
        ["The tide", "Ada Quill", "2019-03-01", "It rained and rained, for all of that long week."],
        ["The ebb", "Ada Quill", "2119-03-01", "It will rain again, and then it will stop."],
        ["The flood", "Ada Quill", "", "Nobody knows when it rained, or whether it did."],
    ]
    path = table(tmp_path, *rows, headings=headings)

    report = bring(path, only_drafts=True)
    assert (live(), len(drafts())) == (set(), 3)

    report = bring(path)
    assert (live(), drafts()) == ({"The tide"}, {"The ebb", "The flood"})
    assert "no column says what was published: 1 articles with a date in the past" in report.conclusions[-1]


def test_what_has_no_text_is_no_live_article(bring, tmp_path):
    """A list of events, or the part of an export that says what the texts were called."""
    rows = [
        ["The tide", "Ada Quill", "2019-03-01", "published"],
        ["The ebb", "Ben Marsh", "2019-03-02", "published"],
    ]

    report = bring(table(tmp_path, *rows, headings=["Title", "Author", "Date", "Status"]))

    assert (live(), len(drafts())) == (set(), 2)
    assert "are of a table without a column of texts, so they are drafts here" in notes(report)


def test_a_list_of_people_is_no_table_of_articles(bring, tmp_path):
    rows = [
        ["ada@lantern.example", "Ada Quill", "2019-03-01", "free"],
        ["ben@lantern.example", "Ben Marsh", "2019-03-02", "paid"],
    ]

    with pytest.raises(ImportRefused, match=r"No column of readers.csv looks like headlines"):
        bring(table(tmp_path, *rows, headings=["email", "name", "created_at", "plan"], name="readers.csv"))


def test_when_something_was_made_or_due_is_no_evidence_that_it_was_published(bring, tmp_path):
    rows = [
        ["The tide", "Ada Quill", "2019-03-01", "2019-03-05", "It rained and rained, for all of that week."]
    ]

    bring(table(tmp_path, *rows, headings=["Title", "Author", "Created time", "Deadline", "Text"]))

    assert live() == set()


def test_a_date_that_cannot_be_read_or_may_be_two_makes_a_draft_and_names_its_row(bring, tmp_path):
    path = table(tmp_path, row(1, Date="31/02/2019"), row(2, Date="03/04/2019"), row(3, Date="05/05/2019"))

    report = bring(path)

    assert live() == {"The tide, part 3"}
    found = notes(report)
    assert found["have a date that cannot be read, so they are drafts here"] == (
        "articles.csv, row 2 “The tide, part 1”",
    )
    assert [
        records
        for reason, records in found.items()
        if reason.startswith("have a date of which nobody can say")
    ] == [("articles.csv, row 3 “The tide, part 2”",)]
    assert fields("The tide, part 1")["Date"] == "31/02/2019"


def test_whoever_says_which_is_the_day_is_believed_and_remembered(bring, tmp_path):
    path = table(tmp_path, row(1, Date="03/04/2019"))
    bring(path, columns={"date": "date:dmy"})

    assert printed_day("The tide, part 1") == "2019-04-03"
    bring(table(tmp_path, row(2, Date="05/06/2019"), name="later.csv"))
    assert printed_day("The tide, part 2") == "2019-06-05"


def test_a_hidden_sheet_and_one_of_other_things_stay_out_and_are_counted(bring, tmp_path):
    people = [["Name", "E-mail", "Telephone"], ["Ada Quill", "ada@lantern.example", "12 34"]]
    sheets = {"Articles": [HEADINGS, row(1)], "Old": [HEADINGS, row(2)], "People": people}

    report = bring(workbook(tmp_path / "all.xlsx", sheets, hidden=["Old"]))

    assert live() | drafts() == {"The tide, part 1"}
    assert {(left.reason, left.count) for left in report.left_out} == {
        ("a row of a sheet that is hidden (sheet “Old”)", 1),
        ("a row of a sheet without articles (sheet “People”)", 1),
    }


# ------------------------------------------------------------------------------------------------------ nothing is lost


def test_columns_that_are_no_part_of_an_article_are_in_the_ledger_and_counted(bring, tmp_path):
    rows = [
        [*row(number % 28 + 1, Title=f"Story {number}"), "ask Ben about the fee", str(number)]
        for number in range(60)
    ]
    rows[59].append("too much")

    report = bring(table(tmp_path, *rows, headings=[*HEADINGS, "Internal notes", "Blorb"]))

    assert "ask Ben" not in str([page.body.raw_data for page in ArticlePage.objects.all()])
    assert fields("Story 59") == {
        "Internal notes": "ask Ben about the fee",
        "Blorb": "59",
        "Date": "2019-03-04",
        "beyond the last column (1)": "too much",
    }
    kept = [
        (column.heading, column.filled, column.samples) for column in report.columns if column.field == "kept"
    ]
    assert kept == [("Internal notes", 60, ("ask Ben about the fee",)), ("Blorb", 60, ("0", "1", "2"))]


def test_a_row_without_headline_and_text_and_one_that_stands_twice_are_named(bring, tmp_path):
    headings = ["ID", *HEADINGS]
    rows = [
        ["1", *row(1)],
        ["2", *row(2, Title="", Text="")],
        ["1", *row(1, Author="Ben Marsh")],
        ["1", *row(4)],
    ]

    report = bring(table(tmp_path, *rows, headings=headings))

    assert {left.reason: left.records for left in report.left_out} == {
        "has neither headline nor text": ("articles.csv, row 3",),
        "says again what an earlier row says": ("articles.csv, row 4 (row 2)",),
    }
    # A view that joins writers to articles says each article once for each of them.
    printed = Credit.objects.filter(article__title="The tide, part 1").values_list("printed_name", flat=True)
    assert list(printed) == ["Ada Quill", "Ben Marsh"]
    assert drafts() == {"The tide, part 4"}
    assert notes(report)["have the id of another row, so they are drafts here"] == (
        "articles.csv, row 5 “The tide, part 4”",
    )


def test_poems_of_one_title_are_two_poems(bring, tmp_path):
    bring(table(tmp_path, row(1, Title="Poem", Text="Salt."), row(1, Title="Poem", Text="Sand."), row(3)))

    assert ArticlePage.objects.filter(title="Poem", live=True).count() == 2


def test_old_addresses_lead_on_and_only_those_of_the_site(bring, tmp_path):
    rows = [[*row(1), "https://lantern.example/2019/tide"], [*row(2), "https://lantern.example/2019/ebb"]]
    rows += [
        [*row(3), "https://elsewhere.example/a-story"],
        [*row(4, Status="draft"), "https://lantern.example/x"],
    ]

    bring(table(tmp_path, *rows, headings=[*HEADINGS, "URL"]))

    assert set(Redirect.objects.values_list("old_path", flat=True)) >= {"/2019/tide", "/2019/ebb"}
    assert not Redirect.objects.filter(old_path__in=["/a-story", "/x"]).exists()


# --------------------------------------------------------------------------------------------------------- the columns


def test_columns_are_shown_with_how_full_they_are_and_three_samples(bring, tmp_path):
    rows = [row(number, Section="" if number > 2 else "News") for number in range(1, 5)]

    report = bring(table(tmp_path, *rows), dry_run=True)

    shown = {column.heading: column for column in report.columns}
    assert [column.heading for column in report.columns] == HEADINGS
    assert (shown["Section"].filled, shown["Section"].rows) == (2, 4)
    assert shown["Title"].samples == ("The tide, part 1", "The tide, part 2", "The tide, part 3")
    assert (shown["Title"].field, shown["Title"].because) == ("headline", "heading and contents")
    assert not ArticlePage.objects.exists()


def test_a_guess_is_overruled_by_heading_or_letter_and_remembered_for_the_same_headings(bring, tmp_path):
    headings = ["Title", "Awdur", "Gwaith", "Text"]
    rows = [["The tide", "Ada Quill", "Ben Marsh", "It rained and rained, for all of that long week."]]
    bring(table(tmp_path, *rows, headings=headings), columns={"awdur": "kept", "C": "byline"})
    assert Credit.objects.get().contributor.display_name == "Ben Marsh"

    rows = [["The ebb", "Ada Quill", "Ida Penhale", "It stopped, and nobody could say for how long."]]
    report = bring(table(tmp_path, *rows, headings=headings, name="more.csv"))

    assert Contributor.objects.filter(display_name="Ida Penhale").exists()
    assert not Contributor.objects.filter(display_name="Ada Quill").exists()
    assert {column.because for column in report.columns} == {"as the last time"}


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"Verfasser": "byline"}, "There is no column “Verfasser”"),
        ({"Author": "hat"}, "“hat” is nothing a column can be"),
    ],
)
def test_a_column_or_field_that_there_is_none_of_is_refused(bring, tmp_path, columns, said):
    with pytest.raises(ImportRefused, match=said):
        bring(table(tmp_path, row(1)), columns=columns)


# ---------------------------------------------------------------------------------------------------- what is no table


def test_a_table_is_recognised_by_itself(tmp_path):
    paths = [table(tmp_path, row(1)), workbook(tmp_path / "all.xlsx", {"A": [HEADINGS, row(1)]})]
    folder = tmp_path / "tables"
    folder.mkdir()
    table(folder, row(1), name="2019.csv")
    table(folder, row(2), name="2020.csv")

    assert {recognise(path).name for path in [*paths, folder]} == {"tables"}


def test_a_folder_of_tables_is_one_archive(bring, tmp_path):
    for year in (2019, 2020):
        table(tmp_path, ["1", *row(year - 2010)], headings=["ID", *HEADINGS], name=f"{year}.csv")

    bring(tmp_path)

    assert len(live()) == 2


def test_a_file_that_was_cut_short_is_refused_whole(bring, tmp_path):
    path = table(
        tmp_path, *map(row, range(1, 9)), row(9, Text="It rained, and then, as they say, it poured.")
    )
    path.write_text(path.read_text()[:-20])

    with pytest.raises(ImportRefused, match="it was cut short"):
        bring(path)
    assert not ArticlePage.objects.exists()


def test_a_table_of_something_else_is_refused_with_its_headings(bring, tmp_path):
    path = table(tmp_path, ["1", "250.00"], ["2", "120.50"], headings=["Invoice", "Amount"])

    with pytest.raises(
        ImportRefused, match=r"No column of articles.csv looks like headlines.*“Invoice”, “Amount”"
    ):
        bring(path)


def test_a_workbook_that_unpacks_without_end_is_refused(bring, tmp_path):
    path = tmp_path / "bomb.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open("xl/workbook.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(500):
            part.write(b" " * 1_000_000)

    with pytest.raises(ImportRefused, match="save each sheet as CSV"):
        bring(path)


def test_a_workbook_with_a_password_is_refused_by_that_name(bring, tmp_path):
    path = tmp_path / "locked.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))

    with pytest.raises(ImportRefused, match="is locked with a password"):
        bring(path)


def test_a_cell_that_is_said_a_hundred_thousand_times_is_refused(bring, tmp_path):
    """A small file that is gigabytes once each cell is text of its own."""
    path = workbook(tmp_path / "wide.xlsx", {"A": [HEADINGS]}, shared=("x" * 32_000, 100_000))

    with pytest.raises(ImportRefused, match="save each sheet as CSV"):
        bring(path)
