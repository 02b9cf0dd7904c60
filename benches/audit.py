#!/usr/bin/env python3
"""Audits of whole years: fiducia beside the engines that can be had, on the same cases, in one run.

usage: python3 benches/audit.py [--cases 1000,10000,100000] [--runs 5] [--quick]

Makes workload W1 (benches/peers/gen_cases.py, seeded), builds fiducia and the peers' package, runs every engine found, and
CHECKS THAT ALL VERDICTS AGREE before any figure is printed. Then prints medians and ratios as a table. Needs python3 and Rust;
clingo (the module), and the commands swipl and clips are used where they are installed.
"""
import argparse, os, resource, shutil, statistics, subprocess, sys, time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
PEERS = os.path.join(HERE, "peers")
DATA = os.path.join(PEERS, "data")
RULES = os.path.join(PEERS, "rules")


def run(command, stdout=None):
    """Runs a command; gives wall seconds, CPU seconds and peak KiB of the process."""
    start = time.perf_counter()
    out = open(stdout, "w") if stdout else subprocess.DEVNULL
    process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) not in (0, 10, 30):
        sys.exit("failed: " + " ".join(command))
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def prepare(counts):
    subprocess.check_call([sys.executable, os.path.join(PEERS, "translate.py"), RULES], stdout=subprocess.DEVNULL)
    for count in counts:
        folder = os.path.join(DATA, str(count))
        if not os.path.exists(os.path.join(folder, "tables.ndjson")):
            subprocess.check_call([sys.executable, os.path.join(PEERS, "gen_cases.py"), str(count), folder, "--sentences", "--tables"])
            subprocess.check_call([sys.executable, os.path.join(PEERS, "tsv2lp.py"), os.path.join(folder, "tsv"), os.path.join(folder, "facts.lp")])
    subprocess.check_call(["cargo", "build", "--release", "--quiet"], cwd=ROOT)
    subprocess.check_call(["cargo", "build", "--release", "--quiet"], cwd=PEERS)


def engines(count):
    """Name, command (with OUT for its output), and how its output becomes sorted verdict lines."""
    folder = os.path.join(DATA, str(count))
    fiducia = os.path.join(ROOT, "target/release/fiducia")
    w1 = os.path.join(RULES, "w1.fid")
    only = "the duty of _ comes out as _"
    found = []
    for threads in (1, 2):
        found.append((f"fiducia, {threads} thread" + "s" * (threads > 1),
                      [fiducia, "audit", os.path.join(folder, "tables.ndjson"), "--rules", w1, "--threads", str(threads), "--format", "tsv"],
                      lambda lines: [f"{c}\t" + i.replace(", ", "\t") for c, w, i, s in (l.split("\t") for l in lines) if w == only]))
    found.append(("fiducia, 1 thread, sentences",
                  [fiducia, "audit", os.path.join(folder, "sentences.ndjson"), "--rules", w1, "--threads", "1", "--format", "tsv"], found[0][2]))
    ascent = os.path.join(PEERS, "target/release/ascent_w1")
    if os.path.exists(ascent):
        found.append(("Ascent, one batch, 1 thread", [ascent, "batch", os.path.join(folder, "cases.ndjson"), "OUT"], None))
        found.append(("Ascent, two halves, 2 threads", [ascent, "batch", os.path.join(folder, "cases.ndjson"), "OUT", "2"], None))
    if count <= 10000:
        try:
            import clingo  # noqa: F401
            found.append(("clingo (module)", [sys.executable, os.path.join(PEERS, "clingo_all.py"), os.path.join(RULES, "clingo.lp"), os.path.join(folder, "facts.lp"), "OUT"], None))
        except ImportError:
            pass
        if shutil.which("swipl"):
            found.append(("SWI-Prolog, a case at a time", ["swipl", "-O", os.path.join(PEERS, "swi_all.pl"), "--", os.path.join(RULES, "swi.pl"), os.path.join(folder, "facts.lp"), "OUT", "percase"], None))
    floor = os.path.join(PEERS, "target/release/floor")
    if os.path.exists(floor):
        found.append(("parsing alone (sonic-rs)", [floor, "sonic", os.path.join(folder, "cases.ndjson")], "none"))
    return found


def verdicts(name, command, shape, out):
    if "OUT" in command:
        run([out if word == "OUT" else word for word in command])
    else:
        run(command, out)
    lines = [line.rstrip("\n").replace('"', "") for line in open(out)]
    return sorted(shape(lines) if shape else lines)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--cases", default="1000,10000,100000")
    arguments.add_argument("--runs", type=int, default=5)
    arguments = arguments.parse_args()
    counts = [int(count) for count in arguments.cases.split(",")]
    prepare(counts)
    for count in counts:
        found = engines(count)
        out = os.path.join(DATA, "out")
        agreed = None
        for name, command, shape in found:
            if shape == "none":
                continue
            lines = verdicts(name, command, shape, out)
            if agreed is None:
                agreed = lines
            elif lines != agreed:
                sys.exit(f"{count} cases: the verdicts of {name} differ; no figure is printed")
        print(f"\n{count} cases, {len(agreed)} verdicts, the same from every engine\n")
        print("| engine | wall s | CPU s | peak MiB | us a case | wall / Ascent batch |")
        print("|---|---|---|---|---|---|")
        figures = {name: [] for name, _, _ in found}
        for _ in range(arguments.runs):
            for name, command, shape in found:
                if "OUT" in command:
                    figures[name].append(run([out if word == "OUT" else word for word in command]))
                else:
                    figures[name].append(run(command, out))
        base = statistics.median(wall for wall, _, _ in figures.get("Ascent, one batch, 1 thread", [(float("nan"), 0, 0)]))
        for name, _, _ in found:
            wall, cpu, peak = (statistics.median(column) for column in zip(*figures[name]))
            print(f"| {name} | {wall:.3f} | {cpu:.3f} | {peak / 1024:.0f} | {wall / count * 1e6:.1f} | {wall / base:.2f} |")


if __name__ == "__main__":
    main()
