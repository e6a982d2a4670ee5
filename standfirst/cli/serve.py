"""`standfirst serve`: the site, the back office and the scheduler, in one command."""

import socket

import click

from standfirst.cli.errors import Refusal
from standfirst.cli.opening import on_a_publication
from standfirst.config.publication_file import PublicationFile


@click.command()
@click.option("--host", help="Listen on this address, rather than the file's.")
@click.option("--port", type=click.IntRange(1, 65535), help="Listen on this port, rather than the file's.")
@click.option(
    "--workers", type=click.IntRange(1, 64), help="Run this many web processes, rather than the file's."
)
@on_a_publication
def command(publication: PublicationFile, host: str | None, port: int | None, workers: int | None) -> None:
    """Serve the publication: its site, its back office, and what is scheduled.

    Stops cleanly on Ctrl-C or SIGTERM. Put a server that speaks HTTPS in front of it to go public.
    """
    run(publication, host=host, port=port, workers=workers)


def run(
    publication: PublicationFile,
    *,
    host: str | None = None,
    port: int | None = None,
    workers: int | None = None,
    announcement: str = "",
) -> None:
    """Serve an opened publication until told to stop; then leave with the exit status."""
    from standfirst.serving import readiness, server

    host = host or publication.server.host
    port = port or publication.server.port
    try:
        server.free_address(host, port)
    except server.AddressInUse as error:
        raise Refusal(
            f"{host}:{port} can't be listened on ({error}): stop what runs there, or choose another with --port."
        ) from None
    except socket.gaierror:
        raise Refusal(f"{host} is not an address of this machine: choose one with --host.") from None

    if pending := readiness.pending_migrations():
        raise Refusal(
            f"The database is {len(pending)} steps behind this version: make a backup, then run "
            f"`standfirst --home {publication.home} manage migrate`."
        )
    readiness.collect_static_files()
    here = (
        f"[{host}]" if ":" in host else host.replace("0.0.0.0", "localhost").replace("127.0.0.1", "localhost")
    )
    message = announcement or f"{publication.name} is at http://{here}:{port}/, its back office at /admin/."
    status = server.serve(
        host=host,
        port=port,
        workers=workers or publication.server.workers,
        when_ready=lambda: click.echo(f"{message}\nCtrl-C stops it."),
    )
    raise SystemExit(status)
