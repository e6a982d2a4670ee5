"""Each target of the fuzzer begins with input of its own kind, that its reader takes."""

import importlib.util
from pathlib import Path

import pytest

from standfirst.importers.formats import FORMATS

PLACE = Path(__file__).parents[2] / "scripts" / "fuzz.py"
specification = importlib.util.spec_from_file_location("fuzz", PLACE)
assert specification is not None
assert specification.loader is not None
fuzz = importlib.util.module_from_spec(specification)
specification.loader.exec_module(fuzz)


def test_every_target_has_seeds_and_every_format_a_target() -> None:
    assert fuzz.SEEDS.keys() == fuzz.TARGETS.keys()
    assert {format.open.__module__.split(".")[2] for format in FORMATS} <= fuzz.TARGETS.keys()


@pytest.mark.parametrize("target", fuzz.TARGETS)
def test_a_target_reads_its_seeds(target: str, tmp_path: Path) -> None:
    number = fuzz.begin(target, tmp_path, None)
    run = fuzz.TARGETS[target]()

    assert number >= 2
    for seed in sorted(tmp_path.iterdir()):
        run(seed.read_bytes())
