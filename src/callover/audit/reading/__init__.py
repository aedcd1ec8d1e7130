"""Words, numbers, months and names as packs write them."""
