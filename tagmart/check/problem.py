"""What cannot be read or translated. It is never a pass."""

from __future__ import annotations


class CheckProblem(Exception):
    """One sentence for the author of the scheme; `code` names the scheme where only its problem is known."""

    code = ""
