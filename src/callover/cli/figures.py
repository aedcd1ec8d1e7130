"""``callover figures``: figures as a table or as records."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callover.cli.lean import arrow_without_pandas
from callover.cli.options import (
    HERE,
    PLAIN,
    AsKnownAt,
    WorkspaceOption,
    command,
    end_of_day,
    listed,
    months_of,
)
from callover.domain.errors import UnknownName, UserError

if TYPE_CHECKING:
    from callover.domain.figures import Figure
    from callover.jobs.figures import Beside

app = typer.Typer(**PLAIN)

_REASONS = 8
_DENOMINATOR_FILES = {
    "population": "a file of population estimates",
    "households": "a file of household estimates",
}

Months = Annotated[
    str, typer.Option("--month", help="Month, as 2016-09; or a range, as 2016-04..2016-09.")
]
Areas = Annotated[
    list[str] | None,
    typer.Option("--area", help="Code, name or partnership; repeat, or separate by commas."),
]
Indicators = Annotated[
    list[str] | None, typer.Option("--indicator", help="Indicator id; all where absent.")
]
Measures = Annotated[
    list[str] | None, typer.Option("--measure", help="Measure ids, as rolling12,rank.")
]
Peers = Annotated[
    list[str] | None, typer.Option("--peers", help="Peer group; each indicator's own if absent.")
]
Format = Annotated[str, typer.Option("--format", help="table, json, csv or parquet.")]
Out = Annotated[Path | None, typer.Option("--out", help="File to write instead of printing.")]


@app.command()
def figures(
    month: Months,
    workspace: WorkspaceOption = HERE,
    area: Areas = None,
    indicator: Indicators = None,
    measure: Measures = None,
    peers: Peers = None,
    as_known_at: AsKnownAt = "",
    with_: Annotated[
        list[str] | None,
        typer.Option("--with", help="intervals, signals: further fields of each record."),
    ] = None,
    format_: Format = "table",
    out: Out = None,
) -> None:
    """Print figures, or write them as records."""
    arrow_without_pandas()
    from callover.jobs.figures import FORMATS, FiguresRequest, figures_and_more
    from callover.jobs.workspace import Workspace

    if format_ not in FORMATS:
        raise UnknownName("format", format_, FORMATS)
    if format_ == "parquet" and out is None:
        raise UserError("Parquet is no text to print.", "Name a file: --out figures.parquet")
    first, last = months_of(month)
    request = FiguresRequest(
        month=first,
        last=last,
        areas=listed(area),
        indicators=listed(indicator),
        measures=listed(measure),
        peers=listed(peers),
        as_known_at=end_of_day(as_known_at),
        beside=listed(with_),
    )
    found, beside = figures_and_more(Workspace.open(workspace), request)
    content = _content(found, beside, format_, workspace)
    if out is None:
        typer.echo(content.decode(), nl=False)
    else:
        out.write_bytes(content)
        typer.echo(f"{len(found):,} figures written to {out}", err=True)


def _content(found: list[Figure], beside: Beside, format_: str, workspace: Path) -> bytes:
    """The figures in the format asked for."""
    from callover.jobs.figures import as_csv, as_json, as_parquet

    match format_:
        case "json":
            return as_json(found, beside).encode()
        case "csv":
            return as_csv(found, beside).encode()
        case "parquet":
            return as_parquet(found, beside)
        case _:
            return _table(found, beside, workspace).encode()


def _table(found: list[Figure], beside: Beside, workspace: Path) -> str:
    """Columns for people: full numbers with thousands, or the reason for none."""
    heading = ("area", "indicator", "measure", "value", "unit", "state", "source")
    rows = [heading, *(_row(figure) for figure in found)]
    if len({figure.month for figure in found}) > 1:
        months = ("month", *(str(figure.month) for figure in found))
        rows = [(*row, month) for row, month in zip(rows, months, strict=True)]
    if beside:
        said = ("evidence", *(_evidence(each) for each in beside))
        rows = [(*row, words) for row, words in zip(rows, said, strict=True)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [
            cell.rjust(width) if i == 3 else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join([*lines, *_reasons(found, workspace)]) + "\n"


def _evidence(fields: Mapping[str, object]) -> str:
    """The further fields in a few words."""
    from callover.domain.peers import ordinal
    from callover.report import words

    said = []
    low, high = fields.get("lower_95"), fields.get("upper_95")
    if isinstance(low, float) and isinstance(high, float):
        said.append(f"95 %: {words.number(low, 2)} to {words.number(high, 2)}")
    if fields.get("clear") is not None:
        said.append("clear" if fields["clear"] else "not clear")
    first, last = fields.get("rank_from"), fields.get("rank_to")
    if isinstance(first, int) and isinstance(last, int):
        said.append(f"between {ordinal(first)} and {ordinal(last)}")
    for name in ("compared", "variation", "no_signal"):
        if fields.get(name):
            said.append(str(fields[name]).replace("_", " "))
    return ", ".join(said)


def _reasons(found: list[Figure], workspace: Path) -> list[str]:
    """Why there is no value: each reason once, with the measures it stops."""
    measures: dict[str, dict[str, None]] = {}
    for figure in found:
        if not figure.known and figure.reason:
            measures.setdefault(figure.reason, {})[figure.measure] = None
    if not measures:
        return []
    listed = [
        f"  {', '.join(names)}: {_with_remedy(why, workspace)}" for why, names in measures.items()
    ]
    rest = [f"  … {len(listed) - _REASONS:,} more reasons"] if len(listed) > _REASONS else []
    return ["", "Without a value:", *listed[:_REASONS], *rest]


def _with_remedy(reason: str, workspace: Path) -> str:
    """A rate without its denominator says what to add."""
    for kind, file in _DENOMINATOR_FILES.items():
        if f"{kind} of this area is held" in reason:
            return f"{reason}; add {file}: {command(workspace, 'add', 'FILE')}"
    return reason


def _row(figure: Figure) -> tuple[str, ...]:
    measure = f"{figure.measure} ({figure.peer_group})" if figure.peer_group else figure.measure
    unit = f"of {figure.of}" if figure.of and figure.unit == "rank" else figure.unit
    return (
        figure.area, figure.indicator, measure, _shown(figure), unit, figure.state.words,
        figure.source,
    )  # fmt: skip


def _shown(figure: Figure) -> str:
    """Two decimals where there are any; words as they are; a dash for none."""
    from callover.report import words

    if figure.value is None:
        return figure.text or "-"
    return words.number(figure.value, 0 if figure.value.is_integer() else 2)
