"""Packs that are web pages."""

from __future__ import annotations

from callover.audit.readers.html.reader import read

__all__ = ["read"]
