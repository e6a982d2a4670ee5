"""What was understood in the first reading is there for the second, or the import says why not."""

import pytest

from standfirst.importers.errors import ImportRefused
from standfirst.importers.folders.notebook import Notebook
from tests.importers.folders import sites


def test_where_there_is_no_room_the_import_says_where_and_what_helps(tmp_path) -> None:
    with pytest.raises(
        ImportRefused, match=r"nothing was imported; make room, or name another folder in TMPDIR"
    ):
        Notebook(tmp_path / "gone").write(0, [])


def test_texts_are_read_once_and_imported_as_they_were(tmp_path) -> None:
    site = sites.site(
        tmp_path, {"_config.yml": "title: L\n", "_posts/2014-03-04-a.md": sites.post("The Ferry")}
    )
    archive = sites.opened(site)
    (site / "_posts/2014-03-04-a.md").write_text("Somebody tidies up meanwhile.")

    [draft] = archive.drafts(processes=1)

    assert draft.headline == "The Ferry"
