"""Said around Wagtail's `save` of a page of the publication's: its own signals come before the pages below have moved along."""

from django.dispatch import Signal

# Both are sent with `instance`, the page.
page_is_stored = Signal()
page_was_stored = Signal()
