"""What can go wrong: with the run as a whole, and with one call."""

from __future__ import annotations


class WecomProblem(Exception):
    """Nothing more can be done; the text is one sentence that says what to do."""


class Refused(Exception):
    """WeCom has answered one call with an error code that is about this call alone.

    `tried_before`: tries without an answer went before, and one of them may have come through.
    """

    tried_before = False

    def __init__(self, kind: str, code: int, message: str = "") -> None:
        super().__init__(f"{kind} was refused with {code} {message}".strip())
        self.kind, self.code, self.message = kind, code, message


class Busy(Exception):
    """No answer, or one that says to try again: whether the call did anything is not known."""

    def __init__(self, kind: str, why: str) -> None:
        super().__init__(f"{kind} had no answer: {why}")
        self.kind, self.why = kind, why
