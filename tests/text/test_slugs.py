import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst.text.slugs import numbered_slug, slug_for

IS_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Ada Quill", "ada-quill"),
        ("Ann O’Neill", "ann-oneill"),
        ("Tomás Ó Súilleabháin", "tomas-o-suilleabhain"),
        ("Фёдор Достоевский", "fedor-dostoevskiy"),
        ("AT&T / Bell-Labs", "at-t-bell-labs"),
        ("cap-america", "cap-america"),
        ("...", "contributor"),
        ("", "contributor"),
    ],
)
def test_a_name_in_any_script_has_a_slug(name, slug):
    assert slug_for(name, fallback="contributor") == slug


@given(st.text(max_size=400))
def test_a_slug_is_never_empty_and_always_well_formed(name):
    slug = slug_for(name)

    assert IS_SLUG.match(slug)
    assert len(slug) <= 100


@given(st.text(max_size=400), st.integers(2, 10**6))
def test_a_numbered_slug_is_well_formed_and_ends_in_its_number(name, number):
    slug = numbered_slug(slug_for(name), number)

    assert IS_SLUG.match(slug)
    assert len(slug) <= 100
    assert slug.endswith(f"-{number}")


def test_a_long_slug_is_cut_between_words():
    assert slug_for("word " * 40) == "-".join(["word"] * 20)
