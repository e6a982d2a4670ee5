"""Makes the theme's fonts: small subsets of open-licence families, taken from their npm packages.

    python scripts/make_fonts.py            needs npm, fonttools and brotli

Writes `standfirst/theme/static/standfirst/fonts/` and prints what each file weighs, with the numbers that the
fallback faces in `standfirst.css` are adjusted by. The output is committed, so nothing else needs this script.

Source Serif has a reserved font name, and a subset is a modified version in the sense of its licence: that is why
the families are renamed here.
"""

import io
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from fontTools import subset
from fontTools.otlLib.optimize import compact
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FONTS = Path(__file__).resolve().parent.parent / "standfirst/theme/static/standfirst/fonts"
BUDGET = 60 * 1024

SERIF = "source-serif@4.5.1"
NARROW = "@expo-google-fonts/archivo-narrow@0.4.2"

LICENCES = {  # The file in the package, and what it is called here.
    SERIF: ("package/LICENSE.md", "OFL-source-serif.txt"),
    NARROW: ("package/LICENSE_FONT", "OFL-archivo-narrow.txt"),
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


@dataclass(frozen=True)
class Face:
    """One file of the theme: where it comes from and how much of it is kept."""

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
    font.flavor = "woff2"
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


def main() -> int:
    FONTS.mkdir(parents=True, exist_ok=True)
    total = 0
    with tempfile.TemporaryDirectory() as folder:
        archives = {package: unpacked(package, Path(folder)) for package in {face.package for face in FACES}}
        for package, (member, file) in LICENCES.items():
            (FONTS / file).write_bytes(archives[package].extractfile(member).read())
        for face in FACES:
            font = make(face, archives[face.package].extractfile(face.member).read())
            font.save(FONTS / face.file)
            weight = (FONTS / face.file).stat().st_size
            total += weight
            print(
                f"{face.file:26} {weight:6} bytes, {len(font.getGlyphOrder())} glyphs; {fallback_numbers(font)}"
            )
    print(f"{'in all':26} {total:6} bytes of {BUDGET}")
    return 0 if total <= BUDGET else 1


if __name__ == "__main__":
    sys.exit(main())
