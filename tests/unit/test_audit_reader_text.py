"""The reader of text: what stands as a table on the page is one, and what does not is none."""

from __future__ import annotations

from textwrap import dedent

import pytest

from callover.audit.audit import audit
from callover.audit.pack import Table
from callover.audit.readers.text import decoded, pack_of

Rows = list[list[str]]


def tables(text: str) -> list[Table]:
    blocks = pack_of(dedent(text), "pack.txt").blocks
    return [block for block in blocks if isinstance(block, Table)]


def rows(text: str) -> Rows:
    """The cells of the one table of a text."""
    (table,) = tables(text)
    return [[cell.text for cell in row] for row in table.rows]


def paragraphs(text: str) -> list[str]:
    blocks = pack_of(dedent(text), "pack.txt").blocks
    return [block.text for block in blocks if not isinstance(block, Table)]


BURGLARY = [
    ["Offence", "2022/23", "2023/24", "Change"],
    ["Burglary", "310", "275", "-35"],
    ["Theft from the person", "1,790", "1,713", "-77"],
]


@pytest.mark.parametrize(
    "text",
    [
        """
        Offence | 2022/23 | 2023/24 | Change
        Burglary | 310 | 275 | -35
        Theft from the person | 1,790 | 1,713 | -77
        """,
        """
        Offence | 2022/23 | 2023/24 | Change
        ------- | ------- | ------- | ------
        Burglary | 310 | 275 | -35
        Theft from the person | 1,790 | 1,713 | -77
        """,
        """
        | Offence | 2022/23 | 2023/24 | Change
        | Burglary | 310 | 275 | -35
        | Theft from the person | 1,790 | 1,713 | -77
        """,
        """
        Offence | 2022/23 | 2023/24 | Change |
        Burglary | 310 | 275 | -35 |
        Theft from the person | 1,790 | 1,713 | -77 |
        """,
    ],
    ids=["plain", "ruled", "leading", "trailing"],
)
def test_pipes_between_cells_make_a_table(text: str) -> None:
    assert rows(text) == BURGLARY


def test_an_empty_cell_between_pipes_stays_in_its_column() -> None:
    assert rows("A | 1 | | 3\nB | | 2 | 3\nC | 1 | 2 |\n") == [
        ["A", "1", "", "3"], ["B", "", "2", "3"], ["C", "1", "2", ""],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Home | Performance | Contact\n\nBurglary fell by 3.\n",
        "The chance P(A|B) is 3\nand that P(B|A) is 4\n",
        "Tel 020 8227 | Fax 020 8228\nBarking | Essex | RM10\n",
    ],
    ids=["one line", "no blanks around", "unequal"],
)
def test_a_pipe_alone_makes_no_table(text: str) -> None:
    assert tables(text) == []


@pytest.mark.parametrize(
    "text",
    [
        """
        Offence                 2022/23   2023/24   Change
        Burglary                    310       275      -35
        Theft from the person     1,790     1,713      -77
        """,
        """
        Offence                2022/23  2023/24  Change
        ---------------------  -------  -------  ------
        Burglary               310      275      -35
        Theft from the person  1,790    1,713    -77
        """,
        """
              Offence                   2022/23     2023/24     Change
              Burglary                    310         275         -35
              Theft from the person      1,790       1,713        -77
        """,
        """
        Offence                 2022/23   2023/24   Change

        Burglary                    310       275      -35
        Theft from the person     1,790     1,713      -77
        """,
        """
        Offence                 2022/23   2023/24   Change
        Burglary                    310       275      -35

        Theft from the person     1,790     1,713      -77
        """,
    ],
    ids=["flush right", "flush left", "centred", "heading apart", "total apart"],
)
def test_columns_beneath_one_another_make_a_table(text: str) -> None:
    assert rows(text) == BURGLARY


def test_every_cell_has_the_line_it_stands_in() -> None:
    text = "Wards\n\nArea     May   June\nNorth     12     14\nSouth      9      8\n"
    (table,) = tables(text)
    assert [row[0].place.line for row in table.rows] == [3, 4, 5]
    assert paragraphs(text) == ["Wards"]


def test_a_missing_cell_stays_empty_in_its_column() -> None:
    text = """
        Area        April    May   June   July
        North          12     14            16
        South                  9      8      7
        East            5             6
        West            1      2      3      4
        """
    assert rows(text) == [
        ["Area", "April", "May", "June", "July"],
        ["North", "12", "14", "", "16"],
        ["South", "", "9", "8", "7"],
        ["East", "5", "", "6", ""],
        ["West", "1", "2", "3", "4"],
    ]


def test_a_row_with_one_number_keeps_its_column() -> None:
    text = """
        Area        April    May   June
        North          12     14     16
        South          11     12     13
        East                          6
        """
    assert rows(text)[-1] == ["East", "", "", "6"]


def test_a_column_without_any_number_is_kept_where_its_heading_says_so() -> None:
    text = """
        Area        April    May   June   Rating
        North          12     14     16
        South          11     12     13
        """
    assert rows(text) == [
        ["Area", "April", "May", "June", "Rating"],
        ["North", "12", "14", "16", ""],
        ["South", "11", "12", "13", ""],
    ]


def test_words_and_signs_for_no_number_stand_among_numbers() -> None:
    text = """
        Measure                 Target   Actual   RAG
        Burglary offences          290      275   Green
        Satisfaction               80%      n/a   Not rated
        Referrals                    -       12   Amber
        """
    assert rows(text)[2:] == [
        ["Satisfaction", "80%", "n/a", "Not rated"], ["Referrals", "-", "12", "Amber"],
    ]  # fmt: skip


def test_a_heading_over_several_columns_and_one_in_two_lines() -> None:
    text = """
                        Quarter 2            Year to date
        Offence       2022     2023         2022     2023
        Burglary       310      275          600      580
        Robbery         40       41           85       79
        """
    (table,) = tables(text)
    assert [(cell.text, cell.columns) for cell in table.rows[0]] == [
        ("", 1), ("Quarter 2", 2), ("Year to date", 2),
    ]  # fmt: skip
    text = """
                     12 months   12 months
        Offence      to Sep 15   to Sep 16   Change
        Burglary         1,234       1,100     -134
        Robbery            140         150      +10
        """
    assert rows(text)[:2] == [
        ["", "12 months", "12 months", ""], ["Offence", "to Sep 15", "to Sep 16", "Change"],
    ]  # fmt: skip


def test_a_label_between_the_rows_and_two_blanks_within_a_label_break_nothing() -> None:
    text = """
        Offence                        2022   2023
        Violence
          with injury                   640    612
          without injury                710    705
        Theft  from the person           90     80
        Burglary                        310    275
        Robbery                          41     40
        Arson                             6      7
        """
    found = rows(text)
    assert found[1:3] == [["Violence", "", ""], ["with injury", "640", "612"]]
    assert found[4] == ["Theft from the person", "90", "80"]
    assert len(found) == 8


def test_a_split_label_beside_a_missing_cell_moves_no_number() -> None:
    text = """
        Offence                        2022   2023   2024
        Theft  from the person                  80     90
        Burglary                        310    275    280
        Robbery                          41     40     42
        Violence                        640    612    599
        Arson                             6      7      9
        """
    assert rows(text)[1] == ["Theft from the person", "", "80", "90"]


def test_columns_whose_fields_overlap_are_told_by_their_edges() -> None:
    text = """
        Ward                     Crimes  Rate
        North and South Riverside   212   8.1
        Castle                1,234,567  19.2
        Mill                          9   0.4
        """
    assert rows(text)[1:] == [
        ["North and South Riverside", "212", "8.1"],
        ["Castle", "1,234,567", "19.2"],
        ["Mill", "9", "0.4"],
    ]


def test_a_heading_with_one_row_is_a_table_and_one_row_alone_is_none() -> None:
    text = "Area     May   June\nNorth     12     14\n"
    assert rows(text) == [["Area", "May", "June"], ["North", "12", "14"]]
    assert tables("The report\n\nNorth     12     14\n\nThe end\n") == []


def test_tables_that_follow_each_other_are_apart() -> None:
    text = """
        Area        April    May
        North          12     14
        South          11     12

        Wards

        Ward        Count      Rate     Rank
        Mill            3       1.2        1
        Castle          5       2.4        2
        """
    assert [len(table.rows[0]) for table in tables(text)] == [3, 4]
    assert paragraphs(text) == ["Wards"]


@pytest.mark.parametrize(
    "text",
    [
        """
        In  the year to September  2016 there were  326 more offences of  burglary
        than  in the year  before; of the 9,031 offences  12 in a hundred  were in
        the  north of the  borough, and  the board has asked  for a report  on it.
        """,
        """
        Civic Centre           Telephone: 020 8227 5555
        Dagenham               Fax: 020 8227 1234
        RM10 7BN               Reference: CSP/16/12
        """,
        """
                      Harrowmere Community Safety Partnership
                            Board of 12 December 2016
                                    Paper 7
        """,
        """
        1.  Summary ....................................  3
        2.  Burglary  ..................................  5
        3.  Robbery . . . . . . . . . . . . . . . . . .  12
        """,
        """
        Contents

        1     Summary          3
        2     Burglary         5
        3     Robbery         12
        """,
        """
        * Burglary fell.  In May it stood at 12.  In June at 14.
        * Robbery rose.  In May it stood at 3.  In June at 9.
        """,
        """
        for each in range(12):    # 12 months
            total += each         # 3
        print(total)              # 78
        """,
        """
        Chair:      Councillor A. Smith
        Present:    B. Jones, Chief Inspector
        Apologies:  C. Brown
        """,
    ],
    ids=["justified", "address", "centred", "leaders", "contents", "list", "code", "minutes"],
)
def test_what_only_has_gaps_is_no_table(text: str) -> None:
    assert tables(text) == []


def test_no_word_is_lost_whatever_the_layout() -> None:
    text = """
        Table 2.  Recorded crime
        Month             All crime   Burglary
        July 2023               830         98
        August 2023             850         92
        Figures of September are provisional and may yet change a little
        September 2023          775         85
        * recorded
        """
    said = " ".join(text for text, _ in pack_of(dedent(text), "pack.txt").texts()).split()
    assert sorted(said) == sorted(dedent(text).split())
    assert "Table 2. Recorded crime" in paragraphs(text)


def test_commas_make_a_table_of_a_file_of_figures() -> None:
    assert rows('Area,Type,Count\n"Barking, north",Theft,"1,234"\nSouth,Robbery,7\n') == [
        ["Area", "Type", "Count"], ["Barking, north", "Theft", "1,234"], ["South", "Robbery", "7"],
    ]  # fmt: skip
    assert len(rows("Area;May;June\nNorth;1;2\nSouth;;4\n\nNote: provisional.\n")) == 3


@pytest.mark.parametrize(
    "text",
    [
        "Of 3, 4 and 5, none\nfell, rose, or stayed, in May, June and July, 12\nin all, 3, 4, 5\n",
        "North, 1,234, 2,345\nSouth, 3,456, 4,567\nEast, 5,678, 6,789\n\nThe end.\n",
        "North,1,2\nSouth,3,4\n\nThe end.\n",
    ],
    ids=["prose", "thousands", "two lines"],
)
def test_commas_alone_make_no_table(text: str) -> None:
    assert tables(text) == []


def test_a_contradiction_in_columns_of_blanks_is_found() -> None:
    text = """
        2. Recorded crime by type

        Offence group                 Q2 2022/23   Q2 2023/24   Change   % change
        Violence against the person          640          612      -28      -4.4%
        Burglary                             310          275      -45     -11.3%
        Vehicle crime                        405          420      +15      +3.7%
        Theft                                790          713      -77      -9.7%
        Total                              2,145        2,020     -125      -5.8%
        """
    found = audit(pack_of(dedent(text), "pack.txt")).findings
    places = {(each.spot.printed, each.spot.place.line) for each in found}
    assert places == {("-45", 6), ("-125", 9)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_text_is_read_in_the_encoding_it_was_saved_in(encoding: str) -> None:
    assert decoded("Café – £5".encode(encoding)) == "Café – £5"


def test_a_quote_that_opens_a_field_without_end_makes_no_table() -> None:
    text = f'Ward,2015,2016\nNorth,"{"7" * 200_000}",3\nSouth,4,5\n'
    assert not any(isinstance(block, Table) for block in pack_of(text, "pack.txt").blocks)
