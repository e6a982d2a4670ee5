"""No word of an archive is lost, whatever it is an archive of: it is printed, or kept for the editor."""

import pytest

from benchmarks.words import ENOUGH, compare, words_of_markdown
from standfirst.importers.formats import FORMATS
from tests.importers.folders import sites

from .every_format import ARCHIVES, Piece
from .exports import SAMPLES

TEXT = """
<p>The river rose in the night and took the <b>lower</b> bridge <i>with</i> it.<br>Nobody slept.</p>
<h2>What was left</h2>
<ul><li>A ferry</li><li>Two <a href="/boats/">boats</a> and <code>planks()</code></li></ul>
<blockquote><p>It was louder than thunder.</p><cite>Ben Marsh, ferryman</cite></blockquote>
<figure><img src="https://elsewhere.example/bridge.jpg" alt="Piers"><figcaption>The bridge, before</figcaption></figure>
<table><caption>Levels</caption><tr><th>Hour</th><th>Metres</th></tr><tr><td>Four</td><td>Eleven</td></tr></table>
<pre><code class="language-python">flood = rising(river)</code></pre>
<details><summary>Afterwards</summary><p>They built another.</p></details>
<dl><dt>Pier</dt><dd>What a bridge stands on</dd></dl>
<div class="odd"><span>Within</span> <custom-thing>wrappers</custom-thing> of many kinds</div>
<p>Formula: <math><mi>speed</mi></math> of <ruby>水<rt>water</rt></ruby>, and <sf-mark n="0">marks</sf-mark>.</p>
"""


@pytest.mark.parametrize("kind", [format.name for format in FORMATS])
def test_every_word_of_an_article_is_kept(kind, tmp_path):
    found = compare(ARCHIVES[kind](tmp_path, [Piece("The flood", TEXT), Piece("Another day", "<p>Dry.</p>")]))

    assert (found.articles, found.missing) == (2, {})


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.xml")), ids=lambda path: path.stem)
def test_every_word_of_a_real_export_is_kept(sample):
    found = compare(sample)

    assert found.words > 0
    assert found.share >= ENOUGH


MARKDOWN = """
Written by the Harbour Group, the handbook gives plain advice to those who begin to row.

Photographs by nobody in particular were found, and were hung in the hall of the old school.

![Two boats](/boats.jpg "The race of that year")

![](https://elsewhere.example/pier.png "A pier, seen from the water")

| Hour | Metres |
|------|--------|
| Four | Eleven |

{{< note >}}Some **note**.{{< /note >}}

Term
:   What it means

- [x] Done
- Not ~~ready~~

A note.[^1] <ruby>水<rt>water</rt></ruby>

[^1]: At the foot.
"""


def test_every_word_of_a_text_in_markdown_is_kept(tmp_path):
    files = {"content/posts/a.md": sites.post("A day", MARKDOWN, date="2014-03-04", author="Ada Quill")}
    found = compare(sites.site(tmp_path, {"hugo.toml": 'title = "L"', **files}))

    assert (found.articles, found.missing) == (1, {})


def test_what_leads_somewhere_is_no_word():
    assert words_of_markdown(
        "[boats](https://a.example/b 'Boats') <b class='x'>r**ow**</b> {{< figure src=a >}}"
    ) == {
        "boats": 2,
        "row": 1,
    }


@pytest.mark.parametrize("kind", [format.name for format in FORMATS])
def test_a_headline_longer_than_a_page_can_hold_is_whole_in_the_text(kind, bring, tmp_path):
    from standfirst.articles.models import ArticlePage

    headline = "The river " * 40 + "rose"

    report = bring(ARCHIVES[kind](tmp_path, [Piece(headline, "<p>It rained.</p>")]))

    article = ArticlePage.objects.get()
    assert len(article.title) <= 255
    assert article.title.endswith("…")
    assert article.body_text.startswith(headline)
    assert any("longer than 255 letters" in note.reason for note in report.notes)
