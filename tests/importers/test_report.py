"""What a report says before anything else."""

import pytest

from standfirst.importers.report import ImportReport, Refusal


def a_report(**details) -> ImportReport:
    counts = "read created updated unchanged articles contributors credits media redirects unknown"
    plain = {name: {} for name in counts.split()}
    return ImportReport(
        format="x", source="x", is_dry_run=False, left_out=(), **{"refused": (), **plain, **details}
    )


@pytest.mark.parametrize(
    ("details", "alarm"),
    [
        (
            {"read": {"articles": 119}, "credits": {"unsigned_articles": 119}},
            "119 of the 119 articles are signed by nobody",
        ),
        ({"read": {"articles": 10}, "articles": {"draft": 6}}, "6 of the 10 articles are drafts"),
        ({"read": {"articles": 1, "pages": 2910}}, "2,910 of the 2,911 texts are pages"),
        (
            {
                "read": {"articles": 3},
                "refused": (Refusal("articles", "a", "x"), Refusal("articles", "b", "x")),
            },
            "2 of the 3 texts are refused",
        ),
    ],
)
def test_what_is_wrong_with_most_of_an_archive_comes_first(details, alarm):
    [said] = a_report(**details).alarms

    assert said.startswith(alarm)


def test_an_archive_like_most_raises_no_alarm():
    assert a_report(read={"articles": 10, "pages": 2}, credits={"unsigned_articles": 1}).alarms == ()
