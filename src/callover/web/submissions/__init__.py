"""What sources owe, what providers send in, what the analyst checks."""
