"""People, partnerships, memberships and what they allow."""
