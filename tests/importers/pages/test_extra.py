"""Without the libraries that read saved pages, an import of them says which are missing and how to get them."""

import subprocess
import sys
from pathlib import Path

from standfirst.importers.pages.format import LIBRARIES
from tests.importers.pages.site import article, save

WITHOUT = """
import sys
from importlib.machinery import PathFinder
real = PathFinder.find_spec
PathFinder.find_spec = classmethod(lambda cls, name, *more: None if name in {names} else real(name, *more))
from pathlib import Path
from standfirst.importers.pages.format import PAGES
try:
    PAGES.open(Path(sys.argv[1]), None)
except Exception as error:
    print(type(error).__name__, error)
"""


def test_an_import_of_saved_pages_names_the_extra_it_takes(tmp_path: Path) -> None:
    save(tmp_path, {"/a/": article()})
    code = WITHOUT.replace("{names}", repr(set(LIBRARIES)))

    said = subprocess.run(
        [sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=True
    ).stdout

    assert said == (
        "ImportRefused Reading saved pages takes trafilatura and mf2py and dateparser, which are not installed: "
        "run `pip install 'standfirst[pages]'`.\n"
    )
