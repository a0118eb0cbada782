"""Language models that write what they are told to, and how they break."""

import threading
from collections.abc import Iterator
from typing import Any

from llama_index.core.llms import ChatMessage, CompletionResponse, CustomLLM, LLMMetadata
from llama_index.core.llms.callbacks import llm_completion_callback
from pydantic import Field


class Scripted(CustomLLM):
    """Writes a text word by word and remembers what it was asked; an exception is raised in its place in the order."""

    pieces: list[Any] = Field(default_factory=list)
    asked: list[str] = Field(default_factory=list)

    @classmethod
    def writing(cls, text: str, *then: Exception) -> "Scripted":
        return cls(pieces=[*text.replace(" ", " \0").split("\0"), *then])

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata()

    @llm_completion_callback()
    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        raise NotImplementedError

    @llm_completion_callback()
    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> Iterator[CompletionResponse]:
        self.asked.append(prompt)

        def pieces() -> Iterator[CompletionResponse]:
            for piece in self.pieces:
                if isinstance(piece, Exception):
                    raise piece
                if isinstance(piece, threading.Event):
                    piece.wait(20)
                    continue
                yield CompletionResponse(text="", delta=piece)

        return pieces()


def ask(text: str) -> list[ChatMessage]:
    return [ChatMessage(content=text)]
