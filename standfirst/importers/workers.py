"""Reads ahead in another process, while this one writes.

Reading, drafting and converting cost about as much as writing. Two processes share them evenly, and nothing crosses
between them but finished drafts.
"""

import multiprocessing
import os
import pickle
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from multiprocessing.connection import Connection
from typing import TypeVar

Item = TypeVar("Item")

CHUNK = 100
# Starting a process costs as much as reading some hundred articles.
WORTH_STARTING = 800


def read_ahead(
    read: Callable[[], Iterable[Item]], *, expected: int, processes: int | None = None
) -> Iterator[Item]:
    """Yields what `read` yields, in order. With another process to spare, `read` runs there; it must be picklable.

    The pipe between the two holds little: the reader waits while the writer is behind. An error of the reader is raised
    here. If this process is killed, the reader ends at its next word.
    """
    if processes is None:
        processes = 2 if expected >= WORTH_STARTING and _cores() > 1 else 1
    if processes < 2:
        yield from read()
        return
    # Spawned, not forked: a fork would share this process's database connection.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    reader = context.Process(target=_read, args=(read, theirs), daemon=True)
    reader.start()
    theirs.close()
    try:
        yield from _received(ours)
    finally:
        ours.close()
        reader.join(timeout=10)


def _received(pipe: Connection) -> Iterator[Item]:  # type: ignore[type-var]
    while True:
        try:
            message = pickle.loads(pipe.recv_bytes())
        except EOFError:
            raise RuntimeError("The process that reads the archive has died.") from None
        if message is None:
            return
        if isinstance(message, BaseException):
            raise message
        yield from message


def _read(read: Callable[[], Iterable[Item]], pipe: Connection) -> None:
    try:
        items = iter(read())
        while chunk := list(islice(items, CHUNK)):
            pipe.send_bytes(pickle.dumps(chunk, pickle.HIGHEST_PROTOCOL))
        pipe.send_bytes(pickle.dumps(None))
    except BrokenPipeError:
        return  # nobody is listening any more
    except Exception as error:
        pipe.send_bytes(pickle.dumps(error))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
