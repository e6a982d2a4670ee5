"""What can go wrong with addresses, said in words an editor can act on."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class SlugTaken(ValidationError):
    """A slug belongs, or once belonged, to something else; addresses are never handed on.

    `holder` is None if nobody is to be told whose it was.
    """

    def __init__(self, slug: str, holder: object | None) -> None:
        self.holder = holder
        said = (
            _("“%(slug)s” has been an address here. Addresses last, so choose another.")
            if holder is None
            else _("“%(slug)s” is or was the address of %(holder)s. Addresses last, so choose another.")
        )
        super().__init__({"slug": ValidationError(said, params={"slug": slug, "holder": holder})})
