"""Writes small sites: a folder of texts from a mapping of paths."""

import io
import tarfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

from standfirst.importers.reading.archive import Opening
from standfirst.importers.recognising import recognise

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def site(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def post(title: str = "A headline", body: str = "Words.", **fields: str) -> str:
    lines = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return f"---\ntitle: {title}\n{lines}---\n\n{body}\n"


def picture(size: tuple[int, int] = (8, 6)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 10, 10)).save(out, "PNG")
    return out.getvalue()


def archived(path: Path, files: dict[str, str], *, top: str = "magazine") -> Path:
    """The files as a .tar.gz or a .zip, below one folder."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w") as out:
            for name, content in files.items():
                out.writestr(f"{top}/{name}", content)
        return path
    with tarfile.open(path, "w:gz") as packed:
        for name, content in files.items():
            info = tarfile.TarInfo(f"{top}/{name}")
            info.size = len(content.encode())
            packed.addfile(info, io.BytesIO(content.encode()))
    return path


def opened(path: Path):
    """The archive at a path, read once."""
    archive = recognise(path).open(path, Opening(zone=UTC, now=NOW))
    archive.settle_sections("", is_stated=False)
    return archive


def drafts(path: Path):
    """The drafts of a folder, by their headlines."""
    return {draft.headline: draft for draft in opened(path).drafts(processes=1)}


def names(archive, draft):
    """Who is credited, with their roles."""
    known = {contributor.key: contributor.display_name for contributor in archive.contributors}
    return [(known[credit.contributor_key], credit.role) for credit in draft.credits]
