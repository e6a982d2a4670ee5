"""How a WordPress export is recognised."""

from pathlib import Path

from standfirst.importers.errors import NotAnArchive
from standfirst.importers.reading.archive import Archive, Opening
from standfirst.importers.reading.format import Format, Offered


def _recognises(offered: Offered) -> bool:
    text = offered.text
    return text.startswith("<") and ("wordpress.org/export/" in text or "<wp:" in text)


def _open(path: Path, opening: Opening) -> Archive:
    # Here, not above: reading takes libraries that recognising does without.
    from standfirst.importers.wordpress.archive import WordPressArchive

    if path.is_dir():
        raise NotAnArchive(f"{path} is a folder; a WordPress export is a file: give that.")
    return WordPressArchive(path, opening)


WORDPRESS = Format(
    "wordpress",
    "a WordPress export (an .xml file, from Tools → Export)",
    recognises=_recognises,
    open=_open,
    uses=("byline", "standfirst", "headline", "nothing"),
)
