"""What can go wrong with addresses, said in words an editor can act on."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class SlugTaken(ValidationError):
    """A slug belongs, or once belonged, to something else; addresses are never handed on."""

    def __init__(self, slug: str, holder: object) -> None:
        self.holder = holder
        super().__init__(
            {
                "slug": ValidationError(
                    _("“%(slug)s” is or was the address of %(holder)s. Addresses last, so choose another."),
                    params={"slug": slug, "holder": holder},
                )
            }
        )
