"""Publishing, correcting, the public site, feeds, open data and the API."""
