"""What an audit found, for people, for Word, for other programs."""
