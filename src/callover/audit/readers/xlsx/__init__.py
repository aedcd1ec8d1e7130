"""Packs that are Excel workbooks."""

from __future__ import annotations

from callover.audit.readers.xlsx.reader import read

__all__ = ["read"]
