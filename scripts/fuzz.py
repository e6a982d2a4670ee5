"""Looks for input that makes a reader crash, hang or swell, guided by what of the code each input reaches.

    pip install atheris
    python scripts/fuzz.py TARGET [--seconds 600] [--seeds DIR] [--corpus DIR]

Targets: bylines, matching, wordpress, ghost, folders, pages, feeds. A reader may refuse its input with one clear sentence
(ImportRefused); anything else it raises, an input that takes longer than 20 seconds, and more than 1.5 GB of memory are
faults: the input is then kept in the corpus' folder as crash-…, timeout-… or oom-….

Atheris drives libFuzzer (https://llvm.org/docs/LibFuzzer.html); it is not needed to run or to test Standfirst.
"""

import argparse
import importlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "tests" / "importers"
MEMORY = 1_500  # megabytes
LONGEST = 20  # seconds for one input
LONGEST_INPUT = 20_000  # bytes

sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")


def bylines() -> Callable[[bytes], None]:
    from standfirst.bylines.reading import as_json, read_byline

    fields = ("", "author", "byline", "body", "authors", "slug")

    def fuzz(data: bytes) -> None:
        text = data[1:].decode("utf-8", "replace")
        reading = read_byline(text, field=fields[data[0] % len(fields)] if data else "")
        as_json(reading)
        if reading.raw != text:
            raise AssertionError("The raw byline was not kept.")

    return fuzz


def matching() -> Callable[[bytes], None]:
    from standfirst.text.matching import compare
    from standfirst.text.names import matching_form, sort_key, sort_name

    def fuzz(data: bytes) -> None:
        first, _, second = data.decode("utf-8", "replace").partition("\n")
        compare(first, second)
        if matching_form(first) == matching_form(second) and first.strip():
            sort_key(sort_name(first))

    return fuzz


def archive(name: str, suffix: str) -> Callable[[], Callable[[bytes], None]]:
    """A target for the reader of one kind of archive, given as one file; for folders, its one file in a folder."""

    def target() -> Callable[[bytes], None]:
        from datetime import UTC, datetime

        import django

        django.setup()
        importlib.import_module(f"standfirst.importers.{name}.archive")
        from standfirst.importers.errors import ImportRefused
        from standfirst.importers.reading.archive import Opening
        from standfirst.importers.reading.format import Format

        opening = Opening(zone=UTC, now=datetime(2026, 1, 1, tzinfo=UTC))
        module = importlib.import_module(f"standfirst.importers.{name}.format")
        format = next(value for value in vars(module).values() if isinstance(value, Format))
        folder = Path(tempfile.mkdtemp(prefix="standfirst-fuzzing-"))
        is_folder = name in ("folders", "pages")

        def fuzz(data: bytes) -> None:
            inside = folder / "archive" if is_folder else folder
            inside.mkdir(exist_ok=True)
            (inside / f"input{suffix}").write_bytes(data)
            try:
                found = format.open(inside if is_folder else inside / f"input{suffix}", opening)
                found.settle_sections("", is_stated=False)
                for _ in found.drafts(processes=1):
                    pass
                found.claims()
                list(found.site_paths())
            except ImportRefused:
                pass

        return fuzz

    return target


TARGETS: dict[str, Callable[[], Callable[[bytes], None]]] = {
    "bylines": bylines,
    "matching": matching,
    "wordpress": archive("wordpress", ".xml"),
    "ghost": archive("ghost", ".json"),
    "folders": archive("folders", ".md"),
    "pages": archive("pages", ".html"),
    "feeds": archive("feeds", ".xml"),
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--corpus", type=Path, help="where inputs worth keeping are kept, and what is found")
    parser.add_argument(
        "--seeds", type=Path, help="a folder of files to begin with, rather than the tests' samples"
    )
    chosen = parser.parse_args()
    corpus = chosen.corpus or Path(tempfile.mkdtemp(prefix=f"standfirst-{chosen.target}-corpus-"))
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(sorted((chosen.seeds or SAMPLES).rglob("*.*"))):
        if seed.is_file() and seed.stat().st_size <= LONGEST_INPUT:
            shutil.copy(seed, corpus / f"seed-{number}")

    import atheris

    with atheris.instrument_imports(include=["standfirst"], enable_loader_override=False):
        fuzz = TARGETS[chosen.target]()
    options = [
        f"-max_total_time={chosen.seconds}",
        f"-timeout={LONGEST}",
        f"-rss_limit_mb={MEMORY}",
        f"-artifact_prefix={corpus}/",
        f"-max_len={LONGEST_INPUT}",
        "-print_final_stats=1",
    ]
    sys.stderr.write(f"The corpus is in {corpus}.\n")
    atheris.Setup([sys.argv[0], *options, str(corpus)], fuzz)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
