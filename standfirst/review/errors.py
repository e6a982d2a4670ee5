"""What can go wrong with an answer, said in words an editor can act on."""

from django.core.exceptions import ValidationError


class CannotAnswer(ValidationError):
    """An answer that does not fit the question, or comes too late; nothing was done."""


class BadSpreadsheet(Exception):
    """A spreadsheet that cannot be taken in, in one sentence that names the row and the mend; nothing was done."""
