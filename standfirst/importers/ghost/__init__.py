"""Reads Ghost's JSON exports (Ghost 0.4 to 6) into the importers' middle language; touches no database."""
