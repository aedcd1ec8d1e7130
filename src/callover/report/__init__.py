"""From figures to documents: blocks, words, charts, builders and renderers."""
