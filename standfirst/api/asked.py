"""What a program asks of a list: read from the address, with a sentence for whatever is wrong with it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from standfirst.pagecache.policy import keep_private

from .errors import NotUnderstood
from .parameters import COUNTED
from .shapes import Shape

USUAL_LIMIT, MOST = 20, 100
NUMBER = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """How much of a list is wanted, of which fields, and from where on; the rest of what was asked, by name."""

    limit: int
    fields: tuple[str, ...]
    cursor: str
    others: dict[str, str]

    @property
    def query(self) -> dict[str, str]:
        """What the address of the next page asks for as well."""
        shown = dict(self.others)
        if self.limit != USUAL_LIMIT:
            shown["limit"] = str(self.limit)
        return shown


def asked_of(request: HttpRequest, shape: Shape, *, selectable: Sequence[str]) -> Asked:
    """What is asked of a list of things of this shape; `selectable` are the fields that lists can have.

    Parameters that the address does not know make no difference: a kept page is found without them.
    """
    given = {}
    for name in sorted(COUNTED[request.path_info] & set(request.GET)):
        # A page is kept for all orders of the parameters, so none may be given twice.
        if len(values := request.GET.getlist(name)) > 1:
            raise NotUnderstood(_("“%(name)s” is given more than once.") % {"name": name})
        given[name] = values[0]
    fields, limit, cursor = (given.pop(name, None) for name in ("fields", "limit", "cursor"))
    if fields is not None or limit is not None:
        # There are more ways to ask for these than there are pages: such an answer is not kept.
        keep_private(request)
    return Asked(
        limit=_limit(limit),
        fields=_fields(fields, shape, selectable),
        cursor=cursor or "",
        others=given,
    )


def number(text: str, name: str) -> int:
    """The id that stands in a parameter or address."""
    if not NUMBER.fullmatch(text):
        raise NotUnderstood(_("“%(name)s” is to be an id: a whole number.") % {"name": name})
    return int(text)


def _limit(text: str | None) -> int:
    if text is None:
        return USUAL_LIMIT
    if not NUMBER.fullmatch(text) or int(text) > MOST:
        raise NotUnderstood(_("“limit” is to be a whole number from 1 to %(most)s.") % {"most": MOST})
    return int(text)


def _fields(text: str | None, shape: Shape, selectable: Sequence[str]) -> tuple[str, ...]:
    if text is None:
        return shape.usual
    wanted = [name.strip() for name in text.split(",")]
    for name in wanted:
        if name not in selectable:
            raise NotUnderstood(
                _("There is no field “%(name)s” in this list; there are: %(names)s.")
                % {"name": name[:40], "names": ", ".join(selectable)}
            )
    return tuple(wanted)
