"""What the first reading understood, in a temporary folder for the second: it is half the work, and need not be done twice."""

import pickle
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from standfirst.importers.errors import ImportRefused
from standfirst.importers.folders.documents import Document
from standfirst.importers.folders.matter import Matter


@dataclass(frozen=True, slots=True)
class Notebook:
    """Articles and pages, as they were read, by the number of their part. Takes as much room as their texts."""

    folder: Path

    def write(self, part: int, documents: Sequence[Document]) -> None:
        """Raises ImportRefused where there is no room."""
        kept = [replace(one, matter=Matter()) for one in documents if one.kind in ("article", "page")]
        try:
            (self.folder / str(part)).write_bytes(pickle.dumps(kept, pickle.HIGHEST_PROTOCOL))
        except OSError as error:
            raise ImportRefused(
                f"{self.folder.parent} takes no more ({error.strerror}), and the texts' own size is needed there while they "
                "are read; nothing was imported; make room, or name another folder in TMPDIR."
            ) from error

    def read(self, part: int) -> list[Document]:
        documents: list[Document] = pickle.loads(
            (self.folder / str(part)).read_bytes()
        )  # our own, of this import
        return documents


def temporary_folder() -> "tempfile.TemporaryDirectory[str]":
    """A folder of this import's own, that nobody else may look into, and that goes with the object."""
    return tempfile.TemporaryDirectory(prefix="standfirst-import-")
