"""Every archive comes home whole: what its source says, beside what the magazine has of it after the import.

Each archive is imported by itself into a new publication, with no option but its path. Then every old address that leads
somewhere is asked for, and the words of the source are looked for (`benchmarks.words`).
"""

import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .publications import SEED

SAMPLES = Path(__file__).parent.parent / "tests" / "importers" / "samples"
MOST_ASKED = 400  # old addresses of one archive
# What stands beside archives and is none.
BESIDE = (".txt", ".md")


@dataclass(frozen=True)
class Figures:
    """What a source says, or what a magazine has."""

    articles: int
    live: int
    contributors: int
    credits: int
    standfirsts: int
    pictures: int


@dataclass(frozen=True)
class Outcome:
    """How one archive came in; `refusal` says why it did not."""

    refusal: str = ""
    format: str = ""
    source: Figures | None = None
    magazine: Figures | None = None
    not_there: int = 0  # pictures that the archive does not hold
    words: float = 1.0  # the share of the source's words that is printed or kept
    questions: int = 0
    asked: int = 0  # old addresses
    led: int = 0  # of these, to a page in one hop
    seconds: float = 0.0


def run(paths: Sequence[Path]) -> None:
    """Import every archive below these paths, and print a line for each."""
    print(
        f"{'archive':34} {'format':11} {'articles':>11} {'live':>11} {'people':>9} {'credits':>11} {'standfirsts':>11}"
        f" {'pictures':>9} {'elsewhere':>9} {'words':>7} {'asks':>5} {'addresses':>9} {'s':>6}"
    )
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty"
        command = [sys.executable, "-m", "standfirst.cli", "init", str(empty), "--name", "Archives"]
        subprocess.run(command, check=True, capture_output=True)
        outcomes = [_shown(path, _outcome(path, empty)) for path in archives_below(paths or [SAMPLES])]
    there = [outcome for outcome in outcomes if not outcome.refusal]
    exact = sum(outcome.source == outcome.magazine for outcome in there)
    print(f"{len(there)} of {len(outcomes)} archives imported, {exact} of them the same on both sides")


def archives_below(paths: Iterable[Path]) -> Iterator[Path]:
    """The archives that are paths, or lie in a folder that is a path."""
    for path in paths:
        yield from _within(path) if path.is_dir() else [path]


def _within(folder: Path) -> Iterator[Path]:
    for path in _but_words_beside(folder):
        inner = _but_words_beside(path) if path.is_dir() else []
        # A folder around one thing, or one of nothing but exports, is no archive itself.
        if len(inner) == 1 or (inner and all(map(_may_be_export, inner))):
            yield from _within(path)
        else:
            yield path


def _but_words_beside(folder: Path) -> list[Path]:
    return [
        path
        for path in sorted(folder.iterdir())
        if not (path.name.startswith(".") or (path.is_file() and path.suffix in BESIDE))
    ]


def _may_be_export(path: Path) -> bool:
    return path.is_file() and path.name.endswith((".tar.gz", ".zip", ".xml", ".json", ".jsonl"))


def _outcome(path: Path, empty: Path) -> Outcome:
    home = empty.with_name("publication")
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(empty, home)
    command = [sys.executable, "-m", "benchmarks.archives", str(home), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return Outcome(refusal=f"failed: {done.stderr.strip().splitlines()[-1]}")
    said = json.loads(done.stdout.splitlines()[-1])
    sides = {name: Figures(**said[name]) for name in ("source", "magazine") if said[name]}
    return Outcome(**said | sides)


def _shown(path: Path, outcome: Outcome) -> Outcome:
    name = f"{path.parent.name}/{path.name}"[-34:]
    if outcome.source is None or outcome.magazine is None:
        print(f"{name:34} {outcome.refusal}", flush=True)
        return outcome
    here, there = asdict(outcome.source), asdict(outcome.magazine)
    both = {name: f"{here[name]:,}/{there[name]:,}" for name in here}
    print(
        f"{name:34} {outcome.format:11} {both['articles']:>11} {both['live']:>11} {both['contributors']:>9}"
        f" {both['credits']:>11} {both['standfirsts']:>11} {both['pictures']:>9} {outcome.not_there:>9,}"
        f" {outcome.words:>7.2%} {outcome.questions:>5,} {f'{outcome.led:,}/{outcome.asked:,}':>9} {outcome.seconds:>6.1f}",
        flush=True,
    )
    return outcome


# ------------------------------------------------------------------------------------ one archive, in a process of its own


def imported(home: Path, path: Path) -> Outcome:
    """Import one archive into a new publication, and compare the two."""
    from standfirst.config.opening import open_publication

    open_publication(str(home))
    from standfirst.importers.errors import ImportRefused
    from standfirst.importers.run import import_archive
    from standfirst.review.models import Question

    from .words import compare

    started = time.perf_counter()
    try:
        report = import_archive(path)
    except ImportRefused as refusal:
        return Outcome(refusal=str(refusal))
    seconds = time.perf_counter() - started
    asked, led = _led_on()
    return Outcome(
        format=report.format,
        source=_said(path),
        magazine=_has(),
        not_there=report.media["missing"],
        words=compare(path).share,
        questions=Question.objects.count(),
        asked=asked,
        led=led,
        seconds=seconds,
    )


def _said(path: Path) -> Figures:
    """What the source says: of each article as it is read, before it is written."""
    from datetime import UTC, datetime

    from standfirst.importers.plan import pictures_of
    from standfirst.importers.reading.archive import Opening
    from standfirst.importers.reading.records import DraftArticle, Publicity
    from standfirst.importers.reading.uploads import Uploads
    from standfirst.importers.recognising import recognise

    archive = recognise(path).open(path, Opening(zone=UTC, now=datetime.now(UTC)))
    archive.settle_sections("", is_stated=False)
    drafts = [item for item in archive.drafts(processes=1) if isinstance(item, DraftArticle)]
    articles = [draft for draft in drafts if not draft.is_page]
    live = [draft for draft in articles if draft.publicity is Publicity.LIVE]
    uploads = Uploads(archive.pictures, archive.media)
    wanted = [uploads.find(picture) for draft in drafts for picture in pictures_of(draft)]
    files = {picture.ledger_key for picture in wanted if picture.file is not None}
    return Figures(
        articles=len(articles),
        live=len(live),
        contributors=len({credit.contributor_key for draft in live for credit in draft.credits}),
        credits=sum(len(draft.credits) for draft in live),
        standfirsts=sum(bool(draft.standfirst) for draft in live),
        pictures=len(files),
    )


def _has() -> Figures:
    """What the magazine has, as its readers get it."""
    from wagtail.images import get_image_model

    from standfirst.articles.models import ArticlePage
    from standfirst.bylines.models import Credit

    published = ArticlePage.objects.published()
    credits = Credit.objects.filter(article__in=published)
    return Figures(
        articles=ArticlePage.objects.count(),
        live=published.count(),
        contributors=credits.values("contributor").distinct().count(),
        credits=credits.count(),
        standfirsts=published.exclude(standfirst="").count(),
        pictures=get_image_model().objects.count(),
    )


def _led_on() -> tuple[int, int]:
    """How many old addresses were asked for, and how many of these lead to a page that is there, in one hop."""
    from django.conf import settings
    from django.test import Client
    from wagtail.contrib.redirects.models import Redirect
    from wagtail.models import Page

    from standfirst.contributors.models import Contributor

    live = set(Page.objects.live().values_list("pk", flat=True))
    # Profiles of those who have nothing published: nobody is told that they are on record.
    hidden = tuple(contributor.path for contributor in Contributor.objects.filter(is_public=False))
    rows: list[Any] = [
        row
        for row in Redirect.objects.all()
        if (row.redirect_page_id in live or row.redirect_page_id is None)
        and not row.redirect_link.startswith(hidden)
    ]
    some = random.Random(SEED).sample(rows, min(MOST_ASKED, len(rows)))
    client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])
    led = 0
    for row in some:
        answer = client.get(row.old_path)
        led += answer.status_code == 301 and client.get(answer["Location"]).status_code == 200
    return len(some), led


if __name__ == "__main__":
    print(json.dumps(asdict(imported(Path(sys.argv[1]), Path(sys.argv[2])))))
