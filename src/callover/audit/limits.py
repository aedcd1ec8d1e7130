"""How much of a file is read: generous for a pack of 300 pages, and an end for everything else.

A board pack of 300 pages has about 10 MB of XML, 30,000 paragraphs and 2,000 tables.
"""

from __future__ import annotations

MOST_FILE_BYTES = 300_000_000
"""Largest file that is opened at all; pictures make packs large, words do not."""

MOST_DIRECTORY_BYTES = 10_000_000
"""The list of files at the end of an archive; 1,000 pictures take 0.1 MB."""

MOST_UNPACKED_BYTES = 1_500_000_000
"""All files of a Word or Excel archive together, unpacked."""

MOST_XML_BYTES = 80_000_000
"""One XML part of a Word or Excel archive; the tree in memory takes about eight times as much."""

MOST_HTML_BYTES = 80_000_000
"""A page of HTML, its pictures and fonts included."""

MOST_PAGES = 2_000
"""Pages of a PDF."""

MOST_CHARACTERS = 8_000_000
"""Characters of a PDF; 300 pages have a million."""

MOST_PAGE_RULES = 1_500
"""Lines across, or down, a page of a PDF; a page with more is a drawing."""

MOST_PAGE_LINES = 500
"""Lines of text of a page in which columns are looked for."""

MOST_TAGS = 20_000_000
"""Elements of a tagged PDF that are looked at; those of long sections are, for each page."""

MOST_PAGE_CHARACTERS = 200_000
"""Characters on one page of a PDF; a page full of 4-point type has 30,000."""

MOST_PAGE_PIECES = 100_000
"""Drawings, texts and marks of one page of a PDF, those within its drawings included."""

MOST_BLOCKS = 400_000
"""Headings, paragraphs and tables of a pack."""

MOST_ROWS = 100_000
"""Rows of one table."""

MOST_COLUMNS = 1_000
"""Columns of one table."""

MOST_CELLS = 2_000_000
"""Cells of all tables of a pack together."""

MOST_AUDITED_CELLS = 200_000
"""Cells of tables that are audited, for every rule looks at each: a pack of 300 pages has 60,000.
Tables beyond are data."""

MOST_TEXT = 2_000_000
"""Characters of one paragraph or cell."""

MOST_SENTENCE = 4_000
"""Characters of a sentence: a longer one is read in pieces, for what rules do grows with it."""

DEEPEST = 200
"""Elements within one another."""

DEEPEST_TABLE = 8
"""Tables within one another."""
