"""Protects: being found at once costs whoever publishes or imports next to nothing.

The same articles, of eight kilobytes, with the index told of them and without, in turns.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Any

# Milliseconds that the index may cost an article.
GOAL_OF_IMPORTS, GOAL_OF_PUBLISHING = 0.7, 3.0
IMPORTED = 12_000
PUBLISHED = 80


def run(database: str = "") -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "indexed"
        subprocess.run([sys.executable, "-m", "benchmarks.indexing", str(home), database], check=True)


def measure(home: Path, database: str) -> None:
    """In a process of its own: Django is set up for one publication at a time."""
    from standfirst.cli.init import set_up
    from standfirst.config.publication_directory import new_directory, publication_text

    elsewhere = {"database": database} if database else {}
    text = publication_text(name="Indexed", address="http://localhost:8000", **elsewhere)
    with new_directory(home, text):
        set_up(home, user="bench", email="", password="bench-bench-bench")
        _say("an import, an article", _imported(), GOAL_OF_IMPORTS)
        _say("publishing an edit", _published(), GOAL_OF_PUBLISHING)


def _imported() -> dict[bool, list[float]]:
    from standfirst.articles import bulk

    from .searched import fill

    store, taken, turns = bulk.store_articles, {True: [], False: []}, cycle((True, False))

    def timed(articles: Any) -> Any:
        is_told = next(turns)
        with _index_told(is_told):
            seconds = _seconds(lambda: store(articles))
        taken[is_told].append(seconds / len(articles))

    bulk.store_articles = timed
    fill(IMPORTED)
    bulk.store_articles = store
    return taken


def _published() -> dict[bool, list[float]]:
    from standfirst.articles.models import ArticlePage

    taken: dict[bool, list[float]] = {True: [], False: []}
    articles = ArticlePage.objects.published().order_by("pk")[:PUBLISHED]
    for number, article in enumerate(articles):
        article.title = f"{article.title} again"
        is_told = number % 2 == 0
        with _index_told(is_told):
            taken[is_told].append(_seconds(partial(_publish, article)))
    return taken


def _publish(article: Any) -> None:
    article.save_revision().publish()


@contextmanager
def _index_told(is_told: bool) -> Iterator[None]:
    from standfirst.articles.signals import stored
    from standfirst.search.receivers import on_stored

    if is_told:
        yield
        return
    stored.disconnect(on_stored)
    try:
        yield
    finally:
        stored.connect(on_stored)


def _seconds(do: Callable[[], Any]) -> float:
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


def _say(what: str, taken: dict[bool, list[float]], goal: float) -> None:
    # The first of each is slower: what is loaded when it is needed is loaded then.
    told, untold = (median(taken[is_told][1:]) * 1000 for is_told in (True, False))
    print(
        f"{what}: {told:.2f} ms, and {untold:.2f} without the index: {told - untold:.2f} more (goal {goal})"
    )


if __name__ == "__main__":
    measure(Path(sys.argv[1]), sys.argv[2])
