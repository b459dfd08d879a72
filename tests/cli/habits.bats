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

@test "every command takes --quiet and --verbose, in help, manual page and completion" {
    for command in $("$SPIL" help --names); do
        for word in --quiet --verbose --help; do
            "$SPIL" "$command" --help-options | grep -qx -- "$word" || { echo "$command: completion lacks $word"; return 1; }
        done
        [ "$("$SPIL" "$command" --quiet --help | grep -cE '^  --(quiet|verbose) ')" -eq 2 ] || { echo "$command"; return 1; }
        [ "$("$SPIL" "$command" --help-man | grep -cE '^.fB.-.-(quiet|verbose).fR$')" -eq 2 ] || { echo "$command: manual"; return 1; }
        spil "$command" --quiet --verbose
        refuses 2 "$command" "--quiet and --verbose exclude each other"
    done
}

@test "--quiet leaves results and errors, --verbose tells of each stage" {
    spil init case.db --quiet
    [ -z "$stderr$output" ] || { say_all; return 1; }
    spil import case.db "$REGION"/{persons,links}.csv
    says "rows rejected"
    cp "$REGION"/persons.csv more.csv
    echo ",nobody" >>more.csv
    spil import case.db more.csv --quiet
    exits 1
    [ -z "$stderr" ] || { say_all; return 1; }
    spil metrics case.db --metric degree --quiet
    exits 0
    [ -z "$stderr" ] && [ -n "$output" ] || { say_all; return 1; }
    quiet=$output
    spil metrics nowhere.db --quiet
    refuses 3 metrics "nowhere.db"
    spil metrics case.db --metric betweenness --verbose
    exits 0
    [[ $stderr =~ betweenness:\ [0-9.]+.*\ in\ [0-9.]+\ s ]] || { say_all; return 1; }
    spil metrics case.db --metric degree --verbose
    [ "$output" = "$quiet" ] # what goes to a file is the same
}

@test "on a terminal a line tells the share done, the rate and the time left; NO_COLOR and --quiet are heard" {
    command -v script >/dev/null || { echo "# SKIPPED: NO script(1)" >&3; skip "no script"; }
    "$SPIL" init case.db 2>/dev/null
    "$SPIL" import case.db "$REGION"/*.csv 2>/dev/null
    on_terminal() { script -qec "$* '$SPIL' analyze case.db --draws 12000 --threads 1" /dev/null </dev/null | tr '\r' '\n'; }
    on_terminal TERM=xterm >coloured
    grep -qE $'\033\\[36m.*[0-9]+%  [0-9.]+( [kM])?/s  [0-9]+:[0-9]{2} left' coloured || { tail -3 coloured; return 1; }
    grep -qE '[^0-9][1-9][0-9]?%  .*  0:[0-9]{2} left' coloured || { cat coloured; return 1; } # on the way, too
    on_terminal TERM=xterm NO_COLOR=1 >plain
    grep -qE '[0-9]+%.* left' plain
    ! grep -q $'\033\\[36m' plain
    ! on_terminal TERM=dumb | grep -q ' left'
}
