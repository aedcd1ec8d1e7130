"""Commands found by name and imported only when one of them runs."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, cast

import typer
from typer.core import TyperGroup
from typer.main import get_command

from callover.domain.errors import FaultsFound, UnknownName, UserError

COMMANDS = {
    "demo": "Build the two example partnerships.",
    "init": "Make a workspace for a partnership.",
    "template": "Write the template that a source fills in.",
    "add": "Read files, check them and store their figures.",
    "sources": "Show the register of sources and what each gave.",
    "indicators": "Check the indicator set, add an indicator, or retire one.",
    "targets": "Show the targets of a partnership, or set one.",
    "figures": "Print figures, or write them as records.",
    "signals": "Say which changes are more than chance.",
    "drivers": "Say what made a change: parts, months, areas.",
    "diff": "Say what changed between two packs, months or days of knowledge.",
    "pack": "Build the board pack.",
    "audit": "Find what contradicts itself in a finished pack.",
    "explain": "Show where a figure comes from.",
    "status": "Show what is due, late, missing or contradictory.",
    "boundaries": "Add outlines of areas for the site's maps.",
    "serve": "Serve the partnership's site.",
    "worker": "Do what the site was asked for in the background.",
    "invite": "Print a link with which a person joins the site.",
    "verify-log": "Check that the site's log is whole.",
    "export-site": "Write the public site as plain files.",
    "backup": "Write everything that the site holds into one archive.",
    "restore": "Put such an archive into an empty folder.",
}
MOST_FAULTS = 20

UsageError: type[Exception] = cast("type[Exception]", typer.BadParameter.__mro__[1])
"""What the parser raises for wrong arguments; Typer gives only its subclass a public name."""


class LazyGroup(TyperGroup):
    """A group whose commands live in ``callover.cli.<name>``, each a Typer ``app``."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """All commands, in the order in which people meet them."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """The command of that name, None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        app: typer.Typer = import_module(f"callover.cli.{cmd_name.replace('-', '_')}").app
        command = get_command(app)
        command.name = cmd_name
        return command

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The help without loading any command."""
        self.format_usage(ctx, formatter)
        self.format_help_text(ctx, formatter)
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))
        with formatter.section("Options"):
            formatter.write_dl(
                [r for p in self.get_params(ctx) if (r := p.get_help_record(ctx)) is not None]
            )

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The options before the command."""
        with told():
            return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that is meant; raises UnknownName with those that are near."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise UnknownName("command", args[0], tuple(COMMANDS))
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run a command; what a person can put right is a line and what to do, no traceback."""
        try:
            with told():
                return super().invoke(ctx)
        except BrokenPipeError:
            # the reader (head, less) has seen enough; nothing is left to flush
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except OSError as error:
            where = f": {error.filename}" if error.filename else ""
            typer.echo(f"Error: {error.strerror or error}{where}", err=True)
            typer.echo("Look at the folder's rights and at the space left on the disk.", err=True)
            raise typer.Exit(2) from error


@contextmanager
def told() -> Iterator[None]:
    """Turn an error of the user's into its lines and its exit code."""
    try:
        yield
    except UserError as error:
        show(error)
        raise typer.Exit(error.exit_code) from error
    except UsageError as error:
        if not _is_wrong(error):
            raise
        show(_usage(error))
        raise typer.Exit(UserError.exit_code) from error


def _is_wrong(error: Any) -> bool:
    """Whether something is wrong; a group called without a command prints its help this way."""
    return type(error).__name__ != "NoArgsIsHelpError"


def _usage(error: Any) -> UserError:
    """The parser's message in one line, and where to read on."""
    line = " ".join(error.format_message().split())
    where = error.ctx.command_path if error.ctx else "callover"
    return UserError(line if line.endswith((".", "?")) else f"{line}.", f"See: {where} --help")


def show(error: UserError) -> None:
    """What happened, each fault at its place, what to do."""
    typer.echo(f"Error: {error.what}", err=True)
    if isinstance(error, FaultsFound):
        shown = len(error.faults) if error.every else MOST_FAULTS
        for fault in error.faults[:shown]:
            typer.echo(f"  {fault}", err=True)
        rest = len(error.faults) - shown
        if rest > 0:
            typer.echo(f"  … and {rest:,} more.", err=True)
    for finding in getattr(error, "findings", ())[:MOST_FAULTS]:
        typer.echo(f"  {finding.message}", err=True)
    if error.remedy:
        typer.echo(error.remedy, err=True)
