"""``callover demo``: the example partnerships."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from callover.cli.options import PLAIN, command
from callover.cli.progress import progress_bar

app = typer.Typer(**PLAIN)


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder.")],
) -> None:
    """Build the two example partnerships."""
    from callover.jobs.demo import KNOWN, build_demo

    begun = time.monotonic()
    with progress_bar() as progress:
        built = build_demo(folder, progress)
    typer.echo(f"Two example partnerships in {built.folder}:")
    for name, path in built.packs:
        typer.echo(f"  {name}")
        for kind in ("html", "pdf", "docx", "xlsx"):
            typer.echo(f"    {path / f'callover-pack.{kind}'}")
    typer.echo(f"Built in {time.monotonic() - begun:.0f} seconds.")
    look = ("status", "--area", "E09000002", "--as-known-at", str(KNOWN.date()))
    typer.echo(f"Look around: {command(built.folder, *look)}")
