"""The style sheet, the fonts and the accent: what can be held without looking."""

import re

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from standfirst.publications.colours import DARK, DEFAULT_ACCENT, LIGHT, contrast, on_dark, on_light
from standfirst.theme.accent import theme_css
from tests.theme.samples import THEME

STATIC = THEME / "static/standfirst"
CSS = (STATIC / "standfirst.css").read_text(encoding="utf-8")
FONTS = sorted((STATIC / "fonts").glob("*.woff2"))
GROUNDS = re.findall(r"--paper: (#[0-9a-f]{6});", CSS)
NAMES = "Ivo Larch Þórdís Eiríksdóttir Łukasz Żółć Ağaoğlu İnönü Şafak Dvořák Čapek Őry Ţurcan Ștefan Œuvre Ŷ"

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(colours)
def test_any_accent_is_legible_on_both_grounds(colour: str) -> None:
    light, dark = GROUNDS[0], GROUNDS[1]

    assert contrast(on_light(colour), light) >= 4.5
    assert contrast(on_dark(colour), dark) >= 4.5


@given(st.text(max_size=40))
def test_style_sheet_of_an_accent_holds_nothing_but_colours(text: str) -> None:
    css = theme_css(text)

    assert re.fullmatch(r":root\{(--[a-z-]+:#[0-9a-fA-F]{3,6};?){3}\}\n", css)


def test_accent_that_is_no_colour_becomes_the_default() -> None:
    assert f"--accent:{DEFAULT_ACCENT};" in theme_css("red;} body { display: none")


def test_default_accent_is_the_one_in_the_style_sheet() -> None:
    assert f"--accent: {DEFAULT_ACCENT};" in CSS


def test_the_colours_that_are_drawn_are_those_of_the_style_sheet() -> None:
    light, dark = (
        dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", part)) for part in CSS.split("color-scheme: dark)")[:2]
    )

    for name in ("paper", "ink", "quiet", "rule"):
        assert (getattr(LIGHT, name), getattr(DARK, name)) == (light[name], dark[name])


def test_fonts_weigh_60_kilobytes_at_most() -> None:
    assert sum(font.stat().st_size for font in FONTS) <= 60 * 1024


def test_fonts_come_with_their_licences() -> None:
    licences = [path.read_text(encoding="utf-8") for path in (STATIC / "fonts").glob("OFL-*.txt")]

    assert len(licences) == 2
    assert all("SIL OPEN FONT LICENSE Version 1.1" in text for text in licences)


@pytest.mark.parametrize("path", FONTS, ids=lambda path: path.stem)
def test_fonts_hold_the_letters_of_european_names(path) -> None:
    font = TTFont(path)

    assert {ord(letter) for letter in NAMES} <= font.getBestCmap().keys()
    # The licence reserves this name for the unmodified family.
    assert "Source" not in str(font["name"].getBestFamilyName())


def test_text_face_has_old_style_figures_and_small_capitals() -> None:
    features = {
        r.FeatureTag
        for r in TTFont(STATIC / "fonts/serif-text.woff2")["GSUB"].table.FeatureList.FeatureRecord
    }

    assert {"onum", "smcp"} <= features


def test_style_sheet_asks_nothing_of_anybody_else() -> None:
    addresses = re.findall(r"url\(\"?([^)\"]+)\"?\)", CSS)

    assert addresses
    assert all((STATIC / address).is_file() for address in addresses)
    assert "@import" not in CSS


def test_tokens_that_a_magazine_changes_are_there() -> None:
    tokens = {"ink", "paper", "accent", "text-face", "display-face", "label-face", "measure", "rule"}
    tokens |= {f"step-{size}" for size in (-1, 0, 1, 2, 3, 4)}

    assert {token for token in tokens if f"  --{token}: " not in CSS} == set()


def test_nothing_in_the_style_sheet_moves() -> None:
    assert not re.search(r"\b(animation|transition)\b", CSS)


def test_sides_are_logical_so_that_any_direction_works() -> None:
    physical = re.findall(r"^\s+(?:margin|padding|border)-(?:left|right|top|bottom)\b.*$", CSS, re.M)

    assert physical == []
