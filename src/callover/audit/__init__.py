"""A finished pack read back: what it claims, and which of its claims cannot all be true."""
