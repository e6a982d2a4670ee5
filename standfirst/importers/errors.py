"""What can be wrong with an archive: each error is one sentence that names the file, the record and the mend."""

from pathlib import Path


class ImportRefused(Exception):
    """The archive cannot be imported, and nothing of it was.

    The message is one clear sentence for the person who ran the import: it is printed as it is.
    """


class NotAnArchive(ImportRefused):
    """The file is something else than the archive it was taken for."""


class ArchiveDamaged(ImportRefused):
    """The file is the right kind of archive, but broken or cut short."""

    def __init__(self, message: str, *, path: Path, line: int | None = None) -> None:
        super().__init__(message)
        self.path = path
        self.line = line
