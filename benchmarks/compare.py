"""How fast mwp is, beside policyengine-core's own import and policyengine-uk, in one run: `make bench`.

Every figure is measured here and now, each in a process of its own; read the ratios, for machines differ.
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

POINTS, ROWS, PEER_ROWS, REPEATS = 601, 100_000, 20_000, 5

BETTER_OFF = [
    sys.executable, "-c",
    "from mwp.cli.main import main; main(['better-off', 'lone_parent_two_children_leeds', '--job', '16h@12.71',"
    " '--on', '2026-11-01'])",
]  # fmt: skip
IMPORT_CORE = [sys.executable, "-c", "import policyengine_core"]
HELP = [sys.executable, "-c", "from mwp.cli.main import main; main(['--help'])"]
PYTHON = [sys.executable, "-c", "pass"]

OURS = f"""
import json, resource, sys, time
from datetime import date
import numpy as np
import mwp
from mwp.analysis.calculation import law_on
from mwp.core.rounding import NONE
from mwp.engine.encode import encode
from mwp.engine.simulation import Path, simulate

ON, NAMES = date(2026, 11, 1), ("net_income", "net_after_work_costs", "universal_credit", "income_tax",
    "national_insurance", "child_benefit", "council_tax_reduction", "childcare_charges")
law = law_on(ON)

def sweep(homes, points):
    simulate(encode(homes, ON), law, NAMES, path=Path({{"hours": np.linspace(0, 60, points)}}))

def best(task, times):
    found = []
    for _ in range(times):
        start = time.perf_counter()
        task()
        found.append(time.perf_counter() - start)
    return min(found)

told = {{}}
for name in ("lone_parent_two_children_leeds", "couple_two_earners_two_children_coventry"):
    home = mwp.load_household(name)
    sweep([home], {POINTS})
    one = best(lambda: sweep([home], {POINTS}), 20)
    rows = best(lambda: sweep([home] * 100, {ROWS} // 100), 5)
    told[name] = {{"sweep": one, "row": rows / {ROWS}}}
from mwp import resources
from mwp.analysis.schedule import EarningsPath, every_penny, schedules

path = EarningsPath(wage=12.71, to=6_000.0)
home = mwp.load_household("lone_parent_two_children_leeds")
library = [mwp.load_household(name) for name in resources.library("households")]
pieces = lambda homes: schedules(homes, path, ON, measure="net_after_work_costs")
(one,) = pieces([home])
told["schedules"] = {{
    "one": best(lambda: pieces([home]), 10),
    "library": best(lambda: pieces(library), 3),
    "exhaustive": best(lambda: every_penny(one), 2),
    "households": len(library),
}}
told["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps(told))
"""

PEER = f"""
import json, resource, time
from policyengine_uk import Simulation

def household(points):
    return {{
        "people": {{"parent": {{"age": {{2026: 31}}}}, "one": {{"age": {{2026: 7}}}}, "two": {{"age": {{2026: 3}}}}}},
        "benunits": {{"unit": {{"members": ["parent", "one", "two"], "would_claim_uc": {{2026: True}}}}}},
        "households": {{"home": {{"members": ["parent", "one", "two"], "rent": {{2026: 9900}}}}}},
        "axes": [[{{"name": "employment_income", "min": 0, "max": 40000, "count": points, "period": "2026"}}]],
    }}

told = {{}}
for key, points in (("sweep", {POINTS}), ("rows", {PEER_ROWS})):
    start = time.perf_counter()
    simulation = Simulation(situation=household(points))
    built = time.perf_counter()
    simulation.calculate("household_net_income", 2026)
    told[key] = {{"build": built - start, "calculate": time.perf_counter() - built}}
told["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps(told))
"""


def whole_process(command: list[str]) -> float:
    """The median time of a command from start to end, in seconds, after one run to warm the disk."""
    subprocess.run(command, check=True, capture_output=True)
    found = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        found.append(time.perf_counter() - start)
    return statistics.median(found)


def inside(code: str) -> dict[str, dict[str, float]] | None:
    """What a measuring program prints, or None where it cannot run."""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    if ran.returncode:
        print(f"(not measured: {ran.stderr.strip().splitlines()[-1] if ran.stderr.strip() else 'failed'})")
        return None
    found: dict[str, dict[str, float]] = json.loads(ran.stdout.splitlines()[-1])
    return found


def row(what: str, ours: float, other: str, theirs: float | None, shown: Callable[[float], str]) -> None:
    """One line of the table."""
    beside = f"{shown(theirs):>12}  {theirs / ours:7.1f} x" if theirs else f"{'-':>12}"
    print(f"{what:52}{shown(ours):>12}  {other:28}{beside}")


def seconds(value: float) -> str:
    """Seconds, milliseconds or microseconds."""
    if value >= 1:
        return f"{value:.2f} s"
    return f"{value * 1e3:.1f} ms" if value >= 1e-3 else f"{value * 1e6:.2f} us"


def main() -> None:
    """Measure and print."""
    print(f"{'':52}{'mwp':>12}  {'beside':28}{'theirs':>12}  {'theirs / ours':>9}")
    row("mwp --help", whole_process(HELP), "python -c pass", whole_process(PYTHON), seconds)
    core = whole_process(IMPORT_CORE)
    row("cold mwp better-off", whole_process(BETTER_OFF), "import policyengine_core", core, seconds)
    ours, peer = inside(OURS), inside(PEER)
    if not ours:
        raise SystemExit(1)
    alone, couple = (ours[name] for name in ours if name not in ("memory", "schedules"))
    theirs = peer and {"sweep": sum(peer["sweep"].values()), "row": peer["rows"]["calculate"] / PEER_ROWS}
    name = "policyengine-uk"
    row(f"{POINTS}-point sweep, lone parent, warm", alone["sweep"], name, theirs and theirs["sweep"], seconds)
    row(f"{POINTS}-point sweep, couple, warm", couple["sweep"], name, theirs and theirs["sweep"], seconds)
    row(f"a row of {ROWS:,}, lone parent", alone["row"], name, theirs and theirs["row"], seconds)
    row(f"a row of {ROWS:,}, couple", couple["row"], name, theirs and theirs["row"], seconds)
    exact, grid = ours["schedules"], theirs and theirs["sweep"]
    theirs_is = f"{name}, {POINTS} points"
    row("exact schedule to £6,000, one household, warm", exact["one"], theirs_is, grid, seconds)
    row(f"exact schedules, {exact['households']:.0f} households", exact["library"], theirs_is, grid, seconds)
    row("every one of 600,001 pennies, one household", exact["exhaustive"], theirs_is, grid, seconds)
    memory = float(str(peer["memory"])) if peer else None
    row("peak memory", float(str(ours["memory"])), name, memory, lambda value: f"{value:,.0f} MB")


if __name__ == "__main__":
    main()
