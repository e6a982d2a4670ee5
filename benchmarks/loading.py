"""Protects: for as long as readers come at the highest rate one core can make, nothing fails, nothing is old, and memory stays."""

import random
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path

from .probes import Probe
from .publications import SEED, publication_of
from .publisher import Editor
from .served import fetched, load, memory, missing, served

SIZE = 10_000
ADDRESSES = 2_000
SCRIPT = """
local paths = {{ {paths} }}
math.randomseed(7)
request = function() return wrk.format("GET", paths[math.random(#paths)]) end
"""


def run(seconds: int) -> None:
    if lacking := missing():
        print(f"NOT MEASURED: the load test needs {', '.join(lacking)}.")
        return
    home = publication_of(SIZE)
    probe = Probe(home)
    people = [probe.ask("prolific", place) for place in range(40)]
    articles = probe.ask("articles", 500)
    probe.close()
    with served(home) as (address, pid), tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "mix.lua")
        script.write_text(SCRIPT.format(paths=", ".join(f'"{path}"' for path in _mix(people, articles))))
        print(f"{ADDRESSES:,} addresses asked for at random for {seconds} seconds, one publication a second")
        load(
            address, "Accept-Encoding: br", seconds=min(20, seconds), script=script
        )  # Everything is kept once.
        warm = memory(pid)
        published = Published(home, address)
        published.start()
        heard = load(address, "Accept-Encoding: br", seconds=seconds, script=script)
        published.over.set()
        published.join()
        end = memory(pid)
    # What is missing on purpose is no error; wrk counts every 404 as one.
    print(
        f"{heard.per_second:,.0f} a second; p50 {heard.latency['50%']:.2f} ms, p99 {heard.latency['99%']:.2f} ms"
    )
    print(f"{published.number} published, {published.read} pages read after them, {len(published.stale)} old")
    print(
        f"{heard.errors} errors; memory {warm:.0f} MB once warm, {end:.0f} MB at the end ({end / warm:.2f})"
    )
    failed = published.stale or published.failed or heard.errors or end > 1.1 * warm
    print(f"no error, nothing old, memory flat: {'MISSED' if failed else 'met'}")
    for sentence in [*published.stale[:5], *published.failed[:5]]:
        print(f"  {sentence}")


def _mix(people: list[dict[str, object]], articles: list[str]) -> list[str]:
    """What readers ask for: articles most, then contributors by how much they wrote, archive pages, lists."""
    dice = random.Random(SEED)
    ranks = [1 / rank for rank in range(1, len(people) + 1)]
    paths = ["/", "/articles/", "/authors/"] * (ADDRESSES // 60)
    while len(paths) < ADDRESSES:
        person = dice.choices(people, ranks)[0]
        pages = int(str(person["pages"]))
        kind = dice.random()
        if kind < 0.6:
            paths.append(dice.choice(articles))
        elif kind < 0.8 or not pages:
            paths.append(str(person["path"]))
        else:
            paths.append(f"{person['path']}page/{dice.randint(1, pages)}/")
    return paths


class Published(threading.Thread):
    """Has an article published every second, and looks at once whether readers see it."""

    def __init__(self, home: Path, address: str) -> None:
        super().__init__()
        self.home, self.address = home, address
        self.over = threading.Event()
        self.number = self.read = 0
        self.stale: list[str] = []
        self.failed: list[str] = []

    def run(self) -> None:
        with closing(Editor(self.home)) as editor:
            while not self.over.wait(1):
                headline, _ = editor.publish()
                self.number += 1
                for path in (editor.path, "/articles/", "/"):
                    self.look(path, headline)

    def look(self, path: str, headline: str) -> None:
        try:
            _, page = fetched(self.address + path)
        except OSError as error:
            self.failed.append(f"{path}: {error}")
            return
        self.read += 1
        if headline.encode() not in page:
            self.stale.append(f"{path} at {time.time():.3f} without “{headline}”")
