"""`standfirst cache`: what is kept, here and outside."""

import json
import sys
from collections.abc import Callable, Iterable
from itertools import chain
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes, urlsplit
from wsgiref.util import setup_testing_defaults

import click

from standfirst.cli.opening import on_a_publication
from standfirst.config.publication_file import PublicationFile

if TYPE_CHECKING:
    from standfirst.pagecache.queries import Kept, Outside


@click.group()
def command() -> None:
    """See what is kept, fill it, or clear it.

    Rendered pages are kept in the database and sent again until something on them changes; a cache outside (Varnish,
    Fastly, Cloudflare), if the publication has one, is told of each change.
    """


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON, for a program.")
@on_a_publication
def status(publication: PublicationFile, as_json: bool) -> None:
    """Say what is kept, and whether the cache outside hears of changes.

    Exit status 1 says that it has not for more than five minutes.
    """
    from django.utils import timezone

    from standfirst.pagecache import queries

    now = timezone.now()
    kept, outside = queries.kept(), queries.outside(now)
    seconds = (now - outside.since).total_seconds() if outside.since else 0.0
    is_stuck = outside.is_stuck(now)
    if as_json:
        _print_json(kept, outside, seconds, is_stuck)
    else:
        _print(kept, outside, seconds, is_stuck)
    sys.exit(1 if is_stuck else 0)


@command.command()
@click.option(
    "--articles",
    default=500,
    show_default=True,
    type=click.IntRange(min=0),
    help="How many of the newest articles to render.",
)
@on_a_publication
def warm(publication: PublicationFile, articles: int) -> None:
    """Render the pages readers ask for most, and keep them.

    The front page, the lists of articles and of contributors, every section, topic and contributor, and the newest
    articles. What is kept already is left as it is. It can run while the publication is served.
    """
    from standfirst.config.collecting import collect_static_files
    from standfirst.pagecache.conf import settings

    if not settings().is_on:
        click.echo("Nothing is kept here: standfirst.toml says so, with `keep = false` under [cache].")
        return
    collect_static_files()  # Pages name them by their contents.
    pages = list(dict.fromkeys(_most_read(articles)))
    rendered = unkept = 0
    ask = _reader_of(publication)
    with click.progressbar(pages, label="Rendering", file=sys.stderr) as bar:
        for path in bar:
            if _is_kept(path):
                continue
            rendered += 1
            unkept += not ask(path)
    click.echo(
        f"{len(pages):,} pages: {rendered:,} rendered, {len(pages) - rendered:,} kept already"
        + (f"; {unkept:,} could not be kept." if unkept else ".")
    )


@command.command()
@on_a_publication
def clear(publication: PublicationFile) -> None:
    """Forget every kept page, here and outside.

    Nothing is lost: each is rendered again for the next reader who asks for it. Exit status 1 says that the cache
    outside could not be told yet.
    """
    from django.utils import timezone

    from standfirst.pagecache.actions import everything_changed
    from standfirst.pagecache.delivery import deliver_due
    from standfirst.pagecache.purgers import purger
    from standfirst.pagecache.queries import outside

    everything_changed()
    click.echo("Every kept page is forgotten.")
    deliver_due(timezone.now(), purger())
    told = outside(timezone.now())
    if told.waiting:
        click.echo(
            f"{told.name} could not be told yet: {told.error or 'another is telling it now.'} "
            "`standfirst serve` goes on trying."
        )
        sys.exit(1)
    if told.name:
        click.echo(f"{told.name} has been told.")


def _print_json(kept: "Kept", outside: "Outside", seconds: float, is_stuck: bool) -> None:
    said = {
        "pages": kept.pages,
        "bytes": kept.bytes,
        "limit": kept.limit,
        "by_status": kept.by_status,
        "outdated": kept.former,
        "outside": {
            "name": outside.name,
            "waiting": outside.waiting,
            "seconds": round(seconds),
            "attempts": outside.attempts,
            "error": outside.error,
            "is_stuck": is_stuck,
        },
    }
    click.echo(json.dumps(said, ensure_ascii=False, indent=2))


def _print(kept: "Kept", outside: "Outside", seconds: float, is_stuck: bool) -> None:
    from standfirst.pagecache.signposts import MOST, MOST_BYTES

    click.echo(f"Kept pages   {kept.pages:,}, in {kept.bytes / 1e6:,.1f} of {kept.limit / 1e6:,.0f} MB")
    click.echo(
        f"Apart        redirects and missing pages: up to {MOST:,}, in {MOST_BYTES / 1e6:,.0f} MB, in the memory of each web process"
    )
    if kept.former:
        click.echo(f"Outdated     {kept.former:,}, sent to nobody, and swept away by `standfirst serve`")
    if not outside.name:
        click.echo("Outside      no cache")
    elif not outside.waiting:
        click.echo(f"Outside      {outside.name} has been told of every change")
    else:
        changes = "1 change waits" if outside.waiting == 1 else f"{outside.waiting:,} changes wait"
        click.echo(f"Outside      {changes} to be told to {outside.name}, for {_duration(seconds)}")
        if outside.attempts:
            click.echo(f"             tried {outside.attempts:,} times: {outside.error}")
    if is_stuck:
        reason = "" if outside.attempts else " Is `standfirst serve` running? It tells them."
        click.echo(f"Stuck: readers behind {outside.name} may be seeing old pages.{reason}")


def _duration(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} seconds"
    return f"{seconds / 60:,.0f} minutes" if seconds < 7200 else f"{seconds / 3600:,.0f} hours"


def _most_read(articles: int) -> Iterable[str]:
    """The addresses of the pages readers ask for most."""
    from standfirst.archives.archive import Archive
    from standfirst.articles.models import ArticlePage
    from standfirst.contributors.models import Contributor
    from standfirst.contributors.paths import EVERYBODY
    from standfirst.publications.models import Section, Topic

    newest = Archive.of_everything().first(articles)
    found = ArticlePage.objects.in_bulk(newest)
    return chain(
        ("/", Archive.of_everything().path, EVERYBODY),
        (Archive.in_section(section).path for section in Section.objects.all()),
        (Archive.on_topic(topic).path for topic in Topic.objects.all()),
        (Archive.by(contributor).path for contributor in Contributor.objects.in_public().iterator()),
        (found[article].url for article in newest if article in found),
    )


def _is_kept(path: str) -> bool:
    from standfirst.pagecache import store
    from standfirst.pagecache.conf import settings
    from standfirst.pagecache.keys import EVERYTHING
    from standfirst.pagecache.models import KeptPage

    generation = store.versions_of([EVERYTHING])[EVERYTHING]
    asked = settings().edition + _as_wsgi(path)
    return KeptPage.objects.filter(path=asked, generation=generation).exists()


def _reader_of(publication: PublicationFile) -> Callable[[str], bool]:
    """Asks for a page as a reader's browser would, with no network between, and says whether it was kept."""
    from django.core.wsgi import get_wsgi_application

    from standfirst.pagecache.requests import KEPT

    application: Any = get_wsgi_application()
    common: dict[str, Any] = {}
    setup_testing_defaults(common)
    common |= {"HTTP_HOST": urlsplit(publication.address).netloc, "REMOTE_ADDR": "127.0.0.1"}
    if publication.is_https:
        common["HTTP_X_FORWARDED_PROTO"] = "https"

    def ask(path: str) -> bool:
        environ = common | {"PATH_INFO": _as_wsgi(path), "QUERY_STRING": ""}
        answer = application(environ, lambda *_: None)
        answer.close()  # It has been rendered and kept by now; its bytes are for nobody.
        return bool(environ.get(KEPT))

    return ask


def _as_wsgi(path: str) -> str:
    """A path as PATH_INFO holds it: its bytes, each as a character. PEP 3333, "Unicode Issues"."""
    return unquote_to_bytes(path).decode("latin-1")
