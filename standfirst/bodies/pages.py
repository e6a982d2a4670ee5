"""Rendering a public page: every one says the same things in its head."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from standfirst.addresses.paths import absolute
from standfirst.text.markup import plain_text


def render_page(
    request: HttpRequest,
    template: str,
    *,
    title: str,
    path: str,
    description: str = "",
    json_ld: str = "",
    robots: str = "",
    **context: Any,
) -> HttpResponse:
    """A public page. `path` is its one address, whatever was asked for; `json_ld` is escaped already."""
    head = {
        "page_title": title,
        "description": description,
        "canonical_url": absolute(path),
        "robots": robots,
        "json_ld": json_ld,
        "feeds": (),
    }
    return render(request, template, head | context)


def head_of(page: Any, standfirst: str, path: str) -> dict[str, Any]:
    """What the head of a page says of it."""
    return {
        "page_title": page.seo_title or page.title,
        "description": page.search_description or plain_text(standfirst),
        "canonical_url": absolute(path) if path else "",
        "robots": "",
        "json_ld": "",
        "feeds": (),
    }
