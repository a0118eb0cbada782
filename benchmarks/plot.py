"""Plots of benchmarks as SVG that stand alone: lines over logarithmic axes in panels, and points with names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10

from eval.markup import Markup, tag

__all__ = ["Panel", "Point", "panels", "scatter"]

_WIDTH, _HEIGHT = 380, 270
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 14, 40, 42
_COLOURS = ("#2f6fb3", "#b3572f", "#1b7a43", "#7a3fa0", "#8a7a12")
_STYLE = (
    "svg { background: #fff; } text { font: 11px system-ui, sans-serif; fill: #1d2330; } "
    ".title { font-weight: 600; font-size: 13px; } .over { paint-order: stroke; stroke: #fff; stroke-width: 3px; } "
    ".grid { stroke: #e3e6eb; } .axis { stroke: #586173; } .soft { fill: #586173; }"
)

Place = tuple[float, float]
Series = Mapping[str, Mapping[float, float]]


@dataclass(frozen=True, slots=True)
class Panel:
    """A plot of lines: of each name the y at each x, all above zero."""

    title: str
    x_name: str
    lines: Series


@dataclass(frozen=True, slots=True)
class Point:
    """A point with a name; `kind` decides its colour, `marked` draws it large."""

    name: str
    x: float
    y: float
    kind: str
    marked: bool = False


def panels(several: Sequence[Panel], title: str, columns: int = 2) -> Markup:
    """Return panels beside and below each other, both axes logarithmic."""
    rows = ceil(len(several) / columns)
    shapes = [
        tag("g", *_panel(panel), transform=f"translate({i % columns * _WIDTH} {i // columns * _HEIGHT})")
        for i, panel in enumerate(several)
    ]
    return _svg(shapes, title, columns * _WIDTH, rows * _HEIGHT)


def scatter(points: Sequence[Point], title: str, names: tuple[str, str], width: int = 760, height: int = 520) -> Markup:
    """Return points on linear axes, each with its name, and a step line over those that no other beats.

    Args:
        points: what to draw; there is at least one.
        title: of the plot.
        names: of the axes; less is better across, more is better up.
        width: of the plot.
        height: of the plot.
    """
    from benchmarks.frontier import frontier

    xs, ys = [p.x for p in points], [p.y for p in points]
    across, up = _round(min(*xs, 0), max(xs)), _round(min(ys), max(ys))

    def at(x: float, y: float) -> tuple[float, float]:
        return (
            _LEFT + (x - across[0]) / (across[-1] - across[0]) * (width - _LEFT - 150),
            height - _BOTTOM - (y - up[0]) / (up[-1] - up[0]) * (height - _TOP - _BOTTOM),
        )

    shapes = [_text(_LEFT, 20, title, "start", "title")]
    for x in across:
        shapes += [_line(*at(x, up[0]), *at(x, up[-1]), "grid"), _text(at(x, 0)[0], height - 24, f"{x:g}", "middle")]
    for y in up:
        shapes += [
            _line(*at(across[0], y), *at(across[-1], y), "grid"),
            _text(_LEFT - 6, at(0, y)[1] + 4, f"{y:g}", "end"),
        ]
    shapes += [_text(width / 2, height - 8, names[0], "middle", "soft"), _turned(names[1], height)]
    best = [(p.x, p.y) for p in sorted(frontier(points), key=lambda p: p.x)]
    steps = [best[0], *(corner for a, b in pairwise(best) for corner in ((b[0], a[1]), b))]
    shapes.append(_path([at(*step) for step in steps], "#9aa3b2", dash="4 3"))
    kinds = list(dict.fromkeys(p.kind for p in points))
    places = [at(p.x, p.y) for p in points]
    alike = _near_marked(points, places)
    told = [i for i in range(len(points)) if i not in alike]
    for i, label_y in zip(told, _apart([places[i] for i in told]), strict=True):
        name = points[i].name + (f", and {len(alike)} beside it" if points[i].marked and alike else "")
        shapes.append(_text(places[i][0] + 10, label_y + 4, name, "start", "over"))
    for point, (x, y) in sorted(zip(points, places, strict=True), key=lambda drawn: drawn[0].marked):
        colour = _COLOURS[kinds.index(point.kind) % len(_COLOURS)]
        said = f"{point.name}: {point.x:.1f}, {point.y:.1f}"
        shapes.append(tag("circle", tag("title", said), cx=x, cy=y, r=7 if point.marked else 4, fill=colour))
    return _svg(shapes, title, width, height)


def _panel(panel: Panel) -> Iterable[Markup]:
    points = [(x, y) for line in panel.lines.values() for x, y in line.items() if x > 0 and y > 0]
    shapes = [_text(_LEFT, 16, panel.title, "start", "title")]
    if not points:
        return shapes
    across, up = _decades([x for x, _ in points]), _decades([y for _, y in points])

    def at(x: float, y: float) -> tuple[float, float]:
        wide, high = log10(across[-1] / across[0]), log10(up[-1] / up[0])
        return (
            _LEFT + log10(x / across[0]) / wide * (_WIDTH - _LEFT - _RIGHT),
            _HEIGHT - _BOTTOM - log10(y / up[0]) / high * (_HEIGHT - _TOP - _BOTTOM),
        )

    for x in across:
        shapes += [_line(*at(x, up[0]), *at(x, up[-1]), "grid")]
        shapes += [_text(at(x, 1)[0], _HEIGHT - _BOTTOM + 15, f"{x:,g}", "middle")]
    for y in up:
        shapes += [_line(*at(across[0], y), *at(across[-1], y), "grid")]
        shapes += [_text(_LEFT - 6, at(1, y)[1] + 4, f"{y:,g}", "end")]
    shapes.append(_text((_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 10, panel.x_name, "middle", "soft"))
    x = float(_LEFT)
    for number, (name, line) in enumerate(panel.lines.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        places = [at(*point) for point in sorted(line.items()) if min(point) > 0]
        shapes.append(_path(places, colour))
        shapes += [tag("circle", cx=px, cy=py, r=3, fill=colour) for px, py in places]
        shapes += [tag("circle", cx=x + 4, cy=28.0, r=4, fill=colour), _text(x + 11, 32, name, "start", "soft")]
        x += 22 + 6.2 * len(name)
    return shapes


def _decades(values: Sequence[float]) -> list[float]:
    """The powers of ten around values, two at least."""
    low, high = floor(log10(min(values))), ceil(log10(max(values)))
    return [10.0**power for power in range(low, max(high, low + 1) + 1)]


def _round(low: float, high: float) -> list[float]:
    """Ticks from below the lowest value to above the highest, at a round distance."""
    step = next(s for s in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 1e6) if (high - low) / s <= 8)
    return [
        n * step for n in range(floor(low / step), ceil(high / step) + 1 + (ceil(high / step) == floor(low / step)))
    ]


def _near_marked(points: Sequence[Point], places: Sequence[Place], within: float = 14) -> set[int]:
    """The points without a mark that lie so near one with a mark that their names would hide each other."""
    marked = [place for point, place in zip(points, places, strict=True) if point.marked]
    return {
        i
        for i, (x, y) in enumerate(places)
        if not points[i].marked and any((x - mx) ** 2 + (y - my) ** 2 < within**2 for mx, my in marked)
    }


def _apart(places: Sequence[Place], high: float = 12, wide: float = 130) -> list[float]:
    """The heights of names beside places, moved down where a name would lie on another; in the order given."""
    moved: dict[int, float] = {}
    for i in sorted(range(len(places)), key=lambda i: places[i][1]):
        x, y = places[i]
        for other in sorted((j for j in moved if abs(places[j][0] - x) < wide), key=moved.__getitem__):
            if abs(moved[other] - y) < high:
                y = moved[other] + high
        moved[i] = y
    return [moved[i] for i in range(len(places))]


def _svg(shapes: Sequence[Markup], title: str, width: float, height: float) -> Markup:
    return tag(
        "svg", tag("title", title), tag("style", Markup(_STYLE)), *shapes,
        xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {width:.0f} {height:.0f}", role="img",
    )  # fmt: skip


def _turned(text: str, height: float) -> Markup:
    middle = height / 2
    return tag(
        "text", text, x=14, y=middle, text_anchor="middle", transform=f"rotate(-90 14 {middle:.0f})", class_="soft"
    )


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Markup:
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=kind)


def _path(places: Sequence[tuple[float, float]], colour: str, dash: str = "none") -> Markup:
    told = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    return tag("polyline", points=told, fill="none", stroke=colour, stroke_width=2, stroke_dasharray=dash)


def _text(x: float, y: float, said: str, anchor: str, kind: str = "") -> Markup:
    return tag("text", said, x=x, y=y, text_anchor=anchor, class_=kind)
