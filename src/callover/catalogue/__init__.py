"""Reads definitions (YAML) into checked domain values; reports every fault at once."""

from callover.catalogue.load import known_sets, load_catalogue
from callover.catalogue.partnership import for_partnership, load_partnership

__all__ = ["for_partnership", "known_sets", "load_catalogue", "load_partnership"]
