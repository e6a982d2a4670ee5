"""What this room announces to those above it."""

from django.dispatch import Signal

# Around Wagtail's `save` of a page of the publication's (`instance`): Wagtail's own signals come before the pages below have
# moved along.
page_is_stored = Signal()
page_was_stored = Signal()

# Inside the transaction that does it, after it is done: these sections or topics (`shelves`) were stored many at once, which
# no signal of Django's tells.
shelves_stored = Signal()
