"""Pages of figures: dashboard, indicators, comparisons, maps, search."""
