"""What other pages show of meetings."""
