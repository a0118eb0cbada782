"""How the models run: in ONNX Runtime, one thread a call, holding no more memory than their weights."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

__all__ = ["open_session"]


def open_session(model: Path | bytes, weights: Path | None = None) -> "InferenceSession":
    """Return a session of a model; it is safe to share between threads, each call runs in its own.

    Args:
        model: a file; or a graph whose weights lie in files elsewhere, small enough to be held twice.
        weights: the folder of those files.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # it keeps what the longest text took, for each thread that ever ran
    if weights:
        options.add_session_config_entry("session.model_external_initializers_file_folder_path", str(weights))
    source = model if isinstance(model, bytes) else str(model)
    return onnxruntime.InferenceSession(source, options, ["CPUExecutionProvider"])
