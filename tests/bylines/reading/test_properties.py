"""What holds for every byline, whatever somebody typed."""

import html
import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from standfirst.bylines.reading import read_byline

NAMES = ["Ada Quill", "Ben van der Marsh", "Cleo O'Finch", "J. R. Holm", "Ana Soler", "张三", "홍길동", "jdoe", "Lantern Team", "Reuters"]  # fmt: skip
PIECES = [
    *NAMES, "By", "by", "and", "und", "y", "et", "&", ",", ";", "|", "/", "、", "和", "(", ")", "<", ">", '"', "“", "@", "@ada", ".", ":",
    "words by", "photos:", "作者：", "译者", "as told to", "on behalf of", "in London", "for Reuters", "on", "Deputy Editor", "PhD", "Dr", "Jr.",
    "ada@lantern.example", "https://lantern.example/a", "<a href='/x'>", "</a>", "&amp;", "[", "](", "**", "{{", "3 May 2015", "5 min read",
    "['", "', '", '"]', "[bot]", "- ", "<![CDATA[", "]]>", "攝影／", "文｜", "Words", "Photography", "Trans.", "w/", "(서울=연합뉴스)",
    "\n", "\u3000", "\u200b", "\x00", "others", "née", "admin", "1-50", "é", "İ", "ﬁ",
]  # fmt: skip
TYPED = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=14).flatmap(
    lambda pieces: st.sampled_from([" ", "", ", "]).map(lambda glue: glue.join(pieces))
)
FIELDS = st.sampled_from(["", "byline", "authors", "dc:creator"])


def bare(text: str) -> str:
    """Letters and figures in small letters: markup, entities, spaces and widths apart."""
    text = re.sub(r"<[^<>]*>", "", html.unescape(html.unescape(text)))
    text = unicodedata.normalize("NFKC", text)
    return "".join(character for character in text.casefold() if character.isalnum())


@given(TYPED, FIELDS, st.sampled_from(["", "es", "nl", "ja"]))
def test_nothing_makes_it_fail_and_the_raw_byline_is_kept(raw: str, field: str, language: str) -> None:
    reading = read_byline(raw, field=field, publication="lantern.example", language=language)

    assert reading.raw == raw
    assert reading.is_sure == (not reading.doubts)
    assert all(credit.name for credit in reading.credits)


@given(st.text())
def test_any_text_can_be_read(raw: str) -> None:
    assert read_byline(raw).raw == raw


@given(TYPED)
def test_every_word_of_a_name_stands_in_the_byline(raw: str) -> None:
    whole = bare(raw)

    for credit in read_byline(raw).credits:
        assert all(bare(word) in whole or word in raw for word in credit.name.split())


@given(TYPED, FIELDS)
def test_reading_twice_reads_the_same(raw: str, field: str) -> None:
    assert read_byline(raw, field=field) == read_byline(raw, field=field)


@given(
    st.sampled_from(
        ["Ada Quill", "Ben van der Marsh", "Cleo O'Finch", "J. R. Holm", "Ana Soler y Gasset", "张三"]
    )
)
def test_a_plain_name_is_read_as_itself(name: str) -> None:
    (credit,) = read_byline(name).credits

    assert read_byline(credit.name).credits == (credit,)
    assert (credit.name, credit.role, credit.kind) == (name, "author", "person")


@given(
    st.permutations(["Ada Quill", "Ben van der Marsh", "Cleo O'Finch", "J. R. Holm"]),
    st.sampled_from([", ", "; ", "\n", " & "]),
)
def test_printed_order_is_the_order(names: list[str], glue: str) -> None:
    assert [credit.name for credit in read_byline(glue.join(names)).credits] == names
