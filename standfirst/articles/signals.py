"""What this room announces to those above it."""

from django.dispatch import Signal

# Inside the transaction that does it, after it is done: places in the archives (`Listing` rows) went (`gone`) and
# came (`new`).
relisted = Signal()
