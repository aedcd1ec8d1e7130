"""What a person must release before it goes to the public: persons, live cases, exact places."""

from callover.report.release.check import Concern, concerns

__all__ = ["Concern", "concerns"]
