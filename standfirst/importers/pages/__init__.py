"""Saved pages: a site that is only left as the HTML somebody copied."""
