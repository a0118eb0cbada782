"""Open the language model that a user has: any of LlamaIndex's, by one line of the settings."""

import importlib
import os
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from core.errors import InputError
from core.settings import Settings

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

__all__ = ["MOST_TOKENS", "has_server", "model_name", "open_model"]

MOST_TOKENS = 400  # of an answer
_CONTEXT = 4096  # tokens: the passages, the question and the answer take at most half
_OLLAMA = "http://localhost:11434"
_FORMS = (
    "ollama:NAME, ollama:NAME@URL, openai:NAME@URL, llamacpp:FILE.gguf, or python:MODULE:NAME for any other "
    "LlamaIndex LLM"
)


def open_model(settings: Settings) -> "LLM":
    """Return the language model that `settings.llm` names; no server is asked anything yet.

    Raises:
        InputError: the setting is none of the forms, what it needs is not installed, or the file cannot be loaded.
    """
    kind, _, rest = settings.llm.partition(":")
    openers: dict[str, Callable[[str, Settings], LLM]] = {
        "ollama": _ollama,
        "openai": _openai,
        "llamacpp": _llama_cpp,
        "python": _python,
    }
    if kind not in openers or not rest.strip():
        raise InputError(f"setting 'llm': got {settings.llm!r}, expected {_FORMS}")
    return openers[kind](rest.strip(), settings)


def has_server(settings: Settings) -> bool:
    """Say whether the model runs in a server, which answers several at a time; one in this process may not."""
    return settings.llm.startswith(("ollama:", "openai:"))


def model_name(settings: Settings) -> str:
    """Return what a reader is told of the model: its name, no address and no folder."""
    kind, _, rest = settings.llm.partition(":")
    return Path(rest).name if kind == "llamacpp" else _name_and_url(rest)[0]


def _ollama(rest: str, settings: Settings) -> "LLM":
    name, url = _name_and_url(rest)
    model: LLM = _imported("llama_index.llms.ollama", "ollama").Ollama(
        model=name,
        base_url=_direct(url or _OLLAMA),
        temperature=0.0,
        context_window=_CONTEXT,
        request_timeout=float(settings.llm_seconds),
        additional_kwargs={"num_predict": MOST_TOKENS, "seed": 0},
    )
    return model


def _openai(rest: str, settings: Settings) -> "LLM":
    name, url = _name_and_url(rest)
    if not name or not url:
        raise InputError(
            f"setting 'llm': got {settings.llm!r}, expected openai:NAME@URL, such as openai:qwen3@{_OLLAMA}/v1"
        )
    key = settings.llm_key.get_secret_value() if settings.llm_key else "none"
    model: LLM = _imported("llama_index.llms.openai_like", "openai").OpenAILike(
        model=name,
        api_base=_direct(url),
        api_key=key,
        is_chat_model=True,
        context_window=_CONTEXT,
        max_tokens=MOST_TOKENS,
        temperature=0.0,
        max_retries=0,
        timeout=float(settings.llm_seconds),
    )
    return model


def _llama_cpp(rest: str, settings: Settings) -> "LLM":
    path = Path(rest).expanduser()
    if not path.is_file():
        raise InputError(f"setting 'llm': there is no file {rest}; give the path of a model in GGUF format")
    module = _imported("llama_index.llms.llama_cpp", "llamacpp")
    try:
        model: LLM = module.LlamaCPP(
            model_path=str(path),
            temperature=0.0,
            max_new_tokens=MOST_TOKENS,
            context_window=_CONTEXT,
            model_kwargs={"seed": 0},
            verbose=False,
        )
    except Exception as error:  # llama.cpp says no more than that it could not
        raise InputError(
            f"setting 'llm': {rest} cannot be loaded ({type(error).__name__}); give a whole GGUF file"
        ) from None
    _use_own_template(model)
    return model


def _use_own_template(model: "LLM") -> None:
    """Put questions to a model in the form that it was trained on, which its file holds."""
    from llama_cpp.llama_chat_format import Jinja2ChatFormatter

    loaded = model._model  # type: ignore[attr-defined]  # LlamaIndex gives no other way to the template
    template = loaded.metadata.get("tokenizer.chat_template")
    if not template:
        return
    end = loaded._model.token_get_text(loaded.token_eos())
    begin = loaded._model.token_get_text(loaded.token_bos())
    formatter = Jinja2ChatFormatter(template=template, eos_token=end, bos_token=begin)
    model.messages_to_prompt = lambda messages: formatter(
        messages=[{"role": m.role.value, "content": m.content} for m in messages]
    ).prompt.removeprefix(begin)


def _python(rest: str, settings: Settings) -> "LLM":
    from llama_index.core.llms import LLM

    module, _, name = rest.partition(":")
    try:
        found = getattr(importlib.import_module(module), name)
        model = found if isinstance(found, LLM) else found()
    except Exception as error:
        raise InputError(
            f"setting 'llm': {rest} cannot be opened ({type(error).__name__}: {error}); "
            "expected python:MODULE:NAME of a LlamaIndex LLM, or of what makes one"
        ) from None
    if not isinstance(model, LLM):
        raise InputError(f"setting 'llm': {rest} is {type(model).__name__}, expected a LlamaIndex LLM")
    return model


def _name_and_url(rest: str) -> tuple[str, str]:
    name, _, url = rest.partition("@http")
    return name.strip(), f"http{url.strip()}" if url else ""


def _direct(url: str) -> str:
    """Return a server's address; one on this machine is reached without the proxy that the environment may name."""
    host = urlsplit(url).hostname or ""
    for name in ("NO_PROXY", "no_proxy") if host in ("localhost", "127.0.0.1", "::1") else ():
        os.environ[name] = ",".join(sorted({host, *filter(None, os.environ.get(name, "").split(","))}))
    return url


def _imported(module: str, extra: str) -> ModuleType:
    """Import what an extra brings.

    Raises:
        InputError: it is not installed; the line says how to install it.
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        raise InputError(
            f"setting 'llm' needs {error.name or module}, which is not installed: run pip install 'ibid[{extra}]'"
        ) from None
