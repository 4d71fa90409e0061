"""A small Spark cluster on this machine, out of the pyspark wheel: master, two workers, and one server for Connect and Thrift.

All of it listens on the loopback device and keeps what it has in one folder: warehouse, catalogue, logs, process numbers.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

HOST = "127.0.0.1"
PATIENCE = 180  # seconds until a process must listen


@dataclass(frozen=True)
class Cluster:
    """Where it is and how large; ports are of Connect, Thrift, the master, and the first worker (the second takes the next)."""

    folder: Path
    connect: int = 15002
    thrift: int = 10000
    master: int = 7077
    worker: int = 7078
    cores: int = 1  # of each worker
    memory: str = "4g"  # of each worker's executor
    driver_memory: str = "4g"
    keeps_tables: bool = True  # False: a catalogue in memory, quicker by a third for small tables, and no Thrift

    @property
    def address(self) -> str:
        """What TAGMART_SPARK has to be."""
        return f"sc://{HOST}:{self.connect}"

    @property
    def warehouse(self) -> Path:
        """The folder of the tables."""
        return self.folder / ("warehouse" if self.keeps_tables else "passing")


class NoSpark(Exception):
    """A sentence on what is missing, or on what did not start."""


def up(cluster: Cluster) -> Iterator[str]:
    """Start what does not run yet; yield a line as each part listens. Raises NoSpark."""
    home = _spark_home()
    _require_java()
    cluster.folder.mkdir(parents=True, exist_ok=True)
    for name, port, command in _parts(cluster, home):
        # Connect listens before the catalogue is open, and Thrift after it.
        ports = [port, cluster.thrift] if port == cluster.connect and cluster.keeps_tables else [port]
        if not _listens(port):
            if port == cluster.connect and not cluster.keeps_tables:
                shutil.rmtree(cluster.warehouse, ignore_errors=True)  # no table may be made where there are files
            _start(cluster, home, name, command)
            for each in ports:
                _wait(cluster, name, each)
        yield f"{name} listens on {HOST}, port {' and '.join(str(each) for each in ports if _listens(each))}"


def down(cluster: Cluster) -> list[str]:
    """Stop everything that `up` has started, and return the names of what was stopped once it has ended."""
    stopped = []
    for file in sorted(cluster.folder.glob("*.pid"), reverse=True):
        if _end(int(file.read_text())):
            stopped.append(file.stem)
        file.unlink()
    return stopped


def _end(process: int) -> bool:
    """Ask a process to end, and make it if it does not within half a minute; False when there was none."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process, how)
        except ProcessLookupError:
            return how == signal.SIGKILL
        for _ in range(150):
            if _has_ended(process):
                return True
            time.sleep(0.2)
    return True


def _parts(cluster: Cluster, home: Path) -> list[tuple[str, int, list[str]]]:
    spark_class, master = str(home / "bin" / "spark-class"), f"spark://{HOST}:{cluster.master}"
    deploy = [spark_class, "org.apache.spark.deploy"]
    parts = [("1-master", cluster.master, [spark_class, f"{deploy[1]}.master.Master", "--host", HOST, "--port", str(cluster.master), "--webui-port", "0"])]
    for place in range(2):
        worker = ["--host", HOST, "--port", str(cluster.worker + place), "--webui-port", "0", "--cores", str(cluster.cores), "--memory", cluster.memory]
        work = ["--work-dir", str(cluster.folder / "work")]
        parts.append((f"2-worker-{place + 1}", cluster.worker + place, [spark_class, f"{deploy[1]}.worker.Worker", *worker, *work, master]))
    settings = {
        "spark.connect.grpc.binding.address": HOST,
        "spark.connect.grpc.binding.port": cluster.connect,
        "spark.driver.host": HOST,
        "spark.driver.bindAddress": HOST,
        "spark.driver.memory": cluster.driver_memory,
        "spark.executor.memory": cluster.memory,
        "spark.ui.enabled": "false",
        "spark.sql.warehouse.dir": cluster.warehouse,
    }
    main, more = "org.apache.spark.sql.connect.service.SparkConnectServer", []
    if cluster.keeps_tables:
        main = "org.apache.spark.sql.hive.thriftserver.HiveThriftServer2"
        more = ["--hiveconf", f"hive.server2.thrift.port={cluster.thrift}", "--hiveconf", f"hive.server2.thrift.bind.host={HOST}"]
        settings |= {
            "spark.plugins": "org.apache.spark.sql.connect.SparkConnectPlugin",
            "spark.hadoop.javax.jdo.option.ConnectionURL": f"jdbc:derby:;databaseName={cluster.folder / 'catalogue'};create=true",
            "spark.driver.extraJavaOptions": f"-Dderby.system.home={cluster.folder}",
        }
    else:
        # Of small tasks Java's second compiler costs more than the tasks.
        settings["spark.executor.extraJavaOptions"] = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    server = [str(home / "bin" / "spark-submit"), "--class", main, "--master", master]
    for name, value in settings.items():
        server += ["--conf", f"{name}={value}"]
    server += ["spark-internal", *more]
    return [*parts, ("3-server", cluster.connect, server)]


def _start(cluster: Cluster, home: Path, name: str, command: list[str]) -> None:
    environment = os.environ | {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": HOST, "SPARK_LOCAL_DIRS": str(cluster.folder / "local")}
    with (cluster.folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=cluster.folder, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
    (cluster.folder / f"{name}.pid").write_text(str(process.pid))


def _wait(cluster: Cluster, name: str, port: int) -> None:
    process = int((cluster.folder / f"{name}.pid").read_text())
    for _ in range(PATIENCE * 5):
        if _listens(port):
            return
        if _has_ended(process):
            break
        time.sleep(0.2)
    log = cluster.folder / f"{name}.log"
    said = log.read_text(errors="replace").splitlines()[-5:]
    raise NoSpark(f"{name} does not listen on port {port}; the end of {log}:\n" + "\n".join(said))


def _has_ended(process: int) -> bool:
    try:
        if os.waitpid(process, os.WNOHANG)[0]:
            return True
    except ChildProcessError:
        pass  # another process started it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def _spark_home() -> Path:
    found = find_spec("pyspark")
    if not found:
        raise NoSpark("pyspark is not installed: run `make install-spark`.")
    return Path(found.submodule_search_locations[0])


def _require_java() -> None:
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise NoSpark("Spark needs Java 17 or 21, and there is none: install it (Debian: apt-get install openjdk-17-jre-headless), or set JAVA_HOME.")
