"""Pages that Wagtail handles without asking what they are.

Bulk actions and the scheduler's expiry work on plain `Page` rows: neither the `save` nor a signal of the page's own kind is heard
of, only those of the bare page.
"""

from wagtail.models import Page


def is_bare(page: Page, kind: type[Page]) -> bool:
    """Whether a page that is taken for any page is really one of this kind."""
    return page.pk is not None and page.specific_class is kind
