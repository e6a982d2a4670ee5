"""Texts that nobody would write: what imports are tried on, and what the fuzzer begins with."""

# HTML; the word “odd” is printed.
ODD = {
    "a control character in a link": '<p><a href="a&#14;b">odd</a></p>',
    "characters nothing can hold": "<p>\0\x01odd&#0;&#xD800;</p>",
    "elements named like our own marks": '<p>Text <sf-mark n="x">odd</sf-mark> <SF-MARK n="0">more</SF-MARK>.</p>',
    "a row of elements named like our own": '<sf-mark n="0">odd</sf-mark><sf-block>more</sf-block><sf-note n="1">x</sf-note>',
    "elements within each other": "<div>" * 20_000 + "odd" + "</div>" * 20_000,
    "quotations within each other": "<blockquote>" * 5_000 + "odd",
    "links within each other": '<a href="/x">' * 5_000 + "odd",
    "tables within each other": "<table><tr><td>" * 2_000 + "odd",
    "brackets": "[" * 50_000 + " odd",
    "opened shortcodes": "[a " * 10_000 + " odd",
    "opened tags": "{% " * 10_000 + " odd",
    "signs of elements": "<" * 50_000 + " odd",
    "one long word": f"<p>{'o' * 200_000} odd</p>",
    "letters of pictures": f"<p>{'A' * 200_000} odd</p>",
    "thousands of pictures in a line": '<p><b>odd</b> <i><img src="/x.png"></i></p>' * 1_000,
}
