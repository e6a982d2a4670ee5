"""Keyed pages, kept as rows: what a rendering shows, what a change announces, and the store between them."""
