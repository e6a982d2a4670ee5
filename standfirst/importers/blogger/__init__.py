"""Blogger: the backup of a blog, and what Google Takeout makes of it."""
