"""One reader per publisher or template; none knows another."""
