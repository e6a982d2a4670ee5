"""What a share image shows: a frozen row. Two rows that are alike are the same picture."""

import hashlib
from dataclasses import astuple, dataclass

from standfirst.bodies.rows import Picture

# To be counted up when cards are drawn otherwise: what was drawn before has another address then.
DRAWING = 1


@dataclass(frozen=True, slots=True)
class Card:
    """A share image of something public: of the publication itself, of an article, of a contributor.

    `id` is 0 for the publication. `credit` is the line at the foot, such as a byline. `language` shapes letters, and
    `is_rtl` says on which side the publication begins its lines.
    """

    kind: str
    id: int
    publication: str
    accent: str
    language: str
    is_rtl: bool
    label: str = ""
    title: str = ""
    text: str = ""
    credit: str = ""
    picture: Picture | None = None

    @property
    def version(self) -> str:
        """A name of all that is drawn: other words, another colour, another picture are another version."""
        facts = repr((DRAWING, *astuple(self)))
        return hashlib.blake2b(facts.encode(), digest_size=6).hexdigest()

    @property
    def path(self) -> str:
        """The address of the picture as it is now. Those of former versions lead to it."""
        what = f"{self.kind}/{self.id}" if self.id else self.kind
        return f"/share/{what}-{self.version}.jpg"

    @property
    def alt(self) -> str:
        """What the picture says, for those who cannot see it."""
        said = dict.fromkeys(filter(None, (self.title or self.publication, self.text, self.credit)))
        return ". ".join(part.rstrip(".") for part in said)
