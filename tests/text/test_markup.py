import re

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst.text.markup import (
    SCHEMES,
    clean_body_html,
    clean_edited_inline,
    clean_edited_text,
    clean_inline,
    clean_rich_text,
    first_words,
    plain_text,
    safe_url,
)

CLEANERS = [clean_inline, clean_rich_text, clean_body_html, clean_edited_inline, clean_edited_text]
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="jav&#x09;ascript:alert(1)">x</a>',
    '<a href=" data:text/html,<script>alert(1)</script>">x</a>',
    '<p style="background:url(javascript:alert(1))">x</p>',
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    '<math><mtext></mtext><mglyph><svg><mtext><style><path id="</style><img onerror=alert(1) src>">',
    "<iframe src=https://evil.example></iframe>",
    "<form action=/admin/><input name=x></form>",
    '<object data="x"></object><embed src="x">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<p>unclosed <b>tags",
    "<<p>>",
    "<p\0onclick=x>",
]
FRAGMENTS = st.lists(
    st.sampled_from([*HOSTILE, "words", "&amp;", "&lt;b&gt;", "</p>", "<p>", '"', "<!--", "-->"]) | st.text()
)


def acts(html: str) -> bool:
    """Whether anything in it could run or load what is not an image."""
    tree = lxml.html.fromstring(f"<div>{html}</div>")
    for element in tree.iter():
        if not isinstance(element.tag, str):
            return True
        if element.tag in {
            "script",
            "style",
            "iframe",
            "object",
            "embed",
            "form",
            "input",
            "svg",
            "math",
            "link",
            "base",
        }:
            return True
        for name, value in element.attrib.items():
            scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", value, re.IGNORECASE)
            if name.startswith("on") or name == "style":
                return True
            if name in {"href", "src", "cite"} and scheme and scheme.group(1).lower() not in SCHEMES:
                return True
    return False


@pytest.mark.parametrize("clean", CLEANERS)
@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_that_acts_passes(clean, html):
    assert not acts(clean(html))


@pytest.mark.parametrize("clean", CLEANERS)
@given(parts=FRAGMENTS)
def test_nothing_that_acts_passes_in_any_mixture_and_cleaning_again_changes_nothing(clean, parts):
    cleaned = clean("".join(parts))

    assert not acts(cleaned)
    assert clean(cleaned) == cleaned


def test_the_checker_itself_notices_what_acts():
    assert all(map(acts, ["<script></script>", "<p onclick=x>", '<a href="javascript:x">', "<p style=x>"]))


def test_an_editors_internal_link_is_kept():
    html = '<p>See <a linktype="page" id="12">this</a> and <a href="https://example.org/">that</a>.</p>'

    assert clean_edited_text(html) == html
    assert clean_edited_inline(html) == html.removeprefix("<p>").removesuffix("</p>")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>two</p>", "One two"),
        ("a<br>b", "a b"),
        ("un<b>bro</b>ken", "unbroken"),
        ("<script>x()</script>Words<style>p{}</style>", "Words"),
        ("Fish &amp; chips", "Fish & chips"),
        ("&amp;amp;", "&amp;"),
        ("&lt;b&gt; is bold", "<b> is bold"),
        ("<ul><li>a</li><li>b</li></ul>", "a b"),
        ("<td>1</td><td>2</td>", "1 2"),
        ("“Curly”&nbsp;quotes", "“Curly” quotes"),
        ("5 < 6", "5 < 6"),
        ("", ""),
    ],
)
def test_plain_text_has_the_words_and_decodes_once(html, text):
    assert plain_text(html) == text


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a?b=c:d#e",
        "HTTP://EXAMPLE.ORG",
        "/about/",
        "#top",
        "?q=1",
        "mailto:a@example.org",
        "tel:+441",
    ],
)
def test_an_address_that_may_be_linked_to_is_kept(url):
    assert safe_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https:evil",
        "http://[::1",
        "x:y",
        "",
    ],
)
def test_an_address_that_may_not_be_linked_to_is_refused(url):
    assert safe_url(url) is None


@given(st.text())
def test_no_text_makes_the_address_check_fail(url):
    assert safe_url(url) in (None, safe_url(safe_url(url) or ""))


@given(st.text(), st.integers(2, 50))
def test_first_words_keep_to_their_limit(text, limit):
    assert len(first_words(text, limit)) <= limit


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<br>",
                "<li>",
                "</ul>",
                "<em>",
                "</strong>",
                '<a href="/x">',
                "</a>",
                "a",
                "&amp;",
                ">",
            ]
        )
        | st.text()
    )
)
def test_words_are_the_same_whichever_way_markup_is_taken_off(parts):
    html = f"<p>{''.join(parts)}"

    assert plain_text(html) == plain_text(f"{html}<span></span>")
