"""The two ways Ibid says no; the command line prints either as one line and never a traceback."""

__all__ = ["IbidError", "InputError"]


class IbidError(Exception):
    """Something Ibid cannot do; the message is one line that says what was got, expected and what to do."""


class InputError(IbidError):
    """What the user gave cannot be used: a missing file, an empty question, a broken line."""
