"""A Spark cluster of one master and two workers on loopback, started and stopped by the test."""

import os
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.serving import free_port

PATIENCE_S = 60


@dataclass
class Cluster:
    """The master's address and the worker processes."""

    master: str
    workers: list[subprocess.Popen[bytes]]

    def kill_a_worker(self) -> None:
        """kill -9 of one worker with its executors."""
        os.killpg(self.workers[0].pid, signal.SIGKILL)


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """Two workers of one core and 1 GB each; everything is stopped afterwards.

    Raises:
        TimeoutError: the workers did not come up within a minute.
    """
    import pyspark

    home = Path(pyspark.__file__).parent
    port, page = free_port(), free_port()
    environment = {
        **os.environ,
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOG_DIR": str(folder),
        "SPARK_WORKER_DIR": str(folder),
    }

    def start(*words: str) -> subprocess.Popen[bytes]:
        with (folder / "cluster.log").open("ab") as log:
            return subprocess.Popen(
                [str(home / "bin" / "spark-class"), *words],
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    master = start(
        "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", str(page)
    )
    started = [master]
    try:
        address = f"spark://127.0.0.1:{port}"
        workers = [
            start(
                "org.apache.spark.deploy.worker.Worker",
                "--host",
                "127.0.0.1",
                "-c",
                "1",
                "-m",
                "1g",
                "--webui-port",
                str(free_port()),
                address,
            )
            for _ in range(2)
        ]
        started += workers
        _wait_for_workers(page)
        yield Cluster(address, workers)
    finally:
        for process in started:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        for process in started:
            process.wait(timeout=PATIENCE_S)


def _wait_for_workers(page: int) -> None:
    for _ in range(PATIENCE_S * 4):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{page}/json/", timeout=2) as answer:
                if b'"aliveworkers" : 2' in answer.read():
                    return
        except OSError:
            pass  # not up yet
        time.sleep(0.25)
    raise TimeoutError("two workers did not register")
