"""One module per file format; none knows another."""
