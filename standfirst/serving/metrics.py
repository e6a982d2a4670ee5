"""What is measured, for Prometheus, where the publication's file names a port for it (`server.metrics_port`).

The web processes count; the scheduler's process answers for all of them, on this machine only.
https://prometheus.github.io/client_python/multiprocess/
"""

import logging
import os
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from standfirst.serving.front_door import SOURCE

log = logging.getLogger("standfirst.metrics")

FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
# While a reload lasts the former generation still answers on the port; after this somebody else has it.
SECONDS_TO_WAIT_FOR_THE_PORT = 15


def prepare(folder: Path, *, goes_on: bool) -> None:
    """Begin to measure, or go on beside a generation that is to end and still counts in the same folder.

    To be called before the first process is forked: the library looks where to write only once.
    """
    if not goes_on:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(exist_ok=True)
    os.environ[FOLDER_VARIABLE] = str(folder)


def is_on() -> bool:
    return FOLDER_VARIABLE in os.environ


def tally() -> Callable[[Mapping[str, Any], int, float], None]:
    """What counts answers: to be told of each one's environment, its status, and the seconds until it was ready."""
    from prometheus_client import Counter, Histogram

    answers = Counter("standfirst_answers", "Answers sent.", ["source", "status"])
    seconds = Histogram(
        "standfirst_answer_seconds", "Until an answer was ready.", ["source"], buckets=SECONDS
    )

    def count(environ: Mapping[str, Any], status: int, took: float) -> None:
        source = environ.get(SOURCE, "django")
        answers.labels(source, str(status)).inc()
        seconds.labels(source).observe(took)

    return count


def noting() -> Callable[[str], None]:
    """What the front door tells: of look-ups that failed or found damage, and of redirects and missing pages it keeps."""
    from prometheus_client import Counter

    troubles = Counter("standfirst_lookup_trouble", "Look-ups of a kept page that gave none.", ["kind"])
    signposts = Counter("standfirst_signposts_kept", "Redirects and missing pages kept in memory.")

    def note(what: str) -> None:
        if what == "signpost":
            signposts.inc()
        else:
            troubles.labels(what).inc()

    return note


def answer_for_all(port: int, stop: threading.Event) -> None:
    """Answer whoever asks on this machine's port, from a thread of its own, as soon as the port is to be had.

    Whoever has it: the scheduler, whose process this is, must not wait for it, and still less end.
    """
    threading.Thread(target=_answer_when_free, args=(port, stop), name="metrics", daemon=True).start()


def _answer_when_free(port: int, stop: threading.Event) -> None:
    from prometheus_client import CollectorRegistry, start_http_server
    from prometheus_client.multiprocess import MultiProcessCollector

    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    registry.register(PageCacheCollector())
    waited = 0
    while not stop.is_set():
        try:
            start_http_server(port, addr="127.0.0.1", registry=registry)
        except OSError as error:
            if waited == SECONDS_TO_WAIT_FOR_THE_PORT:
                log.warning("No figures on port %s (%s); trying on.", port, error)
            waited += 1
            stop.wait(1)
        else:
            return


class PageCacheCollector:
    """The page cache as it is when somebody asks."""

    def collect(self) -> Iterator[Any]:
        from django.db import DatabaseError, connection
        from django.utils import timezone
        from prometheus_client.core import GaugeMetricFamily

        from standfirst.pagecache.models import KeptPage
        from standfirst.pagecache.queries import outside
        from standfirst.pagecache.store import size

        try:
            yield GaugeMetricFamily("standfirst_kept_pages", "Pages kept.", value=KeptPage.objects.count())
            yield GaugeMetricFamily("standfirst_kept_bytes", "Bytes they take.", value=size())
            yield GaugeMetricFamily(
                "standfirst_pending_purges",
                "Purges not delivered yet.",
                value=outside(timezone.now()).waiting,
            )
        except DatabaseError as error:
            # What the processes have counted is wanted most when there is no database.
            log.info("No figures of the kept pages: %s", error)
        finally:
            connection.close()
