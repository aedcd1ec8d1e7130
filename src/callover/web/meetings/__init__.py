"""Call-over, questions, escalations and signing off."""
