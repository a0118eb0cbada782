"""Find the straight rules that are drawn on a PDF page: lines, thin bars and the edges of boxes."""

import ctypes
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.pdf.words import Upright

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

__all__ = ["Rule", "Rules", "read_rules"]

_THIN = 2.5  # points; a box no thicker is a rule
_MANY = 6000  # points of paths; a page with more is a drawing
_DEPTH = 4  # of forms within forms

Matrix = tuple[float, float, float, float, float, float]
_Points = list[tuple[float, float, bool]]  # the last says whether the pen moves there without drawing
_Path = tuple[_Points, bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: across at height `at` from `start` to `end`, or down at `at` from the left."""

    at: float
    start: float
    end: float

    @property
    def length(self) -> float:
        """Its length in points."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a page, pieces of one rule joined: those that run across and those that run down."""

    across: tuple[Rule, ...] = ()
    down: tuple[Rule, ...] = ()


def read_rules(page: "PdfPage", upright: Upright) -> Rules:
    """Return the rules of a pypdfium2 page."""
    across: list[Rule] = []
    down: list[Rule] = []
    for corners in _edges(page, upright):
        (ax, ay), (bx, by) = corners
        if abs(ay - by) <= _THIN < abs(ax - bx):
            across.append(Rule((ay + by) / 2, min(ax, bx), max(ax, bx)))
        elif abs(ax - bx) <= _THIN < abs(ay - by):
            down.append(Rule((ax + bx) / 2, min(ay, by), max(ay, by)))
    return Rules(_joined(across), _joined(down))


def _edges(page: "PdfPage", upright: Upright) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """Yield the straight lines of a page's paths, thin boxes as one line."""
    count = 0
    for points, stroked in _paths(page):
        count += len(points)
        if count > _MANY:
            return
        turned = [(upright.turn(x, y), moves) for x, y, moves in points]
        xs, ys = [x for (x, _), _ in turned], [y for (_, y), _ in turned]
        if len(points) > 2 and max(xs) - min(xs) <= _THIN:
            middle = (min(xs) + max(xs)) / 2
            yield (middle, min(ys)), (middle, max(ys))
        elif len(points) > 2 and max(ys) - min(ys) <= _THIN:
            middle = (min(ys) + max(ys)) / 2
            yield (min(xs), middle), (max(xs), middle)
        elif stroked:  # the ground behind a cell is no rule
            for (before, _), (after, moves) in itertools.pairwise(turned):
                if not moves:
                    yield before, after


def _paths(page: "PdfPage") -> Iterator[_Path]:
    """Yield the points of each path, closed ones back to their first, and whether it is stroked, not only filled."""
    import pypdfium2.raw as pdfium

    def walk(get: object, holder: object, count: int, outer: Matrix, depth: int) -> Iterator[_Path]:
        for index in range(count):
            item = get(holder, index)  # type: ignore[operator]
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                yield from _subpaths(item, _times(_matrix(item), outer))
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth:
                inner = _times(_matrix(item), outer)
                yield from walk(
                    pdfium.FPDFFormObj_GetObject, item, pdfium.FPDFFormObj_CountObjects(item), inner, depth - 1
                )

    yield from walk(
        pdfium.FPDFPage_GetObject, page.raw, pdfium.FPDFPage_CountObjects(page.raw), (1, 0, 0, 1, 0, 0), _DEPTH
    )


def _subpaths(item: object, matrix: Matrix) -> Iterator[_Path]:
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFPath_CountSegments(item)
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
    if count > _MANY or not (fill.value or stroke.value):  # too much of a drawing, or only a clip
        return
    stroked = bool(stroke.value)
    x, y = ctypes.c_float(), ctypes.c_float()
    a, b, c, d, e, f = matrix
    points: _Points = []
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points, stroked
            points = []
        moves = kind != pdfium.FPDF_SEGMENT_LINETO
        points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f, moves))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append((*points[0][:2], False))
    if points:
        yield points, stroked


def _matrix(item: object) -> Matrix:
    import pypdfium2.raw as pdfium

    found = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _joined(rules: list[Rule]) -> tuple[Rule, ...]:
    """Join rules in line that touch."""
    joined: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (round(r.at), r.start)):
        last = joined[-1] if joined else None
        if last and abs(last.at - rule.at) <= 1 and rule.start <= last.end + 2:
            joined[-1] = Rule(last.at, last.start, max(last.end, rule.end))
        else:
            joined.append(rule)
    return tuple(sorted(joined, key=lambda r: (r.at, r.start)))
