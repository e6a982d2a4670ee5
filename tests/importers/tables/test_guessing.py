"""What the columns of a table are is guessed from what they hold."""

import pytest
from django.utils import timezone

from standfirst.importers.reading.archive import Opening
from standfirst.importers.tables.columns import columns_of
from standfirst.importers.tables.sheets import open_sheets

from .sheets import ODD_SHEETS
from .writing import written


def understood(sheet, folder):
    """What each column is said to be, and what is right, by heading."""
    sheets = open_sheets(written(sheet, folder))
    columns = columns_of(sheets.sheets[0], Opening(timezone.get_default_timezone(), timezone.now()), set())
    found = {column.heading: column.field.value for column in columns.all}
    return found, {heading: sheet.expected.get(heading, "kept") for heading in found}


def test_the_columns_of_odd_sheets_are_guessed_right_nine_times_in_ten(tmp_path):
    pairs = [
        (sheet.name, heading, found[heading], right)
        for sheet in ODD_SHEETS
        for found, expected in [understood(sheet, tmp_path)]
        for heading, right in expected.items()
    ]

    wrong = [pair for pair in pairs if pair[2] != pair[3]]
    assert len(wrong) <= len(pairs) * 0.1, wrong


@pytest.mark.parametrize("sheet", ODD_SHEETS, ids=lambda sheet: sheet.name)
def test_headline_text_and_byline_of_odd_sheets_are_found_and_what_is_for_the_desk_is_not_printed(
    sheet, tmp_path
):
    found, expected = understood(sheet, tmp_path)

    assert set(sheet.expected) <= set(found)
    for heading, right in expected.items():
        if right in ("headline", "text", "byline"):
            assert found[heading] == right, (heading, found)
        if right == "kept":
            assert found[heading] not in ("headline", "text", "standfirst", "caption"), (heading, found)
