"""What a model writes, cut into sentences with the passages that they cite."""

import pytest

from answer.writing.sentences import Written, split_writing


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mill stood here [2].", [Written("The mill stood here.", (2,))]),
        (
            "The mill stood here. [2] It burned [1, 3].",
            [Written("The mill stood here.", (2,)), Written("It burned.", (1, 3))],
        ),
        ("The mill stood here.[1][2]\n", [Written("The mill stood here.", (1, 2))]),
        (
            "- **The mill** stood `here` [1].\n- It burned.",
            [Written("The mill stood here.", (1,)), Written("It burned.", ())],
        ),
        ("Answer: According to passage 2, the mill stood here.", [Written("The mill stood here.", ())]),
        ("The text says that the mill stood here [1].", [Written("The mill stood here.", (1,))]),
        ("Yes, the mill stood here.", [Written("The mill stood here.", ())]),
        ("1. The mill stood here.\n2. It burned.", [Written("The mill stood here.", ()), Written("It burned.", ())]),
        ("It was in 1884. It shut.", [Written("It was in 1884.", ()), Written("It shut.", ())]),
        ("It was 1820 (a dry year).", [Written("It was 1820 (a dry year).", ())]),
        ("The passage: The mill stood here.\nAnswer:\n", [Written("The mill stood here.", ())]),
        ("The mill stood here. It bur", [Written("The mill stood here.", ()), Written("It bur", (), cut=True)]),
        (" \n**\n", []),
    ],
)
def test_a_writing_is_cut_into_sentences_with_their_numbers(text, expected):
    assert list(split_writing(text)) == expected
