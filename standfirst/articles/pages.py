"""Rendering a public page: every one says the same things in its head."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from standfirst.addresses.paths import absolute


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
