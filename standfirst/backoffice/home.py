"""What editors see first when they log in, where something needs their knowing."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from wagtail.admin.ui.components import Component

from standfirst.pagecache.queries import outside

from .logging_in import SHOWN_FOR, refusals_of


class OldPagesPanel(Component):
    """Says that readers may be seeing old pages, and since when; empty unless the cache outside can't be told."""

    name = "old_pages"
    template_name = "backoffice/old_pages.html"
    order = 10

    def __init__(self, now: datetime) -> None:
        self.outside = outside(now)
        self.is_shown = self.outside.is_stuck(now)

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"outside": self.outside}

    def render_html(self, parent_context: Mapping[str, Any] | None = None) -> str:
        return super().render_html(parent_context) if self.is_shown else ""


class RefusedLogInsPanel(Component):
    """Tells an account's owner that somebody tried to log in as them; empty if nobody did."""

    name = "refused_log_ins"
    template_name = "backoffice/refused_log_ins.html"
    order = 20

    def __init__(self, username: str, now: datetime) -> None:
        self.refusals = list(refusals_of(username).filter(attempt_time__gt=now - SHOWN_FOR))

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"latest": self.refusals[0], "number": len(self.refusals)}

    def render_html(self, parent_context: Mapping[str, Any] | None = None) -> str:
        return super().render_html(parent_context) if self.refusals else ""
