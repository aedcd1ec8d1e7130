"""Look of the site: base templates, styles and scripts."""
