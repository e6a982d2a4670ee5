"""Reads a byline."""

import re
from collections.abc import Collection

from standfirst.bylines.reading.values import BylineReading, ReadCredit


def read_byline(
    raw: str,
    *,
    field: str = "",
    publication: str = "",
    language: str = "",
    organisations: Collection[str] = (),
) -> BylineReading:
    """The credits a byline names, in printed order, and a sentence for each thing that is not sure."""
    text = re.sub(r"^by:?\s+", "", " ".join(raw.split()), flags=re.I)
    names = [name.strip() for name in re.split(r",? and |, | & ", text) if name.strip()]
    return BylineReading(raw, tuple(ReadCredit(name) for name in names))
