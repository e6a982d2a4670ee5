"""Medium: the export of an account."""
