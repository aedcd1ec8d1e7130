"""Words of submissions in templates."""
