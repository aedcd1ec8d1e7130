"""The partnership's site: a Django project with one app per subject."""
