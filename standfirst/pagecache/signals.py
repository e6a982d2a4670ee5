"""What this room announces to those above it."""

from django.dispatch import Signal

# Inside the transaction that makes it: a change that reaches readers, with the keys (`keys`) of what it touched.
announced = Signal()
