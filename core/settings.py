"""Settings: one frozen object, passed explicitly; environment variables `IBID_*` set its fields."""

import os
from pathlib import Path

import platformdirs
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

__all__ = ["Settings", "bundled_corpus", "go_offline"]

_ROOT = Path(__file__).resolve().parent.parent

_OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "ANONYMIZED_TELEMETRY": "False",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "DO_NOT_TRACK": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


def go_offline() -> None:
    """Turn off every download and all telemetry of the libraries; call it before they are imported."""
    os.environ.update(_OFFLINE)


def bundled_corpus() -> Path:
    """Return the folder of the documents that come with Ibid."""
    return _ROOT / "corpus"


def _default_home() -> Path:
    if (_ROOT / "pyproject.toml").is_file():
        return _ROOT / "var"
    return Path(platformdirs.user_data_dir("ibid"))


class Settings(BaseSettings):
    """Everything that can be set.

    Raises:
        pydantic.ValidationError: a field is out of its bounds or unknown.
    """

    model_config = SettingsConfigDict(env_prefix="IBID_", extra="forbid", frozen=True)

    home: Path = Field(default_factory=_default_home, description="where indexes are kept")
    corpus: str = Field("default", pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", description="the corpus to ask")
    llm: str = Field("", description="the language model that writes answers, such as ollama:NAME; empty for none")
    llm_key: SecretStr | None = Field(None, description="the key of the language model's server, if it asks for one")
    llm_seconds: int = Field(60, ge=1, le=3600, description="most time for writing one answer, in seconds")
    passage_words: int = Field(90, ge=20, le=400, description="most words of a passage, a longer sentence aside")
    read_megabytes: int = Field(200, ge=1, le=10_000, description="largest file that is read, in megabytes")
    read_memory: int = Field(3000, ge=500, le=100_000, description="most memory for reading one file, in megabytes")
    read_seconds: int = Field(300, ge=1, le=86_400, description="most time for reading one file, in seconds")
    rrf_k: int = Field(10, ge=1, le=1000, description="the constant of reciprocal rank fusion")
    candidates: int = Field(40, ge=5, le=500, description="passages each retriever proposes")
    top: int = Field(20, ge=1, le=100, description="passages the answerer reads")
