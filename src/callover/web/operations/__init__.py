"""Running the site: health, metrics, logs, backup and restore."""
