"""Packs that are Word documents."""

from __future__ import annotations

from callover.audit.readers.docx.reader import read

__all__ = ["read"]
