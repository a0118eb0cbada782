"""Files of one JSON object a line, of our own."""

from eval.lines import json_lines


def test_a_line_ends_only_where_json_cannot_go_on(tmp_path):
    path = tmp_path / "lines.jsonl"
    path.write_text('{"a": "one\u2028two\x85"}\n\n{"a": "é"}\n', encoding="utf-8")
    assert json_lines(path) == [{"a": "one\u2028two\x85"}, {"a": "é"}]
