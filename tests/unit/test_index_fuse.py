import pytest

from index.search import fuse


def test_reciprocal_ranks_are_summed():
    fused = fuse({"a": ["x", "y"], "b": ["y", "z"]}, k=60)
    assert [i for i, _ in fused] == ["y", "x", "z"]
    assert dict(fused) == pytest.approx({"y": 1 / 62 + 1 / 61, "x": 1 / 61, "z": 1 / 62})


def test_equals_are_ordered_by_id():
    assert [i for i, _ in fuse({"a": ["q"], "b": ["p"]}, k=60)] == ["p", "q"]


def test_nothing_fuses_to_nothing():
    assert fuse({"a": [], "b": []}, k=60) == []
