"""A document with every kind of block, at the size of a short pack, for tests of the renderers.

The figures are those of a borough at September 2016; the words are only to fill the page.
"""

from __future__ import annotations

from datetime import date

from callover.domain.breaks import PracticeBreak
from callover.domain.periods import Month
from callover.domain.states import State
from callover.report.blocks import (
    BulletList,
    Cell,
    Chart,
    Chip,
    Chips,
    Column,
    Columns,
    Contents,
    Document,
    Heading,
    KeyFact,
    KeyFacts,
    Note,
    Panel,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
    TermList,
    text,
)
from callover.report.charts import MonthPoint, PeerValue, dot_plot, months_chart, years_chart
from callover.report.charts.points import Extras

RED = Chip("R", "square", "Red", "red")
AMBER = Chip("A", "diamond", "Amber", "amber")
GREEN = Chip("G", "circle", "Green", "green")
NOT_RATED = Chip("–", "ring", "Not rated", "neutral")
NO_DATA = Chip("?", "dash", "No data", "missing")
RISE = Chip("", "up", "sustained rise, 12 months above the mean", "quiet")

OCTOBER = Month.of(2015, 10)
THIS_YEAR = (1391, 1509, None, 1421, 1412, 1560, 1383, 1639, 1532, 1614, 1438, 1425)
LAST_YEAR = (1361, 1478, 1288, 1309, 1222, 1548, 1344, 1502, 1442, 1588, 1414, 1432)


def sample() -> Document:
    """The document: cover, contents, summary, an indicator's page, offences, notes."""
    return Document(
        title="Performance call-over report, September 2016",
        subtitle="A community safety partnership",
        organisation="Barking and Dagenham Community Safety Partnership",
        marking="OFFICIAL",
        moment="2016-11-28T00:00:00+00:00",
        sections=(_cover(), _contents(), _summary(), _pages(), _tno(), _asb(), _offences(),
                  _notes()),
        subject="Indicators at September 2016",
        footer="Barking and Dagenham Community Safety Partnership · as known on 28 November 2016",
    )  # fmt: skip


def _cover() -> Section:
    facts = (
        ("Figures to", text("September 2016")),
        ("Author", text("Research and analysis officer")),
        ("Decision asked", text("Note the report; decide on two items.")),
        ("Contact", text(Span("analysis@partnership.example", href="mailto:a@b.example"))),
    )
    return Section("cover", "Performance call-over report", (TermList(facts),), kind="cover")


def _contents() -> Section:
    return Section("contents", "Contents", (Contents(2),), kind="front", in_contents=False)


def _summary() -> Section:
    columns = (
        Column("No.", numeric=True, width=0.6),
        Column("Indicator", width=4),
        Column("Rating", width=1.8),
        Column("12 months to Sep 2016", numeric=True, width=1.4, number_format="#,##0"),
        Column("Change", width=2),
        Column("Rank", width=2),
        Column("Page", numeric=True, width=0.7),
    )
    rows = (
        Row((Cell("Crime"),), "group"),
        _line("1", "Total notifiable offences", RED, "17,825", 17825, "+919 (+5 %)",
              "21st of 32 Met", "page-tno", "a"),
        _line("4", "Burglary", GREEN, "1,413", 1413, "−325 (−19 %)", "10th of 32 Met"),
        _line("8", "Theft from motor vehicle", AMBER, "1,024", 1024, "+73 (+8 %)",
              "11th of 32 Met"),
        Row((Cell("Domestic violence"),), "group"),
        _line("9", "Domestic violence offences", NOT_RATED, "2,433", 2433, "−178 (−7 %)",
              "32nd of 32 Met"),
        _line("11", "Residents on the programme", NO_DATA, "not supplied", None, "not known",
              "not compared"),
        Row((Cell("Anti-social behaviour"),), "group"),
        _line("21", "Calls about anti-social behaviour", RED, "6,137", 6137, "+1,198 (+24 %)",
              "not compared", "page-asb"),
    )  # fmt: skip
    table = Table("summary-table", "All indicators at September 2016", columns, rows,
                  notes=(text(Span("a ", strong=True), "Police offence table."),),
                  row_headers=2, sheet="Summary")  # fmt: skip
    lead = Paragraph(text("The change compares twelve months with the twelve before. See ",
                          Span(page_of="notes"), "."))  # fmt: skip
    return Section("summary", "Overall summary", (lead, table))


def _line(
    number: str,
    title: str,
    chip: Chip,
    latest: str,
    value: float | None,
    change: str,
    rank: str,
    page: str = "",
    mark: str = "",
) -> Row:
    return Row(
        (
            Cell(number),
            Cell(title, anchor=page),
            Cell(chip.words, chip=chip),
            Cell(latest, value=value, mark=mark),
            Cell(change),
            Cell(rank),
            Cell(page_of=page, anchor=page) if page else Cell("–"),
        )
    )


def _pages() -> Section:
    lead = Paragraph(text("One page an indicator, in the order of the summary."))
    return Section("pages", "One-page summaries", (lead,), kind="appendix")


def _tno() -> Section:
    """In the order of the design: rating, sentence, facts, charts, table, words, about."""
    facts = KeyFacts(
        (
            KeyFact("September 2016", "1,425", "−7 (−0.5 %) on last year", "tno:month"),
            KeyFact("Year to date", "9,031", "+326 (+4 %) on last year"),
            KeyFact("Per 1,000 residents", "87.90", "Met 86.85 · similar areas 83.65"),
            KeyFact("Rank, 1 is lowest", "21st of 32", "Met · 12th of 15 similar areas"),
        )
    )
    lead = Paragraph(
        text(
            Span("17,825 offences", strong=True),
            " in the 12 months to September 2016: ",
            Span("5 % more", strong=True),
            " than the year before (+919). The Met as a whole rose 4 %.",
        ),
        "lead",
    )
    blocks = (
        Chips((Chip("R", "square", "Red: above last year by more than 5 %", "red"), RISE)),
        lead,
        facts,
        Columns(((months(),), (places(),)), (1.6, 1)),
        _monthly(),
        Columns((_happened(), _doing()), (1.3, 1)),
        _about(),
    )
    kicker = "Indicator 1 · Crime · Prevention, Protection, Perpetrators"
    return Section("page-tno", "Total notifiable offences", blocks, "indicator", kicker=kicker,
                   level=2)  # fmt: skip


def months() -> Chart:
    """Twelve months with a gap, an estimate, a break and a usual range."""
    points = [
        MonthPoint(
            OCTOBER + i,
            value,
            State.LATE if value is None else State.ESTIMATED if i == 4 else State.FINAL,
        )
        for i, value in enumerate(THIS_YEAR)
    ]
    before = [MonthPoint(OCTOBER - 12 + i, value) for i, value in enumerate(LAST_YEAR)]
    broken = (PracticeBreak(date(2016, 4, 1), "new rules", "Recording rules changed."),)
    extras = Extras(breaks=broken, usual=(1046, 1706))
    return months_chart("months-tno", "Six of eleven months lie above the year before", points,
                        before, "offences", extras)  # fmt: skip


def places() -> Chart:
    """Thirty-two areas, ours the twenty-first."""
    rates = [58 + 1.45 * i for i in range(31)] + [143.0]
    peers = [
        PeerValue(f"E090000{i + 1:02}", f"Borough {i + 1}", rate, own=i == 20)
        for i, rate in enumerate(rates)
    ]
    mean = sum(rates) / len(rates)
    return dot_plot("places-tno", "21st lowest of 32", peers, "offences per 1,000 residents", mean,
                    "21st lowest of 32")  # fmt: skip


def _monthly() -> Table:
    names = ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar")
    lines = (
        ("Month", ("1,383", "1,639", "1,532", "1,614", "1,438", "1,425"), ""),
        ("Year to date", ("1,383", "3,022", "4,554", "6,168", "7,606", "9,031"), ""),
        ("on last year", ("+3 %", "+6 %", "+6 %", "+5 %", "+5 %", "+4 %"), ""),
        ("Rolling 12", ("17,469", "17,612", "17,704", "17,734", "17,761", "17,754"), "a"),
        ("Per 1,000", ("88.10", "88.82", "87.65", "87.80", "87.93", "87.90"), "b"),
        ("Rank of 32", ("21", "21", "21", "21", "21", "21"), ""),
    )
    rows = tuple(
        Row((Cell(name, mark=mark), *(Cell(v) for v in given), *(Cell("–") for _ in range(6))))
        for name, given, mark in lines
    )
    return Table(
        "monthly-tno",
        "Total notifiable offences, 2016/17, month by month",
        (Column("2016/17"), *(Column(name, numeric=True) for name in names)),
        rows,
        notes=(
            text("a  Police performance site; the headline uses the force's table, 71 higher."),
            text("b  Population changes in June 2016 from 198,294 to 201,979."),
            text("–  not due yet"),
        ),
        compact=True,
    )


def _happened() -> tuple[Heading | Paragraph | Note, ...]:
    return (
        Heading(2, "What happened"),
        Paragraph(text("Half of the rise is violence against the person (+459), nearly half theft "
                       "and handling (+434); burglary fell by 325.")),
        Heading(3, "The analyst, 20 November 2016"),
        Paragraph(text("More reporting campaigns ran this summer; see ",
                       Span("the notes", anchor="notes"), ".")),
        Note(text("This paragraph has not changed since June 2016."), "stale", "Not updated"),
    )  # fmt: skip


def _doing() -> tuple[Heading | Table, ...]:
    rows = (
        Row((Cell("Daily review of violent offences"), Cell("Police, chief inspector"),
             Cell("running"))),
        Row((Cell("Keyless theft prevention at four wards"), Cell("Police and council"),
             Cell("15 Jan 2017"))),
        Row((Cell("Licensed premises: joint visits in the town centre"), Cell("Council, licensing"),
             Cell("overdue by 12 days", strong=True))),
    )  # fmt: skip
    columns = (Column("Action", width=3), Column("Owner", width=1.6), Column("Due", width=1.4))
    return (
        Heading(2, "What we are doing"),
        Table("actions-tno", "Actions on total notifiable offences", columns, rows, compact=True),
    )


def _about() -> Panel:
    def said(title: str, sentence: str) -> Paragraph:
        return Paragraph((Span(f"{title}. ", strong=True), Span(sentence)), "small")

    return Panel(
        (
            Columns(
                (
                    (said("About this measure", "Every crime that the police record under the "
                          "national rules. Lower is better."),
                     said("Rating rule", "Green at or below last year, amber up to 5 % above.")),
                    (said("Read with care", "Better recording raises the count without more "
                          "crime."),),
                    (said("Five years", "2011/12: 18,825 · 2012/13: 17,236 · 2013/14: 16,062"),),
                ),
                (1.3, 1, 0.9),
            ),
        ),
        "About",
    )  # fmt: skip


def _asb() -> Section:
    years = (("2011/12", 8943.0), ("2012/13", 7120.0), ("2013/14", None), ("2014/15", 5380.0),
             ("2015/16", 5010.0))  # fmt: skip
    blocks = (
        Chips((Chip("R", "square", "Red: above last year by more than 5 %", "red"),)),
        Paragraph(text(Span("6,137 calls", strong=True), ": ", Span("24 % more", strong=True),
                       " than the year before (+1,198)."), "lead"),
        KeyFacts((KeyFact("September 2016", "539", "+61 (+13 %)"),
                  KeyFact("Year to date", "3,388", "+702 (+26 %)"))),
        years_chart("years-asb", "Calls fell for five years until this one", years, "calls"),
        Note(text("No other area's figures are held, so there is no rank."), "missing",
             "Not compared"),
        Note(text("The source's June total is 12 above the sum of its parts."), "finding",
             "Does not add up"),
    )  # fmt: skip
    kicker = "Indicator 21 · Anti-social behaviour"
    return Section("page-asb", "Calls about anti-social behaviour", blocks, "indicator",
                   kicker=kicker, level=2)  # fmt: skip


OFFENCES = (
    ("Violence against the person", "subtotal", 6101, 5642),
    ("Murder", "body", 4, 6),
    ("Wounding and grievous bodily harm", "body", 731, 640),
    ("Assault with injury", "body", 1399, 1460),
    ("Common assault", "body", 1850, 1794),
    ("Harassment", "body", 1894, 1498),
    ("Burglary", "subtotal", 1413, 1738),
    ("Burglary in a dwelling", "body", 942, 1272),
    ("Burglary in other buildings", "body", 471, 466),
    ("All offences", "total", 17825, 16906),
)


def _offences() -> Section:
    columns = (
        Column("Offence", width=4),
        Column("12 months to September 2016", True, 1.7, "#,##0"),
        Column("12 months to September 2015", True, 1.7, "#,##0"),
        Column("Change", True, 1.1, "+#,##0;-#,##0;0"),
    )
    rows = tuple(
        Row((Cell(name, strong=kind != "body"), Cell(f"{now:,}", value=now),
             Cell(f"{before:,}", value=before),
             Cell(f"{now - before:+,}".replace("-", "−"), value=now - before)), kind)
        for name, kind, now, before in OFFENCES
    )  # fmt: skip
    table = Table("offences-table", "Offences by type", columns, rows, sheet="Offences",
                  notes=(text("A per cent on a number below 20 says little."),))  # fmt: skip
    return Section("offences", "Offence breakdown", (table,), kind="appendix")


def _notes() -> Section:
    blocks = (
        Heading(2, "How to read the figures", anchor="reading"),
        BulletList((text("A rating is a letter, a shape and words."),
                    text("The ", Span("year to date", emphasis=True), " begins in April."))),
        BulletList((text("Read the sentence."), text("Then the chart."), text("Then the table.")),
                   ordered=True),
        Heading(2, "Sources", anchor="sources"),
        TermList((("Police offence table", text("Monthly, ten days after the month.")),
                  ("Recorded crime", text(Span("published figures",
                                               href="https://www.example.org/"), ".")))),
        Note(text("Percentages never add."), "care", "Read with care"),
        Note(text("Computed from the stored figures."), "computed"),
    )  # fmt: skip
    return Section("notes", "Notes", blocks, kind="appendix")
