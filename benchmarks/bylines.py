"""Protects the promise that bylines are read right, and that what may be wrong says so: `python -m benchmarks.bylines FOLDER`.

The folder holds `bylines.jsonl`, bylines with the credits they name, and `pairs.jsonl`, pairs of names with whether one
contributor is meant. A byline is read exactly when every credit has the
right name, role, kind and place in the order, and every further key the label has. Precision and recall count credits.
What is wrong and was not flagged is what would reach the readers.

Each byline is read by itself first, then with the other bylines of its publication, which may settle it. Nothing is learnt
from one publication for another, so every publication measures what the others cannot have helped; the mean over
publications, each counting the same, says what an archive may expect that is like none of the large ones.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from standfirst.bylines.reading import Archive, Byline, as_json, learn, read_byline
from standfirst.text.matching import compare

Labelled = dict[str, Any]
ALONE = Archive()
EXACT_GOAL = 0.97
UNFLAGGED_GOAL = 0.005
NOBODY = {"placeholder", "system", "account"}
BODIES = {"team", "staff", "agency", "organisation"}
BESIDE = {"title", "org", "place", "note", "subject", "suffix", "prefix"}
ADDRESSES = {"handle", "email", "url", "aka", "nickname"}


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one labelled byline."""

    shapes: tuple[str, ...]
    publication: str
    is_exact: bool
    is_flagged: bool
    right: int
    read: int
    labelled: int
    told: str


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bylines", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--wrong", action="store_true", help="show every byline that was not read exactly")
    chosen = parser.parse_args()
    lines = list(_lines(chosen.folder / "bylines.jsonl"))
    began = time.process_time()
    results = [_result(line) for line in lines]
    took = time.process_time() - began
    if chosen.wrong:
        for result in results:
            if not result.is_exact:
                print(result.told)
    print(f"{len(results):,} bylines, {len(results) / max(took, 1e-9):,.0f} a second\n")
    print(
        f"{'shape':34}{'bylines':>8}{'exact':>9}{'precision':>11}{'recall':>9}{'flagged':>9}{'wrong, not flagged':>20}"
    )
    counts = Counter(shape for result in results for shape in result.shapes)
    for shape, _ in counts.most_common():
        _print_row(shape, [result for result in results if shape in result.shapes])
    _print_row("all, each by itself", results)
    together = list(_together(lines))
    _print_row("all, with their publication's", together)
    _print_publications(together)
    exact = _share(result.is_exact for result in results)
    unflagged = _share(not result.is_exact and not result.is_flagged for result in results)
    print(f"\ngoals: exact at least {EXACT_GOAL:.1%}: {'met' if exact >= EXACT_GOAL else 'missed'};", end=" ")
    print(
        f"wrong and not flagged at most {UNFLAGGED_GOAL:.1%}: {'met' if unflagged <= UNFLAGGED_GOAL else 'missed'}"
    )

    pairs = chosen.folder / "pairs.jsonl"
    if pairs.exists():
        _print_pairs(list(_lines(pairs)), show_wrong=chosen.wrong)


def _together(lines: list[Labelled]) -> Iterator[Result]:
    """Every byline, read with what the others of its publication say."""
    of_one: dict[str, list[Labelled]] = {}
    for line in lines:
        of_one.setdefault(line.get("publication", ""), []).append(line)
    for publication, theirs in of_one.items():
        bylines = [Byline(line["raw"], line.get("field", ""), line.get("language", "")) for line in theirs]
        archive = learn(bylines, publication=publication) if publication else Archive()
        yield from (_result(line, archive) for line in theirs)


def _print_publications(results: list[Result]) -> None:
    of_one: dict[str, list[Result]] = {}
    for result in results:
        of_one.setdefault(result.publication, []).append(result)
    exact = [_share(result.is_exact for result in theirs) for theirs in of_one.values()]
    wrong = [
        _share(not result.is_exact and not result.is_flagged for result in theirs)
        for theirs in of_one.values()
    ]
    print(
        f"{len(of_one):,} publications, each counting the same: exact {sum(exact) / len(exact):.1%}, "
        f"wrong and not flagged {sum(wrong) / len(wrong):.1%}"
    )


def _print_pairs(pairs: list[Labelled], *, show_wrong: bool) -> None:
    """A wrong join is two people called the same: there must be none."""
    verdicts = [(pair, compare(pair["a"], pair["b"])) for pair in pairs]
    true = [found.verdict for pair, found in verdicts if pair["same"]]
    false = [found.verdict for pair, found in verdicts if not pair["same"]]
    if show_wrong:
        for pair, found in verdicts:
            if (found.verdict == "same") != pair["same"]:
                print(
                    f"{pair['a']!r} and {pair['b']!r}: {found.verdict} ({found.why}); one person: {pair['same']}"
                )
    print(
        f"\n{len(pairs):,} pairs of names: {false.count('same')} wrong joins among {len(false)} of two people"
    )
    told = true.count("same") + true.count("maybe")
    print(
        f"{len(true)} of one person: {true.count('same')} called the same, {true.count('maybe')} maybe",
        end=" ",
    )
    print(f"({told / max(len(true), 1):.1%} found)")


def _lines(path: Path) -> Iterator[Labelled]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def _result(line: Labelled, archive: Archive = ALONE) -> Result:
    reading = read_byline(
        line["raw"],
        field=line.get("field", ""),
        publication=line.get("publication", ""),
        language=line.get("language", ""),
        archive=archive,
    )
    read, labelled = as_json(reading)["credits"], line["credits"]
    is_exact = len(read) == len(labelled) and all(
        found.get(key) == value
        for found, label in zip(read, labelled, strict=True)
        for key, value in label.items()
    )
    right = sum((Counter(map(_identity, read)) & Counter(map(_identity, labelled))).values())
    told = "\n".join(
        [
            f"{line['raw']!r}{'' if reading.doubts else '  NOT FLAGGED'}",
            *(f"    is   {json.dumps(credit, ensure_ascii=False)}" for credit in labelled),
            *(f"    read {json.dumps(credit, ensure_ascii=False)}" for credit in read),
            *(f"    ({doubt})" for doubt in reading.doubts),
        ]
    )
    return Result(
        tuple(_shapes(line)),
        line.get("publication", ""),
        is_exact,
        not reading.is_sure,
        right,
        len(read),
        len(labelled),
        told,
    )


def _identity(credit: Labelled) -> tuple[str, str, str]:
    return credit["name"], credit["role"], credit["kind"]


def _shapes(line: Labelled) -> Iterator[str]:
    """What is hard about a byline, by its label: a byline has every shape that fits, and “one plain name” if none does."""
    credits: list[Labelled] = line["credits"]
    kinds = {credit["kind"] for credit in credits}
    keys = set().union(*credits) if credits else set()
    raw: str = line["raw"]
    before = False
    for shape, fits in (
        ("several contributors", len(credits) > 1),
        ("role words", bool({credit["role"] for credit in credits} - {"author", "organisation"})),
        ("handles and logins", "handle" in kinds),
        ("slugs", "slug" in kinds),
        ("organisations, teams, agencies", bool(kinds & BODIES)),
        ("nobody (placeholder, system)", bool(kinds & NOBODY) or not credits),
        ("titles, affiliations, places", bool(keys & BESIDE)),
        ("handles, addresses, other names", bool(keys & ADDRESSES)),
        ("Chinese, Japanese, Korean", any("\u3040" <= character <= "\ud7af" for character in raw)),
        ("markup", any(mark in raw for mark in ("<", "&#", "](", "**", "`")) or "&amp;" in raw),
        ("all capitals", raw.isupper() and len(raw) > 4),
    ):
        if fits:
            before = True
            yield shape
    if not before:
        yield "one plain name"


def _share(claims: Iterable[bool]) -> float:
    counted = list(claims)
    return sum(counted) / len(counted) if counted else 1.0


def _print_row(name: str, results: list[Result]) -> None:
    right = sum(result.right for result in results)
    read = sum(result.read for result in results)
    labelled = sum(result.labelled for result in results)
    print(
        f"{name:34}{len(results):>8,}"
        f"{_share(result.is_exact for result in results):>9.1%}"
        f"{right / read if read else 1:>11.1%}"
        f"{right / labelled if labelled else 1:>9.1%}"
        f"{_share(result.is_flagged for result in results):>9.1%}"
        f"{_share(not result.is_exact and not result.is_flagged for result in results):>20.1%}"
    )


if __name__ == "__main__":
    main()
