"""`standfirst serve`: the site, the back office and the scheduler, in one command."""

import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from standfirst.cli.opening import home_option
from standfirst.config import publication_file
from standfirst.config.publication_file import HOME_VARIABLE, PublicationFile

SOURCE = str(Path(__file__).resolve().parents[2])


@click.command()
@click.option("--host", help="Listen on this address, rather than the file's.")
@click.option("--port", type=click.IntRange(1, 65535), help="Listen on this port, rather than the file's.")
@click.option(
    "--workers", type=click.IntRange(1, 64), help="Run this many web processes, rather than the file's."
)
@home_option
def command(home: str | None, host: str | None, port: int | None, workers: int | None) -> None:
    """Serve the publication: its site, its back office and its scheduled articles.

    Stops cleanly on Ctrl-C or SIGTERM. Before going public, put a server that speaks HTTPS in front of it.
    """
    publication = publication_file.read(publication_file.find_home(home))
    serve(publication, host=host, port=port, workers=workers)


def serve(
    publication: PublicationFile,
    *,
    host: str | None = None,
    port: int | None = None,
    workers: int | None = None,
    announcement: str = "",
    migrate: bool = False,
) -> NoReturn:
    """Become the server of this publication: it takes over the process, so signals reach it and nobody else.

    `migrate` brings its database up to this version first; a real one is its keeper's to back up and migrate.
    """
    os.environ[HOME_VARIABLE] = str(publication.home)
    arguments = {
        "--host": host or publication.server.host,
        "--port": str(port or publication.server.port),
        "--workers": str(workers or publication.server.workers),
        "--announcement": announcement,
    }
    sys.stdout.flush()
    # The code that was asked to serve is the code that serves, installed or not.
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (SOURCE, os.environ.get("PYTHONPATH"))))
    words = [word for pair in arguments.items() for word in pair] + ["--migrate"] * migrate
    # -P: what lies in the directory one stands in is not to be imported by its name.
    os.execv(sys.executable, [sys.executable, "-P", "-m", "standfirst.serving", *words])
