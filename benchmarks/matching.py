"""Protects the promise that nobody is joined wrongly, and that who is one is proposed: `python -m benchmarks.matching FOLDER`.

The folder holds `pairs.jsonl`, pairs of names with whether they are one contributor's. A pair that is not and is called the
same is a wrong join. Then all names of the set, and generated ones, are contributors of one publication: of each true pair,
one name is asked for, and the other should be among the first three candidates.
"""

import argparse
import json
import random
import statistics
import time
from collections import Counter
from pathlib import Path

from .archives import SEED, folder

GOAL = 0.95
FIRST = 3
GIVEN = [
    "Ada",
    "Ben",
    "Cleo",
    "Dora",
    "Emil",
    "Faye",
    "Gus",
    "Hana",
    "Ivo",
    "June",
    "Karl",
    "Lena",
    "Milo",
    "Nora",
    "Otto",
    "Pia",
    "Quin",
    "Rosa",
    "Sven",
    "Tess",
    "Uma",
    "Vera",
    "Wim",
    "Xena",
]
BEGIN = [
    "Ab",
    "Bar",
    "Cor",
    "Dun",
    "El",
    "Far",
    "Gar",
    "Hol",
    "Ing",
    "Jar",
    "Kel",
    "Lor",
    "Mar",
    "Nor",
    "Os",
    "Par",
    "Quil",
    "Ros",
    "Sar",
    "Tor",
    "Ul",
    "Var",
    "Wen",
    "Yar",
    "Zan",
]
END = [
    "berg",
    "by",
    "dale",
    "den",
    "field",
    "ford",
    "gren",
    "holm",
    "kin",
    "land",
    "ley",
    "lin",
    "man",
    "mark",
    "mere",
    "mond",
    "ner",
    "ridge",
    "rup",
    "sen",
    "son",
    "stad",
    "ter",
    "ton",
    "vik",
    "well",
]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--others", type=int, default=100_000, help="generated contributors beside those of the set"
    )
    chosen = parser.parse_args()
    with (chosen.folder / "pairs.jsonl").open(encoding="utf-8") as file:
        pairs = [json.loads(line) for line in file if line.strip()]
    verdicts(pairs)
    proposals(pairs, chosen.others)


def verdicts(pairs: list[dict[str, object]]) -> None:
    from standfirst.text.matching import compare

    found = Counter(
        (bool(pair["same"]), compare(str(pair["a"]), str(pair["b"])).verdict.value) for pair in pairs
    )
    true, false = (sum(n for (same, _), n in found.items() if same is which) for which in (True, False))
    print(
        f"{true} true pairs: {found[True, 'same']} same, {found[True, 'maybe']} maybe, {found[True, 'different']} different"
    )
    print(
        f"{false} false pairs: {found[False, 'different']} different, {found[False, 'maybe']} maybe, "
        f"{found[False, 'same']} wrongly joined   goal 0: {'missed' if found[False, 'same'] else 'met'}"
    )


def proposals(pairs: list[dict[str, object]], others: int) -> None:
    import os
    import shutil
    import subprocess
    import sys

    home = folder() / "matching"
    shutil.rmtree(home, ignore_errors=True)
    subprocess.run(
        [sys.executable, "-m", "standfirst", "init", str(home), "--name", "Matching"],
        check=True,
        capture_output=True,
    )
    os.environ["STANDFIRST_HOME"] = str(home)
    from standfirst.config.opening import open_publication

    open_publication()
    from standfirst.contributors.bulk import NewContributor, store_contributors
    from standfirst.contributors.models import Contributor
    from standfirst.identity.candidates import candidates_for

    def store(names: list[str]) -> None:
        for start in range(0, len(names), 500):
            some = [NewContributor(Contributor(display_name=name)) for name in names[start : start + 500]]
            store_contributors(some, by=None)

    names = list(dict.fromkeys(str(pair[side]) for pair in pairs for side in ("a", "b")))
    store(names)
    people = {one.display_name: one for one in Contributor.objects.all()}
    few = took([people[name] for name in names], candidates_for)
    dice = random.Random(SEED)
    store(
        [
            f"{dice.choice(GIVEN)} {dice.choice(BEGIN)}{dice.choice(END)}{dice.choice(END)}"
            for _ in range(others)
        ]
    )
    many = took([people[name] for name in names], candidates_for)
    true = [(people[str(pair["a"])], people[str(pair["b"])]) for pair in pairs if pair["same"]]
    proposed = [
        any(found.contributor.pk == other.pk for found in candidates_for(one, limit=FIRST))
        for one, other in true
    ]
    share = sum(proposed) / len(proposed)
    print(
        f"{sum(proposed)} of {len(true)} true pairs proposed among the first {FIRST}, {others:,} others beside them: "
        f"{share:.1%}   goal ≥ {GOAL:.0%}: {'met' if share >= GOAL else 'missed'}"
    )
    print(
        f"a look-up: {few * 1000:.1f} ms among {len(names):,}, {many * 1000:.1f} ms among {len(names) + others:,}: "
        f"ratio {many / few:.2f}"
    )
    for (one, other), was in zip(true, proposed, strict=True):
        if not was:
            print(f"  not proposed: {one.display_name} | {other.display_name}")
    shutil.rmtree(home, ignore_errors=True)


def took(people: list, candidates_for) -> float:  # type: ignore[no-untyped-def,type-arg]
    """The median of seconds a look-up takes."""
    times = []
    for person in people:
        began = time.perf_counter()
        candidates_for(person)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


if __name__ == "__main__":
    main()
