"""Shares conversion out among processes, while this one writes."""

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import TypeVar

Job = TypeVar("Job")
Context = TypeVar("Context")
Result = TypeVar("Result")

CHUNK = 64
# Starting a process costs as much as converting some hundred articles.
WORTH_STARTING = 800


def convert_in_order(
    items: Iterable[tuple[Context, Job]],
    work: Callable[[list[Job]], list[Result]],
    *,
    expected: int,
    processes: int | None = None,
) -> Iterator[tuple[Context, Result]]:
    """Yields each item's context with the result of its job, in order; never more than a few chunks are under way."""
    if processes is None:
        processes = min(4, max(1, _cores() - 1)) if expected >= WORTH_STARTING and _cores() > 1 else 0
    chunks = _chunks(items)
    if not processes:
        for chunk in chunks:
            yield from _joined(chunk, work([job for _, job in chunk]))
        return
    # Spawned, not forked: a fork would share this process's database connection.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_end_with_parent) as pool:
        under_way: deque[tuple[list[tuple[Context, Job]], Future[list[Result]]]] = deque()
        for chunk in chunks:
            under_way.append((chunk, pool.submit(work, [job for _, job in chunk])))
            if len(under_way) > processes * 3:
                yield from _finished(under_way)
        while under_way:
            yield from _finished(under_way)


def _finished(
    under_way: "deque[tuple[list[tuple[Context, Job]], Future[list[Result]]]]",
) -> Iterator[tuple[Context, Result]]:
    chunk, future = under_way.popleft()
    yield from _joined(chunk, future.result())


def _joined(chunk: list[tuple[Context, Job]], results: list[Result]) -> Iterator[tuple[Context, Result]]:
    return zip((context for context, _ in chunk), results, strict=True)


def _chunks(items: Iterable[tuple[Context, Job]]) -> Iterator[list[tuple[Context, Job]]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _end_with_parent() -> None:
    """Ends this worker when the process that started it is killed: nothing else would tell it."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
