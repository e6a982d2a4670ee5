"""`python -m benchmarks [NAME …]`: everything but `slow`, `searching`, `indexing`, `markdown`, `load` and `archives`, unless named."""

import argparse
import os
import platform
from pathlib import Path

from . import archives, importing, indexing, listing, loading, publishing, searching, serving, slow

NAMES = (
    "listing",
    "publishing",
    "importing",
    "serving",
    "slow",
    "searching",
    "indexing",
    "markdown",
    "load",
    "archives",
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--small", type=int, default=1_000, help="articles in the small publication")
    parser.add_argument("--large", type=int, default=100_000, help="articles in the large one")
    parser.add_argument("--imported", type=int, default=20_000, help="articles imported")
    parser.add_argument("--searched", type=int, default=100_000, help="articles searched in")
    parser.add_argument(
        "--database", default="", help="of those two: postgresql://…, where it is not to be SQLite"
    )
    parser.add_argument(
        "--of",
        nargs="+",
        type=Path,
        default=[],
        metavar="PATH",
        help="archives, or folders of them, for `archives`",
    )
    parser.add_argument("--seconds", type=int, default=300, help="how long the load lasts")
    chosen = parser.parse_args()
    if unknown := set(chosen.names) - set(NAMES):
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    names = chosen.names or NAMES[:4]
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, SQLite")
    if "listing" in names:
        listing.run(chosen.small, chosen.large)
    if "publishing" in names:
        publishing.run(chosen.small, chosen.large)
    if "importing" in names:
        importing.run(chosen.imported, database=chosen.database)
    if "markdown" in names:
        importing.run(chosen.imported, source="markdown", database=chosen.database)
    if "serving" in names:
        serving.run(chosen.small, chosen.large)
    if "searching" in names:
        searching.run(chosen.searched, database=chosen.database)
    if "indexing" in names:
        indexing.run(chosen.database)
    if "slow" in names:
        slow.run()
    if "load" in names:
        loading.run(chosen.seconds)
    if "archives" in names:
        archives.run(chosen.of)


main()
