"""The fire brigade's borough table: 18 measures, months of a financial year, cumulative targets.

One layout is accepted, as CSV or as the first sheet of a workbook:

* a header line: ``BOROUGH TARGETS: <borough>`` | ``Total / Target`` | twelve months, April to
  March (``Apr-16``) | ``Rolling 12 months`` | ``2015/16 Total`` (the year before) | ``Trend``;
* for each measure a line ``Monthly total`` with the measure's name in the first column, then
  ``Year to date`` and, where there is a target, ``TARGET`` (cumulative), first column empty.

Lines without any text are passed over. A dash or blank after the last month with figures is not
due, before it not supplied. Where the headings' year is that of the total of the year *before*, the
headings are wrong: the months are those of the following year, and a finding says so. Stored are
months, years to date, the rolling 12 months and the year before; targets belong to the definitions
and are only checked. Percentages never add: a year to date that is a sum of them is not stored.
"""

from __future__ import annotations

from callover.data.reader import Reader
from callover.data.sources.lfb_borough_table.reader import LfbBoroughTable

READERS: tuple[Reader, ...] = (LfbBoroughTable(),)
