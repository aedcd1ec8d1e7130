"""``callover invite``: the first administrator of a site, or anybody."""

from __future__ import annotations

from typing import Annotated

import typer

from callover.cli.options import HERE, PLAIN, WorkspaceOption, listed

app = typer.Typer(**PLAIN)


@app.command()
def invite(
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="Address of the person.")],
    post: Annotated[str, typer.Option("--post", help="Post that the person holds.")],
    role: Annotated[str, typer.Option("--role", help="Role, such as administrator.")],
    partnership: Annotated[str, typer.Option("--partnership", help="Id of the partnership.")],
    source: Annotated[
        list[str] | None, typer.Option("--source", help="Source that a data provider sends in.")
    ] = None,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Print a link with which a person joins the site."""
    from callover.jobs.workspace import Workspace
    from callover.web.operations.server import prepare_database, set_up

    Workspace.open(workspace)
    set_up(workspace)
    prepare_database()
    from callover.web.accounts.console import invite_from_console

    made = invite_from_console(
        email=email, post=post, role=role, partnership=partnership, sources=listed(source)
    )
    typer.echo(made)
