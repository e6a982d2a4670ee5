"""From a byline as somebody typed it to credits. Pure Python: no Django, no database, never an exception."""

from standfirst.bylines.reading.archive import Archive
from standfirst.bylines.reading.given import is_given_name
from standfirst.bylines.reading.learning import Byline, learn
from standfirst.bylines.reading.reader import read_byline
from standfirst.bylines.reading.values import (
    NO_PERSONS,
    NOBODY,
    BylineReading,
    Kind,
    ReadCredit,
    Role,
    as_json,
    contributor_kind,
)

__all__ = [
    "is_given_name",
    "read_byline",
    "learn",
    "Byline",
    "Archive",
    "as_json",
    "BylineReading",
    "ReadCredit",
    "Role",
    "Kind",
    "NOBODY",
    "NO_PERSONS",
    "contributor_kind",
]
