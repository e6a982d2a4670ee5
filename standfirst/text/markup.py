"""HTML made safe on the way in, and plain text taken out of it.

Sanitising is nh3's (the Rust library ammonia). What is allowed is said here and nowhere else.
"""

import html
import re
import unicodedata
from urllib.parse import urlsplit

import nh3

SCHEMES = {"http", "https", "mailto", "tel"}
INLINE_TAGS = {
    "a",
    "abbr",
    "b",
    "br",
    "cite",
    "code",
    "del",
    "em",
    "i",
    "ins",
    "kbd",
    "mark",
    "q",
    "s",
    "small",
}
INLINE_TAGS |= {"strong", "sub", "sup", "u", "var"}
RICH_TAGS = INLINE_TAGS | {"p", "ul", "ol", "li"}
BODY_TAGS = RICH_TAGS | {
    "article",
    "aside",
    "bdi",
    "bdo",
    "blockquote",
    "caption",
    "col",
    "colgroup",
    "dd",
    "details",
}
BODY_TAGS |= {
    "dfn",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
}
BODY_TAGS |= {
    "img",
    "pre",
    "rp",
    "rt",
    "ruby",
    "samp",
    "section",
    "span",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
}
BODY_TAGS |= {"th", "thead", "time", "tr", "wbr"}
INLINE_ATTRIBUTES = {
    "a": {"href", "title", "hreflang"},
    "abbr": {"title"},
    "*": {"lang", "dir"},
}
# How Wagtail's rich text names an internal target: <a linktype="page" id="12">. Only our own editor may: what comes from
# elsewhere would name whatever has that number here.
EDITED_ATTRIBUTES = INLINE_ATTRIBUTES | {"a": INLINE_ATTRIBUTES["a"] | {"linktype", "id"}}
BODY_ATTRIBUTES = INLINE_ATTRIBUTES | {
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "img": {"src", "alt", "width", "height", "title"},
    "ol": {"start", "reversed", "type"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope"},
    "time": {"datetime"},
}
DROPPED_WHOLE = {
    "script",
    "style",
    "noscript",
    "template",
    "textarea",
    "title",
    "iframe",
    "object",
    "svg",
    "math",
}
# Where one of these begins or ends, words on either side are not one word.
BREAKS = re.compile(
    r"</?(?:p|div|li|ul|ol|dl|dt|dd|h[1-6]|br|hr|tr|td|th|table|thead|tbody|caption|blockquote|pre|figure"
    r"|figcaption|section|article|aside|header|footer|details|summary)\b[^>]*>",
    re.IGNORECASE,
)
# The same of what `_HARMLESS` is, of which nothing else is left.
_HARMLESS_BREAKS = re.compile(r"</?(?:p|br|li|ol|ul) */?>")
_HARMLESS_TAG = re.compile(r"<[^>]*>")
# As nh3 writes them: every attribute in double quotes.
VOID = re.compile(r"<(br|hr|img|wbr|col)\b([^>]*?)/?>")
EMBED = re.compile(r"<embed\b[^>]*>")
LINK = re.compile(r"<a\b[^>]*>")
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
# No table here has a number of ten digits, and PostgreSQL compares none with a column of four bytes.
ID = re.compile(r"0*[1-9][0-9]{0,8}", re.ASCII)
_HARMLESS = re.compile(
    r"(?:[^<\0]++|</?(?:p|b|i|em|strong|ul|ol|li|sub|sup|s|del|code)>|<br */?>|</a>"
    r"|<a href=\"(?:https?://|/(?!/)|#|mailto:)[^\"<>\\\0]*\">)*"
)
CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")


def _cleaner(tags: set[str], attributes: dict[str, set[str]]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=tags,
        attributes=attributes,
        url_schemes=SCHEMES,
        clean_content_tags=DROPPED_WHOLE,
        link_rel=None,
        strip_comments=True,
    )


_INLINE = _cleaner(INLINE_TAGS, INLINE_ATTRIBUTES)
_RICH = _cleaner(RICH_TAGS, INLINE_ATTRIBUTES)
_EDITED_INLINE = _cleaner(INLINE_TAGS, EDITED_ATTRIBUTES)
_EDITED = _cleaner(RICH_TAGS, EDITED_ATTRIBUTES)
_BODY = _cleaner(BODY_TAGS, BODY_ATTRIBUTES)
_TEXT = _cleaner(set(), {})


def clean_inline(html_text: str) -> str:
    """HTML from elsewhere with only what may stand within a line: links, emphasis and their like."""
    return _INLINE.clean(_without_nul(html_text))


def clean_rich_text(html_text: str) -> str:
    """HTML from elsewhere as paragraphs and lists of inline markup."""
    return _RICH.clean(_without_nul(html_text))


def clean_edited_inline(html_text: str) -> str:
    """What an editor wrote within a line, internal links kept; never for what comes from elsewhere."""
    return with_sound_links(_EDITED_INLINE.clean(_without_nul(html_text)))


def clean_edited_text(html_text: str) -> str:
    """Rich text that an editor wrote, internal links kept; never for what comes from elsewhere."""
    return with_sound_links(_EDITED.clean(_without_nul(html_text)))


def clean_body_html(html_text: str) -> str:
    """HTML as it came from elsewhere, with its structure, and without anything that acts."""
    return _BODY.clean(_without_nul(html_text))


def with_sound_links(html_text: str) -> str:
    """Without what names something here and cannot: Wagtail fails on it, and its editor here never makes it.

    That is a link to no number, and anything embedded, for what our texts hold besides words are blocks.
    """
    if "<embed" in html_text:
        html_text = EMBED.sub("", html_text)
    if "linktype" not in html_text:
        return html_text
    return LINK.sub(lambda tag: tag.group(0) if _is_sound(tag.group(0)) else "<a>", html_text)


def printable(html_text: str) -> str:
    """Rich text that may be printed, whatever was stored: as it is if all of it is known to be harmless, else cleaned.

    Cleaning takes ten times as long as looking, and an article has a hundred pieces of rich text.
    """
    return html_text if _HARMLESS.fullmatch(html_text) else clean_body_html(html_text)


def editable(html_text: str) -> str:
    """Rich text as Wagtail's editor can open it: known elements alone, each of them closed, links to what may be there."""
    return VOID.sub(r"<\1\2/>", clean_edited_text(html_text))


def internal_id(text: str | None) -> int:
    """The number by which an internal link names its target; 0 for what cannot be one."""
    return int(text) if text and ID.fullmatch(text) else 0


def plain_text(html_text: str) -> str:
    """The words of a piece of HTML: markup gone, entities decoded once, white space single, no words glued."""
    if "<" in html_text:
        if _HARMLESS.fullmatch(html_text):  # Cleaning takes three times as long.
            html_text = _HARMLESS_TAG.sub("", _HARMLESS_BREAKS.sub(" ", html_text))
        else:
            html_text = _TEXT.clean(BREAKS.sub(lambda tag: f" {tag.group(0)} ", _without_nul(html_text)))
    return " ".join(html.unescape(html_text).split())


def safe_url(url: str) -> str | None:
    """The address if it may be linked to, else None: http, https, mailto, tel, or relative to this site.

    Control characters and invisible ones are refused, since browsers drop them from a scheme
    (WHATWG URL, section 4.4).
    """
    url = unicodedata.normalize("NFC", url.strip())
    if not url or CONTROL.search(url) or url.startswith(("\\", "//", "/\\")):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme:
        return (
            url
            if parts.scheme.lower() in SCHEMES and (parts.netloc or parts.scheme in ("mailto", "tel"))
            else None
        )
    return url if ":" not in url.split("/", 1)[0].split("?", 1)[0].split("#", 1)[0] else None


def first_words(text: str, limit: int) -> str:
    """The text cut to `limit` characters between words, with an ellipsis if anything is missing."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:–—-") + "…"


def _is_sound(tag: str) -> bool:
    attributes = dict(ATTRIBUTE.findall(tag))
    return "linktype" not in attributes or (
        attributes["linktype"] in ("page", "document") and internal_id(attributes.get("id")) > 0
    )


def _without_nul(text: str) -> str:
    return text.replace("\0", "")
