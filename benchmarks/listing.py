"""Protects: an archive page costs the same wherever it stands, and however large the publication is."""

from .comparing import in_turns, report
from .probes import Probe
from .publications import publication_of

ROUNDS = 60


def run(small: int, large: int) -> None:
    few, many = Probe(publication_of(small)), Probe(publication_of(large))
    top = many.ask("prolific", 0)
    path, pages = top["path"], top["pages"]
    print(
        f"The most prolific contributor among {large:,} articles has {top['articles']:,} on {pages:,} archive pages."
    )
    first = f"{path}page/{pages}/"
    for name, number in (("deepest", 1), ("middle", pages // 2 or 1)):
        deep, newest = in_turns(
            lambda number=number: many.ask("get", f"{path}page/{number}/"),
            lambda: many.ask("get", first),
            rounds=ROUNDS,
        )
        report(f"{name} archive page against the newest", deep, newest, goal=1.1)

    there = many.ask("with_about", 30)
    here = few.ask("with_about", there["articles"])
    large_page, small_page = in_turns(
        lambda: many.ask("get", there["path"]), lambda: few.ask("get", here["path"]), rounds=ROUNDS
    )
    report(
        f"page of a contributor of {there['articles']} among {large:,} against {here['articles']} among {small:,}",
        large_page,
        small_page,
        goal=1.2,
    )
    few.close()
    many.close()
