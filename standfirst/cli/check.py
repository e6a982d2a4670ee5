"""`standfirst check`: proves the promises on the data."""

import json
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from standfirst.cli.opening import on_a_publication
from standfirst.config.publication_file import PublicationFile

if TYPE_CHECKING:
    from standfirst.archives.checking import Finding

EXAMPLES = 3


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print every finding as JSON, for a program.")
@on_a_publication
def command(publication: PublicationFile, as_json: bool) -> None:
    """Prove that counts, credits and addresses are right.

    It reads the whole database, changes nothing, and names what breaks a promise and how to mend it: listings against
    credits, sections and topics; what is public against embargoes; addresses, slugs and redirects; names, the tree of
    pages, the search. Articles with marks of an old system are noted. It can run while the publication is served.
    Exit status 0 says that all is right, 1 that something is not; notes are no wrong.
    """
    found = _findings()
    if as_json:
        _print_json(found)
    else:
        _print(found)
    sys.exit(1 if any(_wrong(found).values()) else 0)


def _wrong(found: "dict[str, list[Finding]]") -> "dict[str, list[Finding]]":
    from standfirst.config.checks import CHECKS

    return {check.kind: found[check.kind] for check in CHECKS if not check.is_note}


def _findings() -> "dict[str, list[Finding]]":
    """What is wrong, by kind; kinds without a finding too. On a terminal it says what it is at."""
    from django.utils import timezone
    from rich.console import Console

    from standfirst.config.checks import CHECKS

    now = timezone.now()
    found = {}
    with Console(stderr=True).status("Checking …") as status:
        for number, check in enumerate(CHECKS, 1):
            status.update(f"Checking, {number} of {len(CHECKS)}: {check.title} …")
            found[check.kind] = list(check.findings(now))
    return found


def _amounts() -> dict[str, int]:
    from standfirst.articles.models import ArticlePage, Listing
    from standfirst.bylines.models import Credit
    from standfirst.contributors.models import Contributor

    return {
        "articles": ArticlePage.objects.order_by().count(),
        "credits": Credit.objects.order_by().count(),
        "contributors": Contributor.objects.present().order_by().count(),
        "listings": Listing.objects.order_by().count(),
    }


def _print_json(found: "dict[str, list[Finding]]") -> None:
    wrong = _wrong(found)
    notes = {kind: some for kind, some in found.items() if kind not in wrong}
    said = {
        "is_sound": not any(wrong.values()),
        "read": _amounts(),
        "counts": {kind: len(some) for kind, some in wrong.items()},
        "findings": [_as_json(finding) for some in wrong.values() for finding in some],
        "noted": {kind: len(some) for kind, some in notes.items()},
        "notes": [_as_json(finding) for some in notes.values() for finding in some],
    }
    click.echo(json.dumps(said, ensure_ascii=False, indent=2))


def _as_json(finding: "Finding") -> dict[str, str]:
    return {
        "kind": finding.kind,
        "subject": finding.subject,
        "sentence": finding.sentence,
        "mend": finding.mend,
    }


def _print(found: "dict[str, list[Finding]]") -> None:
    from django.db import connection
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from standfirst.config.checks import CHECKS

    console = Console(highlight=False)
    read = ", ".join(f"{amount:,} {name}" for name, amount in _amounts().items())
    wrong = sum(map(len, _wrong(found).values()))
    if not wrong:
        console.print(f"[bold]All is right[/]: {read}.")
    else:
        console.print(f"[bold]{wrong:,} {'thing is' if wrong == 1 else 'things are'} wrong[/], in {read}.")
    for heading, is_note in (
        ("what, for example, and how to mend it", False),
        ("noted, and nothing wrong", True),
    ):
        table = Table(box=None, pad_edge=False, header_style="dim", padding=(1, 2, 0, 0))
        table.add_column("found", justify="right", vertical="top")
        table.add_column(heading, overflow="fold")
        for check in CHECKS:
            if check.is_note is is_note and (some := found[check.kind]):
                table.add_row(f"{len(some):,}", _described(escape(check.title), some, escape(check.mend)))
        if table.row_count:
            console.print(table)
    if connection.vendor != "sqlite":
        console.print(
            "[dim]Rows that point at nothing were not looked for: PostgreSQL lets none be stored.[/]"
        )


def _described(title: str, some: "Iterable[Finding]", mend: str) -> str:
    from rich.markup import escape

    some = list(some)
    examples = [f"  {escape(finding.sentence)}" for finding in some[:EXAMPLES]]
    if len(some) > EXAMPLES:
        examples.append(f"  … and {len(some) - EXAMPLES:,} more: `--json` names them all.")
    return "\n".join([f"[bold]{title}[/]", *examples, f"[dim]{mend}[/]"])
