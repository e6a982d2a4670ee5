"""Makes the theme's fonts, and those that share images are drawn with: subsets of open-licence families, from npm.

    python scripts/make_fonts.py            needs npm, fonttools and brotli

Writes `standfirst/theme/static/standfirst/fonts/`, what a reader loads, and prints what each file weighs, with the numbers
that the fallback faces in `standfirst.css` are adjusted by. Then `standfirst/cards/fonts/`, which nobody loads and which
therefore has the letters of many scripts. The output is committed, so nothing else needs this script.

Source Serif has a reserved font name, and a subset is a modified version in the sense of its licence: that is why
the families are renamed here.
"""

import io
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fontTools import subset
from fontTools.otlLib.optimize import compact
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

PACKAGE = Path(__file__).resolve().parent.parent / "standfirst"
FONTS = PACKAGE / "theme/static/standfirst/fonts"
BUDGET = 60 * 1024
CARD_FONTS = PACKAGE / "cards/fonts"
# In the wheel they weigh some 4 MB. Not WOFF: a large one takes a tenth of a second to unpack, for each size.
CARD_BUDGET = 8 * 1024 * 1024

SERIF = "source-serif@4.5.1"
NARROW = "@expo-google-fonts/archivo-narrow@0.4.2"
ARABIC = "@expo-google-fonts/amiri@0.4.1"
HEBREW = "@expo-google-fonts/frank-ruhl-libre@0.4.1"
DEVANAGARI = "@expo-google-fonts/noto-serif-devanagari@0.4.1"
HAN = "@expo-google-fonts/noto-serif-sc@0.4.3"
HANGUL = "@expo-google-fonts/noto-serif-kr@0.4.3"

LICENCES = {  # The file in the package, and what it is called here.
    SERIF: ("package/LICENSE.md", "OFL-source-serif.txt"),
    NARROW: ("package/LICENSE_FONT", "OFL-archivo-narrow.txt"),
}

CARD_LICENCES = {
    SERIF: ("package/LICENSE.md", "OFL-source-serif.txt"),
    ARABIC: ("package/LICENSE_FONT", "OFL-amiri.txt"),
    HEBREW: ("package/LICENSE_FONT", "OFL-frank-ruhl-libre.txt"),
    DEVANAGARI: ("package/LICENSE_FONT", "OFL-noto-serif-devanagari.txt"),
    HAN: ("package/LICENSE_FONT", "OFL-noto-serif-sc.txt"),
    HANGUL: ("package/LICENSE_FONT", "OFL-noto-serif-kr.txt"),
}

BASIC = set(range(0x20, 0x7F))
LATIN_1 = set(range(0xA0, 0x100)) - {0xA4, 0xA6, 0xA8, 0xAC, 0xAD, 0xAF, 0xB4, 0xB8}
# The letters of living European languages; Esperanto, Maltese, Greenlandic … fall through to the reader's own serif.
EXTENDED = {
    ord(c)
    for c in "ĀāĂăĄąĆćČčĎďĐđĒēĖėĘęĚěĞğĢģĪīĮįİıĶķĹĺĻļĽľŁłŃńŅņŇňŌōŐőŒœŔŕŘřŚśŞşŠšŢţŤťŪūŮůŰűŲųŴŵŶŷŸŹźŻżŽžȘșȚț"
}
PUNCTUATION = {ord(c) for c in "‐‑–—‘’‚“”„†‡•…′″‹›€™−←→↩"} | {0x2009, 0x202F}
# Signs that running text needs and headlines, labels and italics hardly ever do.
SIGNS = {ord(c) for c in "¢¥¨¬±²³¹µ¶ª¼½¾÷®†‡•′″™−←→↩^`{|}~\\"}

LETTERS = BASIC | LATIN_1 | EXTENDED | PUNCTUATION

# Of share images: whatever a name may have.
JOINERS = {0x200C, 0x200D, 0x200E, 0x200F}
EVERY_LATIN = {
    *range(0x20, 0x7F),
    *range(0xA0, 0x250),
    *range(0x1E00, 0x1F00),
    *range(0x2010, 0x2060),
    0x20AC,
}
MARKS, GREEK, CYRILLIC = (
    set(range(0x300, 0x370)),
    {*range(0x370, 0x400), *range(0x1F00, 0x2000)},
    set(range(0x400, 0x530)),
)


def encoded(codec: str, first: range, second: range) -> set[int]:
    """What two bytes can say in an encoding of the East: its makers chose the characters that are in use."""
    found = set()
    for one in first:
        for other in second:
            try:
                found |= set(map(ord, bytes((one, other)).decode(codec)))
            except UnicodeDecodeError:
                continue
    return found


EAST = range(0xA1, 0xFF)
KANA_AND_SIGNS = {*range(0x3000, 0x3100), *range(0xFF01, 0xFF66)}
IDEOGRAPHS = (
    encoded("gb2312", range(0xB0, 0xF8), EAST)
    | encoded("euc_jp", range(0xB0, 0xF5), EAST)
    | encoded("big5", range(0xA4, 0xC7), range(0x40, 0xFF))
)
SYLLABLES = encoded("euc_kr", range(0xB0, 0xC9), EAST)


@dataclass(frozen=True)
class Face:
    """One file: where it comes from and how much of it is kept."""

    file: str
    package: str
    member: str
    family: str
    style: str
    characters: set[int]
    features: tuple[str, ...]
    axes: dict[str, float] = field(default_factory=dict)
    small_capitals: str = ""
    least_kern: int = 20


FACES = (
    Face(
        "serif-text.woff2",
        SERIF,
        "package/TTF/SourceSerif4-Regular.ttf",
        "Standfirst Serif",
        "Regular",
        LETTERS,
        ("kern", "liga", "locl", "onum", "smcp"),
        small_capitals="abcdefghijklmnopqrstuvwxyz",
    ),
    Face(
        "serif-text-italic.woff2",
        SERIF,
        "package/TTF/SourceSerif4-It.ttf",
        "Standfirst Serif",
        "Italic",
        LETTERS - SIGNS,
        ("kern", "liga", "locl", "onum"),
        least_kern=30,
    ),
    Face(
        "serif-display.woff2",
        SERIF,
        "package/VAR/SourceSerif4Variable-Roman.ttf",
        "Standfirst Display",
        "Semibold",
        LETTERS - SIGNS,
        ("kern", "liga", "locl"),
        axes={"opsz": 40, "wght": 580},
        least_kern=30,
    ),
    Face(
        "label.woff2",
        NARROW,
        "package/500Medium/ArchivoNarrow_500Medium.ttf",
        "Standfirst Label",
        "Medium",
        LETTERS - SIGNS | {ord("→"), ord("←")},
        ("kern", "liga", "locl"),
        least_kern=30,
    ),
)

LATIN_SHAPES = ("kern", "liga", "locl", "mark", "mkmk", "ccmp")
ARABIC_SHAPES = ("isol", "init", "medi", "fina", "rlig", "calt", "curs", *LATIN_SHAPES)


def card_face(
    file: str,
    package: str,
    member: str,
    characters: set[int],
    features: tuple[str, ...],
    **more: dict[str, float],
) -> Face:
    name = file.removesuffix(".ttf").replace("-", " ").title()
    family, characters = f"Standfirst Card {name}", characters | {0x20, 0xA0}
    return Face(
        file, package, f"package/{member}", family, "Regular", characters, features, least_kern=0, **more
    )


CARD_FACES = (
    card_face(
        "display.ttf",
        SERIF,
        "VAR/SourceSerif4Variable-Roman.ttf",
        EVERY_LATIN | MARKS | GREEK | CYRILLIC,
        LATIN_SHAPES,
        axes={"opsz": 40, "wght": 580},
    ),
    card_face(
        "text.ttf",
        SERIF,
        "TTF/SourceSerif4-Regular.ttf",
        EVERY_LATIN | MARKS | GREEK | CYRILLIC,
        (*LATIN_SHAPES, "onum"),
    ),
    *(
        card_face(
            f"arabic-{use}.ttf",
            ARABIC,
            f"{weight}/Amiri_{weight}.ttf",
            BASIC | PUNCTUATION | JOINERS | {*range(0x600, 0x700), *range(0x750, 0x780), 0xA0, 0xAB, 0xBB},
            ARABIC_SHAPES,
        )
        for use, weight in (("display", "700Bold"), ("text", "400Regular"))
    ),
    *(
        card_face(
            f"hebrew-{use}.ttf",
            HEBREW,
            f"{weight}/FrankRuhlLibre_{weight}.ttf",
            set(range(0x590, 0x600)) | EVERY_LATIN | JOINERS,
            LATIN_SHAPES,
        )
        for use, weight in (("display", "600SemiBold"), ("text", "400Regular"))
    ),
    *(
        card_face(
            f"devanagari-{use}.ttf",
            DEVANAGARI,
            f"{weight}/NotoSerifDevanagari_{weight}.ttf",
            {*range(0x900, 0x980), *range(0x1CD0, 0x1D00), *range(0xA8E0, 0xA900)} | JOINERS,
            ("*",),
        )
        for use, weight in (("display", "600SemiBold"), ("text", "400Regular"))
    ),
    # One weight for headlines and text, between the two: these weigh as much as all others together.
    card_face(
        "han.ttf", HAN, "500Medium/NotoSerifSC_500Medium.ttf", IDEOGRAPHS | KANA_AND_SIGNS, ("kern", "locl")
    ),
    card_face("hangul.ttf", HANGUL, "500Medium/NotoSerifKR_500Medium.ttf", SYLLABLES, ("kern",)),
)


def unpacked(package: str, folder: Path) -> tarfile.TarFile:
    name = subprocess.run(
        ["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()
    return tarfile.open(folder / name.splitlines()[-1])


def forget_other_small_capitals(font: TTFont, letters: str) -> None:
    cmap = font.getBestCmap()
    wanted = {cmap[ord(letter)] for letter in letters}
    gsub = font["GSUB"].table
    lookups = {
        i for r in gsub.FeatureList.FeatureRecord if r.FeatureTag == "smcp" for i in r.Feature.LookupListIndex
    }
    for index in lookups:
        for subtable in gsub.LookupList.Lookup[index].SubTable:
            plain = getattr(subtable, "ExtSubTable", subtable)
            if hasattr(plain, "mapping"):
                plain.mapping = {k: v for k, v in plain.mapping.items() if k in wanted}


def pair_tables(font: TTFont) -> Iterator[object]:
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for subtable in lookup.SubTable:
            plain = getattr(subtable, "ExtSubTable", subtable)
            if plain.LookupType == 2:
                yield plain


def drop_faint_kerning(font: TTFont, least: int) -> None:
    """Kerning nobody can see is a third of the file: pairs below `least` thousandths are left out."""
    threshold = least * font["head"].unitsPerEm / 1000
    if not least or "GPOS" not in font:
        return
    for table in pair_tables(font):
        if table.Format == 1:
            for pairs in table.PairSet:
                pairs.PairValueRecord = [
                    r for r in pairs.PairValueRecord if abs(getattr(r.Value1, "XAdvance", 0)) >= threshold
                ]
                pairs.PairValueCount = len(pairs.PairValueRecord)
        else:
            for first in table.Class1Record:
                for second in first.Class2Record:
                    if second.Value1 and abs(getattr(second.Value1, "XAdvance", 0)) < threshold:
                        second.Value1.XAdvance = 0


def rename(font: TTFont, family: str, style: str) -> None:
    names = font["name"]
    for record in list(names.names):
        if record.nameID not in (0, 13, 14):
            names.removeNames(nameID=record.nameID)
    texts = {1: family, 2: "Italic" if style == "Italic" else "Regular", 4: f"{family} {style}"}
    texts[6] = f"{family}-{style}".replace(" ", "")
    for name_id, text in texts.items():
        names.setName(text, name_id, 3, 1, 0x409)


def make(face: Face, source: bytes) -> TTFont:
    font = TTFont(io.BytesIO(source), recalcTimestamp=False)
    if face.axes:
        font = instancer.instantiateVariableFont(font, face.axes)
    options = subset.Options()
    options.layout_features = [*face.features]
    options.hinting = False
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14]
    options.name_languages = [0x409]
    options.notdef_outline = True
    options.drop_tables += ["DSIG", "STAT", "MVAR", "avar", "meta"]
    if face.small_capitals:
        forget_other_small_capitals(font, face.small_capitals)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=face.characters)
    cutter.subset(font)
    drop_faint_kerning(font, face.least_kern)
    compact(font, 1)
    rename(font, face.family, face.style)
    font.flavor = "woff2" if face.file.endswith(".woff2") else None
    return font


def fallback_numbers(font: TTFont) -> str:
    """What an adjusted fallback needs: average advance of English text, and the vertical metrics, in ems."""
    text = "The quick brown fox jumps over the lazy dog, and the editors of the magazine went home at eight. "
    cmap, advance, em = font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm
    average = sum(advance[cmap[ord(c)]][0] for c in text) / len(text) / em
    hhea = font["hhea"]
    return (
        f"average {average:.4f} em, ascent {hhea.ascent / em:.3f}, descent {-hhea.descent / em:.3f}, "
        f"gap {hhea.lineGap / em:.3f}"
    )


def make_all(folder: Path, faces: Sequence[Face], licences: dict[str, tuple[str, str]], budget: int) -> bool:
    """Write these faces and the licences of their packages into a folder. Whether they weigh no more than they may."""
    folder.mkdir(parents=True, exist_ok=True)
    total = 0
    with tempfile.TemporaryDirectory() as unpacking:
        archives = {
            package: unpacked(package, Path(unpacking)) for package in {face.package for face in faces}
        }
        for package, (member, file) in licences.items():
            (folder / file).write_bytes(archives[package].extractfile(member).read())
        for face in faces:
            font = make(face, archives[face.package].extractfile(face.member).read())
            font.save(folder / face.file)
            weight = (folder / face.file).stat().st_size
            total += weight
            numbers = fallback_numbers(font) if ord("x") in font.getBestCmap() else "no Latin"
            print(f"{face.file:26} {weight:7} bytes, {len(font.getGlyphOrder())} glyphs; {numbers}")
    print(f"{'in all':26} {total:7} bytes of {budget}")
    return total <= budget


def main() -> int:
    is_light = make_all(FONTS, FACES, LICENCES, BUDGET)
    return 0 if make_all(CARD_FONTS, CARD_FACES, CARD_LICENCES, CARD_BUDGET) and is_light else 1


if __name__ == "__main__":
    sys.exit(main())
