"""Protects: publishing an article costs the same in a publication of a thousand and of a hundred thousand."""

from itertools import count

from .comparing import in_turns, report
from .probes import Probe
from .publications import publication_of

ROUNDS = 40


def run(small: int, large: int) -> None:
    few, many = Probe(publication_of(small)), Probe(publication_of(large))
    numbers, others = count(small // 2), count(small // 2)
    large_publish, small_publish = in_turns(
        lambda: many.ask("publish", next(numbers)), lambda: few.ask("publish", next(others)), rounds=ROUNDS
    )
    report(f"publish among {large:,} against among {small:,}", large_publish, small_publish, goal=1.3)
    few.close()
    many.close()
