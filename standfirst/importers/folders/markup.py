"""Turns Markdown and reStructuredText into HTML, as the generators of sites read them.

One reader of Markdown for each combination of habits, made once. Nothing is included from other files and nothing
fetched.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Any

from docutils import core as docutils_core
from docutils import nodes
from docutils.parsers.rst import Directive, directives, roles
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from standfirst.importers.folders.settings import HUGO, JEKYLL

# Lines of attributes (`{: .wide}`, `{.wide #id}`), and those behind a heading, a link or an image.
_ATTRIBUTE_LINE = re.compile(r"^[ \t]{0,3}\{:?[ \t]*(?:[.#:][\w-]|[\w-]+=)[^{}\n]*\}[ \t]*$\n?", re.MULTILINE)
_KRAMDOWN_LINE = re.compile(r"^[ \t]{0,3}\{:(?:/?[\w-]*|[^{}\n]*)/?\}[ \t]*$\n?", re.MULTILINE)
_BEHIND = re.compile(r"(?<=[)\]*_`])\{:?[ \t]*(?:[.#:][\w-]|[\w-]+=)[^{}\n]*\}")
_HEADING = re.compile(r"^(#{1,6}[ \t][^\n]*?)[ \t]*\{:?[ \t]*[.#][^{}\n]*\}[ \t]*$", re.MULTILINE)
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
_CODE_ATTRIBUTES = re.compile(r"\A\{?\s*\.?([\w+#.-]+)")
NOTE = "sf-note"


def to_html(text: str, generator: str, *, is_mdx: bool = False) -> str:
    """Markdown as HTML. A footnote's mark is `<sup data-fn-mark>`, and the notes stand at the end as `<sf-note>`."""
    if is_mdx:
        text = _JSX_COMMENT.sub("", _JSX_LINE.sub("", text))
    if "{" in text or "TOC" in text or "toc" in text:
        text = _outside_fences(text)
    return str(_reader(generator in (JEKYLL, HUGO)).render(text))


def inline(text: str, generator: str) -> str:
    """A line of Markdown as HTML."""
    return str(_reader(generator in (JEKYLL, HUGO)).renderInline(text))


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
    if "{" in text:
        text = _HEADING.sub(r"\1", _ATTRIBUTE_LINE.sub("", _KRAMDOWN_LINE.sub("", text)))
        text = _BEHIND.sub("", text)
    return _TOC.sub("", text)


@lru_cache(maxsize=2)
def _reader(is_typographic: bool) -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": True, "typographer": is_typographic})
    reader.enable(["table", "strikethrough"])
    reader.use(footnote_plugin).use(deflist_plugin)
    for name, rule in _RULES.items():
        reader.add_render_rule(name, rule)
    if is_typographic:
        # Quotation marks and dashes; not the rule that makes a sign of every “(c)” and “(r)” of a list.
        reader.enable("smartquotes")
        reader.core.ruler.before("smartquotes", "dashes", _dashes)
    return reader


def _dashes(state: Any) -> None:
    for token in state.tokens:
        for child in token.children or ():
            if child.type == "text" and ("--" in child.content or "..." in child.content):
                words = child.content.replace("...", "…")
                child.content = re.sub(r"(?<!-)--(?!-)", "–", re.sub(r"(?<!-)---(?!-)", "—", words))


def _note_mark(self: Any, tokens: Sequence[Token], number: int, options: Any, env: Any) -> str:
    mark = tokens[number].meta["id"] + 1
    return f'<sup data-fn-mark="{mark}">{mark}</sup>'


def _note_open(self: Any, tokens: Sequence[Token], number: int, options: Any, env: Any) -> str:
    return f'<{NOTE} n="{tokens[number].meta["id"] + 1}">'


def _note_close(self: Any, tokens: Sequence[Token], number: int, options: Any, env: Any) -> str:
    return f"</{NOTE}>\n"


def _nothing(self: Any, tokens: Sequence[Token], number: int, options: Any, env: Any) -> str:
    return ""


def _fence(self: Any, tokens: Sequence[Token], number: int, options: Any, env: Any) -> str:
    token = tokens[number]
    found = _CODE_ATTRIBUTES.match(token.info.strip())
    language = f' class="language-{escapeHtml(found[1].rstrip("}"))}"' if found else ""
    return f"<pre><code{language}>{escapeHtml(token.content)}</code></pre>\n"


_RULES = {
    "footnote_ref": _note_mark,
    "footnote_block_open": _nothing,
    "footnote_block_close": _nothing,
    "footnote_open": _note_open,
    "footnote_close": _note_close,
    "footnote_anchor": _nothing,
    "fence": _fence,
}


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
_UNKNOWN_DIRECTIVE = re.compile(r"^([ \t]*)\.\. ([a-z][\w:-]*)::[ \t]*(.*)$", re.MULTILINE)


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


for _name in ("youtube", "vimeo", "soundcloud", "media"):
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
    found = []
    for match in _UNKNOWN_DIRECTIVE.finditer(text):
        if match[2] not in directives._directives and match[2] not in directives._directive_registry:
            found.append(match[2])
    return found
