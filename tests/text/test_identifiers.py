import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst.text.identifiers import (
    InvalidIdentifier,
    check_character,
    handle_url,
    identifier_url,
    normalise_handle,
    normalise_identifier,
)

CANONICAL = [
    ("orcid", "0000-0002-1825-0097", "0000-0002-1825-0097"),
    ("orcid", "https://orcid.org/0000-0002-1694-233X", "0000-0002-1694-233X"),
    ("orcid", "0000 0002 1694 233x", "0000-0002-1694-233X"),
    ("isni", "0000 0001 2146 438X", "000000012146438X"),
    ("isni", "https://isni.org/isni/000000012146438X/", "000000012146438X"),
    ("viaf", "https://viaf.org/viaf/102333412/", "102333412"),
    ("viaf", "102333412", "102333412"),
    ("wikidata", "https://www.wikidata.org/wiki/Q42", "Q42"),
    ("wikidata", "q42", "Q42"),
]


@pytest.mark.parametrize(("scheme", "typed", "canonical"), CANONICAL)
def test_an_identifier_is_kept_in_its_canonical_spelling(scheme, typed, canonical):
    assert normalise_identifier(scheme, typed) == canonical
    assert identifier_url(scheme, canonical).endswith(canonical)


@pytest.mark.parametrize(
    ("scheme", "typed"),
    [
        ("orcid", "0000-0002-1825-0098"),
        ("orcid", "0000-0002-1825-009"),
        ("orcid", "٠٠٠٠-0002-1825-0097"),
        ("isni", "0000 0001 2146 4381"),
        ("viaf", "0123"),
        ("viaf", "Q42"),
        ("wikidata", "42"),
        ("wikidata", "https://evil.example/Q42"),
        ("orcid", ""),
        ("loc", "n79021164"),
    ],
)
def test_an_identifier_that_cannot_be_right_is_refused_with_a_reason(scheme, typed):
    with pytest.raises(InvalidIdentifier, match=r"\w+ .+\."):
        normalise_identifier(scheme, typed)


@given(st.text("0123456789", min_size=15, max_size=15), st.integers(0, 14), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(digits, place, shift):
    whole = digits + check_character(digits)
    wrong = whole[:place] + str((int(whole[place]) + shift) % 10) + whole[place + 1 :]

    assert normalise_identifier("isni", whole) == whole
    with pytest.raises(InvalidIdentifier):
        normalise_identifier("isni", wrong)


@given(st.sampled_from(["orcid", "isni", "viaf", "wikidata"]), st.text())
def test_canonical_spelling_is_stable(scheme, typed):
    try:
        canonical = normalise_identifier(scheme, typed)
    except InvalidIdentifier:
        return
    assert normalise_identifier(scheme, canonical) == canonical


@pytest.mark.parametrize(
    ("typed", "canonical", "address"),
    [
        ("@ada@social.example", "@ada@social.example", "https://social.example/@ada"),
        ("ada@Social.Example", "@ada@social.example", "https://social.example/@ada"),
        (" https://social.example/@ada/ ", "@ada@social.example", "https://social.example/@ada"),
        ("https://social.example/users/ada.q", "@ada.q@social.example", "https://social.example/@ada.q"),
        ("@ada@bücher.example", "@ada@xn--bcher-kva.example", "https://xn--bcher-kva.example/@ada"),
        ("", "", ""),
        ("   ", "", ""),
    ],
)
def test_a_name_in_the_fediverse_is_kept_in_its_canonical_spelling(typed, canonical, address):
    assert normalise_handle(typed) == canonical
    assert handle_url(canonical) == address


@pytest.mark.parametrize(
    "typed",
    ["ada", "@ada", "@ada@", "@@social.example", "@ada@social", "@ada@social.example/x", "@a da@social.example",
     '@ada"><b>@social.example', "@ada@social.example\n@x@y.example", "@ада@social.example", "@ada@-social.example"],
)  # fmt: skip
def test_what_is_no_name_in_the_fediverse_is_refused(typed):
    with pytest.raises(InvalidIdentifier):
        normalise_handle(typed)


@given(st.text())
def test_a_name_in_the_fediverse_is_refused_or_stays_as_it_is_once_normalised(typed):
    try:
        canonical = normalise_handle(typed)
    except InvalidIdentifier:
        return
    assert normalise_handle(canonical) == canonical
    assert handle_url(canonical).isascii()
