"""Stored bodies made to fit the blocks they say they are.

What is stored was written by imports, older releases, other programs and editors who had not finished. Wagtail takes
its shape on trust: one list where a struct should be, and neither readers nor editors get to see the article.
"""

from typing import Any

from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock

from standfirst.text.printable import printable

TEXTS = (blocks.CharBlock, blocks.TextBlock, blocks.RichTextBlock, blocks.RawHTMLBlock, blocks.ChoiceBlock)


def fitted(block: blocks.Block, raw: Any) -> Any:
    """A block's value in JSON, such that the block can hold it: what fits stays, what does not becomes empty."""
    match block:
        case blocks.StreamBlock():
            return [
                item | {"value": fitted(block.child_blocks[item["type"]], item.get("value"))}
                for item in _dicts(raw)
                if isinstance(item.get("type"), str) and item["type"] in block.child_blocks
            ]
        case blocks.StructBlock():
            held = raw if isinstance(raw, dict) else {}
            return held | {
                name: fitted(child, held[name]) for name, child in block.child_blocks.items() if name in held
            }
        case blocks.ListBlock():
            return [_fitted_item(block, item) for item in raw] if isinstance(raw, list) else []
        case TableBlock():
            return fitted_table(raw)
        case blocks.ChooserBlock():
            return raw if isinstance(raw, int) and not isinstance(raw, bool) and 0 < raw < 2**31 else None
        case _ if isinstance(block, TEXTS):
            return _text(raw)
    return raw


def fitted_table(raw: Any) -> dict[str, Any] | None:
    """A table with rows of cells that are text, and all else it says of itself; None for what is no table."""
    if not isinstance(raw, dict):
        return None
    rows = raw.get("data")
    cells = (
        [[_text(cell) for cell in row] for row in rows if isinstance(row, list)]
        if isinstance(rows, list)
        else []
    )
    return raw | {"data": cells, "table_caption": _text(raw.get("table_caption"))}


def _fitted_item(block: blocks.ListBlock, item: Any) -> Any:
    # Each is wrapped since Wagtail 2.16, and as older ones were stored, or as an import makes them, it is not.
    if isinstance(item, dict) and item.get("type") == "item" and "value" in item:
        return {"id": None} | item | {"value": fitted(block.child_block, item["value"])}
    return fitted(block.child_block, item)


def _dicts(raw: Any) -> list[dict[str, Any]]:
    return [item for item in raw if isinstance(item, dict)] if isinstance(raw, list) else []


def _text(raw: Any) -> str:
    if isinstance(raw, str):
        return printable(raw)
    return str(raw) if isinstance(raw, int | float) and not isinstance(raw, bool) else ""
