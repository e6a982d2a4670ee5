"""A reading is sure on evidence only: that this is a person, and that it is one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst.bylines.reading import read_byline

PERSONS = [
    "Ada Quill",
    "Aleksey Quill",  # by its sound
    "Xiaoying Quill",
    "Wrzz Quillowska",
    "Q. R. Quill",
    "Wrzz O'Quill",
    "Wrzz van Quill",
    "Wrzz Quillović",
    "Dr Wrzz Quill",
    "Wrzz Quill, PhD",
    "Wrzz Quill, Deputy Editor",
    "Wrzz Quill <wrzz@lantern.example>",
    "Ярослав Квилл",
    "فاطمة الفانوس",
    "नेहा दीपक",
    "山田花子",
    "홍길동",
]
NOT_KNOWN_TO_BE = [
    "Wrzz Quill",
    "Lantern Quill",
    "Deutsche Lampe",
    "Ocean Lanterns",
    "Ada France",
    "Ada Stories",
    "فانوس البحر",
    "فاطمة الفانوس+بحر",
    "O Estado de Lanterna",
    "Les Amis de la Lanterne",
    "Amt der Republik Lanterna",
    "Montiert von Ada Quill",
    "Ada Crocker Kitchens",
    "Collins Dublin",
    "O Estado de S. Lanterna",
    "São Bernardo do Campo",
    "SIGNachrichtenagentur",
    "{الفانوس الأزرق}",
    "LampSteffan Rhys Deputy Content Hub Director",
    "ประภาคาร ทะเล",
    "灯塔",
]


@pytest.mark.parametrize("raw", PERSONS)
def test_what_looks_like_a_person_is_sure(raw: str) -> None:
    assert read_byline(raw).doubts == ()


@pytest.mark.parametrize("raw", NOT_KNOWN_TO_BE)
def test_what_nothing_says_is_a_person_is_not_sure(raw: str) -> None:
    assert not read_byline(raw).is_sure


# Letters that are no Latin, no capitals, and none of the languages with their own word lists.
SCRIPTS = [
    "אבגדהזחטכלמנ",
    "بتثجحخدرزسشصطعغفقكلمن",
    "กขคงจชซดตถทนบปผพมยรลวสหอ",
    "ကခဂငစဆဇညတထဒနပဖဗမယရလ",
    "கஙசஞடணதநபமயரலவ",
]
WORDS = st.sampled_from(SCRIPTS).flatmap(
    lambda letters: st.lists(st.text(letters, min_size=3, max_size=7), min_size=4, max_size=8)
)


@given(WORDS)
def test_many_words_of_a_script_without_capitals_are_never_surely_one_person(words: list[str]) -> None:
    reading = read_byline(" ".join(words))

    assert len(reading.credits) > 1 or not reading.is_sure
