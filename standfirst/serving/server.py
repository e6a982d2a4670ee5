"""`standfirst serve`: the web processes and the scheduler, as one tree that starts and stops together.

The application is loaded once, here, and the processes are forked from it: they share its memory, and are ready
as soon as they exist.
"""

import asyncio
import ctypes
import gc
import logging
import multiprocessing
import multiprocessing.connection
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from multiprocessing.process import BaseProcess

from django.conf import settings
from django.db import connections
from granian.constants import HTTPModes, Interfaces, RuntimeModes
from granian.log import LogLevels
from granian.server import Server

from standfirst.serving import worker
from standfirst.serving.reception import Reception

log = logging.getLogger("standfirst.server")

# Requests still running when we are told to stop get this long.
SECONDS_TO_STOP = 5
# What waits to be accepted, in each process.
BACKLOG = 2_048
PR_SET_PDEATHSIG = 1
STOPPING = (signal.SIGTERM, signal.SIGINT)


class AddressInUse(Exception):
    """Somebody else listens there."""


def serve(*, address: str, port: int, workers: int, on_ready: Callable[[], None]) -> int:
    """Serve until told to stop, and return the exit status."""
    connections.close_all()  # A connection must not be shared across a fork.
    gc.collect()
    gc.freeze()

    server = Server(
        target="standfirst.serving",
        address=address,
        port=port,
        interface=Interfaces.RSGI,
        runtime_mode=RuntimeModes.mt,
        # The server before us speaks HTTP/2 with readers. With it would come its ways of asking much and reading nothing.
        http=HTTPModes.http1,
        http1_settings=worker.HTTP_SETTINGS,
        workers=workers,
        backlog=BACKLOG,
        backpressure=worker.connections_allowed(),
        websockets=False,
        log_level=LogLevels.warning,
        log_dictconfig=settings.LOGGING,
        respawn_failed_workers=True,
        workers_kill_timeout=SECONDS_TO_STOP,
    )
    settings.HEARTBEAT.touch()
    scheduler = Kept(partial(run_scheduler, address, port), name="scheduler")
    server.on_startup(scheduler.start)
    server.on_startup(on_ready)
    server.on_shutdown(scheduler.stop)
    start_children_deaf_to_our_signals()
    try:
        server.serve(worker.serve_requests, target_loader=load_reception, wrap_loader=False)
    except SystemExit as stopped:
        if not server.interrupt_signal:
            log.error("The web processes stopped and could not be kept running.")
            return int(stopped.code or 1)
    finally:
        scheduler.stop()
    return 0


def numeric_address(host: str, port: int) -> str:
    """The numeric address to listen on. Raises socket.gaierror."""
    return str(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][4][0])


def must_be_free(address: str, port: int) -> None:
    """Raise AddressInUse if somebody listens there.

    Asked of a plain socket: granian's share their port with whoever shares it too, and would start a second
    publication on the first one's port without a word.
    """
    family, kind, protocol, _, where = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(where)
        except OSError as error:
            raise AddressInUse(error.strerror or str(error)) from None


def load_reception() -> Callable[[asyncio.AbstractEventLoop], Reception]:
    """What makes the reception, in a web process of its own."""
    become_part_of_the_tree()
    from standfirst.serving.wsgi import reception

    return reception


def run_scheduler(address: str, port: int) -> None:
    """The scheduler, in a process of its own, beside the web processes that listen at this address."""
    become_part_of_the_tree()
    stop = threading.Event()
    for number in STOPPING:
        signal.signal(number, lambda *_: stop.set())
    from standfirst.serving import metrics, wellness
    from standfirst.serving.scheduler import Scheduler
    from standfirst.serving.upkeep import upkeep

    if metrics.is_on():
        metrics.answer_for_all(settings.STANDFIRST.server.metrics_port, stop)
    if settings.STANDFIRST.server.health_port:
        wellness.answer_for_our_health(
            address, settings.STANDFIRST.server.health_port, web=_reached_at(address, port), stop=stop
        )

    with upkeep(stop):
        Scheduler().run(stop)


def _reached_at(address: str, port: int) -> str:
    """Where the web processes can be asked from this machine."""
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)
    return f"[{here}]:{port}" if ":" in here else f"{here}:{port}"


def start_children_deaf_to_our_signals() -> None:
    """Make every process forked from here begin with the default answer to a signal.

    It would inherit our handlers, which only make a note for us: told to stop before it has handlers of its own, it
    would not hear it. Signals wait while a process is forked, so there is no moment in which one is lost.
    """

    def reset() -> None:
        for number in STOPPING:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)

    os.register_at_fork(
        before=lambda: signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING),
        after_in_parent=lambda: signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING),
        after_in_child=reset,
    )


def become_part_of_the_tree() -> None:
    """Leave Ctrl-C to the parent, which stops us in order; and stop if the parent is gone, however it went."""
    os.setpgrp()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Kept:
    """A process that is started again whenever it dies, until it is told to stop."""

    LONGEST_PAUSE = 30.0

    def __init__(self, target: Callable[[], None], *, name: str) -> None:
        self.target = target
        self.name = name
        self.process: BaseProcess | None = None
        self._started = threading.Event()
        self._stopping = threading.Event()
        # The process is started from this thread and no other: it ends when the thread that started it does.
        self._keeper = threading.Thread(target=self._keep, name=f"keeper of the {name}", daemon=True)

    def start(self) -> None:
        """Start it, and return when it is there.

        Two processes must not be forked at once: each would hold an end of the other's pipe open, and the end of
        either be noticed only at the end of both.
        """
        self._keeper.start()
        self._started.wait()

    def stop(self) -> None:
        if self._stopping.is_set():
            return
        self._stopping.set()
        if self._keeper.is_alive():
            self._keeper.join(SECONDS_TO_STOP + 2)

    def _keep(self) -> None:
        pause = 1.0
        while not self._stopping.is_set():
            started = time.monotonic()
            self.process = multiprocessing.get_context().Process(target=self.target, name=self.name)
            self.process.start()
            self._started.set()
            while self.process.is_alive() and not self._stopping.is_set():
                multiprocessing.connection.wait([self.process.sentinel], timeout=0.2)
            if self._stopping.is_set():
                self._end(self.process)
                return
            pause = 1.0 if time.monotonic() - started > 60 else min(pause * 2, self.LONGEST_PAUSE)
            log.error("The %s ended unexpectedly (status %s).", self.name, self.process.exitcode)
            self._stopping.wait(pause)

    def _end(self, process: BaseProcess) -> None:
        process.terminate()
        process.join(SECONDS_TO_STOP)
        if process.is_alive():
            process.kill()
            process.join()
