"""Lines of Chinese and Japanese, whose words have no space between them."""

import pytest

from ingest.hyphens import Vocabulary, join_lines
from tests.unit.markup_samples import read


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (("产业政", "策的变化"), "产业政策的变化"),
        (("政策。", "地方"), "政策。地方"),
        (("产业政策，", "「地方」"), "产业政策，「地方」"),
        (("日本の", "カタカナ"), "日本のカタカナ"),
        (("政策 ", " 变化"), "政策变化"),
        (("政策", "of China"), "政策 of China"),
        (("the State Council", "国务院"), "the State Council 国务院"),
        (("산업", "정책"), "산업 정책"),
    ],
)
def test_no_space_comes_between_letters_of_chinese_and_japanese(lines, joined):
    text, starts = join_lines(lines, Vocabulary(()))
    assert text == joined
    assert [text[start] for start in starts] == [line.strip()[0] for line in lines]


def test_a_wrapped_chinese_paragraph_is_one_without_spaces():
    line = "中国的产业政策在过去十年中发生了很大的变化地方政府设立了引导基金并且"
    assert line * 2 in read(f"{line}\n" * 6, "a.txt")[1].text
