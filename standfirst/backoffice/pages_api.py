"""What the screens of the desk are told of pages by Wagtail's interface for them."""

from typing import Any

from wagtail.admin.api.views import PagesAdminAPIViewSet


class PagesForReading(PagesAdminAPIViewSet):
    """Wagtail's, less the actions: no screen of the desk takes one this way, and each is another door to be watched."""

    actions: dict[str, Any] = {}
