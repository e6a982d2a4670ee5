"""`standfirst demo`: a sample magazine to look around in."""

import shutil
import tempfile
from pathlib import Path

import click

from standfirst.cli.errors import Refusal
from standfirst.cli.serve import serve
from standfirst.config import publication_file
from standfirst.config.opening import open_publication
from standfirst.config.publication_directory import new_directory, own_address, publication_text, with_port
from standfirst.config.publication_file import FILE_NAME, Server
from standfirst.contributors.paths import CONTRIBUTOR_PATHS

ACCOUNT = "editor"
# Everybody may know it: a demo listens on this machine only.
PASSWORD = "lantern-light"
PROLIFIC = "orla-fenwick"


@click.command()
@click.argument("directory", default="demo", type=click.Path(path_type=Path), metavar="[DIR]")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    help="Listen on this port, and say so in its addresses. Otherwise the one it had last; of a new one, 8000.",
)
@click.option("--no-serve", is_flag=True, help="Make it, say how to log in, and do not serve it.")
def command(directory: Path, port: int | None, no_serve: bool) -> None:
    """Make a sample magazine in DIR (otherwise ./demo), and serve it.

    The Lantern is fifteen years of an invented magazine: fourteen contributors, ninety articles, and an archive
    worth browsing. If it is there already it is served as you left it. Delete the directory to begin anew.
    """
    home = directory.expanduser().resolve()
    if not (home / FILE_NAME).exists():
        make(home, port or Server().port)
    elif port:
        move(home, port)
    publication = publication_file.read(home)
    # Where its address says: a file that names another port than its address does was made before the two went together.
    host, port = own_address(publication.address) or ("127.0.0.1", port or publication.server.port)
    site = publication.address if own_address(publication.address) else f"http://localhost:{port}"
    if no_serve:
        click.echo(f"Serve it with:  standfirst --home {click.format_filename(str(directory))} serve")
        click.echo(f"Log in at {site}/admin/ as {ACCOUNT} with the password {PASSWORD}")
        return
    serve(
        publication,
        host=host,
        port=port,
        migrate=True,
        announcement="\n".join(
            (
                "",
                f"  The magazine                 {site}/",
                f"  A contributor's archive      {site}{CONTRIBUTOR_PATHS.of(PROLIFIC)}",
                f"  The back office              {site}/admin/   (log in as {ACCOUNT}, password {PASSWORD})",
                "",
            )
        ),
    )


def move(home: Path, port: int) -> None:
    """Give the sample in `home` another port, in every address it tells of itself."""
    file = home / FILE_NAME
    publication_file.read(home)  # It says in a sentence what is wrong with the file.
    text = file.read_text(encoding="utf-8-sig")
    moved = with_port(text, home, port)
    if moved == text:
        return
    open_publication(str(home))
    from standfirst.publications.actions import readdress_publication

    # The file last: begun again after a failure, it is all done again.
    readdress_publication(publication_file.parse(moved, home).address)
    file.write_text(moved, encoding="utf-8")


def make(home: Path, port: int) -> None:
    """Make the sample in `home`, whole or not at all: it is made beside it and moved there when it is complete."""
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise Refusal(f"{home} is not a publication and not empty: name another directory.")
    click.echo(f"Making The Lantern, a sample magazine, in {home}. It takes a minute or so, once.")
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        workshop = Path(tempfile.mkdtemp(prefix=f".{home.name}-", dir=home.parent))
    except OSError as error:
        raise Refusal(f"{home} can't be made: {error.strerror}. Name another directory.") from None
    try:
        text = publication_text(
            name="The Lantern", address=f"http://localhost:{port}", time_zone="Europe/London"
        )
        with new_directory(workshop, text):
            from standfirst.cli.init import set_up

            set_up(workshop, user=ACCOUNT, email="", password=PASSWORD)
            _fill()
        workshop.rename(home)
    except BaseException:
        shutil.rmtree(workshop, ignore_errors=True)
        raise


def _fill() -> None:
    from django.contrib.auth import get_user_model
    from django.db import connection

    from standfirst.cli.demo_content.making import make_magazine

    make_magazine(
        by=get_user_model().objects.get(username=ACCOUNT), progress=lambda word: click.echo(f"  … {word}")
    )
    connection.close()
