"""What a person can put right: one sentence, exit status 1, no traceback."""

from __future__ import annotations

import click


class ImportProblem(click.ClickException):
    """One sentence that names the file or column and says what to do."""
