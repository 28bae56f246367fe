#!/usr/bin/env python3
"""Runs the benchmarks; `run` starts the servers first. See README.md."""
import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path

from aid import AID_BENCHMARKS
from benchmarks import BENCHMARKS, Size
from growth import Growth, Sizes
from world import ROOT, World

BENCHMARKS = BENCHMARKS | AID_BENCHMARKS
RESULTS = ROOT / "build" / "bench" / "results.jsonl"
# Details that have limits of their own: the largest value of all rounds counts. Floor and aim are upper limits.
LIMITS = {"backlog_after_1s": ("rows", 0, 0),
          "registration_idle_mb": ("MB", 100, 40), "registration_loaded_mb": ("MB", 300, 150),
          "aid_idle_mb": ("MB", 100, 40), "aid_loaded_mb": ("MB", 300, 150),
          "dashboard_idle_mb": ("MB", 100, 40), "dashboard_loaded_mb": ("MB", 300, 150)}


def run_rounds(benchmark, rounds):
    """Pairs of both sides, one right after the other, each first in every second round."""
    pairs = []
    for number in range(rounds):
        if number % 2 == 0:
            value = benchmark.value()
            reference = benchmark.reference()
        else:
            reference = benchmark.reference()
            value = benchmark.value()
        pairs.append((value, reference))
        print(f"    {value.value:12.1f} {reference.value:12.1f} {value.value / reference.value:8.2f}", flush=True)
    return pairs


def result_of(name, entry, benchmark, pairs):
    """Each ratio is of one round, when both sides had the same disk; their median counts."""
    ratios = [value.value / reference.value for value, reference in pairs]
    details = {}
    for side in (side for pair in pairs for side in pair):
        for key, figure in side.details.items():
            details.setdefault(key, []).append(figure)
    result = {"name": name, "value": round(statistics.median(value.value for value, _ in pairs), 3),
              "unit": benchmark.unit,
              "reference": round(statistics.median(reference.value for _, reference in pairs), 3),
              "ratio": round(statistics.median(ratios), 3), "floor": entry.floor, "aim": entry.aim,
              "ratio_min": round(min(ratios), 3), "ratio_max": round(max(ratios), 3), "rounds": len(pairs),
              "details": {key: round(max(figures) if key in LIMITS else statistics.median(figures), 3)
                          for key, figures in details.items()}}
    is_met = result["ratio"] <= entry.floor if benchmark.is_latency else result["ratio"] >= entry.floor
    return result, is_met


def limits_of(results):
    """What has an upper limit instead of a reference: the worst of all benchmarks."""
    for key, (unit, floor, aim) in LIMITS.items():
        figures = [result["details"][key] for result in results if key in result["details"]]
        if figures:
            yield {"name": key, "value": max(figures), "unit": unit, "reference": None, "ratio": None,
                   "floor": floor, "aim": aim}, max(figures) <= floor


def print_table(results):
    print(f"\n{'':26}{'value':>10} {'reference':>10} {'':6}{'ratio':>6} {'min':>6} {'max':>6} {'floor':>6} {'aim':>6}")
    for each in results:
        if each["ratio"] is None:
            print(f"{each['name']:26}{each['value']:10.1f} {'':10} {each['unit']:6}{'':20} {each['floor']:6} {each['aim']:6}")
        else:
            print(f"{each['name']:26}{each['value']:10.1f} {each['reference']:10.1f} {each['unit']:6}{each['ratio']:6.2f}"
                  f" {each['ratio_min']:6.2f} {each['ratio_max']:6.2f} {each['floor']:6} {each['aim']:6}")
    print("\nprocessor time of a call in microseconds, latencies in milliseconds, memory in MB:")
    for each in results:
        for key, figure in each.get("details", {}).items():
            print(f"  {each['name']:26}{key:26}{figure:10.1f}")
    print()


def options():
    parser = argparse.ArgumentParser(prog="tests/bench/run")
    parser.add_argument("--quick", action="store_true", help="one short round each, and no judgement but that it runs")
    parser.add_argument("--only", metavar="NAME,...", help="of " + ", ".join(BENCHMARKS))
    parser.add_argument("--rounds", type=int, metavar="N", help="at least 5 for a judgement (the default)")
    parser.add_argument("--growth", action="store_true",
                        help="instead: at 1,000,000 businesses, beside itself at 10,000")
    given = parser.parse_args()
    given.names = given.only.split(",") if given.only else list(BENCHMARKS)
    for name in given.names:
        if name not in BENCHMARKS:
            parser.error(f"no such benchmark: {name}")
    given.rounds = given.rounds or (1 if given.quick else 5)
    given.size = Size(seconds=1, rows=4_000, paced_seconds=3, lines=1_000) if given.quick else Size()
    given.sizes = Sizes(small=1_000, large=5_000, step=1_000, seconds=1) if given.quick else Sizes()
    return given


def run_growth(given, world):
    """The same for the growth table."""
    growth = Growth(world, given.sizes)
    try:
        results = [result_of(*each) for each in growth.run(given.rounds)]
    finally:
        world.stop_services()
    passed = sum(is_met or given.quick for _, is_met in results)
    return [result for result, _ in results], passed, len(results) - passed


def run(given, world):
    """All results, and how many of them are as they should be."""
    if given.growth:
        return run_growth(given, world)
    results, passed, failed = [], 0, 0
    for name in given.names:
        entry = BENCHMARKS[name]
        print(f"{name}\n    {'value':>12} {'reference':>12} {'ratio':>8}", flush=True)
        try:
            benchmark = entry.make(world, given.size)
            benchmark.prepare()
            result, is_met = result_of(name, entry, benchmark, run_rounds(benchmark, given.rounds))
            results.append(result)
            passed, failed = passed + (is_met or given.quick), failed + (not is_met and not given.quick)
        except (RuntimeError, OSError) as failure:
            print(f"    failed: {failure}")
            failed += 1
        finally:
            world.stop_services()
    for result, is_met in list(limits_of(results)):
        results.append(result)
        passed, failed = passed + (is_met or given.quick), failed + (not is_met and not given.quick)
    return results, passed, failed


def main():
    given = options()
    with tempfile.TemporaryDirectory(prefix="bangkit-bench.") as folder:
        results, passed, failed = run(given, World(Path(folder)))
    print_table(results)
    lines = [json.dumps(result) for result in results]
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text("".join(line + "\n" for line in lines))
    print("\n".join(lines))
    print(f"\nalso in {RESULTS.relative_to(ROOT)}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
