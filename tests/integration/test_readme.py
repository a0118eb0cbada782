"""What the README shows of Python runs as it stands there."""

import os
import re
import subprocess
import sys

from serving import GUIDE, ROOT


def test_the_python_of_the_readme_runs(tmp_path):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"## Use it from Python\n.*?```python\n(.*?)```", readme, re.DOTALL)
    (tmp_path / "my-notes").mkdir()
    (tmp_path / "my-notes" / "guide.md").write_text(GUIDE, encoding="utf-8")
    code += "assert len(hits) == 3\nassert places[0].cited.authors == ('Penrose',)\n"
    paths = f"{ROOT}:{os.environ.get('PYTHONPATH', '')}"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, check=False, capture_output=True, text=True, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": paths, "IBID_HOME": str(tmp_path / "home")},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "nine in the morning" in done.stdout
    assert "contradicted The ferry carries 150 passengers." in done.stdout
