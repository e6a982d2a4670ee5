"""Bodies become blocks, whatever the generator's own tags are; what is not understood is kept and counted."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standfirst.articles.models import ArticlePage
from standfirst.importers.folders.content import Reach, convert
from standfirst.importers.folders.documents import Document
from standfirst.importers.folders.matter import Matter
from standfirst.importers.folders.settings import ELEVENTY, HUGO, JEKYLL, MDBOOK, NIKOLA, PELICAN, PLAIN, ZOLA
from standfirst.importers.reading.records import MediaRef
from standfirst.text.marks import without_typed
from tests.profiles import examples

GENERATORS = (JEKYLL, HUGO, PELICAN, ELEVENTY, NIKOLA, ZOLA, MDBOOK, PLAIN)
PICTURES = frozenset({"static/img/river.png", "posts/flood/map.png", "assets/team.jpg"})


def blocks(body, generator=JEKYLL, ending=".md", path="posts/flood/index.md", **reach):
    document = Document(path, ending, Matter(), "article", body=body)
    found = convert(document, Reach(generator, pictures=PICTURES, **reach))
    return [tuple(block) for block in found.blocks]


def image(source_id, url, alt="", caption="", credit=""):
    return {"image": MediaRef(source_id, url), "alt": alt, "caption": caption, "credit": credit}


PLAIN_MARKDOWN = [
    ("One *two*.\n\nThree.", [("paragraph", "<p>One <em>two</em>.</p>"), ("paragraph", "<p>Three.</p>")]),
    (
        "# Big\n\n#### Small",
        [("heading", {"text": "Big", "level": "h2"}), ("heading", {"text": "Small", "level": "h4"})],
    ),
    ("- One\n- Two", [("list", "<ul> <li>One</li> <li>Two</li> </ul>")]),
    ("> Said", [("quotation", {"text": "<p>Said</p>", "attribution": "", "source_url": ""})]),
    ("```python\nx = 1\n```", [("code", {"language": "python", "code": "x = 1"})]),
    ("```{.r}\nx\n```", [("code", {"language": "r", "code": "x"})]),
    ("    indented", [("code", {"language": "", "code": "indented"})]),
    ("---", [("divider", None)]),
    ("A line\n{: .lead}", [("paragraph", "<p>A line</p>")]),
    ("## Head {#id .wide}", [("heading", {"text": "Head", "level": "h2"})]),
    ('[a](https://x.example){:target="_blank"}', [("paragraph", '<p><a href="https://x.example">a</a></p>')]),
    ("Before\n\n<!--more-->\n\nAfter", [("paragraph", "<p>Before</p>"), ("paragraph", "<p>After</p>")]),
    ("“Quoted” -- and (c)", [("paragraph", "<p>“Quoted” – and (c)</p>")]),
    ("<script>alert(1)</script>\n\nText", [("paragraph", "<p>Text</p>")]),
    (
        "So[^a] it is.\n\n[^a]: A *note*.",
        [("paragraph", "<p>So[^1] it is.</p>"), ("footnotes", [{"mark": "1", "text": "A <em>note</em>."}])],
    ),
    ("![A map](map.png)", [("image", image("posts/flood/map.png", "map.png", "A map"))]),
    ("![](/img/river.png)", [("image", image("static/img/river.png", "/img/river.png"))]),
    ("![](gone.png)", [("image", image("", "gone.png"))]),
]


@pytest.mark.parametrize(("body", "expected"), PLAIN_MARKDOWN)
def test_markdown_becomes_blocks(body, expected):
    found = blocks(body)

    assert [
        (kind, value.replace("\n", " ") if kind == "list" else value) for kind, value in found
    ] == expected


TAGS = [
    (HUGO, '{{< figure src="map.png" alt="A map" caption="The *river*" attr="Ada" >}}', "image"),
    (HUGO, "{{< youtube dQw4w9WgXcQ >}}", "embed"),
    (HUGO, '{{< tweet user="ada" id="123" >}}', "embed"),
    (HUGO, "{{< highlight go >}}\nx := 1\n{{< /highlight >}}", "code"),
    (ZOLA, '{{ youtube(id="dQw4w9WgXcQ") }}', "embed"),
    (ZOLA, '{{ figure(src="map.png", alt="A map") }}', "image"),
    (JEKYLL, '{% include figure.html path="assets/team.jpg" caption="Us" %}', "image"),
    (JEKYLL, "{% twitter https://twitter.com/ada/status/1 %}", "embed"),
    (JEKYLL, "{% highlight ruby %}\nputs 1\n\nputs 2\n{% endhighlight %}", "code"),
    (ELEVENTY, '{% image "assets/team.jpg" "All of us" %}', "image"),
    (ELEVENTY, '{{ "https://www.youtube-nocookie.com/embed/x" | embed: "A film" }}', "embed"),
    (PELICAN, "{% youtube dQw4w9WgXcQ %}", "embed"),
    (PELICAN, "![A map]({static}map.png)", "image"),
    (NIKOLA, "{{% youtube dQw4w9WgXcQ %}}", "embed"),
]


@pytest.mark.parametrize(("generator", "body", "kind"), TAGS)
def test_a_generators_own_tag_becomes_the_block_it_means(generator, body, kind):
    found = blocks(f"Before.\n\n{body}\n\nAfter.", generator)

    assert [name for name, _ in found] == ["paragraph", kind, "paragraph"]


def test_a_figures_caption_and_credit_are_kept():
    body = '{{< figure src="map.png" alt="A map" caption="The *river*" attr="Ada" >}}'

    assert blocks(body, HUGO) == [
        ("image", image("posts/flood/map.png", "map.png", "A map", "The <em>river</em>", "Ada"))
    ]


def test_an_include_of_a_link_with_words_is_printed():
    body = '{% include item.html\n link="https://x.example/a"\n title="Salt"\n text="A tale"\n%}'

    assert blocks(body) == [
        ("paragraph", '<p><a href="https://x.example/a">Salt</a></p>'),
        ("paragraph", "<p>A tale</p>"),
    ]


UNKNOWN = [
    (JEKYLL, "{% include poll.html id=4 %}", "poll"),
    (JEKYLL, "{{ page.cover | upcase }}", "upcase"),
    (HUGO, '{{< chart data="x.csv" >}}', "chart"),
    (ZOLA, '{{ chart(data="x.csv") }}', "chart"),
    (MDBOOK, "{{#playground x.rs}}", "playground"),
]


@pytest.mark.parametrize(("generator", "raw", "name"), UNKNOWN)
def test_what_is_not_understood_is_kept_where_it_stood_and_counted(generator, raw, name):
    document = Document("a.md", ".md", Matter(), "article", body=f"Before.\n\n{raw}\n\nAfter.")

    found = convert(document, Reach(generator))

    assert [tuple(block) for block in found.blocks] == [
        ("paragraph", "<p>Before.</p>"),
        ("unknown", {"source": "folders", "name": name, "words": "", "raw": raw}),
        ("paragraph", "<p>After.</p>"),
    ]
    assert found.unknown_shortcodes == (name,)


def test_what_an_unknown_tag_wraps_is_still_the_writers_text():
    found = blocks("{% notice %}\n\nThe **river** rose.\n\n{% endnotice %}")

    assert ("paragraph", "<p>The <strong>river</strong> rose.</p>") in found


@pytest.mark.parametrize("generator", [JEKYLL, ELEVENTY, PELICAN])
def test_what_stands_between_raw_tags_is_text_like_any_other_but_for_its_tags(generator):
    found = blocks(
        "{% raw %}\n<script>\n  (() => {})();\n</script>\n\nThe **river** rose, says {{ page.title }}.\n{% endraw %}",
        generator,
    )

    assert [(kind, without_typed(words)) for kind, words in found] == [
        ("paragraph", "<p>The <strong>river</strong> rose, says {{ page.title }}.</p>")
    ]


IN_CODE = [
    (JEKYLL, "`{{ site.title }}`", ("paragraph", "<p><code>{{ site.title }}</code></p>")),
    (JEKYLL, "```\n{% if x %}\n```", ("code", {"language": "", "code": "{% if x %}"})),
    (HUGO, "    {{< figure >}}", ("code", {"language": "", "code": "{{< figure >}}"})),
    (JEKYLL, "```\n{% raw %}{{ x }}{% endraw %}\n```", ("code", {"language": "", "code": "{{ x }}"})),
]


@pytest.mark.parametrize(("generator", "body", "expected"), IN_CODE)
def test_a_tag_in_code_is_code(generator, body, expected):
    assert blocks(body, generator) == [expected]


def test_braces_are_text_where_no_generator_gives_them_a_meaning():
    assert blocks("{% if %} and {{ x }}", PLAIN) == [("paragraph", "<p>{% if %} and {{ x }}</p>")]


def test_an_address_made_by_a_tag_is_the_address():
    variables = {"site.baseurl": "/mag"}

    assert blocks('[a]({{ "/2015/05/11/x/" | url }}) [b]({{ site.baseurl }}/c)', variables=variables) == [
        ("paragraph", '<p><a href="/2015/05/11/x/">a</a> <a href="/mag/c">b</a></p>')
    ]


def test_links_to_other_texts_and_to_the_old_site_lead_on():
    known = {"b.md": "/b/"}

    found = blocks(
        "[one](b.md#top) [two](https://www.lantern.example/2015/x/) [three](https://other.example/b.md)",
        hosts=("lantern.example",),
        resolve=lambda path, link: known.get(link, ""),
    )

    assert found == [
        (
            "paragraph",
            '<p><a href="/b/#top">one</a> <a href="/2015/x/">two</a> <a href="https://other.example/b.md">three</a></p>',
        )
    ]


def test_mathematics_stays_as_it_was_typed():
    assert blocks("So $$x_1 * y_2 * z$$ holds.") == [("paragraph", "<p>So $$x_1 * y_2 * z$$ holds.</p>")]


def test_restructuredtext_becomes_blocks_and_reads_no_file():
    body = "Some *words*.\n\n.. code-block:: python\n\n   x = 1\n\n.. include:: /etc/passwd\n\n.. raw:: html\n\n   <b>raw</b>\n\n.. youtube:: abc\n\nSub\n---\n\n- One\n"

    found = blocks(body, PELICAN, ".rst")

    assert [kind for kind, _ in found] == ["paragraph", "code", "embed", "heading", "list"]
    assert "root:" not in repr(found)


def test_a_directive_nobody_knows_is_counted():
    document = Document("a.rst", ".rst", Matter(), "article", body=".. chart:: x\n\n   y\n\nWords.")

    found = convert(document, Reach(NIKOLA))

    assert found.unknown_shortcodes == ("chart",)


@settings(max_examples=examples(200), deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "{%",
                "%}",
                "{{",
                "}}",
                "{{<",
                ">}}",
                " raw ",
                " endraw ",
                " highlight x ",
                " endhighlight ",
                "include a.html",
                "figure src='a.png'",
                "<p>",
                "<pre>",
                "</pre>",
                "`",
                "```\n",
                "\n",
                "\n\n",
                "    ",
                "[^1]",
                "[^1]: note",
                "$$",
                "text",
                "sf-mark",
                '<sf-mark n="0">',
                "sf-note",
                "'",
                '"',
                "|",
                "&lt;",
                "<",
                "# ",
                "- ",
                "{: .x}",
                "![",
                "](a)",
            ]
        ),
        max_size=30,
    ).map("".join),
    st.sampled_from(GENERATORS),
    st.sampled_from([".md", ".html", ".rst", ".mdx"]),
)
def test_no_body_is_too_broken_to_convert_and_every_block_is_one_of_ours(body, generator, ending):
    found = blocks(body, generator, ending)

    known = ArticlePage._meta.get_field("body").stream_block.child_blocks
    assert {kind for kind, _ in found} <= set(known)
    assert "sf-note" not in repr([value for kind, value in found if kind == "paragraph"]) or "sf-note" in body


@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1), min_size=1, max_size=8))
def test_every_word_of_plain_prose_is_still_there(words):
    from standfirst.text.markup import plain_text

    found = blocks("\n\n".join(f"a{word}" for word in words), PLAIN)

    assert [plain_text(value) for kind, value in found] == [plain_text(f"a{word}") for word in words]


def test_a_box_is_a_quotation_that_begins_with_its_title():
    text = '!!! note "Look"\n    A note.\n\n    - And more.\n\nAfter.'

    found = convert(Document("a.md", ".md", Matter(), "article", body=text), Reach(""))

    assert [block.type for block in found.blocks] == ["quotation", "paragraph"]
    assert found.blocks[0].value["text"].startswith("<p><strong>Look</strong></p><p>A note.</p>")
    assert "And more." in found.blocks[0].value["text"]


def test_emoji_by_name_are_emoji_and_make_no_list_of_definitions():
    text = ":envelope: Write to us.\n:warning: Old. At 10:30:15, `:key:`."

    found = convert(Document("a.md", ".md", Matter(), "article", body=text), Reach(""))

    assert [tuple(block) for block in found.blocks] == [
        ("paragraph", "<p>✉ Write to us.\n⚠ Old. At 10:30:15, <code>:key:</code>.</p>")
    ]
