"""Packs in PDF: by their tags where these are sound, by what stands where on the page otherwise."""

from __future__ import annotations

from callover.audit.readers.pdf.reader import read

__all__ = ["read"]
