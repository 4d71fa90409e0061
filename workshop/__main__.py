"""`python -m workshop`; behind a guard, since the workers of mutate import it and must not run it."""

import os
import sys

from workshop.cli import main

if __name__ == "__main__":
    try:
        main(prog_name="python -m workshop")
    except SystemExit as end:
        if "great_expectations" not in sys.modules:
            raise
        sys.stdout.flush()
        sys.stderr.flush()
        # With Great Expectations imported, duckdb 2.0 prints sixty lines about leaked Python objects when the
        # interpreter takes itself apart. Everything is closed by now.
        os._exit(end.code or 0)
