"""How far an import has come."""

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import TaskID

    from standfirst.importers.run import Progress

_WORDS = {"surveying": "Reading all of it first", "importing": "Importing", "fetching": "Fetching"}


class Bar:
    """Progress with its rate and the time left; on a terminal only."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        console = Console(stderr=True)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[amount]}"),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task: TaskID | None = None
        self._stage = ""
        self._started = 0.0

    def __enter__(self) -> "Bar":
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def show(self, progress: "Progress") -> None:
        if progress.stage != self._stage:
            self._stage, self._started = progress.stage, time.monotonic()
            if self._task is not None:
                self._progress.remove_task(self._task)
            words = _WORDS[progress.stage]
            self._task = self._progress.add_task(words, total=progress.total, amount="", rate="")
        seconds = max(time.monotonic() - self._started, 0.001)
        if progress.unit == "bytes":
            amount = f"{progress.done / 1e6:,.0f} of {progress.total / 1e6:,.0f} MB"
            rate = f"{progress.done / 1e6 / seconds:,.0f} MB/s"
        elif progress.unit == "files":
            amount, rate = f"{progress.done:,} files", f"{progress.done / seconds:,.0f} a second"
        else:
            amount = f"{progress.done:,} of {progress.total:,}"
            rate = f"{progress.done / seconds:,.0f} a second"
        assert self._task is not None
        self._progress.update(self._task, completed=progress.done, amount=amount, rate=rate)
