"""Words that make a public sentence worth a second look."""

from __future__ import annotations

COURT = (
    "accused", "acquitted", "arrested", "arrest", "bail", "bailed", "charged", "convicted",
    "conviction", "coroner", "court", "custody time limit", "defendant", "guilty", "hearing",
    "inquest", "injunction hearing", "judge", "jury", "magistrates", "no comment interview", "plea",
    "pleaded", "prosecuted", "prosecution", "released under investigation", "remand", "remanded",
    "sentenced", "sentencing", "sub judice", "suspect", "suspects", "trial", "under investigation",
    "verdict", "witness", "witnesses",
)  # fmt: skip
"""A case that may be before a court: what is published must not prejudice it."""

NATIONALITIES = (
    "afghan", "albanian", "algerian", "american", "angolan", "australian", "austrian",
    "bangladeshi", "belgian", "brazilian", "bulgarian", "cameroonian", "canadian", "chinese",
    "colombian", "congolese", "croatian", "cypriot", "czech", "danish", "dutch", "egyptian",
    "eritrean", "estonian", "ethiopian", "filipino", "french", "gambian", "georgian", "german",
    "ghanaian", "greek", "hungarian", "indian", "iranian", "iraqi", "irish", "israeli", "italian",
    "ivorian", "jamaican", "japanese", "kenyan", "kosovan", "kurdish", "latvian", "lebanese",
    "libyan", "lithuanian", "malaysian", "maltese", "mauritian", "mexican", "moldovan", "mongolian",
    "moroccan", "nepalese", "nepali", "nigerian", "norwegian", "pakistani", "palestinian", "polish",
    "portuguese", "romanian", "russian", "rwandan", "saudi", "scottish", "senegalese", "serbian",
    "sierra leonean", "slovak", "slovakian", "slovenian", "somali", "south african", "spanish",
    "sri lankan", "sudanese", "swedish", "swiss", "syrian", "tanzanian", "thai", "tunisian",
    "turkish", "ugandan", "ukrainian", "vietnamese", "welsh", "yemeni", "zambian", "zimbabwean",
)  # fmt: skip
"""Said of people. Of a restaurant or a language they are harmless: a person decides."""

PEOPLE = (
    "gang", "gangs", "group", "groups", "individual", "individuals", "male", "males", "man", "men",
    "female", "females", "woman", "women", "offender", "offenders", "national", "nationals",
    "nationality", "people", "perpetrator", "perpetrators", "person", "persons", "suspect",
    "suspects", "victim", "victims", "youth", "youths", "boy", "boys", "girl", "girls", "family",
    "families", "origin", "descent", "community", "communities",
)  # fmt: skip

HONORIFICS = (
    "Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Sir", "Dame", "Lord", "Lady", "Rev", "Cllr",
    "Councillor", "PC", "PCSO", "DC", "DS", "DI", "DCI", "Insp", "Sgt", "Sergeant", "Inspector",
    "Superintendent", "Judge",
)  # fmt: skip

STREETS = (
    "Alley", "Approach", "Avenue", "Ave", "Close", "Court", "Crescent", "Drive", "Gardens", "Green",
    "Grove", "Hill", "House", "Lane", "Mews", "Parade", "Park", "Place", "Rise", "Road", "Rd",
    "Row", "Square", "Street", "St", "Terrace", "Walk", "Way",
)  # fmt: skip

FEW = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
COUNTED = (
    *(
        "victims",
        "victim",
        "children",
        "child",
        "people",
        "persons",
        "person",
        "offences",
        "offence",
    ),
    *("crimes", "incidents", "calls", "homes", "referrals", "orders", "fires", "cases", "fights"),
    *("residents", "pupils", "offenders", "deaths", "injuries", "killings", "murders", "women"),
)
"""Whom and what a small number may count."""
