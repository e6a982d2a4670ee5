"""A post's content becomes blocks, and nothing in it is lost."""

from base64 import b64encode
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standfirst.bodies.text import body_text
from standfirst.importers.reading.leftovers import settled
from standfirst.importers.reading.records import ContentContext, MediaRef
from standfirst.importers.wordpress.content import HIDDEN, convert
from tests.profiles import examples


def blocks(content, **context):
    converted = convert(content, ContentContext(**context)).blocks
    return [tuple(block) for block in settled(converted, source="wordpress").blocks]


def image(source_id="", url="", alt="", caption=""):
    return {"image": MediaRef(source_id, url), "alt": alt, "caption": caption, "credit": ""}


CLASSIC = [
    ("One.\n\nTwo.", [("paragraph", "<p>One.</p>"), ("paragraph", "<p>Two.</p>")]),
    ("One\ntwo", [("paragraph", "<p>One<br>two</p>")]),
    ("A <b>bold\nword</b>", [("paragraph", "<p>A <b>bold<br>word</b></p>")]),
    ("<p>One</p>\n<p>Two</p>", [("paragraph", "<p>One</p>"), ("paragraph", "<p>Two</p>")]),
    ("&nbsp;\n\n<p>&nbsp;</p>", []),
    ("Fish &amp; chips &amp;amp; peas", [("paragraph", "<p>Fish &amp; chips &amp;amp; peas</p>")]),
    ("“It’s here” — she said", [("paragraph", "<p>“It’s here” — she said</p>")]),
    (
        "<h1>Big</h1><h5>Small</h5>",
        [("heading", {"text": "Big", "level": "h2"}), ("heading", {"text": "Small", "level": "h4"})],
    ),
    ("Before\n<!--more-->\n\nAfter", [("paragraph", "<p>Before</p>"), ("paragraph", "<p>After</p>")]),
    ("<ul><li>One</li>\n<li>Two</li></ul>", [("list", "<ul><li>One</li> <li>Two</li></ul>")]),
    ("<hr />", [("divider", None)]),
    ("<pre>a\n  b</pre>", [("code", {"language": "", "code": "a\n  b"})]),
    ("<script>alert(1)</script>Text", [("paragraph", "<p>Text</p>")]),
    ('<a href="javascript:x()">Text</a>', [("paragraph", "<p><a>Text</a></p>")]),
    (
        "<blockquote>One\n\nTwo <cite>Ada</cite></blockquote>",
        [("quotation", {"text": "<p>One</p><p>Two</p>", "attribution": "Ada", "source_url": ""})],
    ),
    (
        '<img class="alignleft wp-image-7" src="/a-300x200.jpg" alt="A river">The river rose.',
        [("image", image("7", "/a-300x200.jpg", "A river")), ("paragraph", "<p>The river rose.</p>")],
    ),
    (
        'It rose. <img src="/b.jpg" alt=""> And fell.',
        [("paragraph", "<p>It rose.  And fell.</p>"), ("image", image("", "/b.jpg"))],
    ),
    ('Good <img class="wp-smiley" src="/s.gif" alt=":-)"> day', [("paragraph", "<p>Good :-) day</p>")]),
    (
        '<a href="https://other.example/story"><img src="/a.jpg" alt=""></a>',
        [("image", image("", "/a.jpg", "", '<a href="https://other.example/story">other.example</a>'))],
    ),
    (
        "Watch:\n\nhttps://www.youtube.com/watch?v=abc\n\nDone.",
        [
            ("paragraph", "<p>Watch:</p>"),
            ("embed", {"url": "https://www.youtube.com/watch?v=abc", "title": "", "caption": ""}),
            ("paragraph", "<p>Done.</p>"),
        ],
    ),
    ("https://unknown.example/page", [("paragraph", "<p>https://unknown.example/page</p>")]),
    (
        '<iframe title="Episode" src="//player.example/1"></iframe>',
        [("embed", {"url": "https://player.example/1", "title": "Episode", "caption": ""})],
    ),
    ("C:\\xampp\\htdocs", [("paragraph", "<p>C:\\xampp\\htdocs</p>")]),
]


@pytest.mark.parametrize(("content", "expected"), CLASSIC)
def test_classic_content_becomes_blocks(content, expected):
    assert blocks(content) == expected


SHORTCODES = [
    (
        '[caption id="attachment_12" align="left" width="300"]<a href="/big.jpg"><img src="/small.jpg" alt="Dusk" /></a> '
        "A <em>late</em> boat[/caption]",
        [("image", image("12", "/small.jpg", "Dusk", "A <em>late</em> boat"))],
    ),
    (
        '[wp_caption caption="An old way"]<img src="/small.jpg" alt="">[/wp_caption]',
        [("image", image("", "/small.jpg", "", "An old way"))],
    ),
    (
        '[gallery ids="3,4"]',
        [("gallery", {"images": [image("3"), image("4")], "caption": ""})],
    ),
    (
        "[gallery columns=“2” include=”3 , 4″]",
        [("gallery", {"images": [image("3"), image("4")], "caption": ""})],
    ),
    (
        "[embed width=300]https://vimeo.com/1[/embed]",
        [("embed", {"url": "https://vimeo.com/1", "title": "", "caption": ""})],
    ),
    (
        '[audio mp3="https://x.example/a.mp3"][/audio]',
        [("embed", {"url": "https://x.example/a.mp3", "title": "", "caption": ""})],
    ),
    (
        '[video src="https://x.example/a.mp4"]',
        [("embed", {"url": "https://x.example/a.mp4", "title": "", "caption": ""})],
    ),
    (
        "[youtube=https://youtu.be/abc]",
        [("embed", {"url": "https://youtu.be/abc", "title": "", "caption": ""})],
    ),
    (
        '[sourcecode language="python"]\nif a &lt; b:\n    print("[x]")\n[/sourcecode]',
        [("code", {"language": "python", "code": 'if a < b:\n    print("[x]")'})],
    ),
    ('Write [[gallery ids="1"]] to get one.', [("paragraph", '<p>Write [gallery ids="1"] to get one.</p>')]),
    ("[[caption]a[/caption]]", [("paragraph", "<p>[caption]a[/caption]</p>")]),
    ('<code>[gallery ids="1"]</code>', [("paragraph", '<p><code>[gallery ids="1"]</code></p>')]),
]


@pytest.mark.parametrize(("content", "expected"), SHORTCODES)
def test_wordpress_own_shortcodes_become_blocks(content, expected):
    assert blocks(content) == expected


def test_characters_that_no_document_may_hold_are_left_out():
    content = '<p>A\x01 picture<img src="/a.jpg">\x0b here.</p>'

    assert ("paragraph", "<p>A picture here.</p>") in blocks(content)


def test_a_gallery_that_names_no_pictures_takes_those_attached_to_the_post():
    assert blocks("[gallery]", attached=("8", "9")) == [
        ("gallery", {"images": [image("8"), image("9")], "caption": ""})
    ]


LOOKALIKES = [
    "Log in with [ssh] first.",
    "[Version] 2.0 is out",
    "He said [sic] and left",
    "coracles [simple boat]",
    "The [GSoC] students",
    "array[i] = b[j]",
    "[cc:18|some caption]",
    "see [1] and [2, p. 4]",
    "[module_name] is replaced",
    "footnote[^1]",
    '[and the guy who posted this :: <a href="https://x.example">this</a>]',
    "[x] done\n[ ] not done",
]


@pytest.mark.parametrize("text", LOOKALIKES)
def test_text_that_only_looks_like_a_shortcode_stays_text(text):
    body = convert(text, ContentContext())

    assert [block.type for block in body.blocks] == ["paragraph"]
    assert text.split("<")[0].split("\n")[0] in body.blocks[0].value
    assert body.unknown_shortcodes == ()


def test_an_unknown_shortcode_is_kept_where_it_stood_and_counted():
    body = convert('Before.\n\n[contact-form-7 id="4" title="Us"]\n\nAfter.', ContentContext())

    raw = '[contact-form-7 id="4" title="Us"]'
    assert [tuple(block) for block in body.blocks] == [
        ("paragraph", "<p>Before.</p>"),
        ("unknown", {"source": "wordpress", "name": "contact-form-7", "words": "", "raw": raw}),
        ("paragraph", "<p>After.</p>"),
    ]
    assert body.unknown_shortcodes == ("contact-form-7",)


def test_what_an_unknown_shortcode_wraps_is_still_the_writers_text():
    body = convert(
        "[vc_row][vc_column]The <b>river</b> rose.\n\nAnd fell.[/vc_column][/vc_row]", ContentContext()
    )

    words = [block.value for block in body.blocks if block.type == "paragraph"]
    assert words == ["<p>The <b>river</b> rose.</p>", "<p>And fell.</p>"]
    assert body.unknown_shortcodes == ("vc_row", "vc_column")


def test_an_unknown_shortcode_in_a_sentence_does_not_cut_it():
    body = convert('Call [phone ext="4"] at noon.', ContentContext())

    assert [block.type for block in body.blocks] == ["paragraph", "unknown"]
    assert body.blocks[0].value == "<p>Call  at noon.</p>"


BLOCKS = [
    (
        '<!-- wp:paragraph -->\n<p>One\ntwo</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:heading {"level":3} -->\n'
        "<h3>Three</h3>\n<!-- /wp:heading -->",
        [("paragraph", "<p>One\ntwo</p>"), ("heading", {"text": "Three", "level": "h3"})],
    ),
    (
        '<!-- wp:quote --><blockquote class="wp-block-quote"><!-- wp:paragraph --><p>Said</p><!-- /wp:paragraph -->'
        "<cite>Ada</cite></blockquote><!-- /wp:quote -->",
        [("quotation", {"text": "<p>Said</p>", "attribution": "Ada", "source_url": ""})],
    ),
    (
        '<!-- wp:pullquote --><figure class="wp-block-pullquote"><blockquote><p>Pulled</p><cite>Ada</cite></blockquote>'
        "</figure><!-- /wp:pullquote -->",
        [("pull_quote", {"text": "Pulled", "attribution": "Ada"})],
    ),
    (
        '<!-- wp:image {"id":7} --><figure class="wp-block-image"><img src="/a.jpg" alt="Dusk" class="wp-image-7"/>'
        "<figcaption>A <em>boat</em></figcaption></figure><!-- /wp:image -->",
        [("image", image("7", "/a.jpg", "Dusk", "A <em>boat</em>"))],
    ),
    (
        '<!-- wp:gallery --><figure class="wp-block-gallery"><!-- wp:image {"id":7} --><figure class="wp-block-image">'
        '<img src="/a.jpg" alt="" class="wp-image-7"/><figcaption>One</figcaption></figure><!-- /wp:image -->'
        '<!-- wp:image {"id":8} --><figure class="wp-block-image"><img src="/b.jpg" alt="" class="wp-image-8"/></figure>'
        "<!-- /wp:image --></figure><!-- /wp:gallery -->",
        [("gallery", {"images": [image("7", "/a.jpg", "", "One"), image("8", "/b.jpg")], "caption": ""})],
    ),
    (
        '<!-- wp:columns --><div class="wp-block-columns"><!-- wp:column --><div><!-- wp:paragraph --><p>Left</p>'
        "<!-- /wp:paragraph --></div><!-- /wp:column --><!-- wp:column --><div><!-- wp:paragraph --><p>Right</p>"
        "<!-- /wp:paragraph --></div><!-- /wp:column --></div><!-- /wp:columns -->",
        [("paragraph", "<p>Left</p>"), ("paragraph", "<p>Right</p>")],
    ),
    (
        '<!-- wp:media-text {"mediaId":7} --><div><figure><img src="/a.jpg" alt="" class="wp-image-7"/></figure><div>'
        "<!-- wp:paragraph --><p>Beside</p><!-- /wp:paragraph --></div></div><!-- /wp:media-text -->",
        [("image", image("7", "/a.jpg")), ("paragraph", "<p>Beside</p>")],
    ),
    (
        '<!-- wp:embed {"url":"https://youtu.be/a"} --><figure class="wp-block-embed"><div>\nhttps://youtu.be/a\n</div>'
        "<figcaption>Look</figcaption></figure><!-- /wp:embed -->",
        [("embed", {"url": "https://youtu.be/a", "title": "", "caption": "Look"})],
    ),
    (
        '<!-- wp:verse --><pre class="wp-block-verse">A line\n  and another</pre><!-- /wp:verse -->',
        [("verse", {"text": "A line\n  and another"})],
    ),
    (
        '<!-- wp:table --><figure class="wp-block-table"><table><thead><tr><th>Year</th><th>Floods</th></tr></thead>'
        "<tbody><tr><td>2015</td><td>3</td></tr></tbody></table><figcaption>By year</figcaption></figure><!-- /wp:table -->",
        [
            (
                "table",
                {
                    "data": [["Year", "Floods"], ["2015", "3"]],
                    "first_row_is_table_header": True,
                    "first_col_is_header": False,
                    "table_caption": "By year",
                    "table_header_choice": "row",
                },
            )
        ],
    ),
    ('<!-- wp:separator --><hr class="wp-block-separator"/><!-- /wp:separator -->', [("divider", None)]),
    ('<!-- wp:spacer --><div style="height:9px"></div><!-- /wp:spacer -->', []),
    (
        "<!-- wp:html --><dl><dt>Tide</dt><dd>High</dd></dl><!-- /wp:html -->",
        [("html", "<dl><dt>Tide</dt><dd>High</dd></dl>")],
    ),
    (
        '<!-- wp:shortcode -->[gallery ids="1,2"]<!-- /wp:shortcode -->',
        [("gallery", {"images": [image("1"), image("2")], "caption": ""})],
    ),
]


@pytest.mark.parametrize(("content", "expected"), BLOCKS)
def test_blocks_become_blocks(content, expected):
    assert blocks(content) == expected


def test_a_block_of_a_plugin_is_marked_and_its_text_kept():
    content = '<!-- wp:acme/box {"tone":"warm"} --><div class="box"><p>Inside</p></div><!-- /wp:acme/box -->'

    body = convert(content, ContentContext())

    assert [block.type for block in body.blocks] == ["unknown", "paragraph"]
    assert body.blocks[0].value["raw"] == '<!-- wp:acme/box {"tone":"warm"} -->'
    assert body.unknown_blocks == ("acme/box",)


def test_a_query_loop_is_one_mark_and_none_of_its_placeholders_is_printed():
    content = (
        "<!-- wp:query {} --><div><!-- wp:post-template --><!-- wp:post-title /--><!-- /wp:post-template -->"
        "<!-- wp:query-no-results --><p>Nothing</p><!-- /wp:query-no-results --></div><!-- /wp:query --><p>After</p>"
    )

    body = convert(content, ContentContext())

    assert [block.type for block in body.blocks] == ["unknown", "paragraph"]
    assert body.unknown_blocks == ("query",)


def test_words_around_what_a_query_loop_found_are_kept():
    content = (
        "<!-- wp:query {} --><div><!-- wp:heading --><h2>More &amp; more of rivers</h2><!-- /wp:heading -->"
        "<!-- wp:post-template --><!-- wp:post-title /--><p>A template</p><!-- /wp:post-template -->"
        "<!-- wp:query-no-results --><p>Nothing</p><!-- /wp:query-no-results --></div>"
        "<p>All of them are here.</p><!-- /wp:query -->"
    )

    body = convert(content, ContentContext())

    assert [block.value["words"] for block in body.blocks] == ["More & more of rivers All of them are here."]


def test_footnotes_are_numbered_and_kept_with_their_marks():
    content = (
        '<!-- wp:paragraph --><p>So<sup data-fn="x-1" class="fn"><a href="#x-1" id="x-1-link">1</a></sup> it is.</p>'
        "<!-- /wp:paragraph --><!-- wp:footnotes /-->"
    )

    found = blocks(content, footnotes='[{"id":"x-1","content":"A <em>note</em>"}]')

    assert found == [
        ("paragraph", "<p>So[^1] it is.</p>"),
        ("footnotes", [{"mark": "1", "text": "A <em>note</em>"}]),
    ]


def test_a_reusable_block_is_put_in_and_one_that_holds_itself_ends():
    assert blocks('<!-- wp:block {"ref":5} /-->', reusable={"5": "<p>Shared</p>"}) == [
        ("paragraph", "<p>Shared</p>")
    ]
    looped = convert(
        '<!-- wp:block {"ref":5} /-->', ContentContext(reusable={"5": '<!-- wp:block {"ref":5} /-->'})
    )
    assert looped.unknown_blocks == ("block",)


def test_links_to_the_old_site_become_paths_and_others_stay():
    content = (
        '<a href="https://www.lantern.example/2015/03/x/">a</a> <a href="http://lantern.example">b</a> '
        '<a href="https://lantern.example.org/">c</a>'
    )

    [(_, html)] = blocks(content, hosts=("lantern.example",))

    assert 'href="/2015/03/x/"' in html
    assert "https://lantern.example.org/" in html


def test_a_mark_of_ours_in_a_text_is_only_text():
    assert blocks('<sf-mark n="0"></sf-mark>[gallery ids="1"]')[-1][0] == "image"


@settings(max_examples=examples(300))
@given(
    st.lists(
        st.sampled_from(
            [
                "[",
                "]",
                "[/",
                "[[",
                "]]",
                "gallery",
                "caption",
                ' id="1"',
                "<p>",
                "</p>",
                "<b>",
                "<!-- wp:",
                " -->",
                "/-->",
                "{",
                "}",
                "query",
                "\n",
                "\n\n",
                "text",
                "<img src='a'>",
                "<div",
                ">",
                "&",
                "&amp;",
                "sf-mark",
                "'",
                '"',
            ]
        ),
        max_size=30,
    ).map("".join)
)
def test_no_content_is_too_broken_to_convert(content):
    body = convert(content, ContentContext(attached=("1",)))

    assert all(block.type for block in body.blocks)


@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1), min_size=1, max_size=8))
def test_every_word_of_plain_prose_is_still_there(words):
    found = blocks("\n\n".join(words))

    from standfirst.text.markup import plain_text

    assert [plain_text(value) for kind, value in found if kind == "paragraph"] == [
        plain_text(word) for word in words
    ]


PHP = 'if ($a[0] < $b) { echo "<div class=x>[b]$n[/b]&lt;<br /></div>"; }'
CPP = "#include <vector>\nstd::vector<int> v;\nv.clear();"


@pytest.mark.parametrize(
    ("content", "language"),
    [
        (f'[cce lang="php"]\n{PHP}\n[/cce]', "php"),
        (f"[acme_code language='php']{PHP}[/acme_code]", "php"),
        (f"[php]{PHP}[/php]", "php"),
        (f'<code lang="PHP">\n{PHP}\n</code>', "PHP"),
        (f"<code>\n{PHP}\n</code>", ""),
        (f'<pre lang="php" line="1">\n{PHP}\n</pre>', "php"),
        (f'<pre><code class="language-php">\n{PHP}\n</code></pre>', "php"),
    ],
)
def test_code_in_a_wrapper_of_any_name_is_code_byte_for_byte(content, language):
    assert blocks(f"Look:\n\n{content}\n\nEnd.") == [
        ("paragraph", "<p>Look:</p>"),
        ("code", {"language": language, "code": PHP}),
        ("paragraph", "<p>End.</p>"),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (f"[cpp]\n{CPP}\n[/cpp]", CPP),
        ("[code]a &lt; b<br />\nc &amp;&amp; d[/code]", "a < b\nc && d"),
        ('<p>[cce lang="php"]</p>\n<p>$a = 1;</p>\n<p>[/cce]</p>', "$a = 1;"),
        ('[cc lang="html"]<p>One<br />two &amp;amp; three</p>[/cc]', "<p>One<br />two &amp;amp; three</p>"),
        ('<pre class="brush: xml"><root><a>words</a></root></pre>', "<root><a>words</a></root>"),
        ('<pre class="brush: php"><span class="k">if</span> (a &lt; b)</pre>', "if (a < b)"),
    ],
)
def test_of_what_an_editor_did_to_code_all_is_undone_and_nothing_else(content, code):
    assert [value["code"] for kind, value in blocks(content) if kind == "code"] == [code]


def test_code_that_opens_what_it_does_not_close_ends_where_its_wrapper_does():
    content = '[cc lang="html"]\n<script>\n[/cc]\n\nWords\n\n[cc lang="html"]\n</script>\n[/cc]'

    assert [kind for kind, _ in blocks(content)] == ["code", "paragraph", "code"]


@pytest.mark.parametrize("opening", ['<code lang="php">', '[cci lang="php"]'])
def test_code_within_a_sentence_stays_there_byte_for_byte(opening):
    closing = "</code>" if opening[0] == "<" else "[/cci]"

    assert blocks(f'Write {opening}echo "<b>";{closing} here.') == [
        ("paragraph", '<p>Write <code>echo "&lt;b&gt;";</code> here.</p>')
    ]


@pytest.mark.parametrize("name", ["poem", "box"])
def test_verses_and_prose_in_a_wrapper_are_no_code(name):
    content = f"[{name}]\nThe night came down;\nthe boats went out;\nnobody sang;\n[/{name}]"

    assert "code" not in [kind for kind, _ in blocks(content)]


def test_a_wrapper_of_code_that_holds_none_is_marked_and_not_lost_in_silence():
    assert [kind for kind, _ in blocks('[code file="a.php"]')] == ["unknown"]


def packed(html):
    return b64encode(quote(html).encode()).decode()


@pytest.mark.parametrize(
    "content",
    [
        f"[vc_row][vc_column][vc_raw_html]{packed('<p>Raw <b>text</b>.</p>')}[/vc_raw_html][/vc_column][/vc_row]",
        f'[tdm_text description="{packed("<p>Raw <b>text</b>.</p>")}"]',
    ],
)
def test_a_builder_s_html_in_base64_is_read_where_it_stands(content):
    assert blocks(content)[0] == ("paragraph", "<p>Raw <b>text</b>.</p>")


def test_a_script_in_base64_is_marked_and_printed_nowhere():
    ((kind, value),) = blocks(f"[vc_raw_js]{packed('<script>alert(1)</script>')}[/vc_raw_js]")

    assert (kind, value["words"]) == ("unknown", "")


@pytest.mark.parametrize(("outer", "family"), [("et_section", "et"), ("tdc_zone", "vc")])
def test_what_only_arranges_a_builder_s_page_is_opened_and_kept_together(outer, family):
    words, kept = blocks(
        f'[{outer} color="red"][{family}_row][{family}_column width="1/1"]Words.[/{family}_column][/{family}_row]\n\n'
        f'[{family}_space height="9"][/{outer}]'
    )

    assert words == ("paragraph", "<p>Words.</p>")
    assert kept[1]["name"] == f"{outer}, {family}_row, {family}_column, {family}_space"
    assert kept[1]["words"] == ""


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ('[et_pb_image src="https://lantern.example/a.jpg" alt="A boat"][/et_pb_image]', "image"),
        ('[vc_single_image image="77"]', "image"),
        ('[fusion_imageframe image_id="12|full"]https://lantern.example/a.jpg[/fusion_imageframe]', "image"),
        ('[vc_gallery images="3,4"]', "gallery"),
        ('[vc_video link="https://www.youtube.com/watch?v=abc"]', "embed"),
    ],
)
def test_a_builder_s_pictures_and_players_are_these(content, kind):
    assert [found for found, _ in blocks(content)] == [kind]


def test_a_title_that_only_an_attribute_holds_is_printed():
    (block, text) = blocks('[et_pb_blurb title="A title" icon="x"]Words[/et_pb_blurb]')

    assert block[1]["words"] == "A title"
    assert text == ("paragraph", "<p>Words</p>")


def test_elements_within_elements_without_end_leave_their_words():
    body = convert("<div>" * 2_000 + "<p>Words</p>" + "</div>" * 2_000 + "<p>After</p>", ContentContext())

    assert "Words" in str(body.blocks[0].value)
    assert "After" in str(body.blocks[-1].value)


@pytest.mark.parametrize(
    "content",
    [
        "<code>" * 2_000,
        "[code]" * 50_000,
        "[box]" * 5_000 + "Words" + "[/box]" * 5_000,
        "[caption]" * 2_000 + '<img src="a.jpg">' + "[/caption]" * 2_000,
    ],
)
def test_marks_within_marks_without_end_are_read_in_time_and_their_words_kept(content):
    body = convert(f"First. {content}\n\nLast.", ContentContext())

    assert "First." in str(body.blocks)
    assert "Last." in str(body.blocks)


def test_an_element_named_like_our_own_marks_is_only_left_out():
    body = convert('<p>Text <sf-mark n="x">odd</sf-mark> and more.</p>', ContentContext())

    assert [block.type for block in body.blocks] == ["paragraph"]
    assert "and more." in body.blocks[0].value


# ------------------------------------------------------------------------------------------------- for some readers only

FOR_SOME = [
    "Free [private]Secret[/private] again",
    "Free\n\n[members_only]Secret <b>words</b>[/members_only]\n\nagain",
    "Free\n\n[wcm_restrict]\n\nSecret\n\n[/wcm_restrict]\n\nagain",
    '[content_protector password="x"]Secret[/content_protector] Free again',
    '[mepr-active rules="1"]Secret[/mepr-active] Free again',
    "[um_loggedin]Secret[/um_loggedin] Free again",
    "<!-- wp:premium-content/subscriber-view --><p>Secret</p><!-- /wp:premium-content/subscriber-view -->"
    "<p>Free again</p>",
    "<!-- wp:jetpack/premium-content/container --><div><!-- wp:jetpack/premium-content/subscriber-view -->"
    "<!-- wp:html --><b>Secret</b><!-- /wp:html --><!-- /wp:jetpack/premium-content/subscriber-view --></div>"
    "<!-- /wp:jetpack/premium-content/container --><p>Free again</p>",
    "<p>Free again</p><!-- wp:jetpack/paywall /--><!-- wp:paragraph --><p>Secret</p><!-- /wp:paragraph -->",
    '<!-- wp:paragraph {"metadata":{"blockVisibility":false}} --><p>Secret</p><!-- /wp:paragraph --><p>Free again</p>',
    '<!-- wp:group {"blockVisibility":{"hideBlock":true}} --><div><p>Secret</p></div><!-- /wp:group --><p>Free again</p>',
    "[restrict]<!-- wp:html --><b>Secret</b><!-- /wp:html -->[/restrict]<!-- wp:paragraph --><p>Free again</p>"
    "<!-- /wp:paragraph -->",
]
FOR_ALL = [
    '[member name="Ada" photo="/a.jpg"]Words[/member]',
    "[team_members]Words[/team_members]",
    "We [private] said Words",
    '<!-- wp:paragraph {"metadata":{"blockVisibility":{"viewport":{"mobile":false}}}} --><p>Words</p><!-- /wp:paragraph -->',
    "<!-- wp:premium-content/logged-out-view --><p>Words</p><!-- /wp:premium-content/logged-out-view -->",
]


@pytest.mark.parametrize("content", FOR_SOME)
def test_what_only_some_readers_were_shown_is_kept_for_the_editor_and_not_printed(content):
    converted = convert(content, ContentContext())
    left = settled(converted.blocks, source="wordpress").blocks

    assert body_text([{"value": block.value} for block in left]).split() == ["Free", "again"]
    assert any(block.type == "unknown" and "Secret" in block.value["raw"] for block in left)
    assert converted.notes == (HIDDEN,)


@pytest.mark.parametrize("content", FOR_ALL)
def test_what_only_sounds_like_a_lock_is_printed(content):
    converted = convert(content, ContentContext())

    assert "Words" in body_text([{"value": block.value} for block in converted.blocks])
    assert not converted.notes
