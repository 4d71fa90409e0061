"""One `dbt build` in a process of its own, measured from outside, and what its run_results.json says about the nodes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from tagmart.contract import project_root
from workshop.bench import results
from workshop.bench.files import size_of

MB = 1e6
DONE = re.compile(r" of (\d+) (?!START)[A-Z]+ .*\.\. ")  # dbt's line when a node ends: 12 of 389 OK created … .... [OK in 0.35s]


@dataclass(frozen=True)
class Built:
    """Seconds are of the clock, except `cpu`; sizes are in MB (millions of bytes).

    `start` is what passes before the first node and after the last: imports, parsing. `layers` and `slowest` have the seconds of
    the nodes; two threads of dbt work side by side, so their sum may be more than `wall`. `faults` are sentences.
    """

    wall: float
    cpu: float
    peak: float
    spill: float
    file: float
    start: float | None
    layers: dict[str, float]
    slowest: list[tuple[str, float]]
    faults: list[str]


def build(raw: Path, database: Path, folder: Path, title: str) -> Built:
    """Build everything but unit tests from the raw folder into the database.

    Each day's files lie under the same path, as a brand's own do: dbt parses the project anew when a var changes.
    """
    link, target = folder / "raw", folder / "target"
    link.unlink(missing_ok=True)
    link.symlink_to(raw, target_is_directory=True)
    (target / "run_results.json").unlink(missing_ok=True)
    command = [str(Path(sys.executable).with_name("dbt")), "--no-use-colors", "build", "--exclude-resource-type", "unit_test"]
    command += ["--target-path", str(target), "--log-path", str(folder / "logs"), "--vars", json.dumps({"raw_path": str(link)})]
    with Spill(Path(f"{database}.tmp")) as spill:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=project_root(), env={**os.environ, "TAGMART_DATABASE": str(database)}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        said = _follow(process, title)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    ran = results.read(target / "run_results.json")
    return Built(
        wall=wall,
        cpu=usage.ru_utime + usage.ru_stime,
        peak=usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / MB,
        spill=spill.largest / MB,
        file=sum(size_of(path) for path in database.parent.glob(f"{database.name}*") if path.is_file()) / MB,
        start=wall - ran["elapsed_time"] if ran else None,
        layers=results.layers(ran, results.read(target / "manifest.json")),
        slowest=results.slowest(ran),
        faults=results.faults(ran, said, process.returncode) if process.returncode else [],
    )


def _follow(process: subprocess.Popen, title: str) -> list[str]:
    """Show how many nodes are done; return the last lines that dbt said."""
    said: deque[str] = deque(maxlen=15)
    with process.stdout, tqdm(desc=title, unit="node", disable=None, leave=False) as bar:
        for line in process.stdout:
            if "▕" not in line:  # the engine's own progress bar
                said.append(line.rstrip())
            if (done := DONE.search(line)) and " hook: " not in line:
                bar.total = int(done.group(1))
                bar.update()
    return list(said)


class Spill(threading.Thread):
    """Looks five times a second how large a folder is; `largest` is in bytes."""

    def __init__(self, folder: Path):
        super().__init__(daemon=True)
        self.folder, self.largest, self.ended = folder, 0, threading.Event()

    def run(self) -> None:
        while not self.ended.wait(0.2):
            self.largest = max(self.largest, sum(size_of(file) for file in self.folder.glob("*")))

    def __enter__(self) -> Spill:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.ended.set()
        self.join()
