"""How the commands of the evaluation end: an error is one line on stderr, never a traceback."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.errors import IbidError

if TYPE_CHECKING:
    import typer

__all__ = ["run_command"]


def run_command(app: "typer.Typer", name: str, arguments: Sequence[str] | None) -> int:
    """Run a command; return the exit code, 1 where it cannot do what is asked.

    Args:
        app: the command.
        name: how it is called, in its help and before an error.
        arguments: those of the process when left out.

    Raises:
        SystemExit: it ended, with its exit code.
    """
    import typer

    try:
        app(args=arguments, prog_name=name, standalone_mode=True)
    except IbidError as error:
        typer.echo(f"{name}: {error}", err=True)
        return 1
    return 0
