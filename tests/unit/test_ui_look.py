"""The style sheet: its parts do not undo each other, and its colours can be read."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

UI = Path(__file__).resolve().parents[2] / "ui"
SHEETS = {path.name: path.read_text(encoding="utf-8") for path in UI.glob("*.css")}


def test_a_class_is_laid_out_in_one_sheet_alone():
    where = defaultdict(set)
    for name, sheet in SHEETS.items():
        for found in re.finditer(r"^(\.ibid-[\w-]+) \{", sheet, re.M):
            where[found[1]].add(name)
    assert {name: sheets for name, sheets in where.items() if len(sheets) > 1} == {}


def colours(theme: str) -> dict[str, str]:
    """The variables that hold a colour, of all sheets."""
    opening = (
        r"^\.gradio-container \{" if theme == "light" else r"^\.dark \.gradio-container,\s+\.gradio-container\.dark \{"
    )
    rules = [rule for sheet in SHEETS.values() for rule in re.findall(rf"{opening}([^}}]*)\}}", sheet, re.M)]
    return {name: value for rule in rules for name, value in re.findall(r"--([\w-]+): (#[0-9a-f]{6});", rule)}


def luminance(colour: str) -> float:
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def mixed(one: str, share: float, other: str) -> str:
    parts = [share * int(one[i : i + 2], 16) + (1 - share) * int(other[i : i + 2], 16) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(part):02x}" for part in parts)


def test_contrast_is_what_the_guidelines_work_out():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_can_be_read_on_all_that_they_stand_on(theme):
    c = colours(theme)
    pairs = [
        (ink, ground)
        for ink in ("ink", "soft", "accent", "yes", "no", "unknown")
        for ground in ("paper", "sheet", "wash")
    ]
    pairs += [("mark-ink", "mark"), ("paper", "accent")]
    low = {pair: contrast(c[pair[0]], c[pair[1]]) for pair in pairs}
    found = {ground: mixed(c["accent"], 0.24, c[ground]) for ground in ("sheet", "mark")}  # as in answer.css
    low |= {("ink", f"found on {ground}"): contrast(c["ink"], colour) for ground, colour in found.items()}
    assert {pair: ratio for pair, ratio in low.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_edges_of_controls_can_be_seen_on_all_that_they_stand_on(theme):
    c = colours(theme)
    low = {ground: contrast(c["edge"], c[ground]) for ground in ("paper", "sheet", "wash")}
    assert {ground: ratio for ground, ratio in low.items() if ratio < 3} == {}


def test_what_is_found_is_set_in_ink_and_a_number_on_a_mark_is_not_in_the_accent():
    """The soft colour has 3.9 to 1 on what is found, the accent 4.0 to 1 on a mark in the dark."""
    sheet = "\n".join(SHEETS.values())
    assert re.search(r"::highlight\(ibid-found\) \{[^}]*[ ;]color: var\(--ink\)", sheet)
    assert re.search(r"\.ibid-item\.ibid-open \.ibid-number \{ color: inherit; \}", sheet)
