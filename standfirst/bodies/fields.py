"""The field that holds an article's body."""

from typing import Any

from wagtail.fields import StreamField

from .blocks import BodyBlock


class BodyField(StreamField):
    """A body made of blocks. Their definitions stay out of the migrations' history: they are code, not schema."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(BodyBlock(), **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs
