"""Reads WordPress exports (WXR 1.0 to 1.2) into the importers' middle language; touches no database."""
