"""``callover serve``: the partnership's site on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from callover.cli.options import HERE, PLAIN, WorkspaceOption

app = typer.Typer(**PLAIN)


@app.command()
def serve(
    workspace: WorkspaceOption = HERE,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="Port; 0 for a free one.")] = 8000,
    processes: Annotated[int, typer.Option("--processes", help="Processes that answer.")] = 2,
    worker: Annotated[
        bool, typer.Option(help="Also run a worker for what is done in the background.")
    ] = True,
) -> None:
    """Serve the partnership's site."""
    from callover.jobs.workspace import Workspace
    from callover.web.operations.plainly import plainly
    from callover.web.operations.server import Serving, check_port, free_port, prepare, set_up
    from callover.web.operations.server import serve as run

    Workspace.open(workspace)
    how = Serving(workspace.resolve(), host, port or free_port(host), processes, worker)
    check_port(how.host, how.port)
    set_up(workspace, {"CALLOVER_URL": _address(how.url)})
    with plainly():
        prepare()
    run(how, lambda: typer.echo(f"Serving {workspace} at {how.url} (stop with Ctrl+C)"))


def _address(own: str) -> str:
    """Under which address people reach the site: as set, else this machine's own."""
    import os

    return os.environ.get("CALLOVER_URL") or own.rstrip("/")
