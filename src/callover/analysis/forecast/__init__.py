"""Where the financial year will end: expected total, interval, chance of meeting the target."""

from callover.analysis.forecast.types import Comparison, Kept, Try, YearEnd
from callover.analysis.forecast.year_end import key_of, year_end

__all__ = ["Comparison", "Kept", "Try", "YearEnd", "key_of", "year_end"]
