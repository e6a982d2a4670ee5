"""Writes small sites as somebody would have saved them."""

import json
from pathlib import Path

HOST = "lantern.example"
TEXT = (
    "The river rose in the night and took the lower bridge with it. In the morning the ferryman was already at work, and "
    "had been since four. He said that it was a good year for ferries, and that he was sorry about the bridge."
)


def page(
    body: str = "", *, head: str = "", title: str = "A page · The Lantern", lang: str = "en", names: str = ""
) -> str:
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f'<body class="{names}">{body}</body></html>'
    )


def ld(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'


def article(
    headline: str = "The Ferry",
    *,
    byline: str = "",
    head: str = "",
    text: str = TEXT,
    date: str = "2014-03-04T09:00:00Z",
    address: str = "",
) -> str:
    """An article's page, with a canonical address and a date unless told otherwise."""
    own = f'<link rel="canonical" href="http://{HOST}{address}">' if address else ""
    time = f'<time datetime="{date}">{date[:10]}</time>' if date else ""
    return page(
        f"<main><article><h1>{headline}</h1>{byline}{time}"
        f'<div class="entry-content"><p>{text}</p></div></article></main>',
        head=f'{own}<meta property="og:type" content="article">'
        f'<meta property="og:site_name" content="The Lantern">{head}',
        title=f"{headline} · The Lantern",
    )


def signed(name: str, slug: str = "") -> str:
    return f'<p class="byline">By <a rel="author" href="/author/{slug or name.lower().replace(" ", "-")}/">{name}</a></p>'


def author_page(heading: str, links: list[tuple[str, str]], *, more: str = "", biography: str = "") -> str:
    entries = "".join(f'<article><h2><a href="{href}">{text}</a></h2></article>' for href, text in links)
    about = f'<div class="author-bio"><p>{biography}</p></div>' if biography else ""
    return page(f"<main><h1>{heading}</h1>{about}{entries}{more}</main>", names="archive author")


def save(folder: Path, pages: dict[str, str | bytes], host: str = HOST) -> Path:
    """Saves pages as `wget --mirror` does: a folder for the host, `index.html` for a slash at the end."""
    for address, content in pages.items():
        name = f"{address}index.html" if address.endswith("/") else address
        path = folder / host / name.lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return folder
