"""Drupal: the files of its JSON:API."""
