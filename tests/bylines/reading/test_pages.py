"""Bylines taken from the element of a page that held them: with its buttons, dates and headings, and words that touch."""

import pytest

from standfirst.bylines.reading import read_byline
from tests.bylines.reading.test_reader import said

TOUCHING = [
    ("vonAda Quill,Deutsche Presse-Agentur", ["Ada Quill org=Deutsche Presse-Agentur"]),
    ("Kommentar vonAda Quill", ["Ada Quill"]),
    ("ByAda Quill", ["Ada Quill"]),
    ("VonAda QuillonBarbara Marsh", ["Ada Quillon", "Barbara Marsh"]),
    ("Ada QuillRedakteurin", ["Ada Quill title=Redakteurin"]),
    ("Ada QuillingTravel News Reporter", ["Ada Quilling title=Travel News Reporter"]),
    ("Ada Quill-MarshThe West Lantern", ["Ada Quill-Marsh org=The West Lantern"]),
    ("By Ada QuillFollow", ["Ada Quill"]),
    ("dpaLantern-Redaktion", ["dpa [agency]", "Lantern-Redaktion [staff]"]),
    ("Ada Quill12. MÄR 2025 18:03", ["Ada Quill"]),
    ("By Ada QuillApril 26, 2024 at 11:24 a.m. EDT", ["Ada Quill"]),
    ("Ada Quill 2024-02-14T16:15:30Z", ["Ada Quill"]),
]
# Capitals inside a word, and nothing touched.
WHOLE = [
    "Ada MacKenzie",
    "Ada Quill HealthTech",
    "Ada LeeAnn Quill",
    "SherAaron Quill",
    "Wrzz DeVonMarie",
    "Ada vonBraun",
    "Juan DelaCruz Quill",
]
AROUND = [
    ("この記事の筆者\n山田花子\nフォロー\nすべて見る", ["山田花子"]),
    ("Ada Quill\nRedactora de tribunales\nVer más artículos", ["Ada Quill title=Redactora de tribunales"]),
    ("News\nBy\nAda Quill\npublished\n19 May 2026", ["Ada Quill"]),
    ("Artikel\nveröffentlicht am\n28. April 2024, 14:26 Uhr,\nAda Quill", ["Ada Quill"]),
    ("Ада Квилл\nБен Марш\n8 января, 17:46", ["Ада Квилл", "Бен Марш"]),
    ("15.10.24 23:35\nAda Quill\nTips meg", ["Ada Quill"]),
    ("Ada Quill\n7 hours", ["Ada Quill"]),
    ("张小花\n2019-09-26 07:19:52", ["张小花"]),
    ("Ada Quill\nSenior Writer\nPublished November 9, 2023 5:30AM (EST)", ["Ada Quill title=Senior Writer"]),
    ("Von\nAda Quill\nFr, 18. Oktober 2019", ["Ada Quill"]),
    ("Ada Quillon4 Min Read", ["Ada Quillon"]),
    ("View all posts by Ada Quill »", ["Ada Quill"]),
    ("About Ada Quill", ["Ada Quill"]),
    ("About Ada Quill\nFollow Ada Quill on Twitter", ["Ada Quill"]),
    ("By Ada Quill\nEdit", ["Ada Quill"]),
    ('{"@type": "Person", "name": ["Ada Quill", "Ben Marsh"]}', ["Ada Quill", "Ben Marsh"]),
    ('{"@id": "https://lantern.example/#/schema/person/b8e1"}', []),
    ('"{ \\"@type\\":\\"Person\\", \\"name\\":\\"Ada Quill\\" }"', ["Ada Quill"]),
    ("Erstellt von Ada Quill", ["Ada Quill"]),
    ("Ada Quill | El Sol de Lanterna", ["Ada Quill org=El Sol de Lanterna"]),
    ("Ada Quill, Ap Auto Writer", ["Ada Quill title=Ap Auto Writer"]),
    ("Par Olivier Bot", ["Olivier Bot"]),
    ("Photo by Ada Quill on Unsplash", ["Ada Quill [photographer]"]),
    ("von Ada Quill\n28.04.2023, 19:09\n3 Min.", ["Ada Quill"]),
    ("Ada Quill\nAda\nQuill\nBen Marsh\nBen\nMarsh", ["Ada Quill", "Ben Marsh"]),
    ("Ada Quill\n– Journalist", ["Ada Quill title=Journalist"]),
    ("(Foto: Ada Quill)", ["Ada Quill [photographer]"]),
    ("[서울=등대] 홍길동 기자 =", ["홍길동 title=기자 org=등대 place=서울"]),
]
DATELINES = [
    ("بيروت: فاطمة الفانوس", ["فاطمة الفانوس place=بيروت"]),
    ("بيروت - فاطمة الفانوس:", ["فاطمة الفانوس place=بيروت"]),
    ("فاطمة الفانوس - بيروت", ["فاطمة الفانوس place=بيروت"]),
    ("فاطمة الفانوس ـ بيروت", ["فاطمة الفانوس place=بيروت"]),
    ("فاطمة الفانوس من بيروت", ["فاطمة الفانوس place=بيروت"]),
    ("واس - بيروت", ["واس [agency] place=بيروت"]),
    ("Beirut - Ada Quill", ["Ada Quill place=Beirut"]),
    ("Washington - Reuters", ["Reuters [agency] place=Washington"]),
    ("İSTANBUL / AA", ["AA [agency] place=İSTANBUL"]),
    ("ワシントン=山田花子", ["山田花子 place=ワシントン"]),
    ("記者陳美玲／台北報導", ["陳美玲 title=記者 place=台北"]),
    ("灯塔记者 张小花 发自北京", ["张小花 title=记者 org=灯塔 place=北京"]),
]


@pytest.mark.parametrize(("raw", "credits"), TOUCHING)
def test_words_that_touch_where_a_tag_was_are_parted(raw: str, credits: list[str]) -> None:
    assert said(raw) == credits


@pytest.mark.parametrize("raw", WHOLE)
def test_capitals_inside_a_name_do_not_part_it(raw: str) -> None:
    assert said(raw) == [raw]


@pytest.mark.parametrize(("raw", "credits"), AROUND)
def test_what_stands_around_a_byline_names_nobody(raw: str, credits: list[str]) -> None:
    assert said(raw) == credits


@pytest.mark.parametrize(("raw", "credits"), DATELINES)
def test_a_dateline_is_where_somebody_wrote(raw: str, credits: list[str]) -> None:
    assert said(raw) == credits


@pytest.mark.parametrize("name", ["Ada", "Tuva", "Ines", "Bo"])
def test_a_first_name_below_a_time_is_no_time_zone(name: str) -> None:
    assert said(f"15.10.24 23:35\n{name} Quill") == [f"{name} Quill"]


def test_a_jsonld_person_without_a_whole_name_has_that_of_its_parts() -> None:
    raw = '[{"@type": "Person", "familyName": "Quill", "givenName": "Ada"}, {"@type": "Person", "byline": "Ben Marsh"}]'

    assert said(raw) == ["Ada Quill", "Ben Marsh"]


def test_a_figure_behind_a_name_is_asked_about() -> None:
    reading = read_byline("Ada Quill0, Ben Marsh")

    assert [credit.name for credit in reading.credits] == ["Ada Quill", "Ben Marsh"]
    assert not reading.is_sure


def test_one_word_above_the_byline_may_be_a_heading() -> None:
    assert not read_byline("lantern\nvon\nAda Quill").is_sure


def test_a_word_of_a_heading_is_a_name_within_a_list() -> None:
    assert said("Ada Quill, Del, Ben Marsh") == ["Ada Quill", "Del", "Ben Marsh"]
