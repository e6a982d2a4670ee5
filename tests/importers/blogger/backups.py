"""Writes small Blogger backups, of a blog's settings page and of Google Takeout."""

import zipfile
from html import escape
from pathlib import Path

LINK = "http://lantern.blogspot.example"
_KIND = "http://schemas.google.com/blogger/2008/kind#"


def entry(number: int, kind: str, title: str, text: str, inner: str = "", *, id: str = "") -> str:
    """An entry of a settings page's backup."""
    return (
        f"<entry><id>tag:blogger.com,1999:blog-77.{id or f'post-{number}'}</id>"
        f"<published>2012-03-04T19:15:00.000Z</published><updated>2012-03-05T00:00:00.000Z</updated>"
        f"<category scheme='http://schemas.google.com/g/2005#kind' term='{_KIND}{kind}'/>"
        f"<title type='text'>{escape(title)}</title><content type='html'>{escape(text)}</content>{inner}</entry>"
    )


def post(
    number: int = 1,
    title: str = "The Ferry",
    text: str = "<p>It rained.</p>",
    *,
    by: str = "Ada Quill",
    profile: int = 1,
    draft: bool = False,
    labels: tuple[str, ...] = ("Sea",),
    link: str = "",
    kind: str = "post",
    more: str = "",
) -> str:
    where = link or f"{LINK}/2012/03/post-{number}.html"
    parts = [
        "<app:control><app:draft>yes</app:draft></app:control>"
        if draft
        else f"<link rel='alternate' href='{where}'/>",
        *(f"<category scheme='http://www.blogger.com/atom/ns#' term='{escape(label)}'/>" for label in labels),
        f"<author><name>{escape(by)}</name><uri>https://www.blogger.com/profile/{profile}</uri>"
        "<email>noreply@blogger.com</email></author>",
        more,
    ]
    return entry(number, kind, title, text, "".join(parts))


def comment(number: int, text: str = "Lovely.", by: str = "A Reader") -> str:
    inner = f"<author><name>{by}</name></author><thr:in-reply-to ref='tag:blogger.com,1999:blog-77.post-1'/>"
    return entry(
        number, "comment", text, text, f"<link rel='alternate' href='{LINK}/x.html#c{number}'/>{inner}"
    )


def setting(name: str, value: str) -> str:
    return entry(0, "settings", f"About {name}", value, id=f"settings.{name}")


def template() -> str:
    return entry(0, "template", "Template: The Lantern", "<html>a secret template</html>", id="layout")


def backup(*entries: str) -> str:
    return (
        "<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom'"
        " xmlns:thr='http://purl.org/syndication/thread/1.0' xmlns:app='http://purl.org/atom/app#'>"
        f"<id>tag:blogger.com,1999:blog-77.archive</id><title>The Lantern</title><link rel='alternate' href='{LINK}/'/>"
        f"<generator>Blogger</generator>{''.join(entries)}</feed>"
    )


def write(folder: Path, *entries: str, name: str = "blog-01-05-2016.xml") -> Path:
    path = folder / name
    path.write_text(backup(*entries), encoding="utf-8")
    return path


def taken_out(
    number: int = 1,
    title: str = "The Ferry",
    text: str = "<p>It rained.</p>",
    *,
    kind: str = "POST",
    status: str = "LIVE",
    filename: str | None = None,
    by: str = "Ada Quill",
    more: str = "",
) -> str:
    """An entry as Takeout writes it."""
    where = f"/2012/03/post-{number}.html" if filename is None else filename
    stated = f"<blogger:status>{status}</blogger:status>" if status else ""
    return (
        f"<entry><id>tag:blogger.com,1999:blog-77.post-{number}</id><blogger:type>{kind}</blogger:type>{stated}"
        f"<author><name>{by}</name><uri>https://www.blogger.com/profile/1</uri><blogger:type>BLOGGER</blogger:type></author>"
        f"<title>{escape(title)}</title><content type='html'>{escape(text)}</content>"
        "<blogger:created>2012-03-04T19:00:00Z</blogger:created><published>2012-03-04T19:15:00Z</published>"
        "<updated>2012-03-05T00:00:00Z</updated><category scheme='tag:blogger.com,1999:blog-77' term='Sea'/>"
        f"<blogger:filename>{where}</blogger:filename>{more}</entry>"
    )


def takeout(*entries: str) -> str:
    return (
        "<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom'"
        " xmlns:blogger='http://schemas.google.com/blogger/2018'><id>tag:blogger.com,1999:blog-77</id>"
        f"<title>The Lantern</title>{''.join(entries)}</feed>"
    )


def write_takeout(
    folder: Path, *entries: str, more: dict[str, str] | None = None, access: str = "PUBLIC"
) -> Path:
    """Takeout's folder."""
    files = {
        "Blogger/Blogs/The Lantern/feed.atom": takeout(*entries),
        "Blogger/Blogs/The Lantern/settings.csv": (
            "blog_name,blog_subdomain,blog_read_access_mode,blog_comment_email\n"
            f"The Lantern,lantern,{access},ada.private@lantern.example\n"
        ),
        "Blogger/Comments/Another Blog/feed.atom": takeout(taken_out(900, "Elsewhere", kind="COMMENT")),
    } | (more or {})
    for name, text in files.items():
        path = folder / "Takeout" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "Takeout"


def zipped(folder: Path) -> Path:
    """A folder as the ZIP archive of it."""
    path = folder.with_name("takeout.zip")
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(folder.parent).as_posix())
    return path
