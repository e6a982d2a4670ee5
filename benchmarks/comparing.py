"""Comparing two ways in turns, so that a machine that slows down slows both."""

from collections.abc import Callable
from statistics import median

Measure = Callable[[], float]


def in_turns(one: Measure, other: Measure, *, rounds: int, warm_up: int = 3) -> tuple[float, float]:
    """The medians of two measures, taken A B A B … after a few rounds that do not count."""
    for _ in range(warm_up):
        one(), other()
    pairs = [(one(), other()) for _ in range(rounds)]
    return median(a for a, _ in pairs), median(b for _, b in pairs)


def report(what: str, one: float, other: float, *, goal: float) -> None:
    """A line that says how many times longer `one` takes than `other`, and whether that is within the goal."""
    ratio = one / other
    met = "met" if ratio <= goal else "MISSED"
    print(f"{what:<66} {one * 1e3:7.2f} ms / {other * 1e3:7.2f} ms = {ratio:5.2f}   goal ≤ {goal}: {met}")
