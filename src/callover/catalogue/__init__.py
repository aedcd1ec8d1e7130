"""Reads the definitions into domain values and reports every fault at once."""
