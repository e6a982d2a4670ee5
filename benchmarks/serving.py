"""Protects: a kept page is sent nearly as fast as a file, one that is not is rendered in milliseconds, and a publication is seen at once."""

import time
from contextlib import closing
from statistics import median

from .probes import Probe
from .publications import publication_of
from .publisher import Editor
from .served import fetched, load, memory, missing, nginx, served

ROUNDS = 3
SIZE = 10_000
VISIBLE_ROUNDS = 20
SCHEDULED_ROUNDS = 5


def run(small: int, large: int) -> None:
    if lacking := missing():
        print(
            f"NOT MEASURED: serving needs {', '.join(lacking)} (Debian: apt-get install wrk nginx util-linux)."
        )
        return
    home = publication_of(SIZE)
    probe = Probe(home)
    top = probe.ask("prolific", 0)
    article = probe.ask("newest_article")
    probe.close()
    paths = {
        "the most prolific contributor": top["path"],
        "their first archive page": f"{top['path']}page/1/",
        "their last archive page": f"{top['path']}page/{top['pages']}/",
        "an article": article,
        "the front page": "/",
    }
    with served(home) as (address, pid):
        begins_with = memory(pid)
        pages = {name: fetched(address + path) for name, path in paths.items()}
        with nginx({f"{number}.html": page for number, (_, page) in enumerate(pages.values())}) as files:
            for number, (name, path) in enumerate(paths.items()):
                tag = pages[name][0]["etag"]
                _compare(f"{name}, kept", f"{files}/{number}.html", address + path, goal=1 / 2)
                _compare(
                    f"{name}, 304",
                    f"{files}/{number}.html",
                    address + path,
                    f"If-None-Match: {tag}",
                    goal=1 / 2,
                )
        print(f"memory of all processes: {begins_with:.0f} MB at first, {memory(pid):.0f} MB afterwards")
    with (
        served(home, keep=False) as (address, _),
        nginx({f"{number}.html": page for number, (_, page) in enumerate(pages.values())}) as files,
    ):
        for number, (name, path) in enumerate(paths.items()):
            _compare(f"{name}, not kept", f"{files}/{number}.html", address + path, goal=1 / 150)
    _visible(small, large)


def _compare(what: str, file: str, page: str, *headers: str, goal: float) -> None:
    rounds = [(load(file).per_second, load(page, *headers).per_second) for _ in range(ROUNDS)]
    as_file, as_page = (median(rates) for rates in zip(*rounds, strict=True))
    part = as_page / as_file
    met = "met" if part >= goal else "MISSED"
    shown = f"{part:.2f}" if part > 0.05 else f"1/{1 / part:.0f}"
    wanted = f"1/{1 / goal:.0f}"
    print(
        f"{what:<48} {as_page:8,.0f} a second, nginx {as_file:8,.0f}: {shown:>6}   goal ≥ {wanted}: {met}",
        flush=True,
    )


def _visible(small: int, large: int) -> None:
    """From the acknowledged publication, or the moment it was scheduled for, to the contributor's page that shows it."""
    medians = []
    for size in (small, large):
        home = publication_of(size)
        with served(home) as (address, _), closing(Editor(home)) as editor:
            page = address + editor.path
            publish, until, late = [], [], []
            for _ in range(VISIBLE_ROUNDS):
                fetched(page)
                began = time.time()
                headline, _ = editor.publish()
                acknowledged = time.time()
                publish.append(acknowledged - began)
                until.append(_seen(page, headline) - acknowledged)
            for _ in range(SCHEDULED_ROUNDS):
                headline, due = editor.publish(after=1.5)
                fetched(page)
                late.append(_seen(page, headline) - due)
        medians.append(median(until))
        print(
            f"among {size:,}: published in {median(publish) * 1e3:.0f} ms, seen {median(until) * 1e3:.1f} ms later"
            f" (longest {max(until) * 1e3:.1f} ms)   goal < 250 ms: {'met' if max(until) < 0.25 else 'MISSED'}"
        )
        print(
            f"among {size:,}: scheduled, seen {median(late) * 1e3:.0f} ms after its time (longest {max(late) * 1e3:.0f})"
            f"   goal < 1,000 ms: {'met' if max(late) < 1 else 'MISSED'}",
            flush=True,
        )
    ratio = medians[1] / medians[0]
    print(
        f"seen among {large:,} against among {small:,}: {ratio:.2f}   goal ≤ 1.3: {'met' if ratio <= 1.3 else 'MISSED'}"
    )


def _seen(page: str, headline: str) -> float:
    """The moment at which a page shows a headline."""
    while headline.encode() not in fetched(page)[1]:
        pass
    return time.time()
