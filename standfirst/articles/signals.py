"""What this room announces to those above it."""

from django.dispatch import Signal

# Inside the transaction that does it, after it is done: places in the archives (`Listing` rows) went (`gone`) and
# came (`new`).
relisted = Signal()

# Inside the transaction that does it, after it is done: these articles were stored, or are about to be deleted, with all
# that belongs to them (`pieces`). What of it readers may have, each page says (`is_public`, `live`).
stored = Signal()

# Inside the transaction that does it, after it is done: the credits of these articles (by id) read otherwise, and nothing
# else of them.
recredited = Signal()
