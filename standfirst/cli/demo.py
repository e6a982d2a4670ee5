"""`standfirst demo`: a sample magazine to look around in."""

import shutil
import tempfile
from pathlib import Path

import click

from standfirst.cli.errors import Refusal
from standfirst.cli.serve import serve
from standfirst.config import publication_file
from standfirst.config.publication_directory import new_directory, publication_text
from standfirst.config.publication_file import FILE_NAME
from standfirst.contributors.paths import CONTRIBUTOR_PATHS

ACCOUNT = "editor"
# Everybody may know it: a demo listens on this machine only.
PASSWORD = "lantern-light"
PROLIFIC = "orla-fenwick"


@click.command()
@click.argument("directory", default="demo", type=click.Path(path_type=Path), metavar="[DIR]")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Listen on this port."
)
@click.option("--no-serve", is_flag=True, help="Make it, and do not serve it.")
def command(directory: Path, port: int, no_serve: bool) -> None:
    """Make a sample magazine in DIR (otherwise ./demo), and serve it.

    The Lantern is fifteen years of an invented magazine: fourteen contributors, ninety articles, and an archive
    worth browsing. If it is there already it is served as you left it. Delete the directory to begin anew.
    """
    home = directory.expanduser().resolve()
    if not (home / FILE_NAME).exists():
        make(home, port)
    if no_serve:
        click.echo(f"Serve it with:  standfirst --home {click.format_filename(str(directory))} serve")
        return
    site = f"http://localhost:{port}"
    serve(
        publication_file.read(home),
        host="127.0.0.1",
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


def make(home: Path, port: int) -> None:
    """Make the sample in `home`, whole or not at all: it is made beside it and moved there when it is complete."""
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise Refusal(f"{home} is not a publication and not empty: name another directory.")
    click.echo(f"Making The Lantern, a sample magazine, in {home}. It takes half a minute, once.")
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
