"""One analyser for what is indexed and for what is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst.text.stems import stem_of
from standfirst.text.tokens import KEY, LONGEST, folded, stream, token_of, tokens, words, written_words

FOLDED = {
    "Nguyễn": "nguyen",
    "Łódź": "lodz",
    "Ξένια": "ξενια",
    "ΣΊΣΥΦΟΣ": "σισυφοσ",
    "Straße": "strasse",
    "Sørensen": "sorensen",
    "Đoković": "dokovic",
    "Dvořák": "dvorak",
    "ıssız İstanbul": "issiz istanbul",
    "Œuvre": "oeuvre",
    "Ёлка": "елка",
    "أحمد": "احمد",
    "ﬁne ＡＢＣ": "fine abc",
    "e\u0301te\u0301": "ete",
    "snow\u00adflake": "snowflake",
}


@pytest.mark.parametrize("text", FOLDED)
def test_case_and_marks_are_taken_off(text: str) -> None:
    assert stream(text) == FOLDED[text]


@pytest.mark.parametrize(
    ("text", "become"),
    [
        ("O'Neill", "oneill neill"),
        ("l’été", "lete ete"),
        ("Quill’s", "quills quill"),
        ("don't", "dont don"),
        ("co-operate", "co operate"),
        ("snake_case", "snakecase snake case"),
    ],
)
def test_an_apostrophe_joins_and_what_is_long_enough_stands_alone(text: str, become: str) -> None:
    assert stream(text) == become


@pytest.mark.parametrize(
    ("text", "become"),
    [
        ("東京都", "東京 京都"),
        ("山", "山"),
        ("한국어", "한국 국어"),
        ("がくせい", "がく くせ せい"),
        ("ที่กรุง", "ที่ก กรุ รุง"),
        ("iPhone手机", "iphone 手机"),
    ],
)
def test_scripts_without_spaces_become_pairs(text: str, become: str) -> None:
    assert stream(text) == become


def test_marks_that_are_vowels_stay() -> None:
    assert stream("हिन्दी") == "हिन्दी"


@given(st.text())
def test_a_token_is_nothing_but_letters_and_says_no_more_when_asked_again(text: str) -> None:
    for token in tokens(text):
        assert 0 < len(token) <= LONGEST
        assert not set(token) & set(" \"'\\*():^-&|!<>\t\n\0")
        assert KEY not in token


@given(st.text(alphabet=st.characters(codec="latin-1")))
def test_tokens_of_tokens_are_the_same(text: str) -> None:
    assert stream(stream(text)) == stream(text)


@given(st.text(), st.text())
def test_a_text_becomes_what_its_parts_become(first: str, second: str) -> None:
    assert stream(f"{first} {second}") == " ".join(filter(None, (stream(first), stream(second))))


@given(st.text())
def test_words_stand_where_they_say_and_become_what_the_text_does(text: str) -> None:
    found = list(words(text))

    assert [token for word in found for token in word.tokens] == tokens(text)
    assert all(0 <= word.start < word.end <= len(text) for word in found)


@given(st.text())
def test_written_words_become_all_the_tokens(text: str) -> None:
    assert {token for word in written_words(text) for token in tokens(word)} == set(tokens(text))


def test_folding_leaves_nothing_to_fold() -> None:
    assert folded("ÀÉÎÕÜ ſ") == "aeiou s"


def test_numbers_and_pairs_are_no_words_of_a_language() -> None:
    assert [token_of(word) for word in ("Rivers", "2019", "東京", "O'Neill")] == ["rivers", "", "", ""]


@pytest.mark.parametrize(
    ("words_", "language"),
    [
        (("river", "rivers"), "en-gb"),
        (("Haus", "Hauses"), "de"),
        (("étudiante", "étudiantes"), "fr"),
        (("libro", "libros"), "es"),
        (("книга", "книги"), "ru"),
        (("flicka", "flickor"), "sv"),
        (("casa", "case"), "it"),
        (("livro", "livros"), "pt-br"),
        (("huis", "huizen"), "nl"),
        (("talo", "talossa"), "fi"),
        (("ház", "házak"), "hu"),
        (("kitap", "kitaplar"), "tr"),
    ],
)
def test_forms_of_a_word_have_one_stem(words_: tuple[str, str], language: str) -> None:
    first, second = words_

    assert stem_of(first, language) == stem_of(second, language)


def test_a_language_without_rules_has_words_for_stems() -> None:
    assert stem_of("Łódź", "pl") == "lodz"
