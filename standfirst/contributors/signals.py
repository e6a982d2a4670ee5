"""What this room announces to those above it."""

from django.dispatch import Signal

# Inside the transaction that does it, after it is done: the names by which these contributors (`people`) are known were
# stored, or may have been; some may be nobody any more, merged away.
names_stored = Signal()
