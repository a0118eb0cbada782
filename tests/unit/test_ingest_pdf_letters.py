"""Letters and fonts of a PDF that are not what they are called or how they weigh."""

import pytest

from ingest.pdf.letters import composed
from ingest.pdf.words import is_bold


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("B¨onsch", "Bönsch"),
        ("T´ıtulo", "Título"),
        ("Fran¸cois", "François"),
        ("ˇSim˚u", "Šimů"),
        ("ˆβ", "ˆβ"),  # no letter of its own: a formula
        ("5 ¨", "5 ¨"),
        ("plain", "plain"),
        ("it´s", "it’s"),
        ("we´re", "we’re"),
        ("l´eau", "l’eau"),
        ("O´Neill", "O’Neill"),
    ],
)
def test_accents_before_their_letters_are_put_on_them(text, meant):
    assert composed(text) == meant


@pytest.mark.parametrize(
    ("name", "heavy", "bold"),
    [
        ("abcdef+lmroman10-regular", True, False),  # Latin Modern's weight is told as 744
        ("lmmono10-regular", True, False),
        ("lmromandemi10-regular", True, True),
        ("lmroman12-bold", True, True),
        ("abcdef+cmr10", True, False),
        ("abcdef+cmbx12", False, True),
        ("times-roman", False, False),
        ("garamond", True, True),  # a name that does not say
        ("garamond", False, False),
    ],
)
def test_a_font_that_names_its_looks_is_as_bold_as_it_says(name, heavy, bold):
    assert is_bold(name, heavy=heavy) is bold
