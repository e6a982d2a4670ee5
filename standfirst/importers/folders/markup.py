"""Turns Markdown and reStructuredText into HTML, as the generators of sites read them.

Markdown is read by pulldown-cmark, which Zola and mdBook use themselves; what kramdown and others add to it is taken off
first. Nothing is included from other files and nothing fetched.
"""

import re
from html import escape
from typing import Any

import pyromark
from docutils import core as docutils_core
from docutils import nodes
from docutils.parsers.rst import Directive, directives, roles
from docutils.parsers.rst.languages import en as directive_names
from rich.emoji import Emoji

from standfirst.importers.folders.settings import HUGO, JEKYLL

_PLAIN = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
    | pyromark.Options.ENABLE_DEFINITION_LIST
)
# Quotation marks and dashes, as kramdown and Goldmark set them unless they are told not to.
_TYPOGRAPHIC = _PLAIN | pyromark.Options.ENABLE_SMART_PUNCTUATION
_NOTE_MARK = re.compile(r'<sup class="footnote-reference"><a href="#[^"]*">(\d+)</a></sup>')
_NOTE_TEXT = re.compile(
    r'<div class="footnote-definition" id="[^"]*"><sup class="footnote-definition-label">(\d+)</sup>(.*?)</div>',
    re.DOTALL,
)
# Lines of attributes (`{: .wide}`, `{.wide #id}`), and those behind a heading, a link or an image.
_ATTRIBUTE_LINE = re.compile(r"^[ \t]{0,3}\{:?[ \t]*(?:[.#:][\w-]|[\w-]+=)[^{}\n]*\}[ \t]*$\n?", re.MULTILINE)
_KRAMDOWN_LINE = re.compile(r"^[ \t]{0,3}\{:(?:/?[\w-]*|[^{}\n]*)/?\}[ \t]*$\n?", re.MULTILINE)
_BEHIND = re.compile(r"(?<=[)\]*_`])\{:?[ \t]*(?:[.#:][\w-]|[\w-]+=)[^{}\n]*\}")
_HEADING = re.compile(r"^(#{1,6}[ \t][^\n]*?)[ \t]*\{:?[ \t]*[.#][^{}\n]*\}([ \t]*[\w ]*)$", re.MULTILINE)
_FENCE = re.compile(r"^([ \t]{0,3})(`{3,}|~{3,})", re.MULTILINE)
_TOC = re.compile(
    r"^(?:\[\[?_?TOC_?\]?\]|\{:toc\}|\* TOC\n\{:toc\}|\{\{?\s*toc\s*\}\}?)[ \t]*$\n?",
    re.MULTILINE | re.IGNORECASE,
)
_JSX_LINE = re.compile(
    r"^(?:import\s+[^\n]*\s+from\s+['\"][^\n]*|import\s+['\"][^\n]*|export\s+(?:const|default|\{)[^\n]*)$\n?",
    re.MULTILINE,
)
_JSX_COMMENT = re.compile(r"\{/\*[^\n]{0,500}?\*/\}")
# A box or a tab as MkDocs has it: its kind, its title, and its text set in.
_BOX = re.compile(
    r"^(?:(?:!!!|\?\?\?\+?)[ \t]+[a-z][\w -]*?|===[!+]?)(?:[ \t]+\"(?P<title>[^\"\n]*)\")?[ \t]*\n"
    r"(?P<text>(?:[ \t]*\n)*(?:(?: {4}|\t)[^\n]*(?:\n|\Z)|[ \t]*\n(?=(?:[ \t]*\n)*(?: {4}|\t)))+)",
    re.MULTILINE,
)
# A box as Docusaurus has it, between fences of colons, and one as GitHub has it, in a quotation.
_FENCED_BOX = re.compile(
    r"^(:{3,})[ \t]*[a-z]+(?:\[(?P<own>[^\]\n]*)\]|[ \t]+(?P<title>[^\n{}]*?))?[ \t]*(?:\{[^{}\n]*\})?[ \t]*\n"
    r"(?P<text>(?:(?!:::)[^\n]*\n){0,2000}?)\1[ \t]*$",
    re.MULTILINE,
)
_ALERT = re.compile(r"^(>[ \t]*)\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*$", re.MULTILINE)
# Python-Markdown and kramdown want a space behind the colon of a definition.
_NO_DEFINITION = re.compile(r"^([ \t]{0,3}):(?=[^\s:])", re.MULTILINE)
_CAPTIONED = re.compile(
    r'<p>(?P<open><a [^<>]*>)?(?P<image><img [^<>]*?\btitle="(?P<title>[^"]+)"[^<>]*>)(?P<close></a>)?</p>'
)
_EMOJI = re.compile(r"(`[^`\n]+`)|(?<![\w:/]):[a-z][a-z0-9_+-]*:(?![\w:/])")
NOTE = "sf-note"


def to_html(text: str, generator: str, *, is_mdx: bool = False) -> str:
    """Markdown as HTML. A footnote's mark is `<sup data-fn-mark>`, and the notes stand at the end as `<sf-note>`."""
    if is_mdx:
        text = _JSX_COMMENT.sub("", _JSX_LINE.sub("", text))
    signs = ("{", "TOC", "toc", "!!!", "???", ":::", "=== ", "[!")
    if any(sign in text for sign in signs) or _EMOJI.search(text) or _NO_DEFINITION.search(text):
        text = _outside_fences(text)
    html = _read(text, generator)
    if "footnote-" in html:
        html = _NOTE_MARK.sub(_mark, _NOTE_TEXT.sub(rf'<{NOTE} n="\1">\2</{NOTE}>', html))
    if 'title="' in html:
        html = _CAPTIONED.sub(_figure, html)
    return html.replace("language-{.", "language-") if "language-{." in html else html


def inline(text: str, generator: str) -> str:
    """A line of Markdown as HTML."""
    # Behind a bracket nothing begins a list or a heading.
    html = _read(f"({' '.join(text.split())}", generator).strip()
    return html.removeprefix("<p>(").removesuffix("</p>")


def _outside_fences(text: str) -> str:
    """Takes off what is an instruction to the old generator, but in blocks of code."""
    out: list[str] = []
    position, fence = 0, ""
    for match in _FENCE.finditer(text):
        if not fence:
            out.append(_instructions_off(text[position : match.start()]))
            position, fence = match.start(), match[2]
        elif match[2][0] == fence[0] and len(match[2]) >= len(fence):
            out.append(text[position : match.end()])
            position, fence = match.end(), ""
    out.append(text[position:] if fence else _instructions_off(text[position:]))
    return "".join(out)


def _instructions_off(text: str) -> str:
    if "!!!" in text or "???" in text or "=== " in text:
        text = _BOX.sub(_quoted_box, text)
    if ":::" in text:
        text = _FENCED_BOX.sub(_quoted_box, text)
    if "[!" in text:
        text = _ALERT.sub(lambda match: f"{match[1]}**{match[2].capitalize()}**\n{match[1]}", text)
    if ":" in text:
        text = _EMOJI.sub(lambda match: match[1] or Emoji.replace(match.group()), text)
        text = _NO_DEFINITION.sub(r"\1\\:", text)
    if "{" in text:
        text = _HEADING.sub(r"\1\2", _ATTRIBUTE_LINE.sub("", _KRAMDOWN_LINE.sub("", text)))
        text = _BEHIND.sub("", text)
    return _TOC.sub("", text)


def _quoted_box(match: re.Match[str]) -> str:
    """A box as a quotation that begins with its title."""
    words = match["title"] or match.groupdict().get("own")
    title = [f"**{words}**", ""] if words else []
    lines = [*title, *(re.sub(r"\A(?: {4}|\t)", "", line) for line in match["text"].strip("\n").split("\n"))]
    return "\n" + "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n"


def _figure(match: re.Match[str]) -> str:
    """A picture that stands by itself with its title, which readers saw below it or beside the pointer, as its caption."""
    if f'alt="{match["title"]}"' in match["image"]:
        return match[0]
    picture = f"{match['open'] or ''}{match['image']}{match['close'] or ''}"
    return f"<figure>{picture}<figcaption>{match['title']}</figcaption></figure>"


def _read(text: str, generator: str) -> str:
    return pyromark.html(text, options=_TYPOGRAPHIC if generator in (JEKYLL, HUGO) else _PLAIN)


def _mark(match: re.Match[str]) -> str:
    return f'<sup data-fn-mark="{match[1]}">{match[1]}</sup>'


# -------------------------------------------------------------------------------------------------- reStructuredText

_RST = {
    # Nothing is read from other files, nothing is run, and nothing is fetched.
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "_disable_config": True,
    "report_level": 5,
    "halt_level": 5,
    "traceback": False,
    "warning_stream": False,
    "doctitle_xform": True,
    "sectsubtitle_xform": False,
    "syntax_highlight": "none",
    "embed_stylesheet": False,
    "stylesheet_path": "",
    "math_output": "LaTeX",
    "smart_quotes": False,
    "initial_header_level": 2,
    "line_length_limit": 100_000,
    "id_prefix": "",
    "footnote_references": "superscript",
    "output_encoding": "unicode",
}
_DIRECTIVE = re.compile(r"^([ \t]*)\.\. ([a-z][\w:-]*)::[ \t]*(.*)$", re.MULTILINE)


class _Player(Directive):
    """`.. youtube:: id`, as Nikola and Pelican's plugins have it."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = None

    def run(self) -> list[Any]:
        pattern = {"youtube": "https://www.youtube.com/watch?v={}", "vimeo": "https://vimeo.com/{}"}.get(
            self.name, "{}"
        )
        words = self.arguments[0].strip()
        url = words if "://" in words else pattern.format(words)
        return [nodes.raw("", f'<iframe src="{escape(url)}"></iframe>', format="html")]


_PLAYERS = ("youtube", "vimeo", "soundcloud", "media")
for _name in _PLAYERS:
    directives.register_directive(_name, _Player)
for _name in ("doc", "ref", "abbr", "kbd", "file", "dfn", "menuselection", "guilabel", "command"):
    roles.register_generic_role(_name, nodes.inline)


def rst_to_html(text: str) -> tuple[str, str]:
    """reStructuredText as HTML, with its title taken off. What is damaged in it is kept as it stands."""
    try:
        parts = docutils_core.publish_parts(text, writer="html5", settings_overrides=_RST)
    except Exception:  # docutils raises many things, and a text is never a reason to end an import
        return "", "".join(f"<p>{escape(part)}</p>" for part in re.split(r"\n\s*\n", text) if part.strip())
    return str(parts["title"]), str(parts["body"])


def unknown_directives(text: str) -> list[str]:
    """The names of the directives that nobody here knows."""
    names = [match[2] for match in _DIRECTIVE.finditer(text)]
    return [name for name in names if name not in _PLAYERS and name not in directive_names.directives]
