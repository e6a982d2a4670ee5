"""`standfirst import pictures`: the pictures of imports that are on other hosts, listed, and fetched from those that are named."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from standfirst.cli.bar import Bar
from standfirst.cli.errors import Refusal
from standfirst.cli.opening import on_a_publication
from standfirst.config.publication_file import PublicationFile

if TYPE_CHECKING:
    from standfirst.importers.elsewhere import Failure, FetchReport

NAME = "pictures"
SHOWN = 3  # of those that did not come for one reason; the whole report names them all


@click.command(name=NAME)
@click.option(
    "--from",
    "hosts",
    multiple=True,
    metavar="HOST",
    help=(
        "Fetch from this host, and from no other: a name, with a port where it has one of its own. Its subdomains are "
        "other hosts. Can be given more than once."
    ),
)
@click.option("--dry-run", is_flag=True, help="Say what is waited for, and fetch nothing.")
@click.option(
    "--most",
    type=click.FloatRange(min=0, min_open=True),
    default=2000,
    show_default=True,
    metavar="MB",
    help="How much may come in one run.",
)
@click.option(
    "--minutes",
    type=click.FloatRange(min=0, min_open=True),
    default=120,
    show_default=True,
    help="How long one run may last.",
)
@click.option(
    "--report", type=click.Path(path_type=Path, dir_okay=False), help="Write the report to a file, as JSON."
)
@on_a_publication
def command(
    publication: PublicationFile,
    hosts: tuple[str, ...],
    dry_run: bool,
    most: float,
    minutes: float,
    report: Path | None,
) -> None:
    """Fetch the pictures that imported articles wait for.

    By itself it lists the hosts they are on, and fetches nothing. With --from it fetches from the hosts you name, stores
    each picture as an import does, and puts it in its place, with its caption, in what readers see and in drafts. What
    does not come is named with the reason and goes on waiting; run it again as often as you like.

    Bounds: 40 MB and 100 million pixels a picture, 30 seconds a request, one request at a time with a pause between two,
    and in all what --most and --minutes say. Only http and https; a redirect is followed only to a host you named. A host
    that leads into a private network, or to this machine, is asked only if that address is named too. What a file is is
    told by what is in it: JPEG, PNG, GIF, WebP or AVIF.
    """
    from standfirst.importers.elsewhere import fetch_pictures
    from standfirst.importers.errors import ImportRefused
    from standfirst.importers.fetching import Bounds, hosts_named
    from standfirst.importers.run import Progress

    with Bar() as bar:
        try:
            done = fetch_pictures(
                hosts_named(hosts),
                dry_run=dry_run,
                bounds=Bounds(most=int(most * 1_000_000), in_all=minutes * 60),
                progress=lambda done, total: bar.show(Progress("fetching", done, total, "pictures")),
            )
        except ImportRefused as refusal:
            raise Refusal(str(refusal)) from None
    _print(done)
    if report:
        report.write_text(json.dumps(done.as_json(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        click.echo(f"The whole report is in {report}.")


def _print(report: "FetchReport") -> None:
    from rich.console import Console
    from rich.markup import escape

    console = Console(highlight=False)
    if report.is_dry_run:
        _print_hosts(report)
        return
    if not any(host in report.waiting for host in report.hosts):
        hosts = ", ".join(report.hosts)
        console.print(
            f"No article waits for a picture from {escape(hosts)}; `standfirst import pictures` lists the hosts.",
            soft_wrap=True,
        )
        return
    console.print(
        f"[bold]Fetched[/] from {escape(', '.join(report.hosts))}: {report.fetched:,} pictures, "
        f"{report.bytes / 1e6:,.1f} MB; {report.known:,} had come before; {report.pages:,} articles and pages filled",
        soft_wrap=True,
    )
    if report.failed:
        console.print(f"[bold]Did not come, and still waited for:[/] {len(report.failed):,}")
    reasons: dict[str, list[Failure]] = {}
    for failure in report.failed:
        reasons.setdefault(failure.reason, []).append(failure)
    for reason, failures in reasons.items():
        named = "; ".join(f"{one.address}, for {one.page}" for one in failures[:SHOWN])
        more = " …" if len(failures) > SHOWN else ""
        console.print(f"  {len(failures):,} — {escape(f'{reason}: {named}{more}')}", soft_wrap=True)
    if report.stopped:
        console.print(
            f"[bold]Stopped[/] as {escape(report.stopped)}; {report.left:,} pictures were not come to. Run it again.",
            soft_wrap=True,
        )
    console.print(f"[dim]{report.seconds:,.1f} seconds[/]")


def _print_hosts(report: "FetchReport") -> None:
    from rich.console import Console
    from rich.markup import escape

    console = Console(highlight=False)
    shown = {
        host: found for host, found in report.waiting.items() if not report.hosts or host in report.hosts
    }
    if not shown:
        console.print("No article waits for a picture on another host.")
    for host, found in shown.items():
        console.print(
            f"[bold]{escape(host)}[/]: {_counted(found.pictures, 'picture')} for {_counted(found.pages, 'article or page')}"
        )
        for example in found.examples:
            console.print(f"  {escape(example)}", soft_wrap=True)
    if report.without_address:
        console.print(
            f"Without a host in their address: {report.without_address:,}; these come with --uploads."
        )
    if shown:
        named = " ".join(f"--from {host}" for host in list(shown)[:1])
        console.print(
            f"Nothing was fetched. To fetch: standfirst import pictures {escape(named)}", soft_wrap=True
        )


def _counted(number: int, what: str) -> str:
    plural = {"picture": "pictures", "article or page": "articles or pages"}[what]
    return f"{number:,} {what if number == 1 else plural}"
