"""Articles as references: a module a format, each turning records into text piece by piece, and touching no database."""
