"""Plots as SVG: plain shapes and text, coloured by the style of the page that holds them.

Written by hand: matplotlib would have to come with Ibid, since users make reports too, and its text is drawn, not
text. Every plot is 400 units wide, which is the width of a telephone, so its text stays readable there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.markup import Markup, tag

__all__ = ["Bar", "bars", "curve", "histogram", "reliability"]

WIDTH = 400
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 12, 10, 38  # margins of a plot with axes
_HEIGHT = 260
_ROW = 22
_LABELS, _VALUES = 104, 74  # room beside the bars


@dataclass(frozen=True, slots=True)
class Bar:
    """A share with its interval, and of how many cases it is."""

    label: str
    value: float
    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where values stand in a plot with axes: `wide` and `high` are the values at its far ends, from 0 on."""

    wide: float
    high: float

    def x(self, value: float) -> float:
        return _LEFT + value / self.wide * (WIDTH - _LEFT - _RIGHT)

    def y(self, value: float) -> float:
        return _HEIGHT - _BOTTOM - value / self.high * (_HEIGHT - _TOP - _BOTTOM)

    def axes(self, across: Mapping[float, str], up: Mapping[float, str], named: tuple[str, str]) -> list[Markup]:
        """The lines, the ticks and the names of both axes."""
        left, right, bottom = self.x(0), self.x(self.wide), self.y(0)
        grid = [_line(left, self.y(v), right, self.y(v), "grid") for v in up]
        ticks = [_text(self.x(v), bottom + 14, said, "middle") for v, said in across.items()]
        ticks += [_text(left - 5, self.y(v) + 4, said, "end") for v, said in up.items()]
        names = [_text((left + right) / 2, _HEIGHT - 6, named[0], "middle")]
        turn = f"rotate(-90 10 {_HEIGHT / 2:.0f})"
        names.append(tag("text", named[1], x=10, y=_HEIGHT / 2, text_anchor="middle", transform=turn))
        return [*grid, _line(left, bottom, right, bottom, "axis"), *ticks, *names]


_SHARES = {0.0: "0", 0.25: ".25", 0.5: ".5", 0.75: ".75", 1.0: "1"}


def bars(rows: Sequence[Bar], title: str) -> Markup:
    """Return a bar a row, from 0 to 1, with a whisker over its interval."""
    width = WIDTH - _LABELS - _VALUES
    shapes = []
    for number, row in enumerate(rows):
        top = number * _ROW + 4
        middle, low, high = top + 8, _LABELS + row.low * width, _LABELS + row.high * width
        said = f"{row.label}: {row.value:.2f}, 95 % {row.low:.2f} to {row.high:.2f}, {row.count} questions"
        shapes.append(
            tag(
                "g",
                tag("title", said),
                _text(_LABELS - 6, middle + 4, row.label, "end"),
                tag("rect", x=_LABELS, y=top, width=width, height=16, class_="ground"),
                tag("rect", x=_LABELS, y=top, width=row.value * width, height=16, class_="bar"),
                _line(low, middle, high, middle, "whisker"),
                _line(low, middle - 4, low, middle + 4, "whisker"),
                _line(high, middle - 4, high, middle + 4, "whisker"),
                _text(_LABELS + width + 6, middle + 4, f"{row.value:.2f}, n {row.count}", "start"),
            )
        )
    return _svg(shapes, title, len(rows) * _ROW + 6)


def reliability(bins: Sequence[Mapping[str, float]], title: str) -> Markup:
    """Return the share that came true over the mean confidence of each bin; the size of a dot tells its cases."""
    frame = _Frame(1, 1)
    most = max((b["count"] for b in bins), default=1)
    shapes = frame.axes(_SHARES, _SHARES, ("confidence", "share that came true"))
    shapes.append(_line(frame.x(0), frame.y(0), frame.x(1), frame.y(1), "ideal"))
    shapes.append(_path([(frame.x(b["confidence"]), frame.y(b["share"])) for b in bins]))
    for b in bins:
        said = f"confidence {b['confidence']:.2f}: {b['share']:.2f} of {b['count']:.0f} came true"
        radius = 3 + 4 * (b["count"] / most) ** 0.5
        dot = tag(
            "circle", tag("title", said), cx=frame.x(b["confidence"]), cy=frame.y(b["share"]), r=radius, class_="dot"
        )
        shapes.append(dot)
    return _svg(shapes, title, _HEIGHT)


def histogram(values: Sequence[float], marks: Mapping[str, float], title: str, unit: str, most: int = 24) -> Markup:
    """Return how often values fall into ranges of equal width; what is above the last mark falls into the last.

    Args:
        values: numbers of 0 and more; there is at least one.
        marks: lines to draw, by what they are called, from the lowest value to the highest.
        title: what a reader who does not see the plot is told.
        unit: the unit of the values.
        most: how many ranges.
    """
    end = max(*marks.values(), 1e-9) * 1.04
    counts = [0] * most
    for value in values:
        counts[min(most - 1, int(value / end * most))] += 1
    frame = _Frame(end, max(counts) * 1.25)  # room for what the marks are called
    step = _step(end)
    across = {n * step: f"{n * step:g}" for n in range(int(end / step) + 1)}
    up = {float(v): str(v) for v in range(0, max(counts) + 1, max(1, round(_step(max(counts)))))}
    shapes = frame.axes(across, up, (unit, "questions"))
    for number, count in enumerate(counts):
        left, right = frame.x(number * end / most), frame.x((number + 1) * end / most)
        said = f"{number * end / most:.0f} to {(number + 1) * end / most:.0f} {unit}: {count}"
        height = frame.y(0) - frame.y(count)
        shapes.append(
            tag(
                "rect",
                tag("title", said),
                x=left,
                y=frame.y(count),
                width=right - left - 1,
                height=height,
                class_="bar",
            )
        )
    for number, (name, value) in enumerate(marks.items()):
        side = "end" if frame.x(value) > WIDTH * 0.7 else "start"
        x = frame.x(value)
        shapes.append(_line(x, frame.y(0), x, _TOP, "mark"))
        shapes.append(_text(x + (4 if side == "start" else -4), _TOP + 10 + 14 * number, f"{name} {value:.0f}", side))
    return _svg(shapes, title, _HEIGHT)


def curve(points: Sequence[Mapping[str, float]], title: str) -> Markup:
    """Return recall over k, with a band over its interval."""
    depth = max((p["k"] for p in points), default=1)
    frame = _Frame(depth, 1)
    across = {float(k): f"{k:.0f}" for k in (1, 5, 10, 15, 20) if k <= depth}
    shapes = frame.axes(across, _SHARES, ("k, passages from the top", "recall@k"))
    if points:
        ahead = [(frame.x(p["k"]), frame.y(p["high"])) for p in points]
        back = [(frame.x(p["k"]), frame.y(p["low"])) for p in reversed(points)]
        shapes.append(tag("polygon", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in ahead + back), class_="band"))
        shapes.append(_path([(frame.x(p["k"]), frame.y(p["recall"])) for p in points]))
    for p in points:
        said = f"recall@{p['k']:.0f} {p['recall']:.3f}, 95 % {p['low']:.3f} to {p['high']:.3f}"
        shapes.append(tag("circle", tag("title", said), cx=frame.x(p["k"]), cy=frame.y(p["recall"]), r=3, class_="dot"))
    return _svg(shapes, title, _HEIGHT)


def _step(end: float, most: int = 5) -> float:
    """A round distance of ticks, 1, 2 or 5 times a power of ten, of which at most `most` fit."""
    step = 1.0
    while step * most < end:
        step *= 2.5 if f"{step:e}".startswith("2") else 2
    return step


def _svg(shapes: Sequence[Markup], title: str, height: float) -> Markup:
    return tag("svg", tag("title", title), *shapes, viewBox=f"0 0 {WIDTH} {height:.0f}", role="img")


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Markup:
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=kind)


def _path(points: Sequence[tuple[float, float]]) -> Markup:
    return tag("polyline", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points), class_="path")


def _text(x: float, y: float, said: str, anchor: str) -> Markup:
    return tag("text", said, x=x, y=y, text_anchor=anchor)
