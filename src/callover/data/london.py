"""London's boroughs by name, for publishers that print names only."""

from __future__ import annotations

METROPOLITAN_POLICE = "E23000001"
"""Code of the Metropolitan Police force area (the 32 boroughs, without the City)."""

_BOROUGHS = (
    "City of London",
    "Barking and Dagenham",
    "Barnet",
    "Bexley",
    "Brent",
    "Bromley",
    "Camden",
    "Croydon",
    "Ealing",
    "Enfield",
    "Greenwich",
    "Hackney",
    "Hammersmith and Fulham",
    "Haringey",
    "Harrow",
    "Havering",
    "Hillingdon",
    "Hounslow",
    "Islington",
    "Kensington and Chelsea",
    "Kingston upon Thames",
    "Lambeth",
    "Lewisham",
    "Merton",
    "Newham",
    "Redbridge",
    "Richmond upon Thames",
    "Southwark",
    "Sutton",
    "Tower Hamlets",
    "Waltham Forest",
    "Wandsworth",
    "Westminster",
)

BOROUGH_NAMES: dict[str, str] = {f"E090000{n:02d}": name for n, name in enumerate(_BOROUGHS, 1)}
"""Published code to name: E09000001 City of London, then the 32 boroughs in order of name."""


def _plain(name: str) -> str:
    """A name without its little differences: case, ``&``, spaces, ``City of Westminster``."""
    words = name.casefold().replace("&", " and ").split()
    short = " ".join(words)
    return "westminster" if short == "city of westminster" else short


_CODES = {_plain(name): code for code, name in BOROUGH_NAMES.items()}


def borough_code(name: str) -> str | None:
    """The published code of a borough by name, however its case and its "and" are written."""
    return _CODES.get(_plain(name))
