"""The command line: arguments in, a job called, an exit code out."""

from __future__ import annotations

from typing import Annotated

import typer

from callover import __version__
from callover.cli.lazy import LazyGroup

app = typer.Typer(
    cls=LazyGroup,
    name="callover",
    help="The working system of a community safety partnership.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _print_version(value: bool) -> None:
    if value:
        typer.echo(f"callover {__version__}")
        raise typer.Exit


@app.callback()
def callover(
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """The working system of a community safety partnership."""


def main() -> None:
    """Run the command line."""
    app()
