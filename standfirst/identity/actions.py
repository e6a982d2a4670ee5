"""Changes of who is who. Each is whole or not at all, keeps a journal of every row it touches, and can be undone.

Callers check permission first: the journal holds names that people asked to have forgotten.
"""

from collections.abc import Callable, Mapping

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _

from standfirst.contributors.actions import save_contributor
from standfirst.contributors.models import Contributor, Kind
from standfirst.text.names import sort_name

from .choices import FormerName, RenameScope
from .errors import CannotChange
from .giving import reindex
from .held import held, refresh, refuse_unless_present
from .journal import journalled
from .merging import Conflict, MergePreview, merge, preview
from .models import ChangeKind, IdentityChange
from .renaming import rename_to
from .splitting import split
from .undoing import Undone, undo_change

__all__ = [
    "Conflict",
    "FormerName",
    "MergePreview",
    "RenameScope",
    "Undone",
    "convert_kind",
    "merge_contributors",
    "preview_merge",
    "reindex",
    "rename",
    "restore",
    "split_contributor",
    "undo",
    "withdraw",
]


def preview_merge(*, kept: Contributor, absorbed: Contributor) -> MergePreview:
    """What merging would move, and what stands in its way. Reads only."""
    return preview(kept, absorbed)


def merge_contributors(
    *, kept: Contributor, absorbed: Contributor, by: AbstractBaseUser | None, note: str = ""
) -> IdentityChange:
    """Make one contributor of two. What was printed stays; every address leads to the one kept.

    Raises CannotMerge if one of them is merged away or withdrawn already, or if it was said that they are two.
    """
    return merge(kept, absorbed, by=by, note=note)


def split_contributor(
    contributor: Contributor,
    *,
    credits: Mapping[int, Contributor | None],
    by: AbstractBaseUser | None,
    note: str = "",
) -> IdentityChange:
    """Give credits of a contributor (by id) to others, or to nobody yet (None). What was printed stays.

    Credits that are nobody's yet are split in turn: `contributor` is then the unassigned place that holds them.
    Raises CannotChange if a credit is not theirs, or cannot be given to whom it is to be given.
    """
    return split(contributor, credits, by=by, note=note)


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
    """Give a contributor another name: from now on, everywhere, or everywhere and silently.

    From now on, the address stays. Otherwise there is a new one, `slug` or one made from the name, and old ones lead
    to it, or nowhere. The former name is then shown on their page, known to editors (the usual if silent), or forgotten.
    Raises CannotChange for what cannot be had together, and SlugTaken.
    """
    return rename_to(
        contributor,
        " ".join(display_name.split()),
        scope=scope,
        keep_old_address=keep_old_address,
        former_name=former_name,
        slug=slug,
        by=by,
        note=note,
    )


def convert_kind(
    contributor: Contributor, *, kind: str, by: AbstractBaseUser | None, note: str = ""
) -> IdentityChange:
    """Say that a contributor is an organisation, a person or whatever else they are. The address stays."""
    kind = Kind(kind)

    def convert(own: Contributor) -> None:
        is_filed_as_usual = own.sort_name == sort_name(own.display_name, own.kind)[:255]
        own.kind = kind
        own.sort_name = "" if is_filed_as_usual else own.sort_name

    return _change(ChangeKind.CONVERT, contributor, convert, by=by, note=note)


def withdraw(contributor: Contributor, *, by: AbstractBaseUser | None, note: str = "") -> IdentityChange:
    """Take a contributor's page away on purpose: it answers 410, and bylines no longer link to it."""

    def take_away(own: Contributor) -> None:
        if own.is_withdrawn:
            raise CannotChange(_("%(name)s is withdrawn already.") % {"name": own})
        own.withdrawn_at = timezone.now()

    return _change(ChangeKind.WITHDRAW, contributor, take_away, by=by, note=note)


def restore(contributor: Contributor, *, by: AbstractBaseUser | None, note: str = "") -> IdentityChange:
    """Bring a withdrawn contributor's page back."""

    def bring_back(own: Contributor) -> None:
        if not own.is_withdrawn:
            raise CannotChange(_("%(name)s is not withdrawn.") % {"name": own})
        own.withdrawn_at = None

    return _change(ChangeKind.RESTORE, contributor, bring_back, by=by, note=note)


def undo(change: IdentityChange, *, by: AbstractBaseUser | None) -> Undone:
    """Restore exactly what was. What has changed since is left as it is, and said. Raises CannotUndo if undone already."""
    return undo_change(change, by=by)


def _change(
    kind: ChangeKind,
    contributor: Contributor,
    make: Callable[[Contributor], None],
    *,
    by: AbstractBaseUser | None,
    note: str,
) -> IdentityChange:
    """A change of a contributor's own row, and nothing else."""
    with journalled(kind, contributor, by=by, note=note) as journal:
        (own,) = held(contributor)
        refuse_unless_present(own)
        journal.watch_people([own.pk])
        make(own)
        save_contributor(own, by=by)
    refresh(contributor)
    return journal.change
