"""How rich text resolves its internal links, everywhere that Wagtail expands one."""

from typing import Any

from wagtail import hooks

from .links import DocumentLink, PageLink


# After Wagtail's own, which name the same kinds of link.
@hooks.register("register_rich_text_features", order=100)
def register_links(features: Any) -> None:
    features.register_link_type(PageLink)
    features.register_link_type(DocumentLink)
