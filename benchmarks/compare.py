"""mwp beside policyengine-uk and policyengine-uk-compiled on the same households: `make bench`.

Each model runs in an environment of its own, one process a question, one after the other; a model whose Python is not
given, or that fails, is left out and said to be. The tables are printed, and written to a page. Read the ratios, for
machines differ.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks import families, page

ROOT = Path(__file__).resolve().parent.parent
POINTS, ROWS, COMPARED = 601, 100_000, 241
SMALL = (1_000, 10_000)
SIZES = {page.OURS: (*SMALL, ROWS, 1_000_000, 10_000_000), page.PEER: SMALL, page.COMPILED: SMALL}
POPULATION = (20_000, 1_000)
COMPARISON = 50_000  # benefit units
FIVE = ("uc_taper_50", "uc_taper_45", "no_benefit_cap", "essentials_guarantee", "ippr_snakes_and_ladders")
GUARANTEE = "nes_guarantee"
NEAR = 0.10  # pounds a month
TIMEOUT = 600
SIDES = {page.OURS: "side_mwp", page.PEER: "side_policyengine_uk", page.COMPILED: "side_compiled"}

Found = dict[str, Any]


@dataclass
class Model:
    """One model: the Python it runs in, or None where there is none."""

    name: str
    python: str | None

    def ask(self, *words: Any) -> Found | None:
        """What its side answers, or None where it cannot; why is said once, and it is not asked again."""
        if self.python is None:
            return None
        print(f"  {self.name}: {' '.join(map(str, words))}", file=sys.stderr, flush=True)
        command = [self.python, "-m", f"benchmarks.{SIDES[self.name]}", *map(str, words)]
        try:
            ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=TIMEOUT, cwd=ROOT)
            failed = (ran.stderr.strip() or "it said nothing").splitlines()[-1] if ran.returncode else None
        except (OSError, subprocess.TimeoutExpired) as error:
            failed = str(error)
        if failed:
            print(f"{self.name} is left out: {failed}", file=sys.stderr)
            self.python = None
            return None
        found: Found = json.loads(ran.stdout.splitlines()[-1])
        return found

    def timed(self, times: int) -> Found | None:
        """The median time of a whole process that gives one answer, after one run to warm the disk."""
        self.ask("cold")
        taken = []
        for _ in range(times):
            start = time.perf_counter()
            if self.ask("cold") is None:
                return None
            taken.append(time.perf_counter() - start)
        return {"seconds": statistics.median(taken)}


def apart(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Found]:
    """For each programme, the share of rows on which two models are within ten pence, and the most they are apart."""
    found = {}
    for name in families.COMMON:
        pairs = zip(_flat(ours[name]), _flat(theirs[name]), strict=True)
        gaps = [abs(one - other) for one, other in pairs]
        found[name] = {"within": sum(gap <= NEAR for gap in gaps) / len(gaps), "most": max(gaps)}
    return found


def _flat(rows: list[list[float]]) -> list[float]:
    return [value for row in rows for value in row]


def machine() -> Found:
    """What it was measured on."""
    told = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    names = [line.split(":", 1)[1].strip() for line in told.splitlines() if line.startswith("model name")]
    has_pages = hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1024**3 if has_pages else None
    return {
        "date": date.today().isoformat(),
        "cpu": names[0] if names else platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "memory": f"{memory:.0f} GB" if memory else "unknown size",
        "system": f"{platform.system()} on {platform.machine()}",
        "load": f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown",
        "population": POPULATION,
    }


def measured(models: Mapping[str, Model]) -> Found:
    """Everything the page shows."""
    ours, peer, compiled = (models[name] for name in page.MODELS)
    every = models.values()
    figures: Found = {"machine": machine(), "points": COMPARED}
    figures["versions"] = {model.name: model.ask("version") for model in every}
    figures["cold"] = {model.name: model.timed(1 if model is peer else 3) for model in every}
    figures["sweep"] = {model.name: model.ask("sweep", POINTS) for model in every}
    of_compiled = {compiled.name: compiled.ask("rows", ROWS)}
    figures["rows"] = {model.name: model.ask("rows", ROWS) for model in (ours, peer)} | of_compiled
    figures["every"] = {model.name: model.ask("rows", ROWS, "all") for model in (ours, peer)} | of_compiled
    figures["programmes"] = (figures["every"][ours.name] or {}).get("components")
    figures["built"] = (figures["rows"][peer.name] or {}).get("built")
    growth: dict[str, Found] = {}
    for model in every:
        for size in SIZES[model.name]:
            growth.setdefault(str(size), {})[model.name] = model.ask("rows", size)
    for model in (peer, compiled):
        growth[str(ROWS)][model.name] = figures["rows"][model.name]
    figures["growth"] = growth
    amounts = {model.name: model.ask("amounts", COMPARED) for model in every}
    of_ours = amounts.pop(ours.name)
    gaps = {name: apart(of_ours, found) for name, found in amounts.items() if found and of_ours}
    figures["agreement"] = {name: {model: found[name] for model, found in gaps.items()} for name in families.COMMON}
    tries = [[ours.ask("population", *POPULATION, number) for number in (1, 2)] for _ in range(2)]
    if ours.python is None:
        raise SystemExit("mwp itself could not be measured.")
    quickest = [min(filter(None, several), key=lambda one: one["seconds"]) for several in zip(*tries, strict=True)]
    figures["population"] = {str(number): one for number, one in enumerate(quickest, start=1)}
    asked = {"five": FIVE, "guarantee": (GUARANTEE,)}
    figures["reforms"] = {
        name: {str(number): ours.ask("reforms", COMPARISON, number, *reforms) for number in (1, 2)}
        for name, reforms in asked.items()
    }
    return figures


def main() -> None:
    """Measure, print the tables and write the page."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--policyengine-uk", metavar="PYTHON", help="a Python that has it")
    asked.add_argument("--policyengine-uk-compiled", metavar="PYTHON", help="a Python that has it")
    asked.add_argument("--output", type=Path, metavar="FILE", help="write the page there")
    told = asked.parse_args()
    others = (told.policyengine_uk, told.policyengine_uk_compiled)
    pythons = zip(page.MODELS, (sys.executable, *others), strict=True)
    figures = measured({name: Model(name, python) for name, python in pythons})
    for part in (page.speed, page.a_second, page.agreement, page.growth, page.workers, page.reforms):
        print(part(figures), end="\n\n")
    if told.output:
        told.output.write_text(page.page(figures), encoding="utf-8")
        print(f"{told.output} is written.")


if __name__ == "__main__":
    main()
