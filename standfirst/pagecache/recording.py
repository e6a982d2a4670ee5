"""Which keys a rendering shows: noted while it renders, wherever in the house that happens."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from .keys import EVERYTHING

_shown: ContextVar[set[str] | None] = ContextVar("shown", default=None)


def shows(*keys: str) -> None:
    """Note that what is being rendered shows what these keys stand for. Costs nothing when nobody asks."""
    shown = _shown.get()
    if shown is not None:
        shown.update(keys)


@contextmanager
def recording() -> Iterator[set[str]]:
    """The keys that are shown inside; complete when the block ends."""
    shown = {EVERYTHING}
    token = _shown.set(shown)
    try:
        yield shown
    finally:
        _shown.reset(token)
