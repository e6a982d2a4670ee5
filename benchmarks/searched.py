"""Makes publications to search in: bodies of some eight kilobytes, a vocabulary as wide as a language's, and labelled queries.

Words are invented, and follow Zipf's law. Among the labels are accents, misspellings, phrases, names and Chinese: each with the
address a reader wants for it.
"""

import json
import random
import shutil
import subprocess
import sys
from datetime import timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from .publications import BATCH, DAYS, FIRST_DAY, SEED, folder

WORDS_OF_A_BODY = 1_300
VOCABULARY = 20_000
LABELLED = 200
ONSETS = [
    "b",
    "br",
    "c",
    "ch",
    "cl",
    "cr",
    "d",
    "dr",
    "f",
    "fl",
    "g",
    "gl",
    "gr",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "pr",
    "qu",
    "r",
    "s",
    "sc",
    "sh",
    "sl",
    "sp",
    "st",
    "str",
    "t",
    "th",
    "tr",
    "v",
    "w",
]
VOWELS = ["a", "e", "i", "o", "u", "ai", "ea", "ee", "ie", "oa", "ou"]
CODAS = ["", "", "", "n", "r", "l", "t", "m", "s", "ck", "nd", "rt", "st", "ll"]
SURNAMES = [
    "Nguyễn",
    "Łódzki",
    "Sørensen",
    "Müller",
    "Žižek",
    "García",
    "Ångström",
    "O'Hara",
    "Ξενίδης",
    "Dvořák",
]
HAN = "東京都知事選挙春夏秋冬山川海風雨雪月花鳥石田村中町橋道人学文書画音楽食茶酒"


def publication_to_search(size: int, *, database: str = "") -> Path:
    """The directory of such a publication, made if it is not there yet. `database` is PostgreSQL's address, if it is that."""
    home = folder() / f"searched-{size}{'-postgresql' if database else ''}"
    if not (home / "complete").exists():
        print(f"Making a publication of {size:,} articles to search, once, in {home} …", flush=True)
        command = [sys.executable, "-m", "benchmarks.searched", str(home), str(size), database]
        subprocess.run(command, check=True)
    return home


def labels_of(home: Path) -> list[dict[str, str]]:
    """What is asked, and the address a reader wants for it."""
    found: list[dict[str, str]] = json.loads((home / "labels.json").read_text(encoding="utf-8"))
    return found


def vocabulary(dice: random.Random) -> list[str]:
    """Invented words, the commonest first; each once."""
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        syllables = 1 if len(words) < 200 else dice.choice((2, 2, 3))
        words[
            "".join(dice.choice(ONSETS) + dice.choice(VOWELS) + dice.choice(CODAS) for _ in range(syllables))
        ] = None
    return list(words)


def make(home: Path, size: int, database: str) -> None:
    from standfirst.cli.init import set_up
    from standfirst.config.collecting import collect_static_files
    from standfirst.config.publication_directory import new_directory, publication_text

    shutil.rmtree(home, ignore_errors=True)
    home.parent.mkdir(parents=True, exist_ok=True)
    elsewhere = {"database": database} if database else {}
    text = publication_text(name=f"Searched {size}", address="http://localhost:8000", **elsewhere)
    with new_directory(home, text):
        set_up(home, user="bench", email="", password="bench-bench-bench")
        labels = fill(size)
        collect_static_files()
    (home / "labels.json").write_text(json.dumps(labels, ensure_ascii=False, indent=1), encoding="utf-8")
    (home / "complete").touch()


def fill(size: int) -> list[dict[str, str]]:
    from standfirst.articles.bulk import ArticleRow, NewArticle, store_articles
    from standfirst.bylines.models import Credit, Role
    from standfirst.contributors.bulk import NewContributor, store_contributors
    from standfirst.contributors.models import Contributor
    from standfirst.publications.actions import save_section, save_topic
    from standfirst.publications.models import Section, Topic

    dice = random.Random(SEED)
    words = vocabulary(dice)
    share = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    rare = words[500:]
    new = [
        NewContributor(
            Contributor(display_name=f"{dice.choice(rare).title()} {_surname(dice, rare, number)}")
        )
        for number in range(max(60, size // 60))
    ]
    store_contributors(new, by=None)
    people = [one.contributor for one in new]
    of_people = list(accumulate(1 / rank for rank in range(1, len(people) + 1)))
    sections = [save_section(Section(name=f"{dice.choice(rare).title()} pages"), by=None) for _ in range(8)]
    topics = [save_topic(Topic(name=dice.choice(rare).title()), by=None) for _ in range(60)]
    author = Role.objects.get(code="author")
    step = timedelta(days=DAYS) / size
    labelled = set(dice.sample(range(size), LABELLED))
    labels: list[dict[str, str]] = []
    for start in range(0, size, BATCH):
        batch = []
        for number in range(start, min(start + BATCH, size)):
            text = dice.choices(words, cum_weights=share, k=WORDS_OF_A_BODY)
            headline = dice.sample(rare, 4) + dice.choices(words, cum_weights=share, k=2)
            title = " ".join(headline).capitalize()
            if number in labelled and len(labels) % 8 == 7:
                title = "".join(dice.choices(HAN, k=9))
            authors = list(
                dict.fromkeys(dice.choices(people, cum_weights=of_people, k=1 + (not dice.randrange(12))))
            )
            appeared = FIRST_DAY + number * step
            page = ArticleRow(
                title=title,
                slug=f"article-{number}",
                standfirst=" ".join(dice.choices(words, cum_weights=share, k=20)).capitalize() + ".",
                body=_paragraphs(text, number),
                section_id=dice.choice(sections).pk,
                live=True,
                first_published_at=appeared,
                last_published_at=appeared,
            )
            page.body_text = " ".join(text)
            credits = [Credit(contributor=person, role=author) for person in authors]
            batch.append(NewArticle(page, credits, frozenset(dice.sample([topic.pk for topic in topics], 2))))
            if number in labelled:
                labels.append(_label(dice, len(labels) % 8, headline, title, authors[0], appeared, number))
        store_articles(batch)
        print(f"{start + BATCH:,}", end=" ", flush=True)
    print()
    return labels


def _surname(dice: random.Random, rare: list[str], number: int) -> str:
    return f"{SURNAMES[number % 10]}" if number % 20 < 10 and number < 200 else dice.choice(rare).title()


def _paragraphs(text: list[str], number: int) -> list[dict[str, Any]]:
    blocks = []
    for place in range(0, len(text), 65):
        sentences = [
            " ".join(text[at : at + 13]).capitalize() for at in range(place, min(place + 65, len(text)), 13)
        ]
        blocks.append(
            {"type": "paragraph", "value": f"<p>{'. '.join(sentences)}.</p>", "id": f"{number}-{place}"}
        )
    return blocks


def _label(
    dice: random.Random, kind: int, headline: list[str], title: str, author: Any, appeared: Any, number: int
) -> dict[str, str]:
    """One query with the address a reader wants for it."""
    where = f"/{appeared:%Y/%m}/article-{number}/"
    rare = headline[:4]
    match kind:
        case 0:
            return {"kind": "headline", "query": " ".join(dice.sample(rare, 3)), "wanted": where}
        case 1:
            wrong = max(rare, key=len)
            return {
                "kind": "misspelt",
                "query": f"{_misspelt(dice, wrong)} {min(rare, key=len)}",
                "wanted": where,
            }
        case 2:
            return {"kind": "phrase", "query": f'"{" ".join(headline[:3])}"', "wanted": where}
        case 3:
            return {"kind": "name", "query": _plain(author.display_name), "wanted": author.path}
        case 4:
            return {"kind": "word and name", "query": f"{rare[0]} by:{author.slug}", "wanted": where}
        case 5:
            return {"kind": "beginning", "query": f"{rare[0]} {rare[1]} {rare[2][:4]}", "wanted": where}
        case 6:
            return {
                "kind": "misspelt name",
                "query": _misspelt(dice, _plain(author.display_name)),
                "wanted": author.path,
            }
        case _:
            at = dice.randrange(4)
            return {"kind": "Chinese", "query": title[at : at + 5], "wanted": where}


def _misspelt(dice: random.Random, word: str) -> str:
    at = dice.randrange(1, len(word) - 1)
    match dice.randrange(3):
        case 0:
            return word[:at] + word[at + 1 :]
        case 1:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case _:
            return word[:at] + dice.choice("aeioulnrst") + word[at + 1 :]


def _plain(name: str) -> str:
    from anyascii import anyascii

    is_latin = all(ord(letter) < 0x370 or letter == "’" or 0x1E00 <= ord(letter) < 0x1F00 for letter in name)
    return anyascii(name).lower() if is_latin else name


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
