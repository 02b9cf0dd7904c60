//! Faults of reading: a line that is not in the language, or a block that its lines do not make. Family R.

use super::Entry;
use crate::text::Severity;

/// The family.
pub const ENTRIES: &[Entry] = &[
    Entry {
        code: "R001",
        severity: Severity::Error,
        title: "A word that does not fit here",
        cause: "Every line has a fixed beginning and, after it, a fixed order of words. This line began well \
              and then went on with something that cannot stand there, or stopped before it was complete.",
        remedy: "Compare the line with the example in the message. What was expected stands beside the marked \
              word.",
        example: "cast [Dr Osei] is a Clinician",
    },
    Entry {
        code: "R002",
        severity: Severity::Error,
        title: "The first word of a line is not known",
        cause: "Every line begins with a keyword, such as `if`, `and`, `then` or `given`, or with a dash. This \
              line begins with something else. Often it is a slip of the keyboard, or a long sentence that \
              was continued on a second line.",
        remedy: "Use one of the keywords of the block. Keep each sentence on one line, however long it is.",
        example: "rule \"valid consent\"\n  if [patient] agreed to [act]\n  and [patient] was told about [act]\n  then [patient] validly consented to [act]",
    },
    Entry {
        code: "R003",
        severity: Severity::Error,
        title: "A quote is not closed",
        cause: "A name in quotes ends on the line on which it begins. Here the second quote is missing, so the \
              name would never end.",
        remedy: "Put the closing quote behind the name. Straight and curly quotes are both understood.",
        example: "use \"people\"",
    },
    Entry {
        code: "R004",
        severity: Severity::Error,
        title: "A square bracket is not closed",
        cause: "What stands in square brackets is a slot: a person, a thing or a value. Every bracket is closed \
              before the next one opens.",
        remedy: "Put the closing bracket behind the name.",
        example: "if [patient] agreed to [act]",
    },
    Entry {
        code: "R005",
        severity: Severity::Error,
        title: "A square bracket closes nothing",
        cause: "There is a closing bracket, and no bracket was opened before it.",
        remedy: "Put the opening bracket in front of the name, or remove the closing one.",
        example: "if [patient] agreed to [act]",
    },
    Entry {
        code: "R006",
        severity: Severity::Error,
        title: "A name in the wrong brackets",
        cause: "Names of persons and things stand in square brackets. Round brackets belong to calculations, \
              and remarks belong behind a # sign.",
        remedy: "Replace the brackets by square ones, or move the remark behind #.",
        example: "if [patient] agreed to [act]   # in writing",
    },
    Entry {
        code: "R007",
        severity: Severity::Error,
        title: "Nothing between the brackets",
        cause: "A slot must say who or what is meant; these brackets are empty.",
        remedy: "Write the name between the brackets. If the value is not known, write `unknown` in front of the \
              sentence, with [any] in the brackets.",
        example: "given [Mr Lind] agreed to [appendectomy]\nunknown [appendectomy] must start within [any] minutes",
    },
    Entry {
        code: "R008",
        severity: Severity::Error,
        title: "Nothing between the quotes",
        cause: "A name or a reason in quotes must say something; these quotes are empty.",
        remedy: "Write the name or the words between the quotes.",
        example: "because \"people decide what is done to their own bodies\"",
    },
    Entry {
        code: "R009",
        severity: Severity::Error,
        title: "A name without double quotes",
        cause: "Names of rules, duties, cases, options and sources stand in double quotes, so that it is clear \
              where they begin and end. In brackets, quotes enclose the whole value.",
        remedy: "Put double quotes around the name.",
        example: "option \"ask first\"\n  given [Jo] wishes to decide [\"with family\"]",
    },
    Entry {
        code: "R010",
        severity: Severity::Error,
        title: "A line ends with a colon or a full stop",
        cause: "The end of the line is the end of the sentence. A colon, full stop, comma or question mark at \
              the end would be taken for a part of it.",
        remedy: "Leave the sign out.",
        example: "facts, false unless stated\n  - [patient: Patient] refused [act: Intervention]",
    },
    Entry {
        code: "R011",
        severity: Severity::Error,
        title: "A sign that a sentence cannot hold",
        cause: "A sentence is made of words and of slots in square brackets. Commas, semicolons, slashes and \
              quoted words would leave it open where a word ends.",
        remedy: "Leave the sign out, or put the words with the sign into brackets.",
        example: "given [Mrs Vey] refused [transfusion, second unit]",
    },
    Entry {
        code: "R012",
        severity: Severity::Error,
        title: "A number outside brackets",
        cause: "Numbers are values, and values stand in square brackets, so that rules can compare and add \
              them.",
        remedy: "Put the number into square brackets.",
        example: "given [night one] takes [9] hours",
    },
    Entry {
        code: "R013",
        severity: Severity::Error,
        title: "The word `where` is missing",
        cause: "`no [x]`, `every [x]`, `at least 2 [x]` and sums and counts say with `where`, at the end of the \
              line, which ones are meant; a list with the conditions follows.",
        remedy: "Write `where` at the end of the line.",
        example: "if no [surrogate] where\n  - [surrogate] speaks for [patient]",
    },
    Entry {
        code: "R014",
        severity: Severity::Error,
        title: "A status that does not exist",
        cause: "What is asked or expected of a duty is one of a few fixed words, and this is none of them.",
        remedy: "Write one of: not engaged, exempt, fulfilled, overridden, excused, violated; for an ideal: not \
              engaged, met, falls short; for a concern: raised, not raised.",
        example: "expect violated or excused: duty \"rescue\" owed by [Dr Osei] to [Mr Lind]",
    },
    Entry {
        code: "R015",
        severity: Severity::Error,
        title: "A sentence begins like something else",
        cause: "Some beginnings are kept for conditions: `no [x]`, `every [x]`, `at least 2 [x]`, `let [x]`, \
              `any of these`, `it is not …`, `duty \"…\"`. A sentence that is stated, declared or concluded \
              cannot begin so, and after `it is not` only `the case that` or `known whether` can follow.",
        remedy: "Choose other words for the sentence, or use its declared opposite.",
        example: "if it is not the case that [surrogate] speaks for [patient]",
    },
    Entry {
        code: "R016",
        severity: Severity::Error,
        title: "A comparison where a sentence is needed",
        cause: "Two slots with `is`, `is not`, `is at least`, `is at most`, `is more than` or `is less than` \
              between them are compared by calculation. Nobody can state or declare a comparison.",
        remedy: "Put the comparison behind `if` or `and`. If you mean a sentence of your own, choose other \
              words.",
        example: "if [wait] is at most [limit]\nand [person] is the same as [other]",
    },
    Entry {
        code: "R017",
        severity: Severity::Error,
        title: "A calculation that cannot be read",
        cause: "A calculation is made of slots and numbers with + - * / between them and a space on both sides \
              of each sign. Every parenthesis that opens must close.",
        remedy: "Put spaces around the sign, add what is missing, close the parenthesis.",
        example: "if let [total] be ([price] + [fee]) * 2\nand [total] is at most [budget]",
    },
    Entry {
        code: "R018",
        severity: Severity::Error,
        title: "A calculation that is too long",
        cause: "A calculation may hold at most 32 parentheses inside each other and 256 operations. More than \
              that nobody can check by reading.",
        remedy: "Compute a part of it first with `let`, and use that part in the next line.",
        example: "if let [part] be [price] + [fee]\nand [part] * 2 is at most [budget]",
    },
    Entry {
        code: "R019",
        severity: Severity::Error,
        title: "A number that cannot be read",
        cause: "A number is written with digits and, where needed, one point, one fraction bar or a per cent \
              sign: 12, 0.5, 8/11, 20%. A comma would be taken for the end of the number.",
        remedy: "Write the number in one of these ways.",
        example: "kind Share is a number from 0 to 0.5",
    },
    Entry {
        code: "R020",
        severity: Severity::Error,
        title: "A slot of a declared sentence without its kind",
        cause: "Where a sentence is declared, each slot says what can stand in it, so that a patient is never \
              taken for an act.",
        remedy: "Write the name, a colon and the kind.",
        example: "facts, false unless stated\n  - [patient: Patient] agreed to [act: Intervention]",
    },
    Entry {
        code: "R021",
        severity: Severity::Error,
        title: "A colon between brackets",
        cause: "Only where a sentence is declared does a slot name its kind, with a colon. Everywhere else the \
              name alone stands in the brackets.",
        remedy: "Leave out the colon and the kind. If the colon belongs to a name or a time, put quotes inside \
              the brackets.",
        example: "given [the call] came at [\"10:30\"]",
    },
    Entry {
        code: "R022",
        severity: Severity::Error,
        title: "A sentence without words",
        cause: "A sentence says something about what stands in its brackets; brackets alone say nothing.",
        remedy: "Add the words.",
        example: "given [Mr Lind] agreed to [appendectomy]",
    },
    Entry {
        code: "R023",
        severity: Severity::Error,
        title: "A list inside a list",
        cause: "The entries of a list are single sentences, comparisons or verdicts. A `no`, an `every` or \
              another list inside a list could not be read aloud any more.",
        remedy: "Declare a concept for the inner part, conclude it in a rule of its own, and write its sentence \
              as the entry.",
        example: "if any of these\n  - [patient] refused [act]\n  - nobody speaks for [patient]",
    },
    Entry {
        code: "R024",
        severity: Severity::Error,
        title: "A level of confidence that does not exist",
        cause: "How sure a source is, is said in one of three words.",
        remedy: "Write `confidence high`, `confidence medium` or `confidence low`.",
        example: "cites belmont \"C.1\"\nconfidence medium",
    },
    Entry {
        code: "R025",
        severity: Severity::Error,
        title: "A question that cannot be asked",
        cause: "A case can ask why a verdict holds, why it does not, what would settle it, what would comply \
              with a duty, and for a comparison of two options.",
        remedy: "Use one of these forms.",
        example: "ask why duty \"rescue\" owed by [Dr Osei] to [Mr Lind]\nask compare option \"operate now\" with option \"wait\"",
    },
    Entry {
        code: "R026",
        severity: Severity::Error,
        title: "A colon is missing in an expectation",
        cause: "An expectation says first what is expected, then a colon, then of what.",
        remedy: "Put the colon behind the status.",
        example: "expect violated: duty \"rescue\" owed by [Dr Osei] to [Mr Lind]",
    },
    Entry {
        code: "R027",
        severity: Severity::Error,
        title: "A list that does not begin with a dash",
        cause: "Each entry of a list begins with a plain dash, the minus key. Word processors like to replace \
              it by a longer dash or a dot.",
        remedy: "Type a plain dash and a space.",
        example: "given\n  - [Mr Lind] agreed to [appendectomy]",
    },
    Entry {
        code: "R028",
        severity: Severity::Error,
        title: "A character that cannot be seen",
        cause: "Text copied from a web page or a document can hold characters without any shape. They would \
              make two equal looking lines differ.",
        remedy: "Delete the line and type it again.",
        example: "use \"people\"",
    },
    Entry {
        code: "R029",
        severity: Severity::Error,
        title: "A sentence without a keyword in front of it",
        cause: "Every line of a block says with its first word what it is for: a condition, a conclusion, a \
              fact. This one begins with the sentence itself. Or it continues the line above, and a sentence \
              must stay on one line.",
        remedy: "Put the keyword in front of it, or join it to the line above.",
        example: "case \"Night appendectomy\"\n  given [Mr Lind] agreed to [appendectomy]",
    },
    Entry {
        code: "R030",
        severity: Severity::Error,
        title: "A line that belongs to no block",
        cause: "Everything stands in a block, and a block begins with its keyword at the left margin. No block \
              is open at this line.",
        remedy: "Begin a block above it. Put # in front of it if it is a remark.",
        example: "# Written on 3 May.\nrulebook \"Consent at the bedside\"",
    },
    Entry {
        code: "R031",
        severity: Severity::Error,
        title: "A block that does not exist",
        cause: "A line at the left margin that goes on like the head of a block begins with a word that opens \
              no block.",
        remedy: "Use one of: rulebook, use, source, kind, facts, settings, always, concepts, findings, rule, \
              duty, exemption, excuse, priority, ideal, concern, case.",
        example: "duty \"rescue\"\n  owed by [clinician] to [patient]\n  arises if [clinician] is responsible for [patient]\n  broken if [clinician] left [patient]",
    },
    Entry {
        code: "R032",
        severity: Severity::Error,
        title: "A block that does not begin at the margin",
        cause: "The keyword of a block stands at the left margin; lines inside a block are indented. This one \
              would otherwise be hidden in the block before it.",
        remedy: "Remove the spaces in front of it.",
        example: "use \"people\"\nuse \"consent\"",
    },
    Entry {
        code: "R033",
        severity: Severity::Error,
        title: "A line in the wrong block",
        cause: "The keyword is known, but it belongs into another kind of block, or under another line.",
        remedy: "Move the line to where it belongs. The message says where that is.",
        example: "duty \"rescue\"\n  owed by [clinician] to [patient]\n  arises if [clinician] is responsible for [patient]\n  broken if [clinician] left [patient]\n  advice \"stay with [patient]\"",
    },
    Entry {
        code: "R034",
        severity: Severity::Error,
        title: "The same thing is said twice",
        cause: "This can be said only once here. With two it would not be clear which of them counts.",
        remedy: "Keep one of the two lines.",
        example: "concepts\n  - [patient: Patient] is alone\n    opposite [patient] is not alone",
    },
    Entry {
        code: "R035",
        severity: Severity::Error,
        title: "A list is missing",
        cause: "This line announces a list, and no entry follows it.",
        remedy: "Write the entries below it, each on a line of its own that begins with a dash.",
        example: "if any of these\n  - [patient] refused [act]\n  - [patient] was pressured into [act]",
    },
    Entry {
        code: "R036",
        severity: Severity::Error,
        title: "An entry of a list under no list",
        cause: "A line with a dash continues a list, and no list is open here.",
        remedy: "Begin the list above it, or begin the line with a keyword instead of the dash.",
        example: "rule \"no\"\n  if any of these\n    - [patient] refused [act]\n  then [patient] said no to [act]",
    },
    Entry {
        code: "R037",
        severity: Severity::Error,
        title: "The conditions are missing",
        cause: "A rule, an exemption or an excuse says with `if` when it applies.",
        remedy: "Add an `if` line. What holds in every case belongs into an `always` list.",
        example: "rule \"valid consent\"\n  if [patient] agreed to [act]\n  then [patient] validly consented to [act]",
    },
    Entry {
        code: "R038",
        severity: Severity::Error,
        title: "The conclusion is missing",
        cause: "A rule says with `then` what follows from its conditions.",
        remedy: "Add a `then` line after the conditions.",
        example: "rule \"valid consent\"\n  if [patient] agreed to [act]\n  then [patient] validly consented to [act]",
    },
    Entry {
        code: "R039",
        severity: Severity::Error,
        title: "A further condition before the first",
        cause: "`and` and `unless` continue conditions; the first of them begins with `if`.",
        remedy: "Begin the first condition with `if` (in a duty with `arises if`, `broken if` or `met if`).",
        example: "rule \"valid consent\"\n  if [patient] agreed to [act]\n  and [patient] was told about [act]\n  then [patient] validly consented to [act]",
    },
    Entry {
        code: "R040",
        severity: Severity::Error,
        title: "A second `if`",
        cause: "A block has one `if`; further conditions begin with `and`.",
        remedy: "Write `and` where both must hold. Where one of them suffices, write `any of these` with a list, \
              or two rules.",
        example: "rule \"valid consent\"\n  if [patient] agreed to [act]\n  and [patient] was told about [act]\n  then [patient] validly consented to [act]",
    },
    Entry {
        code: "R041",
        severity: Severity::Error,
        title: "`and` after `unless`",
        cause: "`unless` takes back everything before it. An `and` behind it could be read as part of the \
              exception or as a further condition.",
        remedy: "Put all `and` lines before the first `unless`. If the exception itself has two conditions, give \
              them a name in a concept.",
        example: "rule \"valid consent\"\n  if [patient] agreed to [act]\n  and [patient] was told about [act]\n  unless [patient] was pressured into [act]\n  then [patient] validly consented to [act]",
    },
    Entry {
        code: "R042",
        severity: Severity::Error,
        title: "A condition after `then`",
        cause: "A rule reads: if, and, unless, then. The conclusion comes last.",
        remedy: "Move the condition before the `then` line.",
        example: "rule \"valid consent\"\n  if [patient] agreed to [act]\n  unless [patient] was pressured into [act]\n  then [patient] validly consented to [act]",
    },
    Entry {
        code: "R043",
        severity: Severity::Error,
        title: "`every` without its second list",
        cause: "`every [x] where` has two lists: which ones are meant, and, after a line `is such that`, what \
              holds of each of them.",
        remedy: "Add the line `is such that` and the second list.",
        example: "if every [risk] where\n  - [risk] is a material risk of [act]\n  is such that\n  - [patient] was told about [risk]",
    },
    Entry {
        code: "R044",
        severity: Severity::Error,
        title: "A priority without its order",
        cause: "A priority says which of two duties gives way to the other.",
        remedy: "Add the line with `outranks`.",
        example: "priority \"a refusal outranks rescue\"\n  duty \"respect a refusal\" outranks duty \"rescue\"",
    },
    Entry {
        code: "R045",
        severity: Severity::Error,
        title: "A duty without a bearer",
        cause: "A duty is owed by somebody, mostly to somebody, often about something. These parties tell one \
              instance of the duty from another.",
        remedy: "Add a line `owed by`.",
        example: "duty \"rescue\"\n  owed by [clinician] to [patient]\n  arises if [clinician] is responsible for [patient]\n  broken if [clinician] left [patient]",
    },
    Entry {
        code: "R046",
        severity: Severity::Error,
        title: "It is not said when it arises",
        cause: "A duty says with `arises if` (or `after duty …`) in which cases it is owed, an ideal with \
              `applies if` where it applies, a concern with `raised if` when it is raised.",
        remedy: "Add the line.",
        example: "duty \"rescue\"\n  owed by [clinician] to [patient]\n  arises if [clinician] is responsible for [patient]\n  broken if [clinician] left [patient]",
    },
    Entry {
        code: "R047",
        severity: Severity::Error,
        title: "It is not said how it is kept or broken",
        cause: "A duty or an ideal says with `broken if` or `met if` what decides whether it was kept.",
        remedy: "Add one of the two lines.",
        example: "duty \"rescue\"\n  owed by [clinician] to [patient]\n  arises if [clinician] is responsible for [patient]\n  broken if [clinician] left [patient]",
    },
    Entry {
        code: "R048",
        severity: Severity::Error,
        title: "Parties named with the words of another block",
        cause: "A duty is owed by somebody to somebody about something toward somebody; an ideal is for \
              somebody toward somebody about something; a concern is about somebody toward somebody.",
        remedy: "Use the words of the block.",
        example: "ideal \"cultural humility\"\n  for [clinician] toward [patient]\n  applies if [clinician] cares for [patient]\n  met if [clinician] asked [patient] about [matter]",
    },
    Entry {
        code: "R049",
        severity: Severity::Error,
        title: "A condition with the words of another block",
        cause: "A duty `arises`, an ideal `applies`, a concern is `raised`; duties and ideals are `broken` or \
              `met`. The words are kept apart because only a duty can be violated.",
        remedy: "Use the words of the block.",
        example: "concern \"a chill\"\n  about [patient]\n  raised if [patient] was ignored",
    },
    Entry {
        code: "R050",
        severity: Severity::Error,
        title: "A duty that follows on something that is no duty",
        cause: "`after` names the duty on whose outcome a follow-on duty hangs.",
        remedy: "Name a duty, or say it in an `arises if` line.",
        example: "after duty \"informed consent\" is exempt, excused or violated",
    },
    Entry {
        code: "R051",
        severity: Severity::Error,
        title: "Documentation above nothing",
        cause: "Text behind ## explains the block below it, or the option or supposition below it in a case. \
              Nothing of that kind follows here.",
        remedy: "Move the text directly above what it explains. For a remark write a single #.",
        example: "## The night shift, told by the ward.\ncase \"Night appendectomy\"",
    },
    Entry {
        code: "R052",
        severity: Severity::Error,
        title: "Words about a source that is not named",
        cause: "`jurisdiction`, `since` and `confidence` say something about a source. In a rule or duty they \
              stand under the `cites` line that names it.",
        remedy: "Write the `cites` line first.",
        example: "cites montgomery \"para. 87\"\njurisdiction \"United Kingdom\"",
    },
    Entry {
        code: "R053",
        severity: Severity::Warning,
        title: "A line that belongs to the option above it",
        cause: "In a case everything after an `option` or `suppose` line belongs to it, up to the next one. The \
              indentation of this line says that it was meant for the whole case.",
        remedy: "Move the line above the first option, or indent it further than the option.",
        example: "case \"c\"\n  given [Mr Lind] is awake\n  option \"wait\"\n    given [Ana] was called",
    },
    Entry {
        code: "R054",
        severity: Severity::Error,
        title: "A list under a line that is already complete",
        cause: "`given`, `unknown`, `cast` and `expect` either say something on their own line, or stand alone \
              with a list below them.",
        remedy: "Write the keyword alone on its line and every entry below it, or give each line its own \
              keyword.",
        example: "given\n  - [Mr Lind] is awake\n  - [Ana] was called",
    },
    Entry {
        code: "R055",
        severity: Severity::Error,
        title: "A statement about what is not known",
        cause: "A case states what is so, what is not so, and, with `unknown`, what nobody knows. `it is not \
              known whether` is a condition of a duty to find out.",
        remedy: "Write the sentence behind `unknown`.",
        example: "unknown [Mrs Vey] has capacity to decide on [transfusion]",
    },
];
