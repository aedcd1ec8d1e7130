"""Public street-level crime data as published: monthly files of twelve columns, one a force.

A single file, a folder, or the publisher's archive (``YYYY-MM/YYYY-MM-<force>-street.csv``) is
read as it is. Records are counted by month and category; every record counts once in its force:

* ``force:<name>`` holds all records of a force's files, with explicit zeros;
* ``name:<District>`` holds those of each district of the force, with explicit zeros for each month
  the force's file is there (the district stands in the small area's name: "Leicester 012B");
* LSOA codes hold the same records as their district, but only where there are any: a month and
  category without a row is zero **if** ``street_coverage`` of the force is 1 in that month;
* ``force:<name>:no_place`` holds records without a small area, ``force:<name>:stray`` records in a
  district that is not the force's own, so that no neighbour looks complete;
* the transport police polices no district: its records stand under ``force:btp`` alone.

Levels never mix: a force is the sum of its districts, its strays and its records without place;
a district is the sum of its LSOAs. Links say so: LSOA in district, district, stray and no-place in
force. A district is a force's own if the force has most of its records in the files read and they
are at least one in two hundred of the force's (own districts have one in ninety and more, strays
at most one in eight hundred).
"""

from __future__ import annotations

from callover.data.reader import Reader
from callover.data.sources.street.reader import StreetCrime

READERS: tuple[Reader, ...] = (StreetCrime(),)
