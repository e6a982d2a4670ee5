"""Makes publications of a fixed size to time things on: the same articles every time, for everybody.

Contributors follow Zipf's law, as they do in life: a few write much, most write once. One article in twelve has
two or three authors.
"""

import json
import random
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

SEED = 20_150_105
BATCH = 500
FIRST_DAY = datetime(2000, 1, 1, 9, tzinfo=UTC)
DAYS = 25 * 365
WORDS = [
    "river",
    "flood",
    "bridge",
    "council",
    "winter",
    "engine",
    "ledger",
    "harbour",
    "quarry",
    "orchard",
    "letter",
    "signal",
    "railway",
    "meadow",
    "lantern",
    "weather",
    "furnace",
    "chapel",
    "market",
    "ferry",
    "copper",
    "thread",
    "window",
    "garden",
    "stone",
    "paper",
    "voice",
    "evening",
    "road",
    "glass",
]


def folder() -> Path:
    return Path(tempfile.gettempdir()) / "standfirst-benchmarks"


def publication_of(size: int) -> Path:
    """The directory of a publication of `size` articles, made if it is not there yet."""
    home = folder() / f"articles-{size}"
    if not (home / "complete").exists():
        print(f"Making a publication of {size:,} articles, once, in {home} …", flush=True)
        subprocess.run([sys.executable, "-m", "benchmarks.publications", str(home), str(size)], check=True)
    return home


def words(dice: random.Random, number: int) -> str:
    return " ".join(dice.choices(WORDS, k=number))


def make(home: Path, size: int) -> None:
    """Fill a new publication. Runs in a process of its own: Django is set up for one publication at a time."""
    import shutil

    from standfirst.cli.init import set_up
    from standfirst.config.collecting import collect_static_files
    from standfirst.config.publication_directory import new_directory, publication_text

    shutil.rmtree(home, ignore_errors=True)
    home.parent.mkdir(parents=True, exist_ok=True)
    with new_directory(home, publication_text(name=f"Benchmark {size}", address="http://localhost:8000")):
        set_up(home, user="bench", email="", password="bench-bench-bench")
        fill(size)
        collect_static_files()
    (home / "complete").touch()


def fill(size: int) -> None:
    from standfirst.articles.bulk import NewArticle, store_articles
    from standfirst.articles.models import ArticlePage
    from standfirst.bylines.models import Credit, Role
    from standfirst.contributors.actions import create_contributor
    from standfirst.publications.actions import save_section
    from standfirst.publications.models import Section

    dice = random.Random(SEED)
    people = [
        create_contributor(
            display_name=f"{words(dice, 1).title()} {words(dice, 1).title()} {number}", by=None
        )
        for number in range(max(50, size // 50))
    ]
    share = list(accumulate(1 / rank for rank in range(1, len(people) + 1)))
    sections = [save_section(Section(name=f"Section {number}"), by=None) for number in range(8)]
    author = Role.objects.get(code="author")
    step = timedelta(days=DAYS) / size
    for start in range(0, size, BATCH):
        batch = []
        for number in range(start, min(start + BATCH, size)):
            several = 1 if dice.randrange(12) else dice.randint(2, 3)
            authors = list(dict.fromkeys(dice.choices(people, cum_weights=share, k=several)))
            body = [
                {"type": "paragraph", "value": f"<p>{words(dice, 80)}</p>", "id": f"{number}-{place}"}
                for place in range(5)
            ]
            appeared = FIRST_DAY + number * step
            page = ArticlePage(
                title=f"{words(dice, 5).capitalize()} {number}",
                slug=f"article-{number}",
                standfirst=words(dice, 20).capitalize() + ".",
                body=json.dumps(body),
                section=dice.choice(sections),
                live=True,
                first_published_at=appeared,
                last_published_at=appeared,
            )
            batch.append(NewArticle(page, [Credit(contributor=person, role=author) for person in authors]))
        store_articles(batch)


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
