"""`standfirst import`: brings in an archive from another system."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from standfirst.cli import import_pictures
from standfirst.cli.bar import Bar
from standfirst.cli.errors import Refusal
from standfirst.cli.opening import on_a_publication
from standfirst.config.publication_file import PublicationFile

if TYPE_CHECKING:
    from rich.console import Console

    from standfirst.importers.report import ImportReport


MISSING_MEND = (
    "Import again with --uploads and a copy of the old site's folder of pictures, and they take the places that wait "
    "for them; leave those blocks in the articles."
)
ELSEWHERE_MEND = "`standfirst import pictures` lists the hosts they are on, and fetches from those you name."


class ImportCommand(click.Command):
    """`standfirst import SOURCE`, and what fetches pictures of imports that are on other hosts.

    A folder that is called `pictures` is imported as `./pictures`.
    """

    commands = {import_pictures.NAME: import_pictures.command}

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        if args and (below := self.commands.get(args[0])):
            return below.make_context(f"{info_name} {args[0]}", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)


@click.command(cls=ImportCommand)
@click.argument("source", type=click.Path(path_type=Path))
@click.option(
    "--uploads",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A copy of the old site's pictures, such as wp-content/uploads. Nothing is fetched from the network.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option(
    "--report", type=click.Path(path_type=Path, dir_okay=False), help="Write the report to a file, as JSON."
)
@click.option(
    "--format", default="", metavar="NAME", help="The archive's format, where it is not recognised."
)
@click.option(
    "--sections",
    default="",
    metavar="RULE",
    help=(
        "Which categories become sections; the others become topics. auto (the default): all of them if they are at "
        "most 24, else the topmost, else the most used. first: each article's first category. all: every category. "
        "topics: none. Or names: --sections 'News,Opinion'."
    ),
)
@click.option(
    "--field",
    "fields",
    multiple=True,
    metavar="NAME=USE",
    help=(
        "What a field of the old site is, where the import can't tell: --field people=byline. USE is byline, standfirst, "
        "headline, date, section, topics, link, nothing, or a role such as translator. Can be given more than once. It is "
        "remembered for the next import from the same site; USE auto takes it back."
    ),
)
@click.option(
    "--articles",
    multiple=True,
    metavar="PATTERN",
    help=(
        "Paths in a folder whose texts are articles, whatever they look like: --articles 'content/notes/*'. Remembered as "
        "--field is; '' takes back what was said."
    ),
)
@click.option(
    "--pages",
    multiple=True,
    metavar="PATTERN",
    help="Paths in a folder whose texts are pages of the publication, and no articles. Remembered, too.",
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="HEADING=FIELD",
    help=(
        "What a column of a table is, where the plan has it wrong; may be given several times. FIELD is headline, "
        "standfirst, text, byline, given-name, family-name, photographer, illustrator, translator, editor, date, updated, "
        "state, section, topics, slug, address, id, picture, caption or kept (for the ledger only); date:dmy and date:mdy "
        "say which of day and month comes first. HEADING may be the column's letter. It is remembered for tables with the "
        "same headings."
    ),
)
@click.option("--drafts", is_flag=True, help="Import everything as drafts: nothing of it is public.")
@on_a_publication
def command(
    publication: PublicationFile,
    source: Path,
    uploads: Path | None,
    dry_run: bool,
    report: Path | None,
    format: str,
    sections: str,
    fields: tuple[str, ...],
    articles: tuple[str, ...],
    pages: tuple[str, ...],
    columns: tuple[str, ...],
    drafts: bool,
) -> None:
    """Bring an archive into this publication.

    SOURCE is a file or a folder of another system: an export of WordPress, Ghost, Blogger, Substack, Medium, Joomla or
    Movable Type, what Drupal answers, articles in NITF or JATS, a feed, a table (CSV, Excel, OpenDocument), or a folder of
    texts, of saved pages or of Word manuscripts. Nothing is lost: every record of it is accounted for in the report. An
    import can be run again, with the same file, a newer one or another of the same site: what is unchanged stays as it is,
    and what was edited here since is kept.

    Pictures come from the archive and from --uploads. `standfirst import pictures` lists what is kept on other hosts, and
    fetches it from those you name.
    """
    from standfirst.importers.errors import ImportRefused
    from standfirst.importers.run import import_archive

    with Bar() as bar:
        try:
            done = import_archive(
                source,
                uploads=uploads,
                dry_run=dry_run,
                sections_rule=sections,
                fields=fields,
                articles=articles,
                pages=pages,
                format=format,
                columns=_columns(columns),
                only_drafts=drafts,
                progress=bar.show,
            )
        except ImportRefused as refusal:
            raise Refusal(str(refusal)) from None
    _print(done)
    if report:
        report.write_text(json.dumps(done.as_json(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        click.echo(f"The whole report is in {report}.")


def _columns(stated: tuple[str, ...]) -> dict[str, str]:
    """What was said of columns, by their headings, which may hold a “=”."""
    found: dict[str, str] = {}
    for said in stated:
        heading, sign, field = said.rpartition("=")
        if not (sign and heading.strip() and field.strip()):
            raise Refusal(
                f"“{said}” names no column and field; say --column 'HEADING=FIELD', as in 'Verfasser=byline'."
            )
        found[heading.strip()] = field.strip()
    return found


def _print_columns(console: "Console", report: "ImportReport") -> None:
    """What the columns of each table were taken for, how full they are, and some of what is in them."""
    from rich.markup import escape
    from rich.table import Table

    for name in dict.fromkeys(column.table for column in report.columns):
        console.print(f"[bold]Columns[/] of {escape(name)}:")
        table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
        for heading in ("column", "is", "because of", "full", "as in"):
            table.add_column(heading, justify="right" if heading == "full" else "left", overflow="fold")
        for column in (column for column in report.columns if column.table == name):
            full = f"{100 * column.filled // column.rows if column.rows else 0} %"
            samples = " | ".join(f"{' '.join(sample.split())[:24]}" for sample in column.samples)
            table.add_row(*map(escape, (column.heading, column.field, column.because, full, samples)))
        console.print(table)


def _print_claims(console: "Console", report: "ImportReport") -> None:
    """What the old site said of its contributors' archives, where that is not what was found."""
    from rich.markup import escape

    if not report.claims:
        return
    differing = [
        claim
        for claim in report.claims
        if claim.claimed not in (None, claim.found) or claim.listed_and_missing
    ]
    console.print(
        f"[bold]Contributors' archives on the old site:[/] {len(report.claims):,}, {len(differing):,} not as found"
    )
    for claim in differing[:20]:
        said = "a list" if claim.claimed is None else f"{claim.claimed:,} articles"
        missing = (
            f", {len(claim.listed_and_missing):,} listed there and missing here"
            if claim.listed_and_missing
            else ""
        )
        console.print(
            f"  {escape(claim.contributor)} — {said} claimed, {claim.found:,} found{missing}", soft_wrap=True
        )


def _print_unread(console: "Console", report: "ImportReport") -> None:
    """The fields that nothing was made of, the most used first, and how to say what one is."""
    from rich.markup import escape

    if not report.unread:
        return
    first = report.unread[0].name
    console.print(
        f"[bold]Fields that were not read[/] (kept in the ledger; say what one is with --field {escape(first)}=byline and "
        "its like):",
        soft_wrap=True,
    )
    for field in report.unread:
        console.print(f"  {field.count:,} {escape(f'{field.name}: {field.example}')}", soft_wrap=True)


def _pictures(report: "ImportReport") -> dict[str, int]:
    """How many came, and of the others how many a folder of uploads may hold."""
    media = report.media
    elsewhere = media["kept_elsewhere"]
    return {
        "created": media["created"],
        "unchanged": media["unchanged"],
        "missing": media["missing"] - elsewhere,
        "kept elsewhere": elsewhere,
    }


def _print(report: "ImportReport") -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(highlight=False)
    console.print(
        f"[bold]{'What an import would do' if report.is_dry_run else 'Imported'}[/]: {escape(report.source)}"
    )
    for alarm in report.alarms:
        console.print(f"[bold red]{escape(alarm)}.[/]", soft_wrap=True)
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("", "read", "created", "updated", "unchanged", "left out", "refused"):
        table.add_column(heading, justify="right" if heading else "left")
    for kind, read in report.read.items():
        left = sum(group.count for group in report.left_out if group.kind == kind)
        refused = sum(refusal.kind == kind for refusal in report.refused)
        columns = (report.created, report.updated, report.unchanged)
        if read:
            table.add_row(
                kind, f"{read:,}", *(f"{c.get(kind, 0):,}" for c in columns), f"{left:,}", f"{refused:,}"
            )
    console.print(table)
    _print_columns(console, report)
    if report.remembered:
        said = escape("; ".join(report.remembered))
        console.print(
            f"[bold]As was said before[/] (say otherwise, or =auto to take it back): {said}", soft_wrap=True
        )
    for conclusion in report.conclusions:
        console.print(f"[bold]Concluded:[/] {escape(conclusion)}.", soft_wrap=True)
    for title, counts in (
        ("Articles", report.articles),
        ("Contributors", report.contributors),
        ("Credits", report.credits),
        ("Redirects", report.redirects),
        ("Pictures", _pictures(report)),
        ("Shortcodes not understood", report.unknown["shortcodes"]),
        ("Blocks not understood", report.unknown["blocks"]),
        ("Bylines to look at", report.doubts),
        ("In the review queue", report.questions),
    ):
        said = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in counts.items() if count)
        if said:
            console.print(f"[bold]{title}:[/] {escape(said)}", soft_wrap=True)
            if title == "Pictures" and counts["missing"]:
                console.print(f"  {MISSING_MEND}", soft_wrap=True)
            if title == "Pictures" and counts["missing"] + counts["kept elsewhere"]:
                console.print(f"  {ELSEWHERE_MEND}", soft_wrap=True)
    _print_unread(console, report)
    for title, groups in (("Left out", report.left_out), ("To look at", report.notes)):
        if groups:
            console.print(f"[bold]{title}:[/]")
        for group in groups:
            some = (
                f": {'; '.join(group.records[:3])}{' …' if group.count > 3 else ''}" if group.records else ""
            )
            console.print(f"  {group.count:,} {group.kind} — {escape(group.reason + some)}", soft_wrap=True)
    _print_claims(console, report)
    for refusal in report.refused:
        console.print(f"[bold]Refused:[/] {escape(f'{refusal.record}: {refusal.reason}')}", soft_wrap=True)
    for warning in report.warnings:
        console.print(f"[bold]Warning:[/] {escape(warning)}", soft_wrap=True)
    count = sum(report.articles.values())
    rate = f", {count / report.seconds:,.0f} articles a second" if report.seconds and count else ""
    console.print(f"[dim]{report.seconds:,.1f} seconds{rate}[/]")
