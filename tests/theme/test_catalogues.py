"""A damaged catalogue of words is named, and never gets as far as a page."""

import gettext
import struct
from pathlib import Path

import pytest
from django.utils import translation

from standfirst.publications.queries import language_and_direction
from standfirst.theme.catalogues import broken_catalogues, shipped_catalogues, words_of


def catalogue(words: dict[str, str]) -> bytes:
    """A catalogue as msgfmt writes it: https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html"""
    words = {"": "Content-Type: text/plain; charset=UTF-8\n"} | words
    ids, texts = b"", b""
    offsets = []
    for message in sorted(words):
        one, other = message.encode(), words[message].encode()
        offsets.append((len(ids), len(one), len(texts), len(other)))
        ids += one + b"\0"
        texts += other + b"\0"
    start = 28 + 16 * len(offsets)
    table = [number for at, size, _, _ in offsets for number in (size, at + start)]
    table += [number for _, _, at, size in offsets for number in (size, at + start + len(ids))]
    head = struct.pack("<7I", 0x950412DE, 0, len(offsets), 28, 28 + 8 * len(offsets), 0, 0)
    return head + struct.pack(f"<{len(table)}I", *table) + ids + texts


def written(folder: Path, contents: bytes) -> Path:
    path = folder / "en_GB" / "LC_MESSAGES" / "django.mo"
    path.parent.mkdir(parents=True)
    path.write_bytes(contents)
    return path


def test_a_whole_catalogue_is_left_alone(tmp_path: Path) -> None:
    path = written(tmp_path, catalogue({"Hello": "Hallo", "%(n)s pages": "%(n)s Seiten"}))

    with path.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Hello") == "Hallo"
    assert broken_catalogues(tmp_path) == {}


@pytest.mark.parametrize("part", range(0, 100, 7))
def test_one_cut_short_or_changed_is_named_or_can_be_read(tmp_path: Path, part: int) -> None:
    whole = catalogue({"Hello": "Hallo", "%(n)s pages": "%(n)s Seiten"})
    cut, changed = whole[: len(whole) * part // 100], bytearray(whole)
    changed[len(whole) * part // 100] ^= 0xFF

    for number, contents in enumerate((cut, bytes(changed))):
        path = written(tmp_path / str(number), contents)
        if path not in broken_catalogues(tmp_path / str(number)):
            with path.open("rb") as file:
                assert gettext.GNUTranslations(file).gettext("%(n)s pages") % {"n": 1}


@pytest.mark.parametrize("words", ["%(m)s Seiten", "%(n)s Seiten, %(m)s", "%(n) Seiten", "%(n)d%% und %"])
def test_words_that_cannot_be_filled_in_are_named(tmp_path: Path, words: str) -> None:
    path = written(tmp_path, catalogue({"%(n)s pages": words}))

    assert list(broken_catalogues(tmp_path)) == [path]


@pytest.mark.parametrize("language", ["en-gb", "de", "de-ch", "zh-hant", "pt-br", "mi"])
def test_words_are_in_the_language_of_the_publication_if_anybody_translated_them(language: str) -> None:
    assert words_of(language, shipped_catalogues(["django.conf", "wagtail.admin"])) == language


@pytest.mark.parametrize("language", ["fo", "yi", "la", "no", "zz-qaaa-999"])
def test_in_any_other_language_words_are_english_or_the_publications_own(
    language: str, tmp_path: Path
) -> None:
    assert words_of(language, shipped_catalogues(["django.conf", "wagtail.admin"])) == "en"

    path = tmp_path / language.partition("-")[0] / "LC_MESSAGES" / "django.mo"
    path.parent.mkdir(parents=True)
    path.write_bytes(catalogue({}))

    assert words_of(language, [tmp_path]) == language


@pytest.mark.parametrize(
    ("language", "direction"), [("fo", "ltr"), ("yi", "rtl"), ("ar", "rtl"), ("de-ch", "ltr")]
)
def test_readers_are_told_the_language_of_the_publication(settings, language: str, direction: str) -> None:
    settings.PUBLICATION_LANGUAGE, settings.LANGUAGE_CODE = language, "en"
    with translation.override("en"):
        assert language_and_direction() == (language, direction)
