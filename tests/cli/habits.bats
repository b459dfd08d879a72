# habits.bats - what one expects of a program that lives on a server: manual pages, completion, batches.
# SPDX-License-Identifier: GPL-3.0-or-later
load helper

@test "every command has a manual page that man takes without a warning" {
    command -v man >/dev/null || skip "no man here"
    for command in $("$SPIL" help --names); do
        "$SPIL" "$command" --help-man >page.1
        warnings=$(LC_ALL=C.UTF-8 MANROFFSEQ= man --warnings -E UTF-8 -l page.1 2>&1 >page.txt)
        [ -z "$warnings" ] || { echo "$command: $warnings"; return 1; }
        grep -q "SYNOPSIS" page.txt
        grep -q -- "--help" page.txt
    done
    "$SPIL" help --man >page.1
    man --warnings -l page.1 >page.txt 2>&1
    grep -q "spil-import(1)" page.txt
}

@test "bash completes commands, options and files" {
    printf 'source %q\nCOMP_WORDS=(%q "$@")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_spil\nprintf "%%s\\n" "${COMPREPLY[@]}"\n' \
        "$root/cli/completions/spil.bash" "$SPIL" >ask.sh
    [ "$(bash ask.sh anal)" = analyze ]
    [ "$(bash ask.sh run --see)" = --seed ]
    [ -z "$(bash ask.sh import case)" ]
    [ "$(bash ask.sh help rej)" = rejects ]
}

batch() {
    mkdir -p in
    cp "$REGION"/*.csv in
    cat >case.yaml <<'END'
case: case.db
files: ["in/*.csv"]
out: out
log: spil.log
draws: 40
lang: nl
END
}

@test "a batch takes everything from its file, logs, and may run again" {
    batch
    spil run --config case.yaml
    exits 0
    [ -z "$stderr" ]
    grep -q '<html lang="nl">' out/report.html
    grep -qE '^[0-9-]{10}T[0-9:]{8}Z begin: case.yaml$' spil.log
    grep -qE 'Z end: exit status 0$' spil.log
    [ "$(stat -c %a spil.log)" = 600 ]
    spil run --config case.yaml
    exits 0
    grep -q "imported before, nothing changed" spil.log
}

@test "a batch tells a scheduler of rejected rows and of failure by its exit status" {
    batch
    echo "P1,nobody,met,1,1,," >>in/links.csv
    spil run --config case.yaml
    exits 1
    grep -q "end: exit status 1" spil.log
    rm in/*
    spil run --config case.yaml
    exits 3
    grep -q "case.yaml: no file fits the patterns of 'files'" spil.log
}

@test "two batches on one case: the second stops at once" {
    batch
    exec 9>case.db.lock
    flock 9
    spil run --config case.yaml
    exits 4
    says "another batch holds it; nothing was done"
    [ ! -e case.db ]
}

@test "a batch file with faults names them" {
    batch
    sed -i 's/^lang: nl/langg: nl/' case.yaml
    spil run --config case.yaml
    refuses 3 run "case.yaml:6:1:" "unknown key 'langg'" "did you mean 'lang'"
    printf 'case: case.db\nfiles: in\nout: out\n' >case.yaml
    spil run --config case.yaml
    refuses 3 run "case.yaml:2:8:" "'files' is not a list"
    spil run --config case.yaml more.csv
    refuses 2 run "nothing else may stand beside it"
}
