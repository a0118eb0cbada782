"""`python -m eval.fit`."""

import typer

from eval.fit.command import main

if __name__ == "__main__":
    typer.run(main)
