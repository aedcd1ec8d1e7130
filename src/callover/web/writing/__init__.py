"""What the analyst writes, overrides and changes on a date."""
