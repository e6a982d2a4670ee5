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
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .comparing import report
from .publications import SEED, folder

GOAL = 0.95
FIRST = 3
FEW = 1_000  # contributors in a small publication
TIMES = 3.0  # a look-up in a large one takes no more than so many times as long
TOGETHER = 1_000
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
    from standfirst.contributors.models import Contributor
    from standfirst.identity.candidates import candidates_for, candidates_of_each

    names = list(dict.fromkeys(str(pair[side]) for pair in pairs for side in ("a", "b")))
    dice = random.Random(SEED)
    made = [
        f"{dice.choice(GIVEN)} {dice.choice(BEGIN)}{dice.choice(END)}{dice.choice(END)}"
        for _ in range(others)
    ]
    store([*names, *made[: FEW - len(names)]], start=0)
    people = {one.display_name: one for one in Contributor.objects.order_by("-pk")}
    asking = [people[name] for name in names]
    few = took(asking, candidates_for)
    store(made[FEW - len(names) :], start=FEW)
    many = took(asking, candidates_for)
    together = took_together(list(Contributor.objects.order_by("pk")[:FEW]), candidates_of_each)
    true = [(people[str(pair["a"])], people[str(pair["b"])]) for pair in pairs if pair["same"]]
    places = [place_of(other, candidates_for(one, limit=FIRST)) for one, other in true]
    places += [place_of(one, candidates_for(other, limit=FIRST)) for one, other in true]
    proposed = sum(place > 0 for place in places)
    share = proposed / len(places)
    print(
        f"{proposed} of {len(places)} proposed among the first {FIRST}, asking for either name of a true pair among "
        f"{others:,} others: {share:.1%}, {places.count(1)} of them first   "
        f"goal ≥ {GOAL:.0%}: {'met' if share >= GOAL else 'missed'}"
    )
    report(f"a look-up among {others + len(names):,} / among {FEW:,}", many, few, goal=TIMES)
    print(f"looked for together, {TOGETHER:,}: {together * 1000:.2f} ms each")
    for (one, other), place in zip([*true, *((other, one) for one, other in true)], places, strict=True):
        if not place:
            print(f"  not proposed for {one.display_name}: {other.display_name}")
    shutil.rmtree(home, ignore_errors=True)


def store(names: list[str], *, start: int) -> None:
    """Contributors with their keys, and without what else storing makes: search is not asked here."""
    from standfirst.contributors.models import Contributor, keep_name_keys

    for place in range(0, len(names), 500):
        some = [
            Contributor(display_name=name, slug=f"person-{start + place + number}")
            for number, name in enumerate(names[place : place + 500])
        ]
        for one in some:
            one.file_under_names()
        keep_name_keys(Contributor.objects.bulk_create(some))


def place_of(wanted: Any, candidates: list[Any]) -> int:
    """At which place somebody is proposed; 0 if they are not."""
    return next((place for place, found in enumerate(candidates, 1) if found.contributor.pk == wanted.pk), 0)


def took_together(people: list[Any], candidates_of_each: Callable[..., Any]) -> float:
    began = time.perf_counter()
    list(candidates_of_each(people[:TOGETHER]))
    return (time.perf_counter() - began) / len(people[:TOGETHER])


def took(people: list[Any], candidates_for: Callable[..., Any]) -> float:
    """The median of seconds a look-up takes."""
    times = []
    for person in people:
        began = time.perf_counter()
        candidates_for(person)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


if __name__ == "__main__":
    main()
