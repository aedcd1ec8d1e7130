"""What an audit checks: one module per family of rules."""
