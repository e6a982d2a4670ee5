"""Places in a body that wait for a picture of an import: blocks “Not understood” that the next import with its file fills."""

from typing import Any

# What an import calls the place of a picture that a folder of uploads may hold, and of one that none does.
AWAITED_PICTURE = "image"
PICTURE_ELSEWHERE = "image kept elsewhere"


def is_awaited_picture(value: Any) -> bool:
    """Whether a block “Not understood” stands for a picture that may come. A plugin's block can have the same name."""
    if not isinstance(value, dict) or value.get("name") != AWAITED_PICTURE:
        return False
    return str(value.get("raw") or "").startswith(("<img ", "<figure><img "))
