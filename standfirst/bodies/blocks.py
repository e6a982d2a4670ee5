"""What the body of an article is made of.

Each block's name is also the name of the template that prints it, `blocks/<name>.html`; `bodies.printing`
turns a block into what that template is given. Values are plain JSON, written down in `docs/body-blocks.md`,
because importers and exporters speak it too.
"""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StreamValue
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import RichText

from standfirst.text.markup import (
    clean_body_html,
    clean_edited_inline,
    clean_edited_text,
    safe_url,
    with_sound_links,
)

from .fitting import fitted, fitted_table
from .text import words_of_unknown

INLINE = ["bold", "italic", "link", "superscript", "subscript", "strikethrough", "code"]


class CleanRichText(blocks.RichTextBlock):
    """Rich text that is sanitised on the way in, whoever sends it."""

    def to_python(self, value: object) -> RichText:
        # What is stored may be older than our care, and the editor's screen fails on a link to page “abc”.
        return RichText(with_sound_links(value) if isinstance(value, str) else "")

    def clean(self, value: object) -> RichText:
        cleaned: RichText = super().clean(value)
        cleaned.source = clean_edited_text(cleaned.source)
        return cleaned


class CleanInlineText(CleanRichText):
    """A line or two of rich text, such as a caption."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(features=["bold", "italic", "link"], **kwargs)

    def clean(self, value: object) -> RichText:
        cleaned: RichText = super().clean(value)
        cleaned.source = clean_edited_inline(cleaned.source)
        return cleaned


class CleanHTML(blocks.RawHTMLBlock):
    """HTML as it came from elsewhere, sanitised."""

    def clean(self, value: str) -> str:
        return clean_body_html(super().clean(value))


class WebAddress(blocks.CharBlock):
    """An address that may be linked to: no `javascript:`, no `data:`."""

    def clean(self, value: str) -> str:
        value = super().clean(value)
        if value and not safe_url(value):
            raise ValidationError(_("Use an address that begins with https:// or http://."))
        return value


class Table(TableBlock):
    """A table that may be empty or half filled."""

    def value_from_form(self, value: Any) -> Any:
        try:
            return fitted_table(json.loads(value or "null"))
        except ValueError:
            return None


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("heading"))
    level = blocks.ChoiceBlock(
        choices=[("h2", "2"), ("h3", "3"), ("h4", "4")], default="h2", label=_("level")
    )


class QuotationBlock(blocks.StructBlock):
    text = CleanRichText(features=INLINE, label=_("quotation"))
    attribution = blocks.CharBlock(required=False, label=_("attribution"))
    source_url = WebAddress(required=False, label=_("address of the source"))


class PullQuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("words pulled from the text"), rows=2)
    attribution = blocks.CharBlock(required=False, label=_("attribution"))


class FigureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("image"))
    alt = blocks.CharBlock(
        required=False,
        label=_("description for those who cannot see it"),
        help_text=_("Leave empty only if the image adds nothing to the text."),
    )
    caption = CleanInlineText(required=False, label=_("caption"))
    credit = blocks.CharBlock(required=False, label=_("credit"))


class GalleryBlock(blocks.StructBlock):
    images = blocks.ListBlock(FigureBlock(), label=_("images"))
    caption = CleanInlineText(required=False, label=_("caption"))


class EmbedBlock(blocks.StructBlock):
    """A thing elsewhere. It is printed as a link, and nothing is fetched, neither here nor by the reader."""

    url = WebAddress(label=_("address"))
    title = blocks.CharBlock(required=False, label=_("title"))
    caption = blocks.CharBlock(required=False, label=_("caption"))


class CodeBlock(blocks.StructBlock):
    language = blocks.CharBlock(required=False, label=_("language"))
    code = blocks.TextBlock(label=_("code"))


class VerseBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("verse"), help_text=_("Lines and indents are kept."))


class FootnoteBlock(blocks.StructBlock):
    mark = blocks.CharBlock(label=_("mark"), help_text=_("Write [^mark] in the text where the note belongs."))
    text = CleanInlineText(label=_("note"))


class UnknownBlock(blocks.StructBlock):
    """Something an import did not understand: kept whole for the editor, its words alone for the reader."""

    source = blocks.CharBlock(required=False, label=_("from"))
    name = blocks.CharBlock(required=False, label=_("called"))
    words = blocks.TextBlock(
        required=False,
        rows=2,
        label=_("words for the reader"),
        help_text=_("All that is printed here. Leave empty to print nothing."),
    )
    raw = blocks.TextBlock(
        required=False, label=_("as it came"), help_text=_("Kept for you, and never printed.")
    )

    class Meta:
        label_format = "{name}"

    # What was stored before words stood apart has them in `raw` alone.

    def to_python(self, value: dict[str, Any]) -> blocks.StructValue:
        return super().to_python(_with_words(value))

    def bulk_to_python(self, values: list[dict[str, Any]]) -> list[blocks.StructValue]:
        return list(super().bulk_to_python([_with_words(value) for value in values]))


def _with_words(value: dict[str, Any]) -> dict[str, Any]:
    return value if "words" in value else {**value, "words": words_of_unknown(str(value.get("raw") or ""))}


class BodyBlock(blocks.StreamBlock):
    paragraph = CleanRichText(features=INLINE, label=_("paragraph"), icon="pilcrow")
    heading = HeadingBlock(label=_("heading"), icon="title")
    quotation = QuotationBlock(label=_("quotation"), icon="openquote")
    pull_quote = PullQuoteBlock(label=_("pull quote"), icon="openquote")
    image = FigureBlock(label=_("image"), icon="image")
    gallery = GalleryBlock(label=_("gallery"), icon="image")
    embed = EmbedBlock(label=_("embed"), icon="media")
    list = CleanRichText(features=["ol", "ul", *INLINE], label=_("list"), icon="list-ul")
    # Its editor knows no other language, and complains on the console of each.
    table = Table(table_options={"language": "en-US"}, label=_("table"), icon="table")
    divider = blocks.StaticBlock(
        label=_("divider"), icon="horizontalrule", admin_text=_("A break between passages.")
    )
    code = CodeBlock(label=_("code"), icon="code")
    verse = VerseBlock(label=_("verse"), icon="edit")
    footnotes = blocks.ListBlock(FootnoteBlock(), label=_("footnotes"), icon="order")
    html = CleanHTML(label=_("HTML"), icon="code", group=_("From imports"))
    unknown = UnknownBlock(label=_("Not understood"), icon="warning", group=_("From imports"))

    class Meta:
        required = False

    def to_python(self, value: Any) -> StreamValue:
        """A body from how it is stored, whatever is stored."""
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except ValueError:
                return super().to_python(value)
        if isinstance(value, StreamValue) or _is_given_in_code(value):
            return super().to_python(value)
        return super().to_python(fitted(self, value))


def _is_given_in_code(value: Any) -> bool:
    """Whether it is a list of pairs of a block's name and its value, and not how a body is stored."""
    return isinstance(value, list) and bool(value) and isinstance(value[0], tuple)
