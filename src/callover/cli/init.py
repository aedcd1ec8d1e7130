"""``callover init``: make a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from callover.cli.options import PLAIN, command

app = typer.Typer(**PLAIN)


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to make it in.")],
    area: Annotated[str, typer.Option("--area", help="Code or name, such as Havering.")],
    set_id: Annotated[str, typer.Option("--set", help="Indicator set: london or street.")] = "",
) -> None:
    """Make a workspace for a partnership."""
    from callover.jobs.workspace import guess_set, init_workspace

    workspace = init_workspace(folder, set_id or guess_set(area), area)
    partnership = workspace.partnership()
    typer.echo(f"{partnership.name} ({partnership.area}), indicator set {workspace.set_id!r}.")
    typer.echo(f"Its settings: {folder / 'partnerships' / f'{partnership.id}.yaml'}")
    typer.echo(f"Next: {command(folder, 'add', 'FILE')}")
