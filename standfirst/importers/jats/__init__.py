"""JATS: articles of journals."""
