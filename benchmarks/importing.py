"""Protects: an archive of any size comes in at some fifteen hundred articles a second, in memory that stays flat.

Its texts are as long as those of real archives. Run again over an archive that has not changed it takes a fraction of that.
"""

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from xml.sax.saxutils import escape

from .bodies import Bodies
from .publications import SEED, folder, words

# Articles a second, by the database; megabytes of the largest process; how much faster the second run is.
GOALS, MEMORY, AGAIN = {"SQLite": 1_500, "PostgreSQL": 800}, 300, 5

STANDFIRST = [sys.executable, "-m", "standfirst.cli"]

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Benchmark</title>
<link>https://bench.example</link><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>https://bench.example</wp:base_site_url><wp:base_blog_url>https://bench.example</wp:base_blog_url>
"""


def names(dice: random.Random, number: int) -> list[str]:
    """So many different names that are read as what they are: a number in a name would be a doubt each time."""
    found: dict[str, None] = {}
    while len(found) < number:
        found[words(dice, 3).title()] = None
    return list(found)


def export_of(articles: int) -> Path:
    """A WordPress export with that many articles by two hundred authors."""
    path = folder() / f"export-{articles}.xml"
    if path.exists():
        return path
    dice = random.Random(SEED)
    bodies = Bodies(dice)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    with partial.open("w", encoding="utf-8") as out:
        out.write(HEAD)
        people = names(dice, 200)
        for number in range(200):
            out.write(
                f"<wp:author><wp:author_id>{number + 1}</wp:author_id><wp:author_login>author{number}"
                f"</wp:author_login><wp:author_email>a{number}@bench.example</wp:author_email>"
                f"<wp:author_display_name>{people[number]}</wp:author_display_name></wp:author>\n"
            )
        for number in range(1, articles + 1):
            year, month, day = 2000 + number % 20, number % 12 + 1, number % 28 + 1
            date = f"{year}-{month:02}-{day:02} 10:00:00"
            out.write(
                f"<item><title>{escape(words(dice, 5).capitalize())} {number}</title>"
                f"<link>https://bench.example/{year}/{month:02}/{day:02}/post-{number}/</link>"
                f"<dc:creator>author{int(dice.paretovariate(0.7)) % 200}</dc:creator>"
                f"<content:encoded><![CDATA[{bodies.html()}]]></content:encoded>"
                f"<excerpt:encoded><![CDATA[{words(dice, 18)}]]></excerpt:encoded>"
                f"<wp:post_id>{number}</wp:post_id><wp:post_date>{date}</wp:post_date>"
                f"<wp:post_date_gmt>{date}</wp:post_date_gmt><wp:post_name>post-{number}</wp:post_name>"
                f"<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>"
                f'<category domain="category" nicename="section-{number % 8}">Section {number % 8}</category>'
                f"</item>\n"
            )
        out.write("</channel></rss>\n")
    partial.rename(path)
    return path


def texts_of(articles: int) -> Path:
    """A Jekyll site with that many articles by two hundred authors."""
    path = folder() / f"texts-{articles}"
    if path.exists():
        return path
    dice = random.Random(SEED)
    bodies = Bodies(dice)
    partial = path.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    (partial / "_data").mkdir(parents=True)
    (partial / "_config.yml").write_text(
        "title: Benchmark\nurl: https://bench.example\npermalink: /:year/:month/:title/\n"
    )
    people = names(dice, 200)
    for number in range(1, articles + 1):
        year, month, day = 2000 + number % 20, number % 12 + 1, number % 28 + 1
        posts = partial / "_posts" / str(year)
        posts.mkdir(parents=True, exist_ok=True)
        (posts / f"{year}-{month:02}-{day:02}-post-{number}.md").write_text(
            f"---\ntitle: {words(dice, 5).capitalize()} {number}\nauthor: {people[int(dice.paretovariate(0.7)) % 200]}\n"
            f"excerpt: {words(dice, 18)}\ncategories: [Section {number % 8}]\n---\n{bodies.markdown()}\n",
            encoding="utf-8",
        )
    partial.rename(path)
    return path


def run(articles: int, *, source: str = "wordpress", database: str = "") -> None:
    """Import a generated archive into a new publication, as a user does, twice, and say how fast and in how much memory."""
    export = {"wordpress": export_of, "markdown": texts_of}[source](articles)
    home = folder() / "import"
    shutil.rmtree(home, ignore_errors=True)
    init = ["init", str(home), "--name", "Import", *(["--database", database] if database else [])]
    subprocess.run([*STANDFIRST, *init], check=True, capture_output=True)
    seconds, memory = _imported(home, export)
    again, _memory = _imported(home, export)
    vendor = "PostgreSQL" if database else "SQLite"
    print(
        f"{articles:,} articles of {source} imported on {vendor} in {seconds:.1f} s: {articles / seconds:,.0f} a second"
        f" (goal {GOALS[vendor]:,}), the largest process {memory:,.0f} MB (goal {MEMORY});"
        f" again, unchanged: {again:.1f} s, {seconds / again:.1f} times as fast (goal {AGAIN})"
    )
    shutil.rmtree(home, ignore_errors=True)


def _imported(home: Path, export: Path) -> tuple[float, float]:
    """The seconds that it took, and the megabytes of the import's own process, or its reader's if that is larger."""
    start = time.perf_counter()
    command = [*STANDFIRST, "--home", str(home), "import", str(export)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit("The import failed.")
    # Linux counts in kilobytes.
    return time.perf_counter() - start, usage.ru_maxrss / 1024
