"""One web process: granian's HTTP server, its requests handed to the reception (docs/decisions/0014).

granian hands an RSGI request over by a coroutine, in the event loop; a kept page takes half as long again that way. So this
leans on three things of granian's own: `WorkerProcess.wrap_target`, the worker's arguments, and the scheduler whose
`_schedule_fn` its threads call with each request. `tests/serving/test_worker.py` fails when one goes.
"""

import asyncio
import os
import resource
import signal
import socket
from collections.abc import Callable
from importlib import import_module
from typing import Any

from granian.http import HTTP1Settings
from granian.server.mp import WorkerProcess

# What its Rust part really takes is not what its stubs say.
_granian: Any = import_module("granian._granian")

# They look kept pages up, and wait for nothing else: more would only wait for Python's lock.
THREADS = 3
# A connection that says nothing for so long is closed: before a request, in the midst of its headers, or after an answer.
SECONDS_OF_SILENCE = 30
# A reader who takes nothing at all for so long is given up.
SECONDS_WITHOUT_READING = 60
BYTES_OF_HEADERS = 64 * 1024
# In each process. One takes some kilobytes, and with a file on its way to a slow reader some hundred.
MOST_CONNECTIONS = 8_192
# For the database, the log, the processes' own.
OTHER_FILES = 512
STOPPING = (signal.SIGTERM, signal.SIGINT)

HTTP_SETTINGS = HTTP1Settings(header_read_timeout=SECONDS_OF_SILENCE * 1000, max_buffer_size=BYTES_OF_HEADERS)


def connections_allowed() -> int:
    """How many connections a process may have, by how many files the system lets it open: two for each reader."""
    files, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * MOST_CONNECTIONS + OTHER_FILES
    if files == resource.RLIM_INFINITY:
        return MOST_CONNECTIONS
    files = max(files, wanted if most == resource.RLIM_INFINITY else min(wanted, most))
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, most))
    return max(64, min(MOST_CONNECTIONS, (files - OTHER_FILES) // 2))


def given_up_when_not_read(sock: tuple[Any, Any]) -> tuple[Any, Any]:
    """granian's pair of a socket to be made and one that is there, with a limit to how long a reader may take nothing."""
    to_make, there = sock
    if not hasattr(socket, "TCP_USER_TIMEOUT"):
        return sock
    there = there or to_make.build()
    with socket.socket(fileno=os.dup(there.get_fd())) as listener:
        # Each connection has it from here. Linux counts the time without any room at the reader's, too (tcp(7)).
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, SECONDS_WITHOUT_READING * 1000)
    return None, there


def scheduler(loop: asyncio.AbstractEventLoop, take: Callable[[Any, Any], None]) -> Any:
    """Has granian's threads call a function with each request, rather than a coroutine in the event loop."""
    scheduler = _granian.CallbackScheduler(loop, None, None, None, None)

    def taken(watcher: Any) -> None:
        take(watcher.scope, watcher.proto)

    scheduler._schedule_fn = taken
    return scheduler


@WorkerProcess.wrap_target
def serve_requests(
    worker_id: int,
    make_reception: Callable[[asyncio.AbstractEventLoop], Any],
    sock: Any,
    ipc: Any,
    loop: asyncio.AbstractEventLoop,
    runtime_mode: Any,
    runtime_threads: int,
    runtime_blocking_threads: int | None,
    blocking_threads: int,
    blocking_threads_idle_timeout: int,
    backpressure: int,
    task_impl: Any,
    http_mode: Any,
    http1_settings: HTTP1Settings | None,
    *rest: Any,
) -> None:
    """Serve until told to stop. The arguments are those of granian's own workers, which are made from its settings."""
    reception = make_reception(loop)
    stopped = asyncio.Event()
    stop = _granian.WorkerSignal()
    # After the last answer.
    stop.add_cb(lambda: loop.call_soon_threadsafe(stopped.set))

    def begin_to_stop() -> None:
        reception.close()
        stop.set()

    for number in STOPPING:
        loop.add_signal_handler(number, begin_to_stop)
    http2_settings, websockets, static_path, _, tls, _, metrics = rest
    worker = _granian.RSGIWorker(
        worker_id,
        given_up_when_not_read(sock),
        ipc,
        runtime_threads,
        runtime_blocking_threads,
        THREADS,
        blocking_threads_idle_timeout,
        backpressure,
        http_mode,
        http1_settings,
        http2_settings,
        websockets,
        static_path,
        *tls,
        metrics,
    )
    worker.serve_mtr(scheduler(loop, reception), loop, stop)
    loop.run_until_complete(stopped.wait())
