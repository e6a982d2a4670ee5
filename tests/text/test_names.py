import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst.text.names import letter_of, matching_form, sort_key, sort_name

FILED = [
    ("Ada Quill", "Quill, Ada"),
    ("Simone de Beauvoir", "Beauvoir, Simone de"),
    ("Vincent van Gogh", "Gogh, Vincent van"),
    ("Ludwig Mies van der Rohe", "Rohe, Ludwig Mies van der"),
    ("Ursula K. Le Guin", "Le Guin, Ursula K."),
    ("Jim Al-Khalili", "Al-Khalili, Jim"),
    ("Luca della Robbia", "della Robbia, Luca"),
    ("Ann O'Neill", "O'Neill, Ann"),
    ("José Ortega y Gasset", "Ortega y Gasset, José"),
    ("Martin Luther King, Jr.", "King, Martin Luther, Jr."),
    ("Sammy Davis Jr.", "Davis, Sammy, Jr."),
    ("Dr. Ann Field PhD", "Field, Ann, PhD"),
    ("Sir Keir Hardie KC MP", "Hardie, Keir, KC, MP"),
    ("M. John Harrison", "Harrison, M. John"),
    ("bell hooks", "hooks, bell"),
    ("Van Morrison", "Morrison, Van"),
    ("Фёдор Достоевский", "Достоевский, Фёдор"),
    ("Madonna", "Madonna"),
    ("村上春樹", "村上春樹"),
    ("김 민수", "김 민수"),
    ("SMITH, John", "SMITH, John"),
    ("  Ada   Quill ", "Quill, Ada"),
]


@pytest.mark.parametrize(("name", "filed"), FILED)
def test_a_name_is_filed_under_its_surname(name, filed):
    assert sort_name(name) == filed


@pytest.mark.parametrize(
    ("name", "filed"),
    [("The Editors", "Editors, The"), ("Reuters", "Reuters"), ("Van Gogh Museum", "Van Gogh Museum")],
)
def test_an_organisation_is_filed_under_its_first_word_that_counts(name, filed):
    assert sort_name(name, kind="organisation") == filed


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("Żuławski, Andrzej", "Z"),
        ("Ødegård, Liv", "O"),
        ("'t Hooft, Gerard", "T"),
        ("Достоевский, Фёдор", "D"),
        ("村上春樹", "C"),
        ("3D Team", "#"),
        ("", "#"),
    ],
)
def test_every_name_stands_under_a_letter(name, letter):
    assert letter_of(name) == letter


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tomás Ó Súilleabháin", "Tomas O Suilleabhain"),
        ("Addi Malviya Thakur", "Addi Malviya-Thakur"),
        ("ADA QUILL", "Ada Quill"),
        ("Quill, Ada", "Ada Quill"),
        ("Dr Ada Quill", "Ada Quill"),
        ("Ada Quill, MP", "Ada Quill"),
        ("Ann O’Neill", "Ann O'Neill"),
        ("Jose\N{COMBINING ACUTE ACCENT} Marti", "José Martí"),
    ],
)
def test_spellings_of_one_name_have_one_matching_form(one, other):
    assert matching_form(one) == matching_form(other)


@pytest.mark.parametrize(
    ("one", "other"), [("A. Quill", "Ada Quill"), ("Ada Quill", "Ada Quilt"), ("Li Wei", "Wei Li")]
)
def test_different_names_keep_different_matching_forms(one, other):
    assert matching_form(one) != matching_form(other)


def test_order_ignores_case_and_accents():
    names = ["Zola, Émile", "de la Mare, Walter", "Álvarez, Ana", "Adams, Zoe", "Östlund, Ö"]

    ordered = sorted(names, key=sort_key)

    assert ordered == ["Adams, Zoe", "Álvarez, Ana", "de la Mare, Walter", "Östlund, Ö", "Zola, Émile"]


@given(st.text(min_size=1).filter(str.strip))
def test_no_name_is_lost(name):
    assert sort_name(name).strip()
    assert sort_key(sort_name(name))
    assert matching_form(name)
    assert letter_of(sort_name(name)) in "ABCDEFGHIJKLMNOPQRSTUVWXYZ#"
