"""The Metropolitan Police's re-cut to the national categories: which series each line counts in.

A line that means the same as one of the force's own carries the same series id; the others carry
ids that begin with ``recut_``.
"""

from __future__ import annotations

from collections.abc import Mapping

VIOLENCE, _DAMAGE = "violence_against_the_person", "criminal_damage_inc_arson"
_DRUGS, _ORDER = "drugs", "recut_public_order"

SERIES: Mapping[str, tuple[str, ...]] = {
    "homicide": ("recut_homicide", VIOLENCE),
    "violence with injury": ("violence_with_injury", VIOLENCE),
    "violence without injury": ("recut_violence_without_injury", VIOLENCE),
    "rape": ("rape",),
    "other sexual offences": ("other_sexual",),
    "robbery of personal property": ("robbery_personal",),
    "robbery of business property": ("robbery_business",),
    "burglary in a dwelling": ("burglary_dwelling",),
    "burglary business and community": ("burglary_other",),
    "theft or unauth taking of a motor veh": ("theft_of_motor_vehicle",),
    "theft from a vehicle": ("theft_from_motor_vehicle",),
    "interfering with a motor vehicle": ("motor_vehicle_interference",),
    "aggravated vehicle taking": ("recut_aggravated_vehicle_taking",),
    "bicycle theft": ("theft_pedal_cycle",),
    "shoplifting": ("theft_from_shops",),
    "theft from the person": ("theft_person",),
    "other theft": ("other_theft",),
    "fraud and forgery": ("fraud_and_forgery",),
    "criminal damage": ("criminal_damage", _DAMAGE),
    "arson": ("arson_offences", _DAMAGE),
    "possession of drugs": ("drug_possession", _DRUGS),
    "trafficking of drugs": ("drug_trafficking", _DRUGS),
    "possession of weapons": ("recut_possession_of_weapons",),
    "public fear alarm or distress": ("recut_public_fear", _ORDER),
    "race or religious agg public fear": ("recut_aggravated_public_fear", _ORDER),
    "violent disorder": ("recut_violent_disorder", _ORDER),
    "other offences public order": ("recut_other_public_order", _ORDER),
    "misc crimes against society": ("recut_miscellaneous",),
}
"""Minor category, in lower case, to the series it is counted in (beside ``tno``, all lines)."""
