"""The field that holds an article's body."""

from typing import Any

from wagtail.blocks.stream_block import StreamValue
from wagtail.fields import StreamField

from .blocks import BodyBlock


class BodyField(StreamField):
    """A body made of blocks. Their definitions stay out of the migrations' history: they are code, not schema."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(BodyBlock(), **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        try:
            return super().from_db_value(value, expression, connection)
        except (ValueError, RecursionError):
            # Python gives up on JSON that is nested too deep, or has a number too long. As with what is no JSON at all,
            # nothing of it is printed, it is kept as it is, and `standfirst check` says so.
            return StreamValue(self.stream_block, [], raw_text=value)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs
