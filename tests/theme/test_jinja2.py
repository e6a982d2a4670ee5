from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader
from markupsafe import Markup

from standfirst.theme.jinja2 import (
    absolute,
    date_long,
    date_short,
    environment,
    is_figures,
    iso,
    nbsp_last,
    site_name,
    year,
)

DAY = date(2024, 5, 3)


@pytest.mark.parametrize(
    ("language", "long", "short"),
    [
        ("en-gb", "3 May 2024", "3 May"),
        ("en-ie", "3 May 2024", "3 May"),
        ("en-us", "May 3, 2024", "May 3"),
        ("de", "3. Mai 2024", "3. Mai"),
        ("fr", "3 mai 2024", "3 mai"),
    ],
)
def test_dates_are_written_as_the_language_writes_them(language: str, long: str, short: str) -> None:
    with translation.override(language):
        assert date_long(DAY) == long
        assert date_short(DAY) == short


def test_instants_are_given_to_machines_with_their_offset() -> None:
    summer = timezone(timedelta(hours=1))

    assert iso(datetime(2024, 5, 3, 9, 30, 1, 999, tzinfo=summer)) == "2024-05-03T09:30:01+01:00"
    assert iso(DAY) == "2024-05-03"


def test_year_has_no_separator() -> None:
    assert year(datetime(2024, 1, 1, tzinfo=UTC)) == "2024"


@pytest.mark.parametrize(
    ("text", "tied"),
    [
        ("Nobody Drives to the Fish Market Any More", "Nobody Drives to the Fish Market Any\xa0More"),
        ("The Night Ferry", "The Night Ferry"),
        ("A Long Argument about Responsibility", "A Long Argument about Responsibility"),
        ("", ""),
        ("海风", "海风"),
    ],
)
def test_short_last_word_is_tied_to_the_one_before(text: str, tied: str) -> None:
    assert nbsp_last(text) == tied


@given(st.text())
def test_tying_the_last_word_changes_no_word(text: str) -> None:
    assert nbsp_last(text).replace("\xa0", " ") == text.replace("\xa0", " ")


def test_tying_the_last_word_neither_trusts_nor_distrusts_text() -> None:
    assert isinstance(nbsp_last(Markup("one two three four <b>five</b>")), Markup)
    assert not isinstance(nbsp_last("one two three four <b>five"), Markup)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://www.video.example/watch?v=1", "video.example"),
        ("https://user@video.example:8080/x", "video.example"),
        ("/media/a.mp3", "/media/a.mp3"),
    ],
)
def test_site_is_named_as_a_reader_would(address: str, name: str) -> None:
    assert site_name(address) == name


def test_address_is_made_whole_from_that_of_its_page() -> None:
    assert (
        absolute("/media/a.png", "https://lantern.example/2024/05/x/")
        == "https://lantern.example/media/a.png"
    )
    assert absolute("https://cdn.example/a.png", "https://lantern.example/") == "https://cdn.example/a.png"


def test_templates_escape_and_translate() -> None:
    env = environment(
        loader=DictLoader({"a": "{{ _('Hello %(who)s', who=who) }}{{ ngettext('one', 'many', 2) }}"})
    )

    assert env.get_template("a").render(who="<b>") == "Hello &lt;b&gt;many"


@pytest.mark.parametrize(
    ("cell", "is_one"),
    [
        ("0.00 m", True),
        ("−12,5 °C", True),
        ("10 March", True),
        ("1,200", True),
        (Markup("<b>3</b> km"), True),
        ("", False),
        ("Dry. A hare.", False),
        ("12 March, 18.00", False),
        ("12 remarkable-things", False),
    ],
)
def test_a_number_with_its_unit_is_told_from_words(cell: str, is_one: bool) -> None:
    assert is_figures(cell) is is_one
