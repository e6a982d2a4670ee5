"""Writes small WordPress exports, valid unless a test asks for something else."""

from pathlib import Path

SAMPLES = Path(__file__).parent / "samples"

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0"
  xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>The Lantern</title>
<link>https://lantern.example</link>
<language>en-GB</language>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>https://lantern.example</wp:base_site_url>
<wp:base_blog_url>https://lantern.example</wp:base_blog_url>
"""
FOOT = "</channel>\n</rss>\n"


def export(*parts: str, head: str = HEAD) -> str:
    return head + "\n".join(parts) + FOOT


def write(folder: Path, *parts: str, name: str = "export.xml", head: str = HEAD) -> Path:
    path = folder / name
    path.write_text(export(*parts, head=head), encoding="utf-8")
    return path


def cdata(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def author(login: str, name: str = "", *, number: int = 1, email: str = "") -> str:
    return (
        f"<wp:author><wp:author_id>{number}</wp:author_id><wp:author_login>{cdata(login)}</wp:author_login>"
        f"<wp:author_email>{cdata(email or login + '@lantern.example')}</wp:author_email>"
        f"<wp:author_display_name>{cdata(name)}</wp:author_display_name></wp:author>"
    )


def category(slug: str, name: str, *, parent: str = "", number: int = 1) -> str:
    return (
        f"<wp:category><wp:term_id>{number}</wp:term_id><wp:category_nicename>{cdata(slug)}</wp:category_nicename>"
        f"<wp:category_parent>{cdata(parent)}</wp:category_parent><wp:cat_name>{cdata(name)}</wp:cat_name>"
        "</wp:category>"
    )


def term(taxonomy: str, slug: str, name: str, **meta: str) -> str:
    return (
        f"<wp:term><wp:term_id>9</wp:term_id><wp:term_taxonomy>{taxonomy}</wp:term_taxonomy>"
        f"<wp:term_slug>{cdata(slug)}</wp:term_slug><wp:term_name>{cdata(name)}</wp:term_name>"
        + "".join(
            f"<wp:termmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value>{cdata(value)}</wp:meta_value></wp:termmeta>"
            for key, value in meta.items()
        )
        + "</wp:term>"
    )


def use(taxonomy: str, slug: str, text: str) -> str:
    return f'<category domain="{taxonomy}" nicename="{slug}">{cdata(text)}</category>'


def post(
    number: int,
    title: str = "A headline",
    content: str = "Words.",
    *,
    creator: str = "ada",
    kind: str = "post",
    status: str = "publish",
    slug: str | None = None,
    date: str = "2015-03-01 12:00:00",
    date_gmt: str | None = None,
    link: str | None = None,
    excerpt: str = "",
    password: str = "",
    sticky: bool = False,
    parent: int = 0,
    terms: tuple[str, ...] = (),
    meta: tuple[tuple[str, str], ...] = (),
    comments: int = 0,
    extra: str = "",
) -> str:
    slug = f"post-{number}" if slug is None else slug
    year, month, day = date[:4], date[5:7], date[8:10]
    link = f"https://lantern.example/{year}/{month}/{day}/{slug}/" if link is None else link
    key = "p" if kind == "post" else "page_id"
    return (
        f"<item><title>{cdata(title)}</title><link>{link}</link><dc:creator>{cdata(creator)}</dc:creator>"
        f'<guid isPermaLink="false">https://lantern.example/?{key}={number}</guid>'
        f"<content:encoded>{cdata(content)}</content:encoded><excerpt:encoded>{cdata(excerpt)}</excerpt:encoded>"
        f"<wp:post_id>{number}</wp:post_id><wp:post_date>{date}</wp:post_date>"
        f"<wp:post_date_gmt>{date if date_gmt is None else date_gmt}</wp:post_date_gmt>"
        f"<wp:post_name>{cdata(slug)}</wp:post_name><wp:status>{status}</wp:status>"
        f"<wp:post_parent>{parent}</wp:post_parent><wp:post_type>{kind}</wp:post_type>"
        f"<wp:post_password>{cdata(password)}</wp:post_password><wp:is_sticky>{int(sticky)}</wp:is_sticky>"
        + "".join(terms)
        + "".join(
            f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value>{cdata(value)}</wp:meta_value></wp:postmeta>"
            for key, value in meta
        )
        + "<wp:comment><wp:comment_content>Hello</wp:comment_content></wp:comment>" * comments
        + extra
        + "</item>"
    )


def guest(
    number: int, slug: str, name: str, *, login: str = "", linked: str = "", biography: str = ""
) -> str:
    """A guest author of Co-Authors Plus: a post of its own type."""
    return post(
        number,
        name,
        "",
        kind="guest-author",
        slug=f"cap-{slug}",
        meta=(
            ("cap-display_name", name),
            ("cap-user_login", login or slug),
            ("cap-linked_account", linked),
            ("cap-description", biography),
        ),
    )


def picture(number: int, path: str, *, alt: str = "", caption: str = "", parent: int = 0) -> str:
    return post(
        number,
        "A picture",
        "",
        kind="attachment",
        status="inherit",
        excerpt=caption,
        parent=parent,
        meta=(("_wp_attachment_image_alt", alt),) if alt else (),
        extra=f"<wp:attachment_url>https://lantern.example/wp-content/uploads/{path}</wp:attachment_url>",
    )
