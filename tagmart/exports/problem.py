"""What a person can put right: one sentence, exit status 1, no traceback."""

from __future__ import annotations

import click


class ExportProblem(click.ClickException):
    """One sentence that names the file, folder or table and says what to do."""
