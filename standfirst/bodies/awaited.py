"""Places in a body that wait for a picture of an import: blocks “Not understood” that the picture replaces when it comes."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

from standfirst.text.markup import clean_inline, plain_text

# What an import calls the place of a picture that a folder of uploads may hold, and of one that none does.
AWAITED_PICTURE = "image"
PICTURE_ELSEWHERE = "image kept elsewhere"

_PLACE = re.compile(
    r'(?:<figure>)?<img src="(?P<address>[^"]*)" alt="(?P<alt>[^"]*)"(?: data-credit="(?P<credit>[^"]*)")?>'
    r"(?:<figcaption>(?P<caption>.*)</figcaption></figure>)?\Z",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class AwaitedPicture:
    """A picture that is not here yet: its address as its archive gives it, and the words that belong to it."""

    address: str
    alt: str = ""
    caption: str = ""  # sanitised HTML
    credit: str = ""

    def as_it_came(self) -> str:
        """It as HTML, for the editor; what `awaited_picture` reads again."""
        credit = f' data-credit="{escape(self.credit)}"' if self.credit else ""
        raw = f'<img src="{escape(self.address)}" alt="{escape(self.alt)}"{credit}>'
        return f"<figure>{raw}<figcaption>{self.caption}</figcaption></figure>" if self.caption else raw

    def figure(self, image: int) -> dict[str, Any]:
        """The value of the block of the picture, now that it is an image."""
        return {"image": image, "alt": self.alt, "caption": self.caption, "credit": self.credit}


def is_awaited_picture(value: Any) -> bool:
    """Whether a block “Not understood” stands for a picture that may come. A plugin's block can have the same name."""
    return _is_place(value, AWAITED_PICTURE)


def is_picture_elsewhere(value: Any) -> bool:
    """Whether a block “Not understood” stands for a picture that was kept on another site."""
    return _is_place(value, PICTURE_ELSEWHERE)


def awaited_picture(value: Any) -> AwaitedPicture | None:
    """What a block “Not understood” waits for, with the caption an editor has made of it; None if for no picture."""
    if not (is_awaited_picture(value) or is_picture_elsewhere(value)):
        return None
    found = _PLACE.match(str(value["raw"]))
    if found is None or not found["address"]:
        return None
    address, alt, credit = (unescape(found[name] or "") for name in ("address", "alt", "credit"))
    caption = clean_inline(found["caption"] or "").strip()
    words = str(value.get("words", plain_text(caption)) or "").strip()
    if words != plain_text(caption):
        caption = escape(words, quote=False)  # the editor's
    return AwaitedPicture(address, alt, caption, credit)


def filled(
    blocks: Iterable[dict[str, Any]], image_of: Callable[[AwaitedPicture], int | None]
) -> list[dict[str, Any]]:
    """A body, as it is stored, with the pictures that have come in the places that waited for them."""
    return [_filled(block, image_of) for block in blocks]


def _filled(block: dict[str, Any], image_of: Callable[[AwaitedPicture], int | None]) -> dict[str, Any]:
    picture = awaited_picture(block["value"]) if block["type"] == "unknown" else None
    image = image_of(picture) if picture else None
    return (
        block
        if picture is None or image is None
        else {**block, "type": "image", "value": picture.figure(image)}
    )


def _is_place(value: Any, name: str) -> bool:
    if not isinstance(value, dict) or value.get("name") != name:
        return False
    return str(value.get("raw") or "").startswith(("<img ", "<figure><img "))
