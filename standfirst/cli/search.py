"""`standfirst search`: the index in which readers find articles."""

import sys

import click

from standfirst.cli.opening import on_a_publication
from standfirst.config.publication_file import PublicationFile


@click.group()
def command() -> None:
    """Make the readers' search anew, or ask it.

    Its index is in the publication's database, and is written whenever an article is. `standfirst check` proves that it is
    right.
    """


@command.command()
@on_a_publication
def rebuild(publication: PublicationFile) -> None:
    """Make the index anew: after an update that says so, in another language, or when `standfirst check` does.

    It can run while the publication is served: the newest articles are found first, and readers are told that not all are.
    """
    from standfirst.search.rebuilding import MadeByAnother, number_of_articles, rebuild

    entered = 0
    try:
        with click.progressbar(length=number_of_articles(), label="Indexing", file=sys.stderr) as bar:
            for now in rebuild():
                bar.update(now - entered)
                entered = now
    except MadeByAnother:
        raise click.ClickException(
            "Another `standfirst search rebuild` has begun since, and makes the index: wait for that one to end."
        ) from None
    click.echo(f"{entered:,} {'article is' if entered == 1 else 'articles are'} in the search index.")


@command.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--newest", is_flag=True, help="The newest first, in place of the best.")
@on_a_publication
def ask(publication: PublicationFile, words: tuple[str, ...], newest: bool) -> None:
    """Search as a reader does, and say what they get: `standfirst search ask by:fenwick rivers`.

    Exit status 1 says that nothing was found.
    """
    from standfirst.search.queries import results

    found = results(" ".join(words), 1, by_date=newest)
    if found is None:
        sys.exit(1)
    if found.is_cut:
        click.echo("This was not searched to its end.")
    if found.instead:
        click.echo(f"Nothing found; this is for: {found.instead.text}")
    for link in (*found.people, *(lead.link for lead in found.leads)):
        click.echo(f"{link.url}  {link.text}")
    if found.count:
        click.echo(found.count)
    for one in found.entries:
        click.echo(f"{one.entry.published_at:%Y-%m-%d}  {one.entry.url}  {one.entry.headline}")
    sys.exit(0 if found.entries or found.people or found.leads else 1)
