"""Settings that all tests share."""

from hypothesis import settings

# The same examples everywhere: a run that failed can be run again, and coverage checks hold.
settings.register_profile("callover", derandomize=True, deadline=None)
settings.load_profile("callover")
