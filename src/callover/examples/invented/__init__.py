"""An invented partnership, plainly so: generated files with known truths built in."""
