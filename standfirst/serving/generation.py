"""One generation of the server: what `python -m standfirst.serving` starts, and starts anew to reload."""

import argparse
import os
import socket
import sys
import time
from pathlib import Path
from threading import Thread

from standfirst.config.opening import open_publication, said_plainly
from standfirst.config.publication_directory import readable_by_everybody

LISTENING = "0A"


class CannotServe(Exception):
    """The publication can't be served as things are. The message is one sentence that names the mend."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m standfirst.serving.generation")
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, required=True)
    parser.add_argument("--announcement", default="")
    parser.add_argument("--migrate", action="store_true")
    parser.add_argument("--takeover", action="store_true", help="listen beside a generation that is to end")
    parser.add_argument("--ready", type=int, help="a descriptor on which to say that we serve")
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
    from standfirst.serving.trying_theme import faults_of_theme

    host, port = options.host, options.port
    try:
        address = server.numeric_address(host, port)
        if not options.takeover:
            server.must_be_free(address, port)
        if said := readiness.not_ready(publication.home, may_migrate=options.migrate):
            raise CannotServe(said)
        if said := readable_by_everybody(publication):
            print(f"Warning: {said}", file=sys.stderr)  # noqa: T201
        collect_static_files()
        for said in faults_of_theme(publication):
            print(f"Warning: {said}", file=sys.stderr)  # noqa: T201
        if publication.server.metrics_port:
            metrics.prepare(publication.home / ".metrics", goes_on=options.takeover)
        return server.serve(
            address=address,
            port=port,
            workers=options.workers,
            # On a thread: the web processes that listen are started after this is called.
            on_ready=Thread(target=say_ready, args=(options, publication.name), daemon=True).start,
        )
    except server.AddressInUse as error:
        raise CannotServe(
            f"Port {port} of {host} can't be listened on ({error}): stop what runs there, or choose another with --port."
        ) from None
    except socket.gaierror:
        raise CannotServe(f"{host} is not an address of this machine: choose one with --host.") from None


def say_ready(options: argparse.Namespace, name: str) -> None:
    """Say, as soon as we do, that we serve: to whoever started us and, the first time, to people."""
    while not listens(options.port):
        time.sleep(0.01)
    if not options.takeover:
        where = f"{name} is at {_shown(options.host, options.port)}/, its back office at /admin/."
        print(options.announcement or where, "Ctrl-C stops it.", sep="\n", flush=True)  # noqa: T201
    if options.ready is not None:
        os.write(options.ready, b"1")
        os.close(options.ready)


def listens(port: int) -> bool:
    """Whether a process of ours listens on this port: ours, and not another generation's."""
    if sys.platform != "linux":
        return True
    own = {
        target
        for task in Path("/proc/self/task").iterdir()
        for child in (task / "children").read_text().split()
        for target in _targets(Path("/proc", child, "fd"))
    }
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/self/net/{table}").read_text().splitlines()[1:]:
            # proc(5): the second column is address:port, the fourth the state, the tenth the socket's inode.
            _, local, _, state, *_, inode = line.split()[:10]
            if (
                state == LISTENING
                and int(local.rpartition(":")[2], 16) == port
                and f"socket:[{inode}]" in own
            ):
                return True
    return False


def _targets(folder: Path) -> list[str]:
    """What the links in a folder point to."""
    try:
        return [os.readlink(link) for link in folder.iterdir()]
    except OSError:
        return []  # The process has just ended, or closed one of them: the next look will tell.


def _shown(host: str, port: int) -> str:
    if host in ("127.0.0.1", "0.0.0.0", "::", "::1"):
        host = "localhost"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


if __name__ == "__main__":
    sys.exit(main())
