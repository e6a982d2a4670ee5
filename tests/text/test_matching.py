"""What `compare` says of pairs of names. No pair here is of two people whom anybody could confuse with living ones."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from standfirst.text.matching import compare
from standfirst.text.name_keys import asked_keys, stored_keys
from standfirst.text.names import matching_form
from standfirst.text.person_names import person_name

LABELLED = Path(__file__).parents[2] / "benchmarks" / "labelled" / "pairs.jsonl"

SAME = [
    # case, accents and their usual transliteration
    ("ADA QUILL", "Ada Quill"),
    ("ada quill", "Ada Quill"),
    ("Tomáš Šedovič", "Tomas Sedovic"),
    ("Tomás Ó Súilleabháin", "Tomas O Suilleabhain"),
    ("Zoë Mühl", "Zoe Muhl"),
    ("Jürgen Schröder", "Juergen Schroeder"),
    ("Jürgen Schröder", "Juergen Schroder"),
    ("Søren Ågård", "Soeren Aagaard"),
    ("Søren Ågård", "Soren Agard"),
    ("Hans Groß", "Hans Gross"),
    ("Yūki Ōta", "Yuuki Ohta"),
    ("Nguyễn Văn Hùng", "Nguyen Van Hung"),
    ("Jose\N{COMBINING ACUTE ACCENT} Martel", "José Martel"),
    ("Лев Толстой", "Lev Tolstoy"),
    ("Сергей Щукин", "Sergei Shchukin"),
    ("Юлия Жукова", "Yulia Zhukova"),
    ("Алексей Маркс", "Alexei Marx"),
    ("Дмитрий Чайковский", "Dmitri Tchaikovsky"),
    # punctuation, hyphens and spaces
    ("Ada E Quill", "Ada E. Quill"),
    ("Ada K. Quill", "Ada K.Quill"),
    ("Anne-Marie Quill", "Anne Marie Quill"),
    ("Shin-ichi Ando", "Shinichi Ando"),
    ("Ann O'Neill", "Ann O’Neill"),
    ("Ann O'Neill", "Ann O Neill"),
    ("Ada Al Khatib", "Ada Al-Khatib"),
    ("Ada De Angeli", "Ada DeAngeli"),
    ("Ada McDonald", "Ada Mc Donald"),
    ("J. K. Quill", "J.K. Quill"),
    ("J. K. Quill", "JK Quill"),
    ("J. R. R. Quill", "JRR Quill"),
    ("Ruihang Quill", "RuihangQuill"),
    ("ada-quill", "Ada Quill"),
    ("MILO_QUILL", "Milo Quill"),
    ("miloquill", "Milo Quill"),
    ("A.P.", "AP"),
    ("김 민수", "김민수"),
    ("`Rust`日报小组", "Rust 日报小组"),
    # titles and order
    ("Dr Ada Quill", "Ada Quill"),
    ("Dr.Ada J.Quill", "Dr. Ada J. Quill"),
    ("Prof. Dr. Ada Quill", "Ada Quill PhD"),
    ("Sir Ada Quill KC MP", "Ada Quill"),
    ("Ada Quill, M.A.", "Ada Quill"),
    ("Gen. Ada Quill", "Ada Quill"),
    ("Quill, Ada", "Ada Quill"),
    ("QUILL, Ada", "Ada Quill"),
    ("QUILL Ada", "Ada Quill"),
    ("QUILL Shin-ichi", "Shinichi Quill"),
    ("&Eacute;mile Quill", "Émile Quill"),
    ("King, Martin Quill, Jr.", "Martin Quill King Jr."),
    ("Ada Quill Science correspondent", "Ada Quill"),
    # what stands beside a name
    ("Ada Quill (@ada)", "Ada Quill"),
    ("Ada Quill (@ada)", "Ada Quill (ada)"),
    ("Ada Quill@adaq", "Ada Quill"),
    ("@ada-q", "ada-q"),
    ("王江桐（华为）", "华为-王江桐"),
    ("The Rustup Working Group", "the rustup working group"),
    ("The Rust Team", "Rust Team"),
]

MAYBE = [
    ("Dan Ashe", "Dana She"),
    # initials, short forms, other forms
    ("A. Quill", "Ada Quill"),
    ("A. B. Quill", "Ada Beth Quill"),
    ("AB Quill", "Ada Beth Quill"),
    ("Ada Q.", "Ada Quill"),
    ("Bill Quill", "William Quill"),
    ("Jim Quill", "James R. Quill"),
    ("Niko Quill", "Nicholas Quill"),
    ("Dan Quill", "Danilo Quill"),
    ("Sasha Petrov", "Alexander Petrov"),
    ("Paco Pérez", "Francisco Pérez"),
    ("Stephen Quill", "Steven Quill"),
    ("Geoffrey Quill", "Jeffrey Quill"),
    ('William "Bill" Quill', "Bill Quill"),
    ('William "Bill" Quill', "William Quill"),
    # more or fewer words
    ("Ada Beth Quill", "Ada Quill"),
    ("Ada B. Quill", "Ada Quill"),
    ("R. Harald Quill", "Harald Quill"),
    ("Ada Quill", "Ada Quill-Stone"),
    ("Ada Quill", "Ada Stone-Quill"),
    ("Juan José", "Juan José Quill"),
    ("Ada Quill in Wellington", "Ada Quill"),
    ("Ada Quill", "Ada Quill Jr."),
    ("Ada", "Ada Quill"),
    ("The Rust Core Team", "The Rust Team"),
    ("River Team", "River"),
    ("ada.quill@river.example", "Ada Quill"),
    ("ada@river.example", "ada@lake.example"),
    ("王江桐@DatenLord", "王江桐"),
    # a letter, the order, the spaces, the accents
    ("Ada Quill", "Ada Quilt"),
    ("Catherine Quill", "Katherine Quill"),
    ("Mueller Quill", "Muller Quill"),
    ("Michael Quill", "Michal Quill"),
    ("Wei Li", "Li Wei"),
    ("Jo Anne Quill", "Joanne Quill"),
    ("Ann Ali", "Anna Li"),
    ("An Na Li", "Anna Li"),
    ("Jo Quill", "J. O. Quill"),
    ("Abdul Rahman", "Abdulrahman"),
    ("Nguyễn Văn Hùng", "Nguyễn Văn Hưng"),
    # words that are titles or names
    ("Don Van Quill", "Van Quill"),
    ("Wei Ling MA", "Wei Ling"),
    ("Mrs Humphry Quill", "Humphry Quill"),
    # handles and what stands beside
    ("dquill", "Dora Quill"),
    ("dorq", "Dor Quill"),
    ("thingee", "Ada Quill (thingee)"),
    ("Ada Quill (@ada)", "Ada Quill (@quill)"),
    ("Ada Quill (Leeds)", "Ada Quill"),
    ("Ada Quill (Leeds)", "Ada Quill (York)"),
    ("王江桐", "华为-王江桐"),
    ("Leo Tolstoi", "Лев Толстой"),
]

DIFFERENT = [
    ("Ada Quill", "Ida Quill"),
    ("Ada Quill", "Ada Stone"),
    ("Tom Quill", "Tim Quill"),
    ("Barton Quill", "Bill Quill"),
    ("A. Quill", "B. Quill"),
    ("Ada A. Quill", "Ada B. Quill"),
    ("Ada Beth Quill", "Ada Carol Quill"),
    ("Jean-Pierre Quill", "Jean-Paul Quill"),
    ("Ada Quill Jr.", "Ada Quill Sr."),
    ("Ada Quill II", "Ada Quill III"),
    ("Marcel dos Santos", "Renato Augusto dos Santos"),
    ("Jake Quill (Oracle)", "Jamie Stone (Oracle)"),
    ("ada@river.example", "ben@river.example"),
    ("The Rust Core Team", "The Rust Release Team"),
    ("Team 4", "Team 5"),
    ("Press Association", "Associated Press"),
    # One transliteration, two names.
    ("张伟", "章伟"),
    ("李原", "李源"),
    ("王江桐", "王徐旸"),
    ("华为-王江桐", "华为-周紫鹏"),
    ("김민수", "김민주"),
    ("", "Ada Quill"),
    ("—", "Ada Quill"),
]

TABLE = [(a, b, verdict) for verdict, pairs in (("same", SAME), ("maybe", MAYBE), ("different", DIFFERENT)) for a, b in pairs]  # fmt: skip


@pytest.mark.parametrize(("a", "b", "verdict"), TABLE)
def test_two_names_are_the_same_different_or_perhaps(a, b, verdict):
    assert compare(a, b).verdict == verdict
    assert compare(b, a).verdict == verdict


@pytest.mark.parametrize(("a", "b"), SAME + MAYBE)
def test_names_that_may_be_one_are_found_by_a_key_they_share(a, b):
    assert asked_keys(a) & stored_keys(b)
    assert asked_keys(b) & stored_keys(a)


def test_no_labelled_pair_of_two_people_is_called_the_same():
    pairs = [json.loads(line) for line in LABELLED.read_text("utf-8").splitlines()]

    wrong = [
        (pair["a"], pair["b"])
        for pair in pairs
        if not pair["same"] and compare(pair["a"], pair["b"]).verdict == "same"
    ]

    assert pairs
    assert wrong == []


@given(st.text(max_size=60), st.text(max_size=60))
@example("Дмитрий Чайковский Jr", "Dmitri Tchaikovsky Brown")
def test_comparing_says_something_of_any_two_texts_in_either_order(a, b):
    assert compare(a, b).verdict == compare(b, a).verdict
    assert compare(a, b).why.endswith(".")


@given(
    st.text(max_size=80).filter(lambda text: any(letter.isascii() and letter.isalpha() for letter in text))
)
@example(":@A")
@example("·(A)")
def test_a_name_is_the_same_as_itself(name):
    assert compare(name, name).verdict == "same"
    assert asked_keys(name) & stored_keys(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Don DeLillo", "DeLillo"),
        ("Don Van Quill", "Van Quill"),
        ("Jack Ma", "Jack"),
        ("Wei Ling MA", "Wei Ling"),
        ("Yo-Yo Ma", "Yo-Yo"),
        ("Dr Holm", "Don Holm"),
        ("John Holm Jr.", "John Holm Sr."),
        ("John Holm Jr.", "John Holm"),
        ("李原", "李源"),
    ],
)
def test_what_tells_people_apart_stays_in_the_matching_form(one, other):
    assert matching_form(one) != matching_form(other)


NAMES = st.lists(
    st.text("abcdefgiklmnoprstuvyz", min_size=2, max_size=8).map(str.title), min_size=2, max_size=4
)


@given(NAMES)
def test_a_name_is_the_same_in_capitals_with_a_title_and_hyphenated(words):
    name = " ".join(words)

    assert compare(name, name).verdict == "same"
    assert compare(name, f"Dr. {name}").verdict == "same"
    assert compare(name, f"{name}, PhD").verdict == "same"


@given(NAMES, NAMES)
def test_names_of_other_letters_are_never_the_same(one, other):
    a, b = " ".join(one), " ".join(other)

    if sorted(a.replace(" ", "").casefold()) != sorted(b.replace(" ", "").casefold()):
        assert compare(a, b).verdict != "same"


@given(st.text(max_size=80))
def test_keys_are_few_and_fit_their_column(name):
    keys = stored_keys(name) | asked_keys(name)

    assert len(keys) < 100
    assert all(0 < len(key) <= 80 for key in keys)


def test_a_name_has_the_parts_that_can_be_known():
    name = person_name('Dr. William "Bill" Stone van der Quill Jr., PhD')

    assert (name.given, name.middle, name.particles, name.surname) == (
        "william",
        ("stone",),
        ("van", "der"),
        "quill",
    )
    assert (name.generation, name.suffixes, name.honorifics, name.nickname) == (
        "jr",
        ("phd",),
        ("dr",),
        "bill",
    )


def test_a_name_without_spaces_is_not_divided():
    assert person_name("王江桐").surname == ""
    assert person_name("Madonna").given == "madonna"


@given(st.text("abcdefgiklmnoprstuvyz", min_size=4, max_size=14), st.data())
def test_the_same_letters_parted_otherwise_are_never_the_same(letters, data):
    ends = st.sets(st.integers(1, len(letters) - 1), min_size=1, max_size=3)
    one, other = data.draw(ends), data.draw(ends)

    a, b = (" ".join(_parted(letters, where)).title() for where in (one, other))

    if not (one <= other or other <= one):
        assert compare(a, b).verdict != "same"


def _parted(letters, ends):
    bounds = [0, *sorted(ends), len(letters)]
    return [letters[start:end] for start, end in pairwise(bounds)]
