"""The example partnerships that ship with Callover, as files in its own template."""
