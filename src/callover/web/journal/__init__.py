"""The log of who did what: append-only, chained by hashes."""
