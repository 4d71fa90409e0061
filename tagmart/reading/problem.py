"""What a person can put right about a file: one sentence, no traceback."""

from __future__ import annotations

from pathlib import Path

EMPTY = "is empty: export it again, or delete it if there is no such table"


class ReadingProblem(Exception):
    """One sentence that names the file and says what to do.

    `fault` is that sentence from its verb on, without the full stop, for who names the file in other words.
    """

    def __init__(self, path: Path, fault: str):
        super().__init__(f"The file '{path}' {fault}.")
        self.fault = fault
