"""A conversation in the terminal: questions, follow-ups and a few commands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from core.errors import IbidError, InputError
from core.records import Answer, Check
from ui.reader import place_label
from ui.terminal import printable, show_answer, show_check
from ui.transcript import write_transcript

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["Answers", "Chat"]

HELP = {
    "/sources": "the quotes of the last answer, whole, with their places",
    "/check TEXT": "check the claims of a text",
    "/export FILE": "write the conversation to a new file, Markdown or .json",
    "/new": "forget the conversation",
    "/help": "these lines",
    "/quit": "end; so do Ctrl-D and Ctrl-C",
}


class Answers(Protocol):
    """What a conversation needs."""

    @property
    def ask(self) -> Callable[[str, Sequence[str]], Answer]:
        """Answers a question; takes the user's earlier ones, oldest first."""

    @property
    def check(self) -> Callable[[str], Check]:
        """Checks the claims of a text."""


@dataclass(slots=True)
class Chat:
    """A conversation that is printed to a console; `fine` is False once a line could not be answered."""

    engine: Answers
    console: "Console"
    answers: list[Answer] = field(default_factory=list)
    fine: bool = True

    def run(self, read: Callable[[], str]) -> bool:
        """Answer line after line until the input ends or says so; return whether all could be answered.

        Args:
            read: gives the next line; raises EOFError or KeyboardInterrupt at the end.
        """
        try:
            while self._answer_line(read().strip()):
                pass
        except (EOFError, KeyboardInterrupt):
            self.console.print()  # the shell's prompt starts on a line of its own
        return self.fine

    def _answer_line(self, line: str) -> bool:
        """Answer one line; return whether the conversation goes on."""
        try:
            if line.startswith("/"):
                return self._command(*line.partition(" ")[::2])
            if line:
                self._ask(line)
        except IbidError as error:
            self.fine = False
            self._say(f"Error: {' '.join(str(error).split())}", style="red")
        return True

    def _command(self, name: str, rest: str) -> bool:
        match name.lower():
            case "/quit" | "/exit" | "/q":
                return False
            case "/sources":
                self._show_sources()
            case "/check":
                if not rest.strip():
                    raise InputError("/check needs a text: /check The bridge opened in 1932.")
                show_check(self.console, self.engine.check(rest.strip()))
            case "/export":
                if not rest.strip():
                    raise InputError("/export needs a file: /export talk.md")
                write_transcript(self.answers, rest.strip())
                self._say(f"written to {rest.strip()}")
            case "/new":
                self.answers.clear()
                self._say("The conversation starts anew.")
            case "/help" | "/?":
                width = max(map(len, HELP))
                self._say("\n".join(f"{command:<{width}}  {what}" for command, what in HELP.items()))
            case _:
                raise InputError(f"no command {name}: there are {', '.join(c.partition(' ')[0] for c in HELP)}")
        return True

    def _ask(self, question: str) -> None:
        answer = self.engine.ask(question, [earlier.question for earlier in self.answers])
        self.answers.append(answer)
        if answer.completed:
            self._say(f"asked as: {answer.completed}", style="italic")
        show_answer(self.console, answer)

    def _show_sources(self) -> None:
        if not self.answers:
            raise InputError("nothing was answered yet: ask something first")
        citations = self.answers[-1].citations
        if not citations:
            self._say("The last answer quotes nothing.")
        for citation in citations:
            place = place_label(citation.section, citation.page)
            where = " · ".join(filter(None, (citation.document, place)))
            self._say(f"[{citation.marker}] “{' '.join(citation.quote.split())}”\n    {where}")

    def _say(self, text: str, style: str = "") -> None:
        from rich.text import Text

        self.console.print(Text(printable(text), style=style), soft_wrap=not self.console.is_terminal)
