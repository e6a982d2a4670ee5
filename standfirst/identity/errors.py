"""What can go wrong with changes of who is who, said in words an editor can act on."""

from django.core.exceptions import ValidationError


class CannotChange(ValidationError):
    """A change of who is who that makes no sense as things are; nothing was done."""


class CannotMerge(CannotChange):
    """Two contributors that may not be made one."""


class CannotUndo(CannotChange):
    """A change that cannot be undone at all: it is undone already."""
