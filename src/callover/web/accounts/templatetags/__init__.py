"""What templates say of people and their sources."""
