"""The process that `standfirst serve` becomes."""

import argparse
import socket
import sys

from standfirst.config.opening import open_publication, said_plainly


class CannotServe(Exception):
    """The publication can't be served as things are. The message is one sentence that names the mend."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m standfirst.serving")
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, required=True)
    parser.add_argument("--announcement", default="")
    parser.add_argument("--migrate", action="store_true")
    options = parser.parse_args()
    try:
        return serve(options)
    except KeyboardInterrupt:
        return 0  # Before there was anything to stop.
    except Exception as error:
        sentence = str(error) if isinstance(error, CannotServe) else said_plainly(error)
        if not sentence:
            raise
        print(f"Error: {sentence}", file=sys.stderr)  # noqa: T201
        return 2


def serve(options: argparse.Namespace) -> int:
    publication = open_publication()
    from standfirst.config.collecting import collect_static_files
    from standfirst.serving import metrics, readiness, server

    host, port = options.host, options.port
    try:
        server.free_address(host, port)
        if pending := readiness.pending_migrations():
            if not options.migrate:
                steps = "1 step" if len(pending) == 1 else f"{len(pending)} steps"
                raise CannotServe(
                    f"The database is {steps} behind this version: make a backup, then run "
                    f"`standfirst --home {publication.home} manage migrate`."
                )
            readiness.migrate()
        collect_static_files()
        if publication.server.metrics_port:
            metrics.prepare(publication.home / ".metrics")
        return server.serve(
            host=host,
            port=port,
            workers=options.workers,
            announcement=options.announcement
            or f"{publication.name} is at {_shown(host, port)}/, its back office at /admin/.",
        )
    except server.AddressInUse as error:
        raise CannotServe(
            f"Port {port} of {host} can't be listened on ({error}): stop what runs there, or choose another with --port."
        ) from None
    except socket.gaierror:
        raise CannotServe(f"{host} is not an address of this machine: choose one with --host.") from None


def _shown(host: str, port: int) -> str:
    if host in ("127.0.0.1", "0.0.0.0", "::", "::1"):
        host = "localhost"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


if __name__ == "__main__":
    sys.exit(main())
