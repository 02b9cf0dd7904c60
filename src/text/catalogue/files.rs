//! Faults of files: what cannot be found or read, and who judges what. Family F.

use super::Entry;
use crate::text::Severity;

/// The family.
pub const ENTRIES: &[Entry] = &[
    Entry {
        code: "F001",
        severity: Severity::Error,
        title: "there is no such file or folder",
        cause: "A path was named, and nothing stands there.",
        remedy: "Look for a slip in the path. A path is read from the folder in which the command runs; \
                 `-` stands for standard input.",
        example: "",
    },
    Entry {
        code: "F002",
        severity: Severity::Error,
        title: "the file cannot be read",
        cause: "The file or folder is there, but the system does not let it be read: its permissions, a broken link, or \
                a folder that links back into itself.",
        remedy: "Ask whoever keeps the machine for leave to read it, or copy the file to a folder of your own.",
        example: "",
    },
    Entry {
        code: "F003",
        severity: Severity::Error,
        title: "the file is not UTF-8 text",
        cause: "Rules and cases are plain text in UTF-8. This file is something else: a document of a word processor, or \
                text in an older encoding.",
        remedy: "Save it as plain text, and choose UTF-8 where the program asks for an encoding.",
        example: "",
    },
    Entry {
        code: "F004",
        severity: Severity::Error,
        title: "the folder holds no .fid file",
        cause: "A folder was named, but neither it nor a folder in it holds a file whose name ends in .fid. Hidden files, \
                and files that version control is told to ignore, are left out.",
        remedy: "Name another folder, or give the files names that end in .fid.",
        example: "",
    },
    Entry {
        code: "F005",
        severity: Severity::Error,
        title: "there is no module of this name",
        cause: "A `use` line names a file without its ending, or a folder of rule files. It is looked for beside the file \
                with the `use` line, in every folder above it, in the folders named with `--search`, and among the \
                modules built into fiducia. A folder without rule files is passed over.",
        remedy: "Look for a slip in the name, move the module beside the file, or name its folder with `--search`.",
        example: "use \"consent\"",
    },
    Entry {
        code: "F006",
        severity: Severity::Error,
        title: "the file is too long",
        cause: "No file of rules or cases is as long as this one; it is probably something else.",
        remedy: "Look whether the right file was named. A bank of cases is better kept as several files.",
        example: "",
    },
    Entry {
        code: "F007",
        severity: Severity::Error,
        title: "`use` takes a name, not a path",
        cause: "The name after `use` may have folders in it, with `/` between them, but it may not begin with `/` or climb \
                with `..`: a rulebook stays whole when its folder is moved.",
        remedy: "Write the name alone. Folders above the file are searched anyway, and `--search` adds others.",
        example: "use \"consent\"\nuse \"shared/people\"",
    },
    Entry {
        code: "F008",
        severity: Severity::Error,
        title: "there are several rulebooks to choose from",
        cause: "A case is judged by one rulebook. The folder named with `--rules` holds several files with a `rulebook` line.",
        remedy: "Name the file of the one that is meant.",
        example: "",
    },
    Entry {
        code: "F009",
        severity: Severity::Warning,
        title: "the rulebook beside this file does not use it",
        cause: "The folder holds one rulebook, and this file holds rules, but no `use` line leads from the one to the \
                other. The rules count for no case but those in the file itself, which is seldom what is meant.",
        remedy: "Add a `use` line to the rulebook, or keep the file elsewhere.",
        example: "rulebook \"Ward seven\" version \"1\"\nuse \"visits\"",
    },
    Entry {
        code: "F010",
        severity: Severity::Error,
        title: "the file would not read the same once formatted",
        cause: "Before it writes a file, `fiducia fmt` reads the new text back. Here it would not have meant the same, so \
                the file was left alone. This is a fault of fiducia.",
        remedy: "The file can be used as it is. Please report the lines around which it happens, with invented names.",
        example: "",
    },
    Entry {
        code: "F011",
        severity: Severity::Error,
        title: "there is no case in what was named",
        cause: "Cases are judged of the files that are named, not of the modules these use; and no `case` block stands in them.",
        remedy: "Name the file with the cases, or the folder it is in.",
        example: "case \"The waiting room\"\n  cast [Lee] is a Staff",
    },
    Entry {
        code: "F012",
        severity: Severity::Error,
        title: "no case has this option or supposition",
        cause: "`--option` and `--suppose` name one by its whole name, as it stands in quotes in the case. No case that was \
                named has one of this name.",
        remedy: "Look for a slip in the name; put it in quotes if it has spaces.",
        example: "",
    },
    Entry {
        code: "F013",
        severity: Severity::Error,
        title: "a question about any number at all",
        cause: "`--sentence` asks why one sentence holds or does not. With `[any]` in the place of a number it would be many.",
        remedy: "Put the number that the case states or derives; `fiducia query` with a slot in its place lists it.",
        example: "fiducia explain night.fid --sentence '[Ana] can be reached in [40] minutes'",
    },
];
