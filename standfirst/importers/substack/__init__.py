"""Substack: the export of a publication."""
