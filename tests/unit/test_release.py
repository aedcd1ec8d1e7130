"""What must be released by a person before the public reads it."""

from __future__ import annotations

import pytest

from callover.report.release import concerns


@pytest.mark.parametrize(
    "text, reason",
    [
        ("The case against Mr Example continues.", "names a person"),
        ("PCSO Sample leads the patrol.", "names a person"),
        ("Visits were made with Alex Sample on two days.", "may name a person"),
        ("The fire began at 14 Invented Road.", "gives an exact address"),
        ("Residents of flat 12 complained.", "gives an exact address"),
        ("Thefts cluster around ZZ9 9ZZ.", "gives a postcode"),
        ("Write to someone.else@council.example today.", "a telephone number or an address"),
        ("Three Ruritanian-born and two Romanian males were seen.", "says where people come from"),
        ("The suspects were of Polish origin.", "says where people come from"),
        ("A 15-year-old was hurt.", "gives a person's age"),
        ("Two people were charged and await trial.", "may touch a live case"),
        ("He was remanded in custody.", "may touch a live case"),
    ],
)
def test_each_kind_is_found(text: str, reason: str) -> None:
    assert any(reason in each.reason for each in concerns(text))


@pytest.mark.parametrize(
    "text",
    [
        "Burglary fell in the north of the borough. Patrols go on until March 2017.",
        "The Safer Streets group meets in October; the police lead will report.",
        "More calls came on Friday and Saturday nights than in May.",
        "The Polish shop on the high street had its window broken.",
    ],
)
def test_plain_sentences_stay_silent(text: str) -> None:
    assert concerns(text, known=("Safer Streets",)) == []


def test_line_and_words_are_named() -> None:
    found = concerns("All quiet.\n\nThe jury is out.")
    assert [(each.line, each.words) for each in found] == [(3, "jury")]


def test_a_place_is_not_a_person() -> None:
    assert concerns("Theft rose around Market Example.", known=("Market Example",)) == []
    assert concerns("Theft rose around Market Example.") != []
