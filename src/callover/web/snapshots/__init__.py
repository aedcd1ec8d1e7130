"""Sealed snapshots and the serving copies that pages read."""
