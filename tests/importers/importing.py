"""Imports an archive into the publication named by STANDFIRST_HOME, and dies where it is told to.

Run by `test_killed.py`: `python -m tests.importers.importing EXPORT UPLOADS STEP`, where the process kills itself, as
`kill -9` would, when it is about to write for the STEPth time.
"""

import os
import signal
import sys
from pathlib import Path


def main(export: str, uploads: str, step: int) -> None:
    from standfirst.config.opening import open_publication

    open_publication()

    from django.db.backends.sqlite3.base import SQLiteCursorWrapper

    from standfirst.importers import run

    run.BATCH = 40
    writes = 0

    def counted(write):
        def write_or_die(self, query, *args):
            nonlocal writes
            if not query.startswith(("SELECT", "PRAGMA")):
                writes += 1
                if writes == step:
                    os.kill(os.getpid(), signal.SIGKILL)
            return write(self, query, *args)

        return write_or_die

    SQLiteCursorWrapper.execute = counted(SQLiteCursorWrapper.execute)
    SQLiteCursorWrapper.executemany = counted(SQLiteCursorWrapper.executemany)
    run.import_archive(Path(export), uploads=Path(uploads), processes=1)
    sys.stdout.write(str(writes))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
