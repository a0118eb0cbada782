"""The app's server over an invented document, without an index or a model: `python fake_app.py`; settings as ever."""

import sys
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "unit")]

from ui_samples import answer, document, hit  # noqa: E402

from app import build_app, launch  # noqa: E402
from core.load import load_settings  # noqa: E402
from core.records import Check  # noqa: E402
from core.settings import Settings  # noqa: E402
from ui.engine import Engine  # noqa: E402
from ui.login import guards, login_of  # noqa: E402


def fake_engine(settings: Settings) -> Engine:
    return Engine(
        documents={"herons": document()},
        ask=lambda question, history: answer(question),
        warm=lambda: None,
        search=lambda query, top: (hit(),),
        check=lambda text: Check((), ()),
        check_each=lambda sentences: iter(()),
        sources_for=lambda claim: (),
    )


if __name__ == "__main__":
    settings = load_settings()
    login = login_of(settings)
    app = build_app(settings, engine_factory=fake_engine)
    launch(app, host=settings.host, port=settings.port, guards=guards(settings, login), login=login)
    threading.Event().wait()
