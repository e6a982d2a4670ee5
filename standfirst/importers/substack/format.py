"""How a Substack export is recognised."""

from pathlib import Path

from standfirst.importers.errors import ImportRefused
from standfirst.importers.reading.archive import Archive, Opening
from standfirst.importers.reading.format import Format, Offered
from standfirst.importers.reading.members import Member, is_zip, names_in_zip

TABLE = "posts.csv"
# The columns that say which post it is and who may read it; the rest have changed over the years.
_COLUMNS = ("post_id", "is_published", "audience")


def is_table(head: str) -> bool:
    """Whether a file begins as Substack's table of posts does; `head` is in small letters."""
    first = head.partition("\n")[0]
    return all(column in first for column in _COLUMNS)


def table_in(path: Path) -> Member | None:
    """Substack's table of posts below a path, wherever it was unpacked to."""
    if path.is_dir():
        candidates = [path / TABLE, *sorted(path.glob(f"*/{TABLE}"))]
        found = [Member(file.relative_to(path).as_posix(), file) for file in candidates if file.is_file()]
    elif is_zip(path):
        names = sorted(names_in_zip(path), key=lambda name: (name.count("/"), name))
        found = [Member(name, path, name) for name in names if name.rpartition("/")[2] == TABLE]
    else:
        found = [Member(path.name, path)]
    return next((member for member in found if is_table(Offered(path, member.head()).text)), None)


def _recognises(offered: Offered) -> bool:
    if not offered.is_folder and not is_zip(offered.path):
        return is_table(offered.text)
    try:
        return table_in(offered.path) is not None
    except ImportRefused:
        return False


def _open(path: Path, opening: Opening) -> Archive:
    # Here, not above: reading takes libraries that recognising does without.
    from standfirst.importers.substack.archive import SubstackArchive

    return SubstackArchive(path, opening)


SUBSTACK = Format(
    "substack",
    "a Substack export (a .zip file, from Settings → Exports, or the folder it unpacks to)",
    recognises=_recognises,
    open=_open,
)
