"""Marks of other systems are told from words."""

import base64
import re
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from standfirst.bodies.text import words_of_unknown
from standfirst.text.flow import Flow
from standfirst.text.marks import OPAQUE, Kind, find_marks, typed, without_typed


def left(text: str, *, is_html: bool = False) -> str:
    """The text without its marks, and with the words that they held."""
    flow = Flow(text, is_html=is_html)
    return flow.without((mark.start, mark.end, mark.words) for mark in find_marks(flow.text).marks)


WORDS = [
    "First.\n[cross-talk]\nSecond.\n[off-mic]\nThird.",
    "He wrote “teh” [sic] and [emphasis added].",
    "See [1], [^2], [12–14] and […].",
    "Write to [name@example.com] or [at] example [dot] org.",
    "[Laughter]",
    "x[i] = y[j]; input[type=\"text\"] and a[href='x']",
    '#[must_use] and #[path = "foo.rs"] and #![no_std]',
    "[n = 25, p=0.05] and [p=0.05] [see x=2]",
    "Dear [first_name], dear {name}",
    "[and the guy who posted this :: http://x.example/article.php?story=2008]",
    "A set {a, b}, {1, 2, 3} and {x: x > 2}, and the set of a set {{a, b}}",
    "Numbers print as {:x}, {:.2} or {::}, and {.5} is a half",
    "!!! wow that works",
    "??? what is it",
    "Between {{ and }} stands a name; {{ }} is empty, {{citation needed}}",
    r"The sum \frac{{a}}{{b}} and $x_{a}^{{b}}$ and \[ \alpha[i] \] and $$ \text{{[b]x[/b]}} $$",
    "Option<Vec<T>> and <T> and List<String>",
    "10:30:15, a:b:c and std::vec::Vec; ratio 3:::1",
    "Wow!!! Really??? Yes",
    "https://x.example/a/b/c/d1e2f3A4B5C6D7E8F9G0H1I2J3K4L5M6N7O8P9Q0R1S2T3",
    "sha256 3f786850e387550fdab836ed7e6dc881de23001b3f786850e387550fdab836ed7e6dc881de23001b",
    "the data: we had, and data:text",
    "{.h, .cc} files",
    "[-] [ ] [x] [X] [] [[wiki link]]",
    "[sarcasm] no [/rant]",
]


@pytest.mark.parametrize("text", WORDS)
def test_words_that_look_a_little_like_marks_are_words(text):
    assert find_marks(text).marks == ()
    assert left(text) == text


MARKS = [
    ('[vc_row css=".vc_1{margin:0}"][vc_column width="1/2"]Text[/vc_column][/vc_row]', "Text"),
    ("[vc_column_text el_class= »date »] 6 July [/vc_column_text]", "6 July"),
    ("[su_dropcap]T[/su_dropcap]he", "The"),
    ("[box title=”A title”]Words[/box]", "A titleWords"),
    ('[contact-form-7 id="4" title="Contact form 1"]', ""),
    ("[ad id=4]\nOn", "On"),
    ("[one_half_last]", ""),
    ("On.[/vc_column_text]", "On."),
    ("[form /]", ""),
    ("[url=https://x.example]Words[/url]", "Words"),
    ('{{< figure src="x.png" caption="A boat" >}}', "A boat"),
    ("{{% notice tip %}}Some words{{% /notice %}}", "Some words"),
    ("{% include poll.html id=4 %}", ""),
    ("{% note %}Words{% endnote %}", "Words"),
    ('{{ "x" | filter }} {{ page.title }} {{chart(data="x.csv")}} {{{body}}} {{#if x}}Words{{/if}}', "Words"),
    ("{# a note #}On{/* another */}", "On"),
    ('<Note type="tip">Words</Note> <Chart data={[1, {a: 2}]} />', "Words"),
    ('<!-- wp:acme/box {"tone":"warm"} -->Words<!-- /wp:acme/box -->', "Words"),
    (":::note Look here\nWords\n:::", "Look here\nWords"),
    ("::: {.callout-note}\nWords\n:::", "Words"),
    ('!!! note "Look here"\nWords', "Look here\nWords"),
    ("[!NOTE]\nWords", "Words"),
    ("[[toc]]\n[TOC]\n[[_TOC_]]\n{:toc}\nWords", "Words"),
    ('Words {: .x } {#id} {.a .b width="3"} {:target="_blank"}', "Words"),
    ("Words :fontawesome-solid-clock:", "Words"),
    (f"See data:image/png;base64,{'iVBORw0K' * 8} there", "See there"),
]


@pytest.mark.parametrize(("text", "words"), MARKS)
def test_of_marks_the_words_are_left(text, words):
    assert "\n".join(filter(None, (line.strip() for line in left(text).split("\n")))) == words


@pytest.mark.parametrize(
    "wrapper",
    [
        '[cce lang="php"]{}[/cce]',
        "[php]{}[/php]",
        "[code]{}[/code]",
        "{{% highlight go %}}{}{{% /highlight %}}",
    ],
)
def test_what_a_wrapper_of_code_holds_is_code(wrapper):
    code = '\nif ($a[0] < $b) { echo "[b]x[/b] {{ y }}"; }\n'
    text = wrapper.replace("{}", code, 1)

    (mark,) = find_marks(text).marks

    assert mark.kind is Kind.CODE
    assert text[slice(*mark.inner)] == code


def test_a_wrapper_of_a_language_people_speak_holds_words():
    assert left('[lang lang="fr"]Bonjour, tout le monde.[/lang]') == "Bonjour, tout le monde."


def test_a_payload_that_decodes_to_words_gives_these():
    packed = base64.b64encode(quote("<p>Raw text.</p>").encode()).decode()

    assert left(f"[vc_raw_html]{packed}[/vc_raw_html]") == "Raw text."
    assert left(f"Before {base64.b64encode(b'<p>Once upon a time in a town</p>').decode()} after") == (
        "Before Once upon a time in a town after"
    )
    assert left("[b]abcdefgh[/b]") == "abcdefgh"


def test_a_name_that_is_a_mark_in_one_place_is_one_in_another():
    assert left('[tab title="First"]One[/tab] and [tab] too') == "FirstOne and too"
    assert left("Only [tab] here") == "Only [tab] here"


def test_what_may_be_a_mark_is_printed_and_told():
    reading = find_marks("On.\n[gallery]\nAnd [gallery] again.")

    assert reading.marks == ()
    assert reading.doubtful == ("[gallery]",)


def test_code_in_a_text_is_not_read():
    html = '<p>Write <code>[b id="1"]x[/b]</code> or <code>{{ x }}</code>.</p><pre>{% y %}</pre>'

    assert left(html, is_html=True) == html


def test_what_was_escaped_is_printed():
    protected = typed('[gallery ids="1"] and {{ x }}')

    assert find_marks(protected).marks == ()
    assert without_typed(protected) == '[gallery ids="1"] and {{ x }}'


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ('<p>One <em>[b x="1"]</em> two</p>', "<p>One  two</p>"),  # a browser shows one space
        (
            "<p><strong>[drop]T[/drop]he</strong> river &amp; bridge</p>",
            "<p><strong>The</strong> river &amp; bridge</p>",
        ),
        ("<p>[box a=&quot;b&quot;]<br>One &lt; two</p><p>[/box]</p>", "<p>One &lt; two</p>"),
        ("<ul><li>[x y='1']</li><li>One</li></ul>", "<ul><li>One</li></ul>"),
        ('<p>[video src="<a href="https://x.example">x</a>"]On</p>', "<p>On</p>"),
        ("<p>A &lt;Note a=&quot;b&quot; /&gt; b &amp;lt; c  d</p>", "<p>A b &amp;lt; c  d</p>"),
    ],
)
def test_marks_leave_the_html_they_stand_in_whole(html, words):
    assert left(html, is_html=True) == words


PROSE = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"], exclude_characters="[]{}<>$\\:!?&"),
    max_size=40,
)


@given(PROSE)
def test_a_text_without_signs_has_no_marks(text):
    assert find_marks(text) == find_marks("")
    assert Flow(text, is_html=False).text == text


@given(st.text(max_size=300))
def test_any_text_is_read_and_marks_stand_in_order_within_it(text):
    marks = find_marks(text).marks

    places = [place for mark in marks for place in (mark.start, mark.end)]
    assert places == sorted(places)
    assert all(text[mark.start : mark.end] == mark.raw for mark in marks)
    words_of_unknown(text)


@given(st.text(max_size=200))
def test_reading_html_and_taking_nothing_changes_nothing(text):
    assert "".join(source for source, _, _ in Flow(text, is_html=True)._pieces) == text


NAMES = st.from_regex(r"[a-z]{2,6}(_[a-z]{2,6}){0,2}", fullmatch=True).filter(
    lambda name: (
        find_marks(f"[{name}]x[/{name}]").marks
        and find_marks(f"[{name}]x[/{name}]").marks[0].kind is not Kind.CODE
        and not name.startswith("end")
    )
)
WORD = st.from_regex(r"[a-zà-ÿ]{1,9}[.,]?", fullmatch=True)
WRAPPERS = [
    "[{0}]\n{1}\n[/{0}]",
    '[{0} id="a-b" css=".x{{margin:0}}"]\n{1}\n[/{0}]',
    "{{{{< {0} x=3 >}}}}\n{1}\n{{{{< /{0} >}}}}",
    "{{{{% {0} %}}}}\n{1}\n{{{{% /{0} %}}}}",
    "{{% {0} a.html %}}\n{1}\n{{% end{0} %}}",
    "{{{{#{0} x}}}}\n{1}\n{{{{/{0}}}}}",
    ":::{0}\n{1}\n:::",
    '{1}\n[{0} src="x.png"]',
    "{1}\n{{{{ {0} | upcase }}}}",
    "{1} {{: .{0} }}",
    "{1}\n<!-- wp:acme/{0} /-->",
    "{1}\n<Chart{0} of={{3}} />",
]
NESTED = st.recursive(
    st.lists(WORD, max_size=5).map(" ".join),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(WRAPPERS), NAMES, inner).map(lambda made: made[0].format(made[1], made[2])),
        st.tuples(inner, inner).map("\n".join),
    ),
    max_leaves=8,
)


@given(NESTED)
@example("[aa]\n[aa]\nx\n[/aa]\n[/aa]")
def test_any_nesting_of_wrappers_loses_its_syntax_and_no_word(text):
    bare = re.sub(r"\A.*\Z", lambda whole: whole.group(), left(text), flags=re.DOTALL)

    assert not re.search(r"[\[\]{}<>]|:::", bare)
    # Every word that stands on a line or before a mark is one of the writer's.
    written = [word for line in text.split("\n") for word in _written(line)]
    assert bare.split() == written


def _written(line: str) -> list[str]:
    if re.match(r"\[|\{\{|\{%|:::|<", line):
        return []
    return re.sub(r" \{: \.\w+ \}", "", line).split()


@pytest.mark.parametrize(
    "text",
    [
        "[" * 50_000,
        "[a " * 30_000,
        '[a b="' * 20_000,
        "{{ a" * 30_000,
        "{% a " * 30_000,
        "{{< a " * 20_000,
        "<Aa " * 30_000,
        "<!-- wp:a " * 10_000,
        "[a]" * 30_000,
        "[a]" * 15_000 + "[/a]" * 15_000,
        "$a_" * 30_000,
        "{# " * 30_000,
        OPAQUE * 50_000,
    ],
    ids=lambda text: text[:10],
)
def test_hostile_texts_are_read_in_a_moment(text):
    assert left(text) is not None
