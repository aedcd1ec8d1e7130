"""``callover demo``: the example partnerships."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callover.cli.options import PLAIN, command
from callover.cli.progress import progress_bar

if TYPE_CHECKING:
    from callover.web.operations.example import Example

app = typer.Typer(**PLAIN)


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder.")],
    serve: Annotated[
        bool, typer.Option("--serve", help="Then serve the site on both, with example people.")
    ] = False,
    port: Annotated[int, typer.Option("--port", help="Port of the site; 0 for a free one.")] = 0,
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
    if serve:
        _serve(folder, port)


def _serve(folder: Path, port: int) -> None:
    """The site on the examples: snapshots sealed, somebody for each role to sign in as."""
    from callover.jobs.demo import KNOWN
    from callover.web.operations.server import Serving, check_port, free_port, prepare, set_up
    from callover.web.operations.server import serve as run

    how = Serving(folder.resolve(), port=port or free_port())
    check_port(how.host, how.port)
    set_up(folder, {"CALLOVER_URL": how.url.rstrip("/"), "CALLOVER_REQUIRE_MFA": "0",
                    "CALLOVER_EMAIL": "file", "CALLOVER_TODAY": str(KNOWN.date())})  # fmt: skip
    prepare()
    from callover.web.operations.example import example_people, example_snapshots

    password, people = example_people()
    with progress_bar() as progress:
        example_snapshots(progress)
    run(how, lambda: _told(how.url, password, people, folder))


def _told(url: str, password: str, people: Sequence[Example], folder: Path) -> None:
    """Where the site is, and as whom to sign in."""
    typer.echo(f"\nThe site: {url}")
    typer.echo(f"Sign in at {url}account/login/ as one of these, all with the password {password}")
    for one in people:
        typer.echo(f"  {one.role:<20}{one.email}")
    typer.echo("No second step is asked for at sign-in here; a site of your own asks for one.")
    typer.echo(f"Mail that the site sends lies in {folder / 'site' / 'mail'}.")
    typer.echo("Stop with Ctrl+C.")
