"""How the database is asked, whatever is asked of it."""
