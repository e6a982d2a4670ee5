"""Cursors: where in a list the next page begins. They say so by position, and only to us.

A cursor is signed, and good for one list alone. So nobody can make one up: what is kept for each is no more than there is.
"""

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from .errors import NotUnderstood

LONGEST = 600


def cursor_at(position: str, *, of: str) -> str:
    """The cursor for a position in the list `of` this name."""
    return _signer(of).sign(position)


def position_of(cursor: str, *, of: str) -> str:
    """The position that a cursor of this list stands for; NotUnderstood for anything else."""
    try:
        if len(cursor) > LONGEST:
            raise BadSignature
        return _signer(of).unsign(cursor)
    except (BadSignature, UnicodeError):
        message = _("This cursor is not one of this list's: begin without one, and follow “next”.")
        raise NotUnderstood(message) from None


def _signer(of: str) -> Signer:
    return Signer(salt=f"standfirst.api:{of}", sep="~")
