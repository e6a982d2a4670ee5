"""Folders of Markdown, HTML or reStructuredText, with front matter or without."""
