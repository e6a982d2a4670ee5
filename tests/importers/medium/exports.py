"""Writes small Medium exports, as folders."""

from pathlib import Path

ACCOUNT = "https://medium.com/@idapenhale"


def text(*parts: str) -> str:
    inner = "".join(parts)
    return (
        '<section name="1" class="section"><div class="section-divider"><hr class="section-divider"></div>'
        f'<div class="section-content"><div class="section-inner">{inner}</div></div></section>'
    )


def heading(words: str, kind: str = "graf--title") -> str:
    return f'<h3 class="graf graf--h3 {kind}">{words}</h3>'


def story(
    body: str = '<p class="graf graf--p">It rained.</p>',
    *,
    title: str = "A Bridge",
    subtitle: str = "",
    author: str = "Ida Penhale",
    account: str = ACCOUNT,
    number: str = "77c0ffee1234",
    date: str = "2020-09-17T08:30:00.000Z",
    canonical: str | None = None,
) -> str:
    canonical = f"{ACCOUNT}/a-bridge-{number}" if canonical is None else canonical
    return (
        f'<!DOCTYPE html><html><head><title>{title}</title></head><body><article class="h-entry"><header>'
        f'<h1 class="p-name">{title}</h1></header><section data-field="subtitle" class="p-summary">\n{subtitle}\n</section>'
        f'<section data-field="body" class="e-content">{text(body)}</section><footer><p>By <a href="{account}" '
        f'class="p-author h-card">{author}</a> on <a href="https://medium.com/p/{number}"><time class="dt-published" '
        f'datetime="{date}">once</time></a>.</p><p><a href="{canonical}" class="p-canonical">Canonical link</a></p>'
        "</footer></article></body></html>"
    )


PROFILE = (
    '<!DOCTYPE html><html><head><title>Profile</title></head><body><section class="h-card"><header><h1>Profile</h1></header>'
    f'<h3 class="p-name">Ida Penhale</h3><ul><li>Profile: <a class="u-url" href="{ACCOUNT}">medium.com/@idapenhale</a></li>'
    "<li>Email address: ida@lantern.example</li></ul></section></body></html>"
)


def write(folder: Path, stories: dict[str, str], *, profile: str = PROFILE) -> Path:
    """`stories` are texts of files by their names without the ending."""
    root = folder / "medium-export"
    for name in ("posts", "profile", "sessions"):
        (root / name).mkdir(parents=True, exist_ok=True)
    for name, content in stories.items():
        (root / "posts" / f"{name}.html").write_text(content, encoding="utf-8")
    if profile:
        (root / "profile" / "profile.html").write_text(profile, encoding="utf-8")
    (root / "sessions" / "sessions-0001.html").write_text("<p>192.0.2.1</p>", encoding="utf-8")
    return root
