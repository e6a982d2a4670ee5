"""The editor of rich text."""

from typing import Any

from wagtail.admin.rich_text import DraftailRichTextArea

from standfirst.text.markup import editable


class RichTextArea(DraftailRichTextArea):
    """Wagtail's editor, that opens whatever is stored.

    It fails on an element that is not closed, such as the `<br>` of every import and of our own sanitiser, and on a link to
    page “abc”: the whole screen of the article with it.
    """

    def format_value(self, value: Any) -> Any:
        return super().format_value(editable(value) if isinstance(value, str) else value)
