#!/usr/bin/env python3
"""Audits of whole years, and graphs as one case: fiducia beside the engines that can be had, on the same data, in one run.

usage: python3 benches/audit.py [--cases 1000,10000,100000] [--runs 5] [--million] [--write] [--skip-build]

Makes workloads W1 (benches/peers/gen_cases.py, seeded), W1u (W1 with open relations, unknown facts and open numbers), W2
(gen_graphs.py) and W3 (one case of W1 in a cold process), builds fiducia and the peers' package, runs every engine found, and
CHECKS THAT ALL VERDICTS AGREE before any figure is printed. Then prints medians and ratios of the same run, the engines taking
turns. --write puts what was printed into docs/performance.md; --million also audits 1,000,000 cases and holds every verdict
against Ascent's. Needs python3 and Rust. clingo for Python is put into a folder of its own where it can be had (else the command
`clingo` is taken); swipl and clips are run where installed.
"""
import argparse, collections, json, math, os, random, re, shutil, statistics, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
PEERS = os.path.join(HERE, "peers")
DATA = os.path.join(PEERS, "data")
RULES = os.path.join(PEERS, "rules")
BUILT = os.path.join(PEERS, "target/release")
FIDUCIA = os.environ.get("FIDUCIA", os.path.join(ROOT, "target/release/fiducia"))
ASCENT, GRAPH, FLOOR, MEASURE = (os.path.join(BUILT, name) for name in ("ascent_w1", "graph", "floor", "measure"))
OUT = os.path.join(DATA, "out")
PAGE = os.path.join(ROOT, "docs/performance.md")
BEGIN, END = "<!-- printed by benches/audit.py: from here -->", "<!-- printed by benches/audit.py: to here -->"
VERDICT = "the duty of _ comes out as _"
SMALL, LARGE = 10000, 100000
BATCH = "Ascent, one batch"
sys.path.insert(0, PEERS)
printed = []


def say(text=""):
    printed.append(text)
    print(text, flush=True)


def note(text):
    """How far it has come, for whoever waits."""
    print(text, file=sys.stderr, flush=True)


def run(command, out=OUT):
    """Runs a command; gives wall seconds, CPU seconds and peak MiB of its process. OUT among the words is its output file."""
    own = "OUT" in command or command[0] == "clips"
    command = [OUT if word == "OUT" else word for word in command]
    said = subprocess.check_output([MEASURE, "/dev/null" if own else out, *command], cwd=DATA, text=True).split()
    if int(said[3]) not in (0, 10, 30):
        sys.exit("failed: " + " ".join(command))
    return float(said[0]), float(said[1]), int(said[2]) / 1024


# Medians of wall and CPU seconds, the highest peak, and what each round came to.
Figures = collections.namedtuple("Figures", "wall cpu peak rounds")


def turns(runs, commands):
    """Each command once a round, in another order each time."""
    figures = {name: [] for name in commands}
    for number in range(runs):
        note(f"  round {number + 1} of {runs}")
        order = list(commands.items())
        random.Random(number).shuffle(order)
        for name, command in order:
            figures[name].append(run(command))
    median = statistics.median
    return {name: Figures(median(w for w, _, _ in all_), median(c for _, c, _ in all_), max(p for _, _, p in all_), all_) for name, all_ in figures.items()}


def against(one, other, part=0):
    """What one takes of the other's seconds (wall, or CPU with part 1): the median over the rounds, since what slows a machine slows all
    of a round alike; of the medians, where one ran in fewer rounds."""
    if len(one.rounds) != len(other.rounds):
        return one[part] / other[part]
    return statistics.median(own[part] / its[part] for own, its in zip(one.rounds, other.rounds))


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


def many_cases(count, folder, *forms):
    if not os.path.exists(os.path.join(folder, "made")):
        note(f"making {count:,} cases")
        subprocess.check_call([sys.executable, os.path.join(PEERS, "gen_cases.py"), str(count), folder, *forms], stdout=subprocess.DEVNULL)
        open(os.path.join(folder, "made"), "w").close()


def prepare(counts, build):
    os.makedirs(DATA, exist_ok=True)
    subprocess.check_call([sys.executable, os.path.join(PEERS, "translate.py"), RULES], stdout=subprocess.DEVNULL)
    unknown_rules()
    many_rules()
    for count in counts:
        folder = os.path.join(DATA, str(count))
        many_cases(count, folder, "--sentences", "--tables")
        if count <= SMALL:
            for script, name in (("tsv2lp.py", "facts.lp"), ("tsv2clips.py", "facts.clips")):
                subprocess.check_call([sys.executable, os.path.join(PEERS, script), os.path.join(folder, "tsv"), os.path.join(folder, name)])
            with open(os.path.join(folder, "clips.bat"), "w") as bat:
                bat.write(open(os.path.join(PEERS, "clips_all.bat")).read().replace("rules/", RULES + "/").replace("facts.clips", folder + "/facts.clips").replace("clips.out", OUT))
            unknown_cases(folder)
    graphs = os.path.join(DATA, "graphs")
    subprocess.check_call([sys.executable, os.path.join(PEERS, "gen_graphs.py"), graphs], stdout=subprocess.DEVNULL)
    edges = [line.split() for line in open(os.path.join(graphs, "random", "edge.facts"))]
    rows = [["n" + a, "n" + b] for a, b in edges]
    with open(os.path.join(graphs, "case.ndjson"), "w") as out:
        out.write(json.dumps({"case": "graph", "facts": {"_ leads to _": rows}}, separators=(",", ":")) + "\n")
    open(os.path.join(RULES, "closure.fid"), "w").write(CLOSURE)
    open(os.path.join(RULES, "generation.fid"), "w").write(GENERATION)
    one_case()
    if build:
        note("building fiducia and the peers")
        subprocess.check_call(["cargo", "build", "--release", "--quiet", "--locked"], cwd=ROOT)
        subprocess.check_call(["cargo", "build", "--release", "--quiet", "--locked"], cwd=PEERS)


def one_case():
    """W3: case c252 of W1, alone, as a person writes it."""
    folder = os.path.join(DATA, "one")
    many_cases(253, folder, "--no-tsv", "--tables", "--fid", "253")
    text = open(os.path.join(folder, "cases.fid")).read()
    open(os.path.join(folder, "c252.fid"), "w").write(text[text.index('case "c252"'):])
    open(os.path.join(folder, "c252.ndjson"), "w").write(open(os.path.join(folder, "tables.ndjson")).readlines()[252])
    shutil.copy(os.path.join(PEERS, "one", "c252.lp"), folder)


def clingo_python():
    """A Python that has clingo's module, in an environment of its own; none where it cannot be had."""
    folder = os.path.join(DATA, "environment")
    python = os.path.join(folder, "bin/python")
    try:
        if not os.path.exists(python):
            subprocess.check_call([sys.executable, "-m", "venv", folder])
            subprocess.check_call([python, "-m", "pip", "install", "--quiet", "clingo"], stderr=subprocess.DEVNULL)
        return python, subprocess.check_output([python, "-c", "import clingo; print(clingo.__version__)"], text=True).strip()
    except (subprocess.CalledProcessError, OSError):
        return None


# ---- W1 --------------------------------------------------------------------------------------------------------------

def audit(count, form="tables", rules="w1.fid", threads=1, more=(), write="tsv"):
    cases = os.path.join(DATA, str(count), form + ".ndjson")
    return [FIDUCIA, "audit", cases, "--rules", os.path.join(RULES, rules), "--threads", str(threads), "--format", write, *more]


def ascents(count):
    cases = os.path.join(DATA, str(count), "cases.ndjson")
    return {BATCH: [ASCENT, "batch", cases, "OUT"], "Ascent, two halves, 2 threads": [ASCENT, "batch", cases, "OUT", "2"],
            "Ascent, a quick scanner": [ASCENT, "scan", cases, "OUT"], "Ascent, a quick scanner, two halves, 2 threads": [ASCENT, "scan", cases, "OUT", "2"]}


def slow_peers(count):
    """Name to command; each writes its verdicts, one a line, into OUT. They keep every case at once: 10,000 are enough."""
    folder, found = os.path.join(DATA, str(count)), {}
    if count > SMALL:
        return found
    facts = os.path.join(folder, "facts.lp")
    python = clingo_python()
    if python:
        found[f"clingo {python[1]} (module)"] = [python[0], os.path.join(PEERS, "clingo_all.py"), os.path.join(RULES, "clingo.lp"), facts, "OUT"]
    elif shutil.which("clingo"):
        found["clingo (command)"] = ["clingo", "-Wnone", "--outf=0", "-V0", "--out-ifs=\\n", os.path.join(RULES, "clingo.lp"), facts]
    if shutil.which("swipl"):
        found["SWI-Prolog, a case at a time"] = ["swipl", "-O", os.path.join(PEERS, "swi_all.pl"), "--", os.path.join(RULES, "swi.pl"), facts, "OUT", "percase"]
    if shutil.which("clips"):
        found["CLIPS"] = ["clips", "-f", os.path.join(folder, "clips.bat")]
    return found


def verdicts_of(command):
    """The sorted verdicts of a peer: case, duty, status."""
    run(command)
    lines = [line.rstrip("\r\n").replace('"', "") for line in open(OUT)]
    atoms = [re.fullmatch(r"verdict\((.*)\)", line) for line in lines] if lines[0].startswith("verdict") else []
    if atoms:
        return sorted(atom[1].replace(",", "\t") for atom in atoms if atom)
    return sorted(lines)


def of_rules():
    """The verdicts in OUT, where they are findings."""
    rows = (line.rstrip("\n").split("\t") for line in open(OUT))
    return sorted(f"{row[0]}\t" + row[2].replace(", ", "\t") for row in rows if row[1] == VERDICT)


def of_findings_in_full():
    found, says = [], re.compile(r"the duty of (\S+) comes out as (\S+)")
    for line in open(OUT):
        line = json.loads(line)
        for finding in line["findings"]:
            verdict = says.fullmatch(finding["sentence"])
            if verdict and finding["truth"] == "true":
                found.append(f"{line['case']}\t{verdict[1]}\t{verdict[2]}")
    return sorted(found)


class Duties:
    """W1 has one verdict on a duty of a case: the worst of its instances."""
    ORDER = ["upheld", "excused", "violated"]

    def __init__(self):
        import translate
        self.translate, self.names, self.found = translate, translate.duty_names(), {}

    def verdict(self, case, duty, status):
        self.found[case, duty] = status

    def instance(self, case, duty, status):
        old = self.names[duty][0]
        status = self.translate.SPECIAL.get((old, status), self.translate.STATUS.get(status))
        if status and self.ORDER.index(status) >= self.ORDER.index(self.found.get((case, old), "upheld")):
            self.found[case, old] = status

    def sorted(self):
        return sorted("\t".join([*key, status]) for key, status in self.found.items())


def of_duties():
    duties = Duties()
    for line in open(OUT):
        case, what, instance, status = line.rstrip("\n").split("\t")[:4]
        if what == VERDICT:
            duties.verdict(case, *instance.split(", "))
        elif what in duties.names:
            duties.instance(case, what, status)
    return duties.sorted()


def of_duties_in_full():
    duties, says = Duties(), re.compile(r"the duty of (\S+) comes out as (\S+)")
    for line in open(OUT):
        line = json.loads(line)
        for finding in line["findings"]:
            verdict = says.fullmatch(finding["sentence"])
            if verdict:
                duties.verdict(line["case"], verdict[1], verdict[2])
        for duty in line["duties"]:
            duties.instance(line["case"], duty["duty"], " or ".join(duty["statuses"]))
    return duties.sorted()


def agree(count):
    """Every engine's verdicts, checked against each other, in every form in which a time is taken."""
    note(f"{count:,} cases: do all engines agree?")
    agreed = verdicts_of([ASCENT, "batch", os.path.join(DATA, str(count), "cases.ndjson"), "OUT"])
    for name, command in (ascents(count) | slow_peers(count)).items():
        check(verdicts_of(command) == agreed, f"{count} cases: the verdicts of {name} differ")
    ours = {
        "rules": (audit(count), of_rules), "rules, 2 threads": (audit(count, threads=2), of_rules),
        "verdicts alone": (audit(count, more=["--only", VERDICT]), of_rules),
        "sentences": (audit(count, "sentences"), of_rules), "1,000 rules": (audit(count, rules="w1-many.fid"), of_rules),
        "every verdict explained": (audit(count, threads=2, more=["--only", VERDICT, "--explain", "all"]), of_rules),
        "full output": (audit(count, write="ndjson"), of_findings_in_full),
        # The peers tell also of duties on which nothing stated bears.
        "duties": (audit(count, rules="w1-duties.fid", more=["--all"]), of_duties),
        "duties, 2 threads": (audit(count, rules="w1-duties.fid", threads=2, more=["--all"]), of_duties),
        "duties, violations explained": (audit(count, rules="w1-duties.fid", threads=2, more=["--all", "--explain", "violated"]), of_duties),
        "duties, full output": (audit(count, rules="w1-duties.fid", write="ndjson", more=["--all"]), of_duties_in_full),
    }
    for name, (command, read) in ours.items():
        run(command)
        found = read()
        check(found == agreed, f"{count} cases: the verdicts of fiducia ({name}) differ in {len(set(found) ^ set(agreed))}")
    return len(agreed)


def told(test, rules, lines):
    """Runs a test that is told which rules and lines to try."""
    names = dict(os.environ, FIDUCIA_RULES=os.path.join(RULES, rules), FIDUCIA_LINES=lines)
    command = ["cargo", "test", "--quiet", "--locked", "--test", test[0], "--", "--ignored", "--nocapture", test[1]]
    done = subprocess.run(command, cwd=ROOT, env=names, capture_output=True, text=True)
    check(done.returncode == 0 and "1 passed" in done.stdout, f"{test[1]} with {rules} fails: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def w1(counts, runs):
    say("\n## W1: many cases\n")
    medians = {}
    for count in counts:
        number = agree(count)
        only, duties = ["--only", VERDICT], "w1-duties.fid"
        commands = ascents(count) | {
            "fiducia": audit(count), "fiducia, 2 threads": audit(count, threads=2),
            "fiducia, full output": audit(count, write="ndjson"), "fiducia, full output, 2 threads": audit(count, threads=2, write="ndjson"),
            "fiducia, duties": audit(count, rules=duties), "fiducia, duties, 2 threads": audit(count, rules=duties, threads=2),
            "fiducia, duties, full output": audit(count, rules=duties, write="ndjson"),
            "fiducia, duties, full output, 2 threads": audit(count, rules=duties, threads=2, write="ndjson"),
            "fiducia, verdicts alone": audit(count, more=only), "fiducia, verdicts alone, 2 threads": audit(count, threads=2, more=only),
            "fiducia, verdicts alone, each explained, 2 threads": audit(count, threads=2, more=[*only, "--explain", "all"]),
            "fiducia, duties, every violation explained, 2 threads": audit(count, rules=duties, threads=2, more=["--explain", "violated"]),
            "fiducia, duties, full output, every violation explained, 2 threads": audit(count, rules=duties, threads=2, more=["--explain", "violated"], write="ndjson"),
            "fiducia, sentences": audit(count, "sentences"), "fiducia, 1,000 rules": audit(count, rules="w1-many.fid"),
            "parsing alone (sonic-rs)": [FLOOR, "sonic", os.path.join(DATA, str(count), "cases.ndjson")],
        }
        if count <= SMALL:
            commands["fiducia, W1u"] = audit(count, "unknown", rules="w1u.fid")
        # Other work on a shared machine disturbs single runs by a third; many rounds leave a middle that it does not reach.
        found = turns(runs * 3, commands) | turns(1, slow_peers(count))
        medians[count] = found
        base = found[BATCH]
        say(f"### {count:,} cases, {number:,} verdicts, the same from every engine\n")
        say("| engine | wall s | CPU s | peak MiB | us a case | wall / Ascent batch |\n|---|---|---|---|---|---|")
        for name, own in sorted(found.items(), key=lambda pair: pair[1].wall):
            say(f"| {name} | {own.wall:.3f} | {own.cpu:.3f} | {own.peak:.0f} | {own.wall / count * 1e6:.1f} | {against(own, base):.2f} |")
        say()
    if LARGE in counts:
        say("clingo, SWI-Prolog and CLIPS were run at 1,000 and 10,000 cases only, once each: they keep every case at once, 0.2 to 10 GiB at 100,000.\n")
    return medians


# ---- W2 --------------------------------------------------------------------------------------------------------------

def mark(x, y, mask=(1 << 64) - 1):
    """The same as in graph.rs."""
    key = ((x << 32 | y) + 1) * 0x9E3779B97F4A7C15 & mask
    return (key ^ key >> 29) * 0xBF58476D1CE4E5B9 & mask


def w2(runs):
    graphs = os.path.join(DATA, "graphs")
    case, edges = os.path.join(graphs, "case.ndjson"), os.path.join(graphs, "random", "edge.facts")
    rows, ratios = [], {}
    for what, mode, rules in (("closure", "tc", "closure.fid"), ("same generation", "sg", "generation.fid")):
        note(f"W2, {what}: do all engines agree?")
        command = [FIDUCIA, "audit", case, "--rules", os.path.join(RULES, rules), "--threads", "1", "--format"]
        run(command + ["tsv"])
        pairs = (line.split("\t")[2].split(", ") for line in open(OUT))
        number, sums = 0, 0
        for x, y in pairs:
            number, sums = number + 1, sums + mark(int(x[1:]), int(y[1:]))
        for engine in ("ascent", "datafrog"):
            said = subprocess.check_output([GRAPH, engine, mode, edges, "check"], text=True).split()
            check((said[2], said[4]) == (str(number), str(sums % 2**64)), f"{what}: fiducia finds {number} pairs, {engine} {said[2]}, or others")
        found = turns(runs, {"fiducia": command + ["summary"], "Ascent": [GRAPH, "ascent", mode, edges], "datafrog": [GRAPH, "datafrog", mode, edges]})
        for name, own in found.items():
            rows.append(f"| {what}, {number:,} pairs | {name} | {own.wall:.3f} | {own.cpu:.3f} | {own.peak:.0f} | {against(own, found['Ascent']):.2f} |")
        ratios[what] = against(found["fiducia"], found["Ascent"])
    say("## W2: one large case, the same pairs from every engine\n\n| what | engine | wall s | CPU s | peak MiB | wall / Ascent |\n|---|---|---|---|---|---|")
    say("\n".join(rows) + "\n")
    return ratios


# ---- W3 --------------------------------------------------------------------------------------------------------------

def w3(runs):
    """A cold process that judges one case and explains it, and clingo's command, which explains nothing."""
    if not shutil.which("clingo"):
        say("W3 was left out: there is no command `clingo`.\n")
        return None
    folder = os.path.join(DATA, "one")
    theirs = ["clingo", "-Wnone", "--outf=0", "-V0", "--out-ifs=\\n", os.path.join(RULES, "clingo.lp"), os.path.join(folder, "c252.lp")]
    agreed = verdicts_of(theirs)
    run([FIDUCIA, "audit", os.path.join(folder, "c252.ndjson"), "--rules", os.path.join(RULES, "w1.fid"), "--format", "tsv"])
    check(of_rules() == agreed, "W3: the verdicts differ")
    commands = {"clingo's command, no explanation": theirs}
    for rules in ("w1.fid", "w1-duties.fid"):
        commands[f"fiducia judge, explained, {rules}"] = [FIDUCIA, "judge", os.path.join(folder, "c252.fid"), "--rules", os.path.join(RULES, rules)]
    run(commands["fiducia judge, explained, w1.fid"])
    report = open(OUT).read()
    for verdict in agreed:
        duty, status = verdict.split("\t")[1:]
        check(f"the duty of {duty} comes out as {status}" in " ".join(report.split()), f"W3: the report does not say that {duty} comes out as {status}")
    found = turns(max(runs, 5) * 5, commands)
    base = found["clingo's command, no explanation"]
    say("## W3: one case, a cold process\n\n| what | wall ms | CPU ms | peak MiB | wall / clingo |\n|---|---|---|---|---|")
    for name, own in found.items():
        say(f"| {name} | {own.wall * 1e3:.1f} | {own.cpu * 1e3:.1f} | {own.peak:.0f} | {against(own, base):.2f} |")
    say()
    return {rules: against(found[f"fiducia judge, explained, {rules}"], base) for rules in ("w1.fid", "w1-duties.fid")}


# ---- what reasons cost, and what does not depend on the clock --------------------------------------------------------

def reasons(runs):
    """Wall with the reasons kept / without, by workload."""
    note("what it costs to keep reasons")
    tables = os.path.join(DATA, str(SMALL), "tables.ndjson")
    graph = os.path.join(DATA, "graphs", "case.ndjson")
    ratios = {}
    say("## Reasons kept, and not\n\n| what | kept, s | not kept, s | ratio |\n|---|---|---|---|")
    for what, rules, lines in (("w1.fid", "w1.fid", tables), ("w1-duties.fid", "w1-duties.fid", tables), ("closure", "closure.fid", graph), ("same generation", "generation.fid", graph)):
        rounds = runs * 5 if lines == tables else runs
        command = ["cargo", "bench", "--quiet", "--locked", "--bench", "reasons", "--", os.path.join(RULES, rules), lines, str(rounds)]
        kept, not_kept, ratio = (float(word) for word in subprocess.check_output(command, cwd=ROOT, text=True, env=dict(os.environ, CARGO_PROFILE_BENCH_DEBUG="0")).split()[-3:])
        ratios[what] = ratio
        say(f"| {what} | {kept:.3f} | {not_kept:.3f} | {ratio:.2f} |")
    say()
    return ratios


def allocations(rules):
    said = told(("allocations", "told_lines"), rules, os.path.join(DATA, "1000", "tables.ndjson"))
    return float(re.search(r"([\d.]+) allocations a case", said)[1])


# ---- a million -------------------------------------------------------------------------------------------------------

def million():
    """1,000,000 cases, 2 threads: the peak, and every verdict beside Ascent's in batches of 100,000."""
    count = 1000000
    folder = os.path.join(DATA, str(count))
    many_cases(count, folder, "--no-tsv", "--tables")
    note("1,000,000 cases: judged, and held against Ascent's in batches")
    wall, cpu, peak = run(audit(count, threads=2, more=["--only", VERDICT]))
    ours = open(OUT + "-million", "w+")
    shutil.copyfile(OUT, ours.name)
    piece, verdicts, cases, row = os.path.join(DATA, "piece.ndjson"), 0, open(os.path.join(folder, "cases.ndjson")), ours.readline()
    for first in range(0, count, LARGE):
        with open(piece, "w") as out:
            for _ in range(LARGE):
                out.write(cases.readline())
        agreed, found = verdicts_of([ASCENT, "batch", piece, "OUT"]), []
        while row and int(row[1:row.index("\t")]) < first + LARGE:
            cells = row.rstrip("\n").split("\t")
            found.append(f"{cells[0]}\t" + cells[2].replace(", ", "\t"))
            row = ours.readline()
        check(sorted(found) == agreed, f"cases {first} to {first + LARGE}: the verdicts differ from Ascent's")
        verdicts += len(agreed)
    summary = os.path.join(DATA, "summary")
    peaks = [run(audit(count, rules=rules, threads=2, write=write, more=["--summary", summary]), "/dev/null")[2]
             for rules, write in (("w1.fid", "ndjson"), ("w1-duties.fid", "ndjson"))]
    first = open(summary).readline()
    check(f"{count} cases judged" in first.replace(",", "") or f"{count:,} cases judged" in first, f"the summary says: {first}")
    say(f"## 1,000,000 cases\n\n{verdicts:,} verdicts, each of them Ascent's (in batches of 100,000). 2 threads: {wall:.1f} s, {cpu:.1f} s of CPU, peak {peak:.0f} MiB;"
        f" with the full output {peaks[0]:.0f} MiB, by duties {peaks[1]:.0f} MiB.\n")
    os.remove(OUT + "-million")
    return max(peak, *peaks)


# ---- the table -------------------------------------------------------------------------------------------------------

VARIANTS = {"w1.fid, tsv": "fiducia", "w1-duties.fid, tsv": "fiducia, duties", "w1.fid, full": "fiducia, full output", "w1-duties.fid, full": "fiducia, duties, full output"}


def table(found, graphs, cold, kept, allocated, peak):
    """Each figure that was set, for both rulebooks, as columns and in full."""
    rows, reached = [], [0, 0]
    def row(what, least, aim, values, below=True):
        cells = []
        for value in values:
            if value is None:
                cells.append("")
                continue
            met = lambda bound: value <= bound if below else value >= bound
            reached[0 if met(least) else 1] += 1
            cells.append(f"{value:.2f} {'aim' if met(aim) else 'yes' if met(least) else '**no**'}")
        rows.append(f"| {what} | {least:g} | {aim:g} | {' | '.join(cells)} |")
    def ratio(count, one, other, part=0):
        named = found.get(count, {})
        return against(named[one], named[other], part) if one in named and other in named else None
    def each(count, other, part=0, more=""):
        return [ratio(count, name + more, other, part) for name in VARIANTS.values()]
    def four(w1=None, duties=None):
        return [w1, duties, None, None]
    peer = lambda start: next((name for name in found.get(SMALL, {}) if name.startswith(start)), start)
    scanned, both = "Ascent, a quick scanner", ", 2 threads"
    row("10,000 cases, 1 thread: wall / Ascent batch", 1.2, 0.5, each(SMALL, BATCH))
    row("100,000 cases, 1 thread: wall / Ascent batch", 0.8, 0.3, each(LARGE, BATCH))
    row("100,000 cases, 2 threads: wall / Ascent batch, 1 thread", 0.5, 0.18, each(LARGE, BATCH, more=both))
    alike = lambda count, other, more="": four(ratio(count, "fiducia, verdicts alone" + more, other), ratio(count, "fiducia, duties" + more, other))
    row("like for like¹, 10,000, 1 thread: wall / Ascent batch", 1.3, 0.6, alike(SMALL, scanned))
    row("like for like¹, 100,000, 1 thread: wall / Ascent batch", 1.0, 0.45, alike(LARGE, scanned))
    row("like for like¹, 100,000, 2 threads: wall / Ascent in two halves", 0.8, 0.33, alike(LARGE, scanned + ", two halves, 2 threads", both))
    explained = "every violation explained, 2 threads"
    row("100,000 cases, 2 threads, every violation explained²: wall / Ascent batch, 1 thread", 0.6, 0.22,
        [ratio(LARGE, "fiducia, verdicts alone, each explained, 2 threads", BATCH), ratio(LARGE, f"fiducia, duties, {explained}", BATCH), None,
         ratio(LARGE, f"fiducia, duties, full output, {explained}", BATCH)])
    for start, least, aim in (("clingo", 0.07, 0.025), ("SWI-Prolog", 0.05, 0.02), ("CLIPS", 0.05, 0.015)):
        row(f"10,000 cases, 1 thread: wall / {peer(start)}", least, aim, each(SMALL, peer(start)))
    row("100,000 cases, 1 thread: CPU / parsing alone (sonic-rs borrowed, 1 thread)", 3.5, 1.4, each(LARGE, "parsing alone (sonic-rs)", 1))
    row("100,000 cases: wall with 1 thread / with 2", 1.6, 1.9, [ratio(LARGE, name, name + both) for name in VARIANTS.values()], below=False)
    row("reasons kept / not kept, 10,000 cases", 1.2, 1.05, four(kept.get("w1.fid"), kept.get("w1-duties.fid")))
    peaks = [max((figures[name + both][2] for figures in found.values() if name + both in figures), default=None) for name in VARIANTS.values()]
    row("peak memory, any number of cases, 2 threads, MiB", 64, 24, peaks)
    if peak:
        row("the same, 1,000,000 cases, all of them", 64, 24, [peak, None, None, None])
    grows = lambda name: math.log10(found[LARGE][name][0] / found[SMALL][name][0]) if SMALL in found and LARGE in found else None
    row("exponent, 10,000 to 100,000 cases", 1.05, 1.0, [grows(name) for name in VARIANTS.values()])
    row("1,000 rules of which the same 100 are active / 100 rules, 10,000 cases", 2, 1.3, four(ratio(SMALL, "fiducia, 1,000 rules", "fiducia")))
    row("heap allocations a case in the steady state", 10, 0, four(allocated.get("w1.fid"), allocated.get("w1-duties.fid")))
    row("W2 closure, 1 thread: wall / Ascent", 1.5, 0.65, four(graphs["closure"]))
    row("W2 closure: reasons kept / not kept", 1.5, 1.2, four(kept.get("closure")))
    row("W2 same generation, 1 thread: wall / Ascent", 1.5, 0.8, four(graphs["same generation"]))
    if cold:
        row("W3, cold judge with explanation: wall / clingo's command", 0.8, 0.35, four(cold["w1.fid"], cold["w1-duties.fid"]))
    row("W1u / W1, 10,000 cases, 1 thread", 4, 2, four(ratio(SMALL, "fiducia, W1u", "fiducia")))
    say("## Figure, wanted, reached\n")
    say(f"| figure | at least | aim | {' | '.join(VARIANTS)} |\n|---|---|---|---|---|---|---|")
    say("\n".join(rows))
    say("\n¹ Both read with a scanner for the shape at hand and write the same verdicts (by duties: the duties' instances, a fifth more lines)."
        " ² `w1.fid` has verdicts as findings: every one of them is explained, not the violations alone.")
    say(f"\n{reached[0]} of {sum(reached)} reach what is wanted at least.")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--cases", default="1000,10000,100000")
    arguments.add_argument("--runs", type=int, default=5)
    for flag in ("--million", "--write", "--skip-build"):
        arguments.add_argument(flag, action="store_true")
    arguments = arguments.parse_args()
    counts = [int(count) for count in arguments.cases.split(",")]
    prepare(sorted({*counts, 1000, SMALL}), not arguments.skip_build)
    note("W1u against the slow evaluator of the tests")
    told(("suite", "told_lines_agree"), "w1u.fid", os.path.join(DATA, "1000", "unknown.ndjson"))
    found = w1(counts, arguments.runs)
    graphs, cold, kept = w2(arguments.runs), w3(arguments.runs), reasons(arguments.runs)
    allocated = {rules: allocations(rules) for rules in ("w1.fid", "w1-duties.fid")}
    peak = million() if arguments.million else None
    table(found, graphs, cold, kept, allocated, peak)
    if arguments.write:
        page = open(PAGE).read()
        before, after = page[:page.index(BEGIN) + len(BEGIN)], page[page.index(END):]
        open(PAGE, "w").write(before + "\n" + "\n".join(printed).strip("\n") + "\n\n" + after)


if __name__ == "__main__":
    main()
