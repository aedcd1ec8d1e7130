"""The colours of September 2016: computed, and where the printed ones cannot be followed."""

from __future__ import annotations

from callover.domain.periods import Month
from callover.domain.ratings import Rating
from golden.example import example_figures

SEPTEMBER = Month.of(2016, 9)
AREA = "E09000002"
DIFFERENT = {
    "burglary": (Rating.GREEN, Rating.AMBER),  # AMB-03
    "idap_residents": (Rating.NO_DATA, Rating.GREEN),  # AMB-43
    "idap_completions": (Rating.NO_DATA, Rating.GREEN),
    "knife_crime": (Rating.NOT_RATED, Rating.AMBER),  # AMB-13
    "asb_satisfaction": (Rating.NO_DATA, Rating.GREEN),  # AMB-42
    "drr_success": (Rating.RED, Rating.GREEN),  # AMB-16
    "safer_homes_secured": (Rating.NOT_RATED, Rating.AMBER),  # AMB-13
    "safer_homes_referrals": (Rating.NOT_RATED, Rating.AMBER),
    "safer_homes_rereferrals": (Rating.GREEN, Rating.AMBER),  # AMB-15
    "hate_crime": (Rating.NOT_RATED, Rating.AMBER),  # AMB-13
}


def test_computed_and_printed_colours_differ_only_where_an_answer_says_so() -> None:
    found = example_figures().differences(AREA, SEPTEMBER)
    assert {name: (result.computed, result.printed) for name, result, _ in found} == DIFFERENT
    assert all(note for _, _, note in found)
