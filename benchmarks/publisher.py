"""An editor in a process of their own: publishes an article for every line it reads, and says its headline once it is done."""

import subprocess
import sys
import time
from datetime import timedelta
from itertools import count
from pathlib import Path

from standfirst.config.opening import open_publication

from .served import LOAD_CORE


def main(home: str) -> None:
    open_publication(home)
    from django.db.models import Count
    from django.utils import timezone

    from standfirst.articles.actions import create_article
    from standfirst.articles.models import Listing
    from standfirst.contributors.models import Contributor

    counts = (
        Listing.objects.filter(contributor__isnull=False, role=None)
        .order_by()
        .values_list("contributor")
        .annotate(number=Count("pk"))
    )
    # Somebody with some thirty articles, however many the publication has: what differs is its size alone.
    who, _ = min(counts, key=lambda pair: (abs(pair[1] - 30), pair[0]))
    contributor = Contributor.objects.get(pk=who)
    print(f"/author/{contributor.slug}/", flush=True)
    for line in sys.stdin:
        seconds, number = line.split()
        headline = f"Published {number} at {time.time():.6f}"
        due = timezone.now() + timedelta(seconds=float(seconds))
        is_later = float(seconds) > 0
        article = create_article(
            headline=headline,
            by=None,
            credits=[(contributor, "author")],
            publish=not is_later,
            go_live_at=due if is_later else None,
        )
        if is_later:
            article.get_latest_revision().publish()
        print(headline, due.timestamp(), sep="\t", flush=True)


class Editor:
    """That process, from outside."""

    def __init__(self, home: Path) -> None:
        self._process = subprocess.Popen(
            ["taskset", "-c", LOAD_CORE, sys.executable, "-m", "benchmarks.publisher", str(home)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout
        self.path = self._process.stdout.readline().strip()
        self._numbers = count()

    def publish(self, *, after: float = 0) -> tuple[str, float]:
        """Have an article published, now or scheduled for so many seconds later: its headline, and when it is due."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{after} {next(self._numbers)}\n")
        self._process.stdin.flush()
        headline, due = self._process.stdout.readline().split("\t")
        return headline, float(due)

    def close(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()


if __name__ == "__main__":
    main(sys.argv[1])
