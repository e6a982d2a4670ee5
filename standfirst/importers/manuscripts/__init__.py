"""Manuscripts as Word writes them (.docx)."""
