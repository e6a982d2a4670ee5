"""Turns a document of Word into HTML with mammoth, which reads structure and not looks: headings, lists, tables, notes, links.

Tracked changes are read as accepted, and comments are left out: mammoth does both by itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mammoth

from standfirst.importers.manuscripts.package import Unreadable
from standfirst.importers.manuscripts.styles import Style, heading_level, style_of

CLASS = "sf-"
LARGEST_PICTURE = 60_000_000
_ENDINGS = {
    "image/jpeg": "jpg",
    "image/jpg": "jpg",
    "image/svg+xml": "svg",
    "image/x-emf": "emf",
    "image/x-wmf": "wmf",
}
_MAP = "\n".join(
    [
        *(
            f"p[style-name='{CLASS}{style}'] => p.{CLASS}{style}:fresh"
            for style in Style
            if style is not Style.QUOTATION
        ),
        f"p[style-name='{CLASS}{Style.QUOTATION}'] => blockquote > p:fresh",
        "r[style-name='HTML Code'] => code",
        "u => u",
        "strike => s",
    ]
)


@dataclass(frozen=True, slots=True)
class Converted:
    html: str
    pictures: tuple[str, ...]  # their paths below the folder they were put into
    not_read: tuple[str, ...]  # names of elements


def to_html(path: Path, folder: Path, name: str) -> Converted:
    """A document as HTML; its pictures are put into `folder`, below `name`. Raises Unreadable."""
    pictures: list[str] = []
    with path.open("rb") as source:
        try:
            result = mammoth.convert_to_html(
                source,
                style_map=_MAP,
                include_embedded_style_map=False,
                external_file_access=False,
                transform_document=mammoth.transforms.paragraph(_styled),
                convert_image=mammoth.images.img_element(_picture_into(folder, name, pictures)),
            )
        except (RecursionError, MemoryError) as error:
            raise Unreadable("is nested deeper than any manuscript") from error
        except Exception as error:  # a library of many parts meets any file at all
            raise Unreadable(
                f"cannot be read ({type(error).__name__}: {str(error)[:120]}); save it again in Word"
            ) from error
    said = [message.message for message in result.messages]
    ignored = [
        text.rpartition(": ")[2] for text in said if text.startswith("An unrecognised element was ignored")
    ]
    return Converted(result.value, tuple(pictures), tuple(dict.fromkeys(ignored)))


def _styled(paragraph: Any) -> Any:
    """The paragraph with a name of ours for its style, where we know what that means."""
    for name in filter(None, (paragraph.style_name, paragraph.style_id)):
        if level := heading_level(name):
            return paragraph.copy(style_id=f"Heading{level}", style_name=f"Heading {level}")
        if style := style_of(name):
            return paragraph.copy(style_id=f"{CLASS}{style}", style_name=f"{CLASS}{style}")
    return paragraph


def _picture_into(folder: Path, name: str, pictures: list[str]) -> Callable[[Any], dict[str, str]]:
    def put(image: Any) -> dict[str, str]:
        kind = (image.content_type or "").partition(";")[0].lower()
        ending = _ENDINGS.get(kind) or "".join(c for c in kind.rpartition("/")[2] if c.isalnum())[:5] or "bin"
        try:
            with image.open() as source:
                content = source.read(LARGEST_PICTURE)
        except (
            ValueError,
            KeyError,
            OSError,
        ):  # it is kept outside the document, and nothing there is opened
            return {"src": ""}
        place = f"{name}/image{len(pictures) + 1}.{ending}"
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / place).write_bytes(content)
        pictures.append(place)
        return {"src": place}

    return put
