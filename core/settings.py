"""Settings: one frozen object, passed explicitly; options, variables `IBID_*` and a TOML file set its fields."""

import os
from pathlib import Path

import platformdirs
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from core.settings_file import FileSource, settings_file

__all__ = ["Settings", "bundled_corpus", "go_offline"]

_ROOT = Path(__file__).resolve().parent.parent

_OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "ANONYMIZED_TELEMETRY": "False",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "DO_NOT_TRACK": "1",
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
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
    """Everything that can be set; `core.load.load_settings` says in one line what is wrong with it.

    Raises:
        pydantic.ValidationError: a field is out of its bounds or unknown.
        InputError: the file of settings cannot be read.
    """

    model_config = SettingsConfigDict(env_prefix="IBID_", extra="forbid", frozen=True)

    home: Path = Field(default_factory=_default_home, description="where indexes are kept")
    corpus: str = Field("default", pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", description="the corpus to ask")
    chroma: str = Field(
        "",
        pattern=r"^(https?://[^\s/?#@]+(/[^\s?#]*)?)?$",
        description="the Chroma server that keeps the indexes, such as http://127.0.0.1:8000; empty keeps them in home",
    )
    chroma_token: SecretStr | None = Field(None, description="the token of the Chroma server, if it asks for one")
    chroma_seconds: int = Field(30, ge=1, le=600, description="most time for one request to the Chroma server")
    ray: str = Field(
        "",
        pattern=r"^(auto|local|(ray://)?[^\s/?#@:]+:\d{1,5})?$",
        description="the Ray cluster that ingests: auto, HOST:6379, ray://HOST:10001, or local; empty for none",
    )
    ray_seconds: int = Field(
        60,
        ge=5,
        le=3600,
        description="most time to join the Ray cluster, and again until it begins to work, in seconds",
    )
    llm: str = Field("", description="the language model that writes answers, such as ollama:NAME; empty for none")
    llm_key: SecretStr | None = Field(None, description="the key of the language model's server, if it asks for one")
    llm_seconds: int = Field(60, ge=1, le=3600, description="most time for writing one answer, in seconds")
    embedder: Path | None = Field(
        None, description="the folder of a sentence-transformers model that finds passages in place of the shipped one"
    )
    passage_words: int = Field(90, ge=20, le=400, description="most words of a passage, a longer sentence aside")
    read_megabytes: int = Field(200, ge=1, le=10_000, description="largest file that is read, in megabytes")
    read_memory: int = Field(3000, ge=500, le=100_000, description="most memory for reading one file, in megabytes")
    read_seconds: int = Field(300, ge=1, le=86_400, description="most time for reading one file, in seconds")
    rrf_k: int = Field(10, ge=1, le=1000, description="the constant of reciprocal rank fusion")
    candidates: int = Field(40, ge=5, le=500, description="passages each retriever proposes")
    top: int = Field(20, ge=1, le=100, description="passages the answerer reads")
    host: str = Field("127.0.0.1", min_length=1, description="the address that the app listens on")
    port: int = Field(7860, ge=1, le=65_535, description="the port that the app listens on")
    users: tuple[SecretStr, ...] = Field((), description="who may log in to the app, each a line of `ibid password`")
    without_login: bool = Field(False, description="serve other machines although nobody has to log in")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Return where settings come from, the first that gives one wins."""
        return init_settings, env_settings, FileSource(settings_cls, settings_file())
