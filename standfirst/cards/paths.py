"""Where the publication's icons are: browsers ask for some of them by these very names."""

FAVICON = "/favicon.ico"
TOUCH_ICON = "/apple-touch-icon.png"
DRAWN_ICON = "/icon.svg"
MANIFEST = "/site.webmanifest"


def icon_path(name: str) -> str:
    """An icon as the manifest names it: its size in pixels, with `maskable-` before it if a launcher may cut its edges."""
    return f"/icon-{name}.png"
