"""A post's text becomes blocks, from whichever editor, and nothing in it is lost or let out."""

import json

import pytest

from standfirst.bodies.text import body_text
from standfirst.importers.ghost.content import DAMAGED, convert
from standfirst.importers.reading.records import MediaRef

from .exports import lexical, mobiledoc, node, parsed, text


def blocks(hosts=(), **texts):
    return [tuple(block) for block in convert(parsed(**texts), hosts).blocks]


def image(url="", alt="", caption=""):
    return {"image": MediaRef("", url), "alt": alt, "caption": caption, "credit": ""}


def card(kind, **fields):
    return {"type": kind, "version": 1} | fields


def embed(url, title="", caption=""):
    return ("embed", {"url": url, "title": title, "caption": caption})


PICTURE = "__GHOST_URL__/content/images/2024/01/tide.jpg"
CARDS = [
    (
        card("image", src=PICTURE, alt="The tide", caption='By <a href="https://a.example/">Ada</a>'),
        [
            (
                "image",
                image(
                    "/content/images/2024/01/tide.jpg", "The tide", 'By <a href="https://a.example/">Ada</a>'
                ),
            )
        ],
    ),
    (
        card("image", src="/a.jpg", href="https://www.b.example/story"),
        [("image", image("/a.jpg", "", '<a href="https://www.b.example/story">b.example</a>'))],
    ),
    (
        card("gallery", images=[{"src": "/a.jpg"}, {"src": "/b.jpg", "alt": "B"}], caption="<i>Two</i>"),
        [("gallery", {"images": [image("/a.jpg"), image("/b.jpg", "B")], "caption": "<i>Two</i>"})],
    ),
    (
        card("codeblock", code="if a < b:\n    go()", language="python", caption="How"),
        [
            ("code", {"language": "python", "code": "if a < b:\n    go()"}),
            ("paragraph", "<p>How</p>"),
        ],
    ),
    (
        card("embed", url="https://youtu.be/x", html="<iframe></iframe>", metadata={"title": "A film"}),
        [embed("https://youtu.be/x", "A film")],
    ),
    (
        card(
            "bookmark",
            url="https://b.example/",
            metadata={"title": "B", "description": "About b", "icon": "https://b.example/i.png"},
        ),
        [embed("https://b.example/", "B", "About b")],
    ),
    (
        card("callout", calloutEmoji="💡", calloutText="<b>Note</b> this"),
        [("html", "<aside><p>💡 <b>Note</b> this</p></aside>")],
    ),
    (
        card("toggle", heading="Why?", content="<p>Because <b>so</b>.</p>"),
        [("html", "<details><summary>Why?</summary><p>Because <b>so</b>.</p></details>")],
    ),
    (
        card("button", buttonText="Read on", buttonUrl="https://b.example/"),
        [("paragraph", '<p><a href="https://b.example/">Read on</a></p>')],
    ),
    (card("button", buttonText="Subscribe", buttonUrl="#/portal/signup"), []),
    (
        card("audio", src="__GHOST_URL__/content/media/a.mp3", title="Episode 1"),
        [embed("/content/media/a.mp3", "Episode 1")],
    ),
    (
        card("file", src="/content/files/a.pdf", fileTitle="Report", fileCaption="12 pages"),
        [embed("/content/files/a.pdf", "Report", "12 pages")],
    ),
    (
        card(
            "product",
            productTitle="A lamp",
            productDescription="<p>It glows.</p>",
            productRatingEnabled=True,
            productStarRating=4,
            productButtonEnabled=True,
            productButton="Buy",
            productUrl="https://shop.example/",
        ),
        [
            ("heading", {"text": "A lamp", "level": "h4"}),
            ("paragraph", "<p>It glows.</p>"),
            ("paragraph", "<p>★★★★☆</p>"),
            ("paragraph", '<p><a href="https://shop.example/">Buy</a></p>'),
        ],
    ),
    (
        card("header", header="Part <b>two</b>", subheader="The <i>sea</i>"),
        [("heading", {"text": "Part two", "level": "h2"}), ("paragraph", "<p>The <i>sea</i></p>")],
    ),
    (card("horizontalrule"), [("divider", None)]),
    (
        card("markdown", markdown="#Tides\n\nOne\ntwo"),
        [
            ("heading", {"text": "Tides", "level": "h2"}),
            ("paragraph", "<p>One<br>\ntwo</p>"),
        ],
    ),
    (card("html", html="<script>x()</script><p onclick='x()'>Hi</p>"), [("html", "<p>Hi</p>")]),
    (card("html", html='<iframe src="https://map.example/"></iframe>'), [embed("https://map.example/")]),
]


@pytest.mark.parametrize(("node", "expected"), CARDS, ids=[node["type"] for node, _ in CARDS])
def test_a_card_becomes_the_blocks_that_say_the_same(node, expected):
    assert blocks(lexical=lexical(node)) == expected


FOR_NOBODY = [
    card("html", html="<p>Only for us</p>", visibility={"web": {"nonMember": False}}),
    card("html", html="<p>Only for us</p>", visibility={"showOnWeb": False}),
    card("call-to-action", textValue="<p>Only for us</p>", visibility={"web": {"nonMember": False}}),
    card("email", html="<p>Only for us -- and -- us --> you</p>"),
    card("email-cta", html="<p>Only for us</p>"),
    card("signup", header="Only for us"),
]


@pytest.mark.parametrize("hidden", FOR_NOBODY, ids=lambda card: card["type"])
def test_what_only_members_or_e_mails_were_shown_is_kept_and_never_printed(hidden):
    found = convert(parsed(lexical=lexical(node("paragraph", text("Before")), hidden)))

    kept = [block for block in found.blocks if block.type == "unknown"]
    assert "nly for us" in kept[0].value["raw"]
    assert "nly for us" not in body_text([{"value": block.value} for block in found.blocks])
    assert any("not printed" in note for note in found.notes)
    assert found.unknown_blocks == ()


def test_an_unknown_card_is_kept_whole_counted_and_its_words_printed():
    found = convert(parsed(lexical=lexical(card("recipe", title="Soup", steps=[1, 2], html="<p>Boil.</p>"))))

    (block,) = found.blocks
    assert block.type == "unknown"
    assert (block.value["source"], block.value["name"]) == ("ghost", "recipe")
    assert '"steps": [1, 2]' in block.value["raw"]
    assert body_text([{"value": block.value}]) == "Soup Boil."
    assert found.unknown_blocks == ("recipe",)


LEXICAL = [
    (
        [node("paragraph", text("A "), text("bold", 1), text(" word"))],
        ["<p>A <strong>bold</strong> word</p>"],
    ),
    (
        [
            node(
                "paragraph",
                node("link", text("there"), url="__GHOST_URL__/tides/"),
                node("linebreak"),
                text("& on"),
            )
        ],
        ['<p><a href="/tides/">there</a><br>&amp; on</p>'],
    ),
    ([node("extended-heading", text("Tides"), tag="h1")], [{"text": "Tides", "level": "h2"}]),
    (
        [node("aside", text("Loud"))],
        [{"text": "<p>Loud</p>", "attribution": "", "source_url": ""}],
    ),
    (
        [
            node(
                "list",
                node("listitem", text("One")),
                node("listitem", node("list", node("listitem", text("Below")), listType="bullet")),
                listType="number",
                start=3,
            )
        ],
        ['<ol start="3"><li>One<ul><li>Below</li></ul></li></ol>'],
    ),
    (
        [node("list", node("listitem", text("Done"), checked=True), listType="check")],
        ["<ul><li>☑ Done</li></ul>"],
    ),
    ([node("paragraph")], []),
]


@pytest.mark.parametrize(("nodes", "expected"), LEXICAL)
def test_the_present_editors_text_keeps_its_emphasis_links_and_lists(nodes, expected):
    values = [value for _, value in blocks(lexical=lexical(*nodes))]

    assert values == expected


def test_the_former_editors_text_keeps_its_emphasis_atoms_and_cards():
    document = mobiledoc(
        [1, "h2", [[0, [], 0, "Tides"]]],
        [1, "p", [[0, [0], 0, "A "], [0, [1], 2, "link"], [1, [], 0, 0], [0, [], 0, "& on"]]],
        [3, "ul", [[[0, [], 0, "One"]], [[0, [], 0, "Two"]]]],
        [10, 0],
        [10, 1],
        cards=[["image", {"src": "/a.jpg", "alt": "A"}], ["hr", {}]],
        markups=[["em"], ["a", ["href", "https://b.example/"]]],
        atoms=[["soft-return", "", {}]],
    )

    assert blocks(mobiledoc=document) == [
        ("heading", {"text": "Tides", "level": "h2"}),
        ("paragraph", '<p><em>A <a href="https://b.example/">link</a></em><br>&amp; on</p>'),
        ("list", "<ul><li>One</li><li>Two</li></ul>"),
        ("image", image("/a.jpg", "A")),
        ("divider", None),
    ]


def test_the_newest_text_that_can_be_read_is_taken():
    newest = lexical(node("paragraph", text("Newest")))
    former = mobiledoc([1, "p", [[0, [], 0, "Former"]]])

    assert blocks(lexical=newest, mobiledoc=former, html="<p>Oldest</p>") == [("paragraph", "<p>Newest</p>")]
    assert blocks(mobiledoc=former, html="<p>Oldest</p>") == [("paragraph", "<p>Former</p>")]
    assert blocks(html="<p>Oldest</p>") == [("paragraph", "<p>Oldest</p>")]
    assert blocks(plaintext="One\n\nTwo <3") == [
        ("paragraph", "<p>One</p>"),
        ("paragraph", "<p>Two &lt;3</p>"),
    ]


@pytest.mark.parametrize("broken", ['{"root": {"chil', "[]", '{"root": 3}', "[" * 100_000])
def test_of_a_damaged_text_the_older_version_is_taken_and_said_so(broken):
    found = convert(parsed(lexical=broken, html="<p>Older</p>"))

    assert [tuple(block) for block in found.blocks] == [("paragraph", "<p>Older</p>")]
    assert found.notes == (DAMAGED,)


def test_text_nested_beyond_reason_is_kept_as_words():
    deep = text("At the bottom")
    for _ in range(200):
        deep = node("quote", deep)

    assert "At the bottom" in str(blocks(lexical=lexical(deep)))


def test_markdown_alone_is_taken_as_ghost_printed_it():
    document = mobiledoc(
        [10, 0], cards=[["card-markdown", {"cardName": "card-markdown", "markdown": "A *b*"}]]
    )

    assert blocks(mobiledoc=document, html="<p>A <em>c</em></p>") == [("paragraph", "<p>A <em>c</em></p>")]
    assert blocks(mobiledoc=document) == [("paragraph", "<p>A <em>b</em></p>")]


def test_footnotes_of_several_markdown_cards_do_not_run_into_each_other():
    document = lexical(
        card("markdown", markdown="One[^1]\n\n[^1]: First *note*"),
        card("markdown", markdown="Two[^a] and again[^a]\n\n[^a]: Second"),
    )

    found = blocks(lexical=document)

    assert found == [
        ("paragraph", "<p>One[^1]</p>"),
        ("paragraph", "<p>Two[^2] and again[^2]</p>"),
        ("footnotes", [{"mark": "1", "text": "First <em>note</em>"}, {"mark": "2", "text": "Second"}]),
    ]


def test_footnotes_as_old_versions_printed_them_are_footnotes():
    html = (
        '<p>It rose.<sup id="fnref:1"><a href="#fn:1" rel="footnote">1</a></sup> And fell.</p><hr>'
        '<div class="footnotes"><ol><li class="footnote" id="fn:1"><p>By a metre. '
        '<a href="#fnref:1" title="return">↩</a></p></li></ol></div>'
    )

    assert blocks(html=html) == [
        ("paragraph", "<p>It rose.[^1] And fell.</p>"),
        ("footnotes", [{"mark": "1", "text": "By a metre."}]),
    ]


HTML = [
    (
        '<figure class="kg-card kg-image-card kg-card-hascaption"><img src="__GHOST_URL__/content/images/a.jpg" alt="A">'
        "<figcaption>By <b>Ada</b></figcaption></figure>",
        [("image", image("/content/images/a.jpg", "A", "By <b>Ada</b>"))],
    ),
    (
        '<figure class="kg-card kg-gallery-card"><div class="kg-gallery-container"><div class="kg-gallery-row">'
        '<div class="kg-gallery-image"><img src="/a.jpg"></div><div class="kg-gallery-image"><img src="/b.jpg"></div>'
        "</div></div></figure>",
        [("gallery", {"images": [image("/a.jpg"), image("/b.jpg")], "caption": ""})],
    ),
    (
        '<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href="https://b.example/">'
        '<div class="kg-bookmark-title">B</div><div class="kg-bookmark-description">About b</div>'
        '<img class="kg-bookmark-icon" src="https://b.example/i.png"></a></figure><p>After</p>',
        [embed("https://b.example/", "B", "About b"), ("paragraph", "<p>After</p>")],
    ),
    (
        '<div class="kg-card kg-callout-card"><div class="kg-callout-emoji">💡</div>'
        '<div class="kg-callout-text">Note <b>this</b></div></div>',
        [("html", "<aside><p>💡 Note <b>this</b></p></aside>")],
    ),
    (
        '<div class="kg-card kg-toggle-card"><div class="kg-toggle-heading"><h4 class="kg-toggle-heading-text">Why?</h4>'
        '<button>x</button></div><div class="kg-toggle-content"><p>So.</p></div></div>',
        [("html", "<details><summary>Why?</summary><p>So.</p></details>")],
    ),
    (
        '<div class="kg-card kg-audio-card"><div class="kg-audio-title">Episode</div><audio src="/content/media/a.mp3">'
        '</audio><span class="kg-audio-current-time">0:00</span></div>',
        [embed("/content/media/a.mp3", "Episode")],
    ),
    (
        '<div class="kg-card kg-signup-card"><h2>Sign up</h2><form><input></form></div><p>After</p>',
        [("unknown", "Sign up"), ("paragraph", "<p>After</p>")],
    ),
    (
        '<p>Free</p><!--kg-gated-block:begin nonMember:false memberSegment:"status:free" --><p>Secret</p>'
        "<!--kg-gated-block:end--><p>After</p>",
        [("paragraph", "<p>Free</p>"), ("unknown", "Secret"), ("paragraph", "<p>After</p>")],
    ),
    (
        "<!--kg-card-begin: html--><table><tr><td><a href='/x'>A</a></td></tr></table><!--kg-card-end: html--><p>B</p>",
        [
            ("html", '<table><tbody><tr><td><a href="/x">A</a></td></tr></tbody></table>'),
            ("paragraph", "<p>B</p>"),
        ],
    ),
]


@pytest.mark.parametrize(("html", "expected"), HTML)
def test_the_html_that_ghost_wrote_is_read_for_its_cards(html, expected):
    found = blocks(html=html)

    assert [kind for kind, _ in found] == [kind for kind, _ in expected]
    for (kind, value), (_, wanted) in zip(found, expected, strict=True):
        if kind == "unknown":
            assert wanted in value["raw"]
            assert wanted not in body_text([{"value": value}])
        else:
            assert value == wanted


def test_a_paywall_is_marked_and_says_nothing_to_a_reader():
    found = convert(
        parsed(
            visibility="paid",
            lexical=lexical(
                node("paragraph", text("Free")), card("paywall"), node("paragraph", text("Paid"))
            ),
        )
    )

    assert [block.type for block in found.blocks] == ["paragraph", "unknown", "paragraph"]
    assert body_text([{"value": block.value} for block in found.blocks]) == "Free  Paid"
    assert any("paywall" in note for note in found.notes)


def test_a_paywall_in_an_article_for_everybody_cut_nothing():
    assert blocks(html="<p>One</p><!--members-only--><p>Two</p>") == [
        ("paragraph", "<p>One</p>"),
        ("paragraph", "<p>Two</p>"),
    ]


@pytest.mark.parametrize("said", ["false", "null", '"no"'])
def test_a_part_is_gated_unless_it_says_that_everybody_sees_it(said):
    begin, end = "<!--kg-gated-block:begin nonMember:{} -->", "<!--kg-gated-block:end-->"
    html = f"<p>Free</p>{begin.format(said)}<p>Secret</p>{end}{begin.format('true')}<p>Open</p>{end}"
    found = convert(parsed(html=html))

    assert body_text([{"value": block.value} for block in found.blocks]).split() == ["Free", "Open"]


def test_links_to_the_old_site_lead_here():
    html = (
        '<p><a href="https://www.lantern.example/tides/">a</a> <a href="https://lantern.example">b</a> '
        '<a href="https://other.example/">c</a></p>'
    )

    assert blocks(("lantern.example",), html=html) == [
        (
            "paragraph",
            '<p><a href="/tides/">a</a> <a href="/">b</a> <a href="https://other.example/">c</a></p>',
        )
    ]


def test_nothing_that_acts_comes_through():
    nasty = [
        node("paragraph", node("link", text("x"), url="javascript:alert(1)")),
        card("button", buttonText="x", buttonUrl="javascript:alert(1)"),
        card("embed", url="javascript:alert(1)", html="<script>alert(1)</script>"),
        card("callout", calloutText="<img src=x onerror=alert(1)>x"),
        card("toggle", heading="<script>alert(1)</script>x", content="<p onclick=alert(1)>y</p>"),
        card("image", src="/a.jpg", caption="<script>alert(1)</script>x", href="javascript:alert(1)"),
        card("markdown", markdown="<script>alert(1)</script>\n\n<b onclick=alert(1)>x</b>"),
    ]

    found = json.dumps(
        [block for block in blocks(lexical=lexical(*nasty)) if block[0] != "unknown"], default=str
    )

    for word in ("javascript:", "<script", "onerror", "onclick"):
        assert word not in found
