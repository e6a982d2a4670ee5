"""PostgreSQL as Django knows it, with our pool."""
