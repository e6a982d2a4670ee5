"""Changes of who is who. Each is whole or not at all, keeps a journal of every row it touches, and can be undone.

Callers check permission first: the journal holds names that people asked to have forgotten.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser

from standfirst.contributors.models import Contributor

from .choices import FormerName, RenameScope
from .merging import Conflict, MergePreview
from .models import IdentityChange

__all__ = ["Conflict", "FormerName", "MergePreview", "RenameScope", "Undone"]


@dataclass(frozen=True, slots=True)
class Undone:
    """A change that was undone, and, a sentence each, what of it had to be left as it is now."""

    change: IdentityChange
    left_as_is: tuple[str, ...] = ()


def preview_merge(*, kept: Contributor, absorbed: Contributor) -> MergePreview:
    """What merging would move, and what stands in its way. Reads only."""
    raise NotImplementedError


def merge_contributors(
    *, kept: Contributor, absorbed: Contributor, by: AbstractBaseUser | None, note: str = ""
) -> IdentityChange:
    """Make one contributor of two. Raises CannotMerge. Printed names stay as they were printed."""
    raise NotImplementedError


def split_contributor(
    contributor: Contributor,
    *,
    credits: Mapping[int, Contributor | None],
    by: AbstractBaseUser | None,
    note: str = "",
) -> IdentityChange:
    """Give credits (by id) to others, or to nobody yet (None). Raises CannotChange."""
    raise NotImplementedError


def rename(
    contributor: Contributor,
    *,
    display_name: str,
    by: AbstractBaseUser | None,
    scope: RenameScope = RenameScope.FROM_NOW_ON,
    keep_old_address: bool = True,
    former_name: FormerName | None = None,
    slug: str = "",
    note: str = "",
) -> IdentityChange:
    """Give a contributor another name: from now on, everywhere, or everywhere and silently. Raises CannotChange."""
    raise NotImplementedError


def convert_kind(
    contributor: Contributor, *, kind: str, by: AbstractBaseUser | None, note: str = ""
) -> IdentityChange:
    """Make of a person an organisation, or whatever else they are; the address stays. Raises CannotChange."""
    raise NotImplementedError


def withdraw(contributor: Contributor, *, by: AbstractBaseUser | None, note: str = "") -> IdentityChange:
    """Take a contributor's page away on purpose: it answers 410, and bylines no longer link to it."""
    raise NotImplementedError


def restore(contributor: Contributor, *, by: AbstractBaseUser | None, note: str = "") -> IdentityChange:
    """Bring a withdrawn contributor's page back."""
    raise NotImplementedError


def undo(change: IdentityChange, *, by: AbstractBaseUser | None) -> Undone:
    """Restore exactly what was; what has changed since is left, and said. Raises CannotUndo if it is undone already."""
    raise NotImplementedError
