#!/usr/bin/env python3
"""Audits of whole years, and graphs as one case: fiducia beside the engines that can be had, on the same data, in one run.

usage: python3 benches/audit.py [--cases 1000,10000,100000] [--runs 5] [--skip-build] [--skip-graphs] [--skip-valgrind]

Makes workloads W1 (benches/peers/gen_cases.py, seeded), W1u (W1 with open relations, unknown facts and open numbers) and W2
(gen_graphs.py), builds fiducia and the peers' package, runs every engine found, and CHECKS THAT ALL VERDICTS AGREE before any
figure is printed. Then prints medians and ratios of the same run, the engines taking turns, as the tables of
docs/performance.md. Needs python3 and Rust; clingo (command or module), swipl, clips and valgrind are used where installed.
"""
import argparse, json, os, random, re, shutil, statistics, subprocess, sys, time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
PEERS = os.path.join(HERE, "peers")
DATA = os.path.join(PEERS, "data")
RULES = os.path.join(PEERS, "rules")
FIDUCIA = os.path.join(ROOT, "target/release/fiducia")
ASCENT = os.path.join(PEERS, "target/release/ascent_w1")
GRAPH = os.path.join(PEERS, "target/release/graph")
FLOOR = os.path.join(PEERS, "target/release/floor")
OUT = os.path.join(DATA, "out")
VERDICT = "the duty of _ comes out as _"
sys.path.insert(0, PEERS)


def run(command, stdout=None):
    """Runs a command; gives wall seconds, CPU seconds and peak KiB of the process. OUT among the words is its output file."""
    command = [OUT if word == "OUT" else word for word in command]
    out = open(stdout, "w") if stdout else subprocess.DEVNULL
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 10, 30):
        sys.exit("failed: " + " ".join(command))
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def turns(runs, commands):
    """Each command once a round; medians of wall and CPU, the highest peak."""
    figures = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            figures[name].append(run(command, OUT))
    median = statistics.median
    return {name: (median(w for w, _, _ in all_), median(c for _, c, _ in all_), max(p for _, _, p in all_) / 1024)
            for name, all_ in figures.items()}


def check(condition, message):
    if not condition:
        sys.exit(message + "; no figure is printed")


# ---- workloads -------------------------------------------------------------------------------------------------------

def open_relations():
    """A third of the relations of a case, such that whoever a rule speaks of is named by one that stays closed: an open
    sentence is asked of those, not walked, as an author would write it."""
    import translate
    edb, _, facts, rules, types = translate.load()
    names = [name for name, _ in edb if name != "case"]
    table = {name for name, _ in facts}
    def things(name, args):
        return {a for a, t in zip(args, types[name]) if t == "s" and a != "_" and not a.startswith('"')}
    def asked(chosen):
        for rule in rules:
            body = [(n, a) for sign, n, a in rule.body if sign == "pos"]
            if getattr(rule, "agg_atom", None):
                body.append((rule.agg_atom[1], rule.agg_atom[2]))
            bound = set().union(*[things(n, a) for n, a in body if n not in chosen])
            if any(not things(n, a) <= bound for n, a in body if n in chosen):
                return False
        return True
    chosen = set()
    for name in names:
        if len(chosen) * 3 < len(names) and name not in table and asked(chosen | {name}):
            chosen.add(name)
    return names, chosen


def unknown_rules():
    """W1u: a third of the relations of a case is open, numbers included."""
    names, chosen = open_relations()
    text = open(os.path.join(RULES, "w1.fid")).read()
    head, rest = text.split("facts, false unless stated\n", 1)
    lines, rest = rest.split("\n\n", 1)
    lines = lines.split("\n")
    opened = [line for name, line in zip(names, lines) if name in chosen]
    kept = [line for line in lines if line not in opened]
    text = head + "facts, false unless stated\n" + "\n".join(kept) + "\n\nfacts, unknown unless stated\n" + "\n".join(opened) + "\n\n" + rest
    open(os.path.join(RULES, "w1u.fid"), "w").write(text.replace("bench W1", "bench W1u", 1))


def unknown_cases(folder):
    """A tenth of the facts turned unknown: rows under "unknown", numbers as `null`."""
    chance = random.Random(7)
    with open(os.path.join(folder, "unknown.ndjson"), "w") as out:
        for line in open(os.path.join(folder, "tables.ndjson")):
            case = json.loads(line)
            facts, unknown = {}, {}
            for key, rows in case["facts"].items():
                for row in rows:
                    if chance.random() < 0.1:
                        unknown.setdefault(key, []).append([None if isinstance(cell, int) else cell for cell in row])
                    else:
                        facts.setdefault(key, []).append(row)
            out.write(json.dumps({"case": case["case"], "facts": facts, "unknown": unknown}, separators=(",", ":")) + "\n")


def many_rules():
    """The rules of W1 and nine times as many whose words occur in no case."""
    text = open(os.path.join(RULES, "w1.fid")).read()
    word = lambda n: "".join(chr(ord("a") + int(digit)) for digit in f"{n:03}")
    says = lambda n: f"idles {word(n)} beside" if n < 100 else f"rests {word(n - 100)} beside"
    declared = lambda numbers: "".join(f"\n  - [one: Thing] {says(n)} [other: Thing]" for n in numbers)
    rules = "".join(f'\nrule "idle {n}"\n  if [one] {says(n)} [other]\n  and [other] {says(n % 100)} [one]\n  then [one] {says(n + 100)} [other]\n' for n in range(900))
    text = text.replace("facts, false unless stated", "facts, false unless stated" + declared(range(100)), 1)
    text = text.replace("\nconcepts", "\nconcepts" + declared(range(100, 1000)), 1)
    open(os.path.join(RULES, "w1-many.fid"), "w").write(text + rules)


GRAPH_RULES = '''rulebook "bench W2" version "1"

kind Node

facts, false unless stated
  - [one: Node] leads to [other: Node]

findings
  - [one: Node] %s [other: Node]
%s'''
CLOSURE = GRAPH_RULES % ("reaches", '''
rule "a step"
  if [one] leads to [other]
  then [one] reaches [other]

rule "a way and a step"
  if [one] reaches [way]
  and [way] leads to [other]
  then [one] reaches [other]
''')
GENERATION = GRAPH_RULES % ("is level with", '''
rule "of one parent"
  if [parent] leads to [one]
  and [parent] leads to [other]
  and [one] is not [other]
  then [one] is level with [other]

rule "of parents on one level"
  if [a] is level with [b]
  and [a] leads to [one]
  and [b] leads to [other]
  then [one] is level with [other]
''')


def prepare(counts, build):
    subprocess.check_call([sys.executable, os.path.join(PEERS, "translate.py"), RULES], stdout=subprocess.DEVNULL)
    unknown_rules()
    many_rules()
    for count in counts:
        folder = os.path.join(DATA, str(count))
        if not os.path.exists(os.path.join(folder, "unknown.ndjson")):
            subprocess.check_call([sys.executable, os.path.join(PEERS, "gen_cases.py"), str(count), folder, "--sentences", "--tables"])
            subprocess.check_call([sys.executable, os.path.join(PEERS, "tsv2lp.py"), os.path.join(folder, "tsv"), os.path.join(folder, "facts.lp")])
            unknown_cases(folder)
    graphs = os.path.join(DATA, "graphs")
    if not os.path.exists(os.path.join(graphs, "case.ndjson")):
        subprocess.check_call([sys.executable, os.path.join(PEERS, "gen_graphs.py"), graphs], stdout=subprocess.DEVNULL)
        edges = [line.split() for line in open(os.path.join(graphs, "random", "edge.facts"))]
        rows = [["n" + a, "n" + b] for a, b in edges]
        with open(os.path.join(graphs, "case.ndjson"), "w") as out:
            out.write(json.dumps({"case": "graph", "facts": {"_ leads to _": rows}}, separators=(",", ":")) + "\n")
    open(os.path.join(RULES, "closure.fid"), "w").write(CLOSURE)
    open(os.path.join(RULES, "generation.fid"), "w").write(GENERATION)
    if build:
        subprocess.check_call(["cargo", "build", "--release", "--quiet", "--locked"], cwd=ROOT)
        subprocess.check_call(["cargo", "build", "--release", "--quiet"], cwd=PEERS)


# ---- W1 --------------------------------------------------------------------------------------------------------------

def audit(count, form="tables", rules="w1.fid", threads=1, more=()):
    cases = os.path.join(DATA, str(count), form + ".ndjson")
    return [FIDUCIA, "audit", cases, "--rules", os.path.join(RULES, rules), "--threads", str(threads), "--format", "tsv", *more]


def peers(count):
    """Name to command; each writes its verdicts, one a line, into OUT."""
    folder = os.path.join(DATA, str(count))
    cases, facts = os.path.join(folder, "cases.ndjson"), os.path.join(folder, "facts.lp")
    found = {"Ascent, one batch": [ASCENT, "batch", cases, "OUT"], "Ascent, two halves, 2 threads": [ASCENT, "batch", cases, "OUT", "2"],
             "Ascent, scanner as fiducia's": [ASCENT, "scan", cases, "OUT"], "Ascent, scanner as fiducia's, two halves, 2 threads": [ASCENT, "scan", cases, "OUT", "2"]}
    if count <= 10000:
        try:
            import clingo
            found[f"clingo {clingo.__version__} (module)"] = [sys.executable, os.path.join(PEERS, "clingo_all.py"), os.path.join(RULES, "clingo.lp"), facts, "OUT"]
        except ImportError:
            if shutil.which("clingo"):
                found["clingo (command)"] = ["clingo", "-Wnone", "--outf=0", "-V0", "--out-ifs=\\n", os.path.join(RULES, "clingo.lp"), facts]
        if shutil.which("swipl"):
            found["SWI-Prolog, a case at a time"] = ["swipl", "-O", os.path.join(PEERS, "swi_all.pl"), "--", os.path.join(RULES, "swi.pl"), facts, "OUT", "percase"]
    return found


def verdicts_of(command):
    """The sorted verdicts of a peer: case, duty, status."""
    own = "OUT" in command
    run(command, None if own else OUT)
    lines = [line.rstrip("\n").replace('"', "") for line in open(OUT)]
    atoms = [re.fullmatch(r"verdict\((.*)\)", line) for line in lines]
    if any(atoms):
        return sorted(atom[1].replace(",", "\t") for atom in atoms if atom)
    return sorted(lines)


def verdicts_of_rules(command):
    run(command, OUT)
    rows = [line.rstrip("\n").split("\t") for line in open(OUT)]
    return sorted(f"{row[0]}\t" + row[2].replace(", ", "\t") for row in rows if row[1] == VERDICT)


def verdicts_of_duties(command):
    import translate
    names = translate.duty_names()
    run(command, OUT)
    found = set()
    for line in open(OUT):
        case, what, instance, status = line.rstrip("\n").split("\t")[:4]
        if what == VERDICT:
            found.add(f"{case}\t" + instance.replace(", ", "\t"))
        elif what in names:
            old = names[what][0]
            status = translate.SPECIAL.get((old, status), translate.STATUS.get(status))
            if status:
                found.add(f"{case}\t{old}\t{status}")
    return sorted(found)


def agree(count):
    """Every engine's verdicts, checked against each other."""
    agreed = verdicts_of([ASCENT, "batch", os.path.join(DATA, str(count), "cases.ndjson"), "OUT"])
    for name, command in peers(count).items():
        check(verdicts_of(command) == agreed, f"{count} cases: the verdicts of {name} differ")
    for threads in (1, 2):
        check(verdicts_of_rules(audit(count, threads=threads)) == agreed, f"{count} cases: the verdicts of fiducia with {threads} threads differ")
    check(verdicts_of_rules(audit(count, "sentences")) == agreed, f"{count} cases: the verdicts of fiducia from sentences differ")
    check(verdicts_of_rules(audit(count, rules="w1-many.fid")) == agreed, f"{count} cases: idle rules change verdicts")
    duties = verdicts_of_duties(audit(count, rules="w1-duties.fid", more=["--all"]))
    check(duties == agreed, f"{count} cases: the verdicts of fiducia by duties differ ({len(set(duties) ^ set(agreed))})")
    return len(agreed)


def check_unknown():
    """W1u, which no peer can do, against the slow evaluator of the tests."""
    told = dict(os.environ, FIDUCIA_RULES=os.path.join(RULES, "w1u.fid"), FIDUCIA_LINES=os.path.join(DATA, "1000", "unknown.ndjson"))
    test = ["cargo", "test", "--quiet", "--test", "suite", "--", "--ignored", "told_lines_agree"]
    done = subprocess.run(test, cwd=ROOT, env=told, capture_output=True, text=True)
    check(done.returncode == 0 and "1 passed" in done.stdout, "W1u: the slow evaluator disagrees")


def w1(counts, runs):
    print("\n## W1: many cases\n")
    medians = {}
    for count in counts:
        number = agree(count)
        only = ["--only", VERDICT]
        commands = {
            "fiducia": audit(count), "fiducia, 2 threads": audit(count, threads=2),
            "fiducia, verdicts alone": audit(count, more=only), "fiducia, verdicts alone, 2 threads": audit(count, threads=2, more=only),
            "fiducia, sentences": audit(count, "sentences"),
            "fiducia, full output": [word if word != "tsv" else "ndjson" for word in audit(count)],
            "fiducia, duties": audit(count, rules="w1-duties.fid"), "fiducia, duties, 2 threads": audit(count, rules="w1-duties.fid", threads=2),
            "fiducia, duties, full output": [word if word != "tsv" else "ndjson" for word in audit(count, rules="w1-duties.fid")],
            "fiducia, duties, every violation explained, 2 threads": audit(count, rules="w1-duties.fid", threads=2, more=["--explain", "violated"]),
            "fiducia, 1,000 rules": audit(count, rules="w1-many.fid"),
            "fiducia, W1u": audit(count, "unknown", rules="w1u.fid"),
        }
        if os.path.exists(FLOOR):
            commands["parsing alone (sonic-rs)"] = [FLOOR, "sonic", os.path.join(DATA, str(count), "cases.ndjson")]
        slow = {name: command for name, command in peers(count).items() if not name.startswith("Ascent")}
        commands |= {name: command for name, command in peers(count).items() if name.startswith("Ascent")}
        found = turns(runs, commands) | turns(1, slow)
        medians[count] = found
        base = found["Ascent, one batch"][0]
        print(f"### {count:,} cases, {number:,} verdicts, the same from every engine\n")
        print("| engine | wall s | CPU s | peak MiB | us a case | wall / Ascent batch |\n|---|---|---|---|---|---|")
        for name, (wall, cpu, peak) in sorted(found.items(), key=lambda pair: pair[1][0]):
            print(f"| {name} | {wall:.3f} | {cpu:.3f} | {peak:.0f} | {wall / count * 1e6:.1f} | {wall / base:.2f} |")
        print(flush=True)
    return medians


# ---- W2 --------------------------------------------------------------------------------------------------------------

def w2(runs):
    graphs = os.path.join(DATA, "graphs")
    case, edges = os.path.join(graphs, "case.ndjson"), os.path.join(graphs, "random", "edge.facts")
    print("## W2: one large case\n\n| what | engine | wall s | CPU s | peak MiB | wall / Ascent |\n|---|---|---|---|---|---|")
    ratios = {}
    for what, mode, rules in (("closure", "tc", "closure.fid"), ("same generation", "sg", "generation.fid")):
        command = [FIDUCIA, "audit", case, "--rules", os.path.join(RULES, rules), "--threads", "1", "--format"]
        run(command + ["tsv"], OUT)
        tuples = sum(1 for _ in open(OUT))
        for engine in ("ascent", "datafrog"):
            said = subprocess.run([GRAPH, engine, mode, edges], capture_output=True, text=True).stdout.split()
            check(said[2] == str(tuples), f"{what}: fiducia finds {tuples} pairs, {engine} {said[2]}")
        found = turns(runs, {"fiducia": command + ["summary"], "Ascent": [GRAPH, "ascent", mode, edges], "datafrog": [GRAPH, "datafrog", mode, edges]})
        for name, (wall, cpu, peak) in found.items():
            print(f"| {what}, {tuples:,} pairs | {name} | {wall:.3f} | {cpu:.3f} | {peak:.0f} | {wall / found['Ascent'][0]:.2f} |")
        ratios[what] = found["fiducia"][0] / found["Ascent"][0]
    print(flush=True)
    return ratios


# ---- what does not depend on the clock -------------------------------------------------------------------------------

def steady(rules="w1.fid", more=()):
    """Heap allocations and instructions a case in the steady state: 1,000 cases after the first 1,000."""
    folder = os.path.join(DATA, "1000")
    lines = open(os.path.join(folder, "tables.ndjson")).readlines()
    figures = []
    for times in (2, 3):
        path = os.path.join(DATA, f"steady{times}.ndjson")
        open(path, "w").writelines(lines[:500] * times)
        command = [FIDUCIA, "audit", path, "--rules", os.path.join(RULES, rules), "--threads", "1", "--format", "tsv", *more]
        memory = subprocess.run(["valgrind", "--tool=memcheck", *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True).stderr
        allocations = int(re.search(r"total heap usage: ([\d,]+) allocs", memory)[1].replace(",", ""))
        counted = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True).stderr
        figures.append((allocations, int(re.search(r"refs:\s+([\d,]+)", counted)[1].replace(",", ""))))
    (a, i), (b, j) = figures
    return (b - a) / 500, (j - i) / 500


# ---- the table -------------------------------------------------------------------------------------------------------

def table(found, graphs, counts, steadily):
    rows = []
    def row(what, least, aim, value, below=True):
        if value is not None:
            met = value <= aim if below else value >= aim
            least_met = value <= least if below else value >= least
            rows.append(f"| {what} | {least:g} | {aim:g} | {value:.2f} | {'aim' if met else 'yes' if least_met else 'no'} |")
    def ratio(count, one, other, part=0):
        if count in found and one in found[count] and other in found[count]:
            return found[count][one][part] / found[count][other][part]
    def named(count, start):
        return next((name for name in found.get(count, {}) if name.startswith(start)), "")
    small, large = 10000, 100000
    A = "Ascent, one batch"
    for name in ("fiducia", "fiducia, verdicts alone", "fiducia, duties"):
        what = {"fiducia": "w1.fid", "fiducia, verdicts alone": "w1.fid, what the peers print", "fiducia, duties": "w1-duties.fid"}[name]
        row(f"{what}, 10,000 cases, 1 thread: wall / Ascent batch", 1.2, 0.5, ratio(small, name, A))
        row(f"{what}, 100,000 cases, 1 thread: wall / Ascent batch", 0.8, 0.3, ratio(large, name, A))
        row(f"{what}, 100,000 cases, 2 threads: wall / Ascent batch, 1 thread", 0.5, 0.18, ratio(large, name + ", 2 threads", A))
    S = "Ascent, scanner as fiducia's"
    V = "fiducia, verdicts alone"
    row("like for like (one scanner, the same lines written), 10,000, 1 thread: wall / Ascent batch", 1.3, 0.6, ratio(small, V, S))
    row("like for like, 100,000, 1 thread: wall / Ascent batch", 1.0, 0.45, ratio(large, V, S))
    row("like for like, 100,000, 2 threads: wall / Ascent in two halves", 0.8, 0.33, ratio(large, V + ", 2 threads", S + ", two halves, 2 threads"))
    row("full output, 100,000 cases, 1 thread: wall / Ascent batch", 0.8, 0.3, ratio(large, "fiducia, full output", A))
    row("duties, 100,000 cases, 2 threads, every violation explained in text: wall / Ascent batch, 1 thread", 0.6, 0.22, ratio(large, "fiducia, duties, every violation explained, 2 threads", A))
    row(f"10,000 cases, 1 thread: wall / {named(small, 'clingo')}", 0.07, 0.025, ratio(small, "fiducia", named(small, "clingo")))
    row("10,000 cases, 1 thread: wall / SWI-Prolog a case at a time", 0.05, 0.02, ratio(small, "fiducia", named(small, "SWI")))
    row("100,000 cases, 1 thread: CPU / parsing alone (sonic-rs borrowed)", 3.5, 1.4, ratio(large, "fiducia", "parsing alone (sonic-rs)", 1))
    row("100,000 cases: wall with 1 thread / with 2", 1.6, 1.9, ratio(large, "fiducia", "fiducia, 2 threads"), below=False)
    if large in found:
        row("peak memory, 100,000 cases, 2 threads, MiB", 64, 24, found[large]["fiducia, 2 threads"][2])
    if small in found and large in found:
        import math
        row("exponent 10,000 to 100,000 cases", 1.05, 1.0, math.log10(found[large]["fiducia"][0] / found[small]["fiducia"][0]))
    row("1,000 rules of which the same 100 are active / 100 rules, 10,000 cases", 2, 1.3, ratio(small, "fiducia, 1,000 rules", "fiducia"))
    row("W1u / W1, 10,000 cases, 1 thread", 4, 2, ratio(small, "fiducia, W1u", "fiducia"))
    if graphs:
        row("W2 closure, 1 thread: wall / Ascent", 1.5, 0.65, graphs["closure"])
        row("W2 same generation, 1 thread: wall / Ascent", 1.5, 0.8, graphs["same generation"])
    if steadily:
        row("heap allocations a case in the steady state", 10, 0, steadily["w1.fid"][0])
        row("the same, by duties", 10, 0, steadily["w1-duties.fid"][0])
    print("## Against what was set\n\n| what | at least | aim | here | reached |\n|---|---|---|---|---|")
    print("\n".join(rows))
    for rules, (_, instructions) in (steadily or {}).items():
        print(f"\nInstructions a case in the steady state, {rules}: {instructions:,.0f}.")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--cases", default="1000,10000,100000")
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--skip-build", action="store_true")
    arguments.add_argument("--skip-graphs", action="store_true")
    arguments.add_argument("--skip-valgrind", action="store_true")
    arguments = arguments.parse_args()
    counts = [int(count) for count in arguments.cases.split(",")]
    prepare(sorted({*counts, 1000}), not arguments.skip_build)
    if not arguments.skip_build:
        check_unknown()
    found = w1(counts, arguments.runs)
    graphs = None if arguments.skip_graphs else w2(arguments.runs)
    steadily = None
    if shutil.which("valgrind") and not arguments.skip_valgrind:
        steadily = {rules: steady(rules) for rules in ("w1.fid", "w1-duties.fid")}
    table(found, graphs, counts, steadily)


if __name__ == "__main__":
    main()
