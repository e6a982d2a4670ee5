"""A process with one publication open that times what it is told to, so that two can be compared in turns."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any


class Probe:
    """A publication in a process of its own. Asking it returns what it measured."""

    def __init__(self, home: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.probes", str(home)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, question: str, *arguments: Any) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([question, *arguments]) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def close(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()


def answer(home: str) -> None:
    os.environ["STANDFIRST_HOME"] = home
    os.environ["DJANGO_SETTINGS_MODULE"] = "standfirst.config.settings"
    import django

    django.setup()
    from django.db.models import Count
    from django.test import Client

    from standfirst.archives.archive import Archive
    from standfirst.articles.models import ArticlePage, Listing
    from standfirst.contributors.models import Contributor

    client = Client(SERVER_NAME="localhost")

    def get(path: str) -> float:
        """Seconds of process time that a page takes, from the request to the last byte."""
        start = time.process_time()
        response = client.get(path)
        seconds = time.process_time() - start
        assert response.status_code == 200, (path, response.status_code)
        return seconds

    def prolific(place: int) -> dict[str, Any]:
        """The contributor who comes `place`th by number of articles, and their archive pages."""
        who = (
            Listing.objects.filter(contributor__isnull=False, role=None)
            .order_by()
            .values("contributor")
            .annotate(number=Count("pk"))
            .order_by("-number", "contributor")[place]
        )
        archive = Archive.by(Contributor.objects.get(pk=who["contributor"]))
        return {"path": archive.path, "articles": archive.count, "pages": archive.cut.pages}

    def with_about(number: int) -> dict[str, Any]:
        """A contributor with as near `number` articles as there is."""
        counts = (
            Listing.objects.filter(contributor__isnull=False, role=None)
            .order_by()
            .values_list("contributor")
            .annotate(number=Count("pk"))
        )
        who, articles = min(counts, key=lambda pair: (abs(pair[1] - number), pair[0]))
        return {"path": f"/author/{Contributor.objects.get(pk=who).slug}/", "articles": articles}

    def publish(number: int) -> float:
        """Seconds of process time from pressing Publish on an edited article until it is committed."""
        article = ArticlePage.objects.get(address__endswith=f"/article-{number}")
        article.standfirst = f"Edited at {time.time()}."
        start = time.process_time()
        article.save_revision().publish()
        return time.process_time() - start

    def articles(number: int) -> list[str]:
        """The addresses of so many articles, spread over the years."""
        public = ArticlePage.objects.published().order_by("pk")
        step = max(public.count() // number, 1)
        return [f"/{address}/" for address in public.values_list("address", flat=True)[::step]]

    def newest_article() -> str:
        return f"/{ArticlePage.objects.published().order_by('-pk').values_list('address', flat=True)[0]}/"

    asked = (get, prolific, with_about, publish, articles, newest_article)
    questions = {question.__name__: question for question in asked}
    for line in sys.stdin:
        question, *arguments = json.loads(line)
        print(json.dumps(questions[question](*arguments)), flush=True)


if __name__ == "__main__":
    answer(sys.argv[1])
