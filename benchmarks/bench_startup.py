"""How long a user waits before the program says anything."""

import subprocess
import sys

from pytest_benchmark.fixture import BenchmarkFixture


def test_help_answers_at_once(benchmark: BenchmarkFixture) -> None:
    """Well under a third of a second, so that completing a word in the shell feels immediate."""
    command = [sys.executable, "-c", "from mwp.cli.main import main; main(['--help'])"]
    benchmark(subprocess.run, command, check=True, capture_output=True)
    assert benchmark.stats.stats.median < 0.3
