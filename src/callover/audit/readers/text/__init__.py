"""Packs that are plain or Markdown-like text."""

from __future__ import annotations

from callover.audit.readers.text.reader import decoded, pack_of, read, shown

__all__ = ["decoded", "pack_of", "read", "shown"]
