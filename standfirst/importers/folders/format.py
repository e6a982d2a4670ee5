"""How a folder of texts is recognised, or an archive that holds one."""

from collections import Counter
from pathlib import Path

from standfirst.importers.errors import NotAnArchive
from standfirst.importers.folders.tree import MARKDOWN, UNREAD_LANGUAGES, is_archive, names_in
from standfirst.importers.reading.archive import Archive, Opening
from standfirst.importers.reading.fields import USES
from standfirst.importers.reading.format import Format, Offered

_CONFIGURATIONS = frozenset(
    [
        "_config.yml",
        "_config.yaml",
        "hugo.toml",
        "hugo.yaml",
        "hugo.json",
        "pelicanconf.py",
        ".eleventy.js",
        "book.toml",
    ]
)
# Those that nobody reads are taken for texts, too: who has them is told so by their name.
_TEXTS = MARKDOWN | {".rst", ".rest"} | set(UNREAD_LANGUAGES) - {".docx", ".odt"}
_PAGES = frozenset({".html", ".htm", ".xhtml"})


def _recognises(offered: Offered) -> bool:
    if not offered.is_folder and not is_archive(offered.head):
        return False
    kinds: Counter[str] = Counter()
    for name in names_in(offered.path):
        base = name.rpartition("/")[2]
        if base in _CONFIGURATIONS or "/_posts/" in f"/{name}":
            return True
        ending = Path(base).suffix.lower()
        if ending in _TEXTS and base.partition(".")[0].lower() not in ("readme", "license", "changelog"):
            kinds["texts"] += 1
        elif ending in _PAGES:
            kinds["pages"] += 1
    # A site of saved pages may have a Markdown file among them; a folder of texts may have some pages.
    return kinds["texts"] > 0 and kinds["texts"] * 3 >= kinds["pages"]


def _open(path: Path, opening: Opening) -> Archive:
    # Here, not above: reading takes libraries that recognising does without.
    from standfirst.importers.folders.archive import FoldersArchive

    if not path.is_dir():
        with path.open("rb") as source:
            if not is_archive(source.read(512)):
                raise NotAnArchive(
                    f"{path.name} is one file; a folder of texts is a folder, or a tar or ZIP archive of one: give that."
                )
    return FoldersArchive(path, opening)


FOLDERS = Format(
    "folders",
    "a folder of Markdown, reStructuredText or HTML with front matter (or a .tar.gz or .zip of one)",
    recognises=_recognises,
    open=_open,
    uses=USES,
    has_paths=True,
)
