"""Reads ahead in other processes, while this one writes.

Reading, drafting and converting cost about as much as writing, or more. One file is read by one process beside this one;
a folder of files is shared out among as many as there are processors. Nothing crosses between them but what was found.
"""

import gc
import multiprocessing
import os
import pickle
import queue
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

Item = TypeVar("Item")
Part = TypeVar("Part")

# Between the processes travels this many items at a time, or fewer heavy ones.
CHUNK = 50
HEAVIEST_CHUNK = 300_000
CHUNKS_WAITING = 12
# Starting a process costs as much as reading some hundred articles.
WORTH_STARTING = 800
# Each holds some hundred megabytes; one that writes keeps about two that read busy.
MOST_READERS = 4
PARTS_WAITING = 12  # for each reader


def read_ahead(
    read: Callable[[], Iterable[Item]],
    *,
    weigh: Callable[[Item], int],
    expected: int,
    processes: int | None = None,
) -> Iterator[Item]:
    """What `read` yields, in order. With another process to spare, `read` runs there, and at once; it must be picklable.

    No more than some dozen chunks wait between the two, so memory stays flat whoever is faster. An error of the reader is
    raised here. If this process is killed, the reader ends at its next word.
    """
    if processes is None:
        processes = 2 if expected >= WORTH_STARTING and _cores() > 1 else 1
    if processes < 2:
        return iter(read())
    # Spawned, not forked: a fork would share this process's database connection.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    reader = context.Process(target=_read, args=(read, weigh, theirs), daemon=True)
    reader.start()
    theirs.close()
    # The pipe itself holds a few articles only; a thread keeps it empty while this process writes.
    waiting: queue.Queue[bytes | None] = queue.Queue(CHUNKS_WAITING)
    closing = threading.Event()
    threading.Thread(target=_drain, args=(ours, waiting, closing), daemon=True).start()
    received = _received(reader, waiting, closing)
    next(received)  # now it ends the reader however it ends itself
    return received


def _received(
    reader: BaseProcess, waiting: "queue.Queue[bytes | None]", closing: threading.Event
) -> Iterator[Any]:
    try:
        yield None
        while (message := waiting.get()) is not None:
            found = pickle.loads(message)
            if found is None:
                return
            if isinstance(found, BaseException):
                raise found
            yield from found
        raise RuntimeError("The process that reads the archive has died.")
    finally:
        closing.set()
        reader.terminate()
        reader.join(timeout=10)


def _drain(pipe: Connection, waiting: "queue.Queue[bytes | None]", closing: threading.Event) -> None:
    while not closing.is_set():
        try:
            message: bytes | None = pipe.recv_bytes()
        except (EOFError, OSError):
            message = None
        while not closing.is_set():
            try:
                waiting.put(message, timeout=1)
                break
            except queue.Full:
                continue
        if message is None:
            return


def _read(read: Callable[[], Iterable[Item]], weigh: Callable[[Item], int], pipe: Connection) -> None:
    gc.disable()  # Drafts hold no cycles, and the collector would look for them all the time.
    try:
        for chunk in in_batches(read(), most=CHUNK, heaviest=HEAVIEST_CHUNK, weigh=weigh):
            pipe.send_bytes(pickle.dumps(chunk, pickle.HIGHEST_PROTOCOL))
        pipe.send_bytes(pickle.dumps(None))
    except BrokenPipeError:
        return  # nobody is listening any more
    except Exception as error:
        pipe.send_bytes(pickle.dumps(error))


def read_in_parts(
    read: Callable[[Part], Item], parts: Iterable[Part], *, expected: int, processes: int | None = None
) -> Iterator[Item]:
    """What `read` makes of each part, in the order of the parts. Like `read_ahead`, but shared out among processes.

    `read` is sent to each of them once, and must be picklable. `expected` is how many records there are in all the parts,
    and `processes` how many may be used, with this one.
    """
    if processes is None:
        processes = 1 + min(_cores(), MOST_READERS) if expected >= WORTH_STARTING and _cores() > 1 else 1
    if processes < 2:
        return map(read, parts)
    results = _shared_out(read, iter(parts), processes - 1)
    next(results)  # now it ends the readers however it ends itself
    return results


def _shared_out(read: Callable[[Part], Item], parts: Iterator[Part], readers: int) -> Iterator[Any]:
    pool = ProcessPoolExecutor(
        readers, multiprocessing.get_context("spawn"), initializer=_prepare, initargs=(read,)
    )
    waiting: deque[Future[Any]] = deque()
    try:
        waiting.extend(pool.submit(_read_part, part) for part in islice(parts, readers * PARTS_WAITING))
        yield None
        while waiting:
            found = waiting.popleft().result()
            waiting.extend(pool.submit(_read_part, part) for part in islice(parts, 1))
            yield found
    finally:
        pool.shutdown(cancel_futures=True)


_reader: Callable[[Any], Any] | None = None  # of this process, if it is one of `_shared_out`


def _prepare(read: Callable[[Any], Any]) -> None:
    global _reader
    _reader = read
    gc.disable()
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    """A pool's process waits for its next part for ever, even when the process that gives them was killed."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _read_part(part: Any) -> Any:
    assert _reader is not None
    return _reader(part)


def in_batches(
    items: Iterable[Item], *, most: int, heaviest: int = 0, weigh: Callable[[Item], int] = lambda item: 0
) -> Iterator[list[Item]]:
    """The items in batches of at most so many, and of hardly more than so much weight."""
    batch: list[Item] = []
    weight = 0
    for item in items:
        batch.append(item)
        weight += weigh(item)
        if len(batch) >= most or weight >= heaviest > 0:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def fewer_collections() -> Iterator[None]:
    """Lets the garbage collector rest while batches are made; `after_batch` then does at once what it left undone.

    What is there already is kept out of its way, so that it looks through a batch's objects only.
    """
    before = gc.get_threshold()
    gc.set_threshold(500_000, 20, 20)
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


def after_batch() -> None:
    """Frees what a batch leaves behind: pages and their bodies point at each other, and hold the articles' text."""
    gc.collect()
