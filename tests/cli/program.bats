# program.bats - the program around its commands. SPDX-License-Identifier: GPL-3.0-or-later
load helper

@test "help groups all commands by what one wants to do" {
    spil help
    exits 0
    for command in init import show rejects metrics models help version; do
        grep -qE "^  $command +[a-z]" <<<"$output"
    done
    grep -q '^look at the network$' <<<"$output"
    overview=$output
    spil --help
    [ "$output" = "$overview" ]
}

@test "every command that help lists explains itself, by help and by --help alike" {
    for command in $("$SPIL" help | awk '/^  [a-z]+ +/ && $1 != "spil" {print $1}'); do
        spil help "$command"
        exits 0
        [ "$command" = help ] || prints "usage: spil $command"
        explained=$output
        spil "$command" --help
        exits 0
        [ "$output" = "$explained" ]
    done
}

@test "no line of help is wider than 100 places" {
    for command in "" $("$SPIL" help | awk '/^  [a-z]+ +/ && $1 != "spil" {print $1}'); do
        "$SPIL" help $command | awk -v c="$command" 'length > 100 {print c ": " $0; bad = 1} END {exit bad}'
    done
}

@test "the version names the libraries that the figures rest on" {
    spil --version
    exits 0
    [[ ${lines[0]} =~ ^spil\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
    for library in igraph gsl sqlite zlib jansson libyaml libsodium; do
        grep -qE "^  $library +[0-9]+\.[0-9]" <<<"$output"
    done
}

@test "no command is wrong use" {
    run --separate-stderr "$SPIL"
    exits 2
    says "spil help"
    [ -z "$output" ]
}

@test "a mistyped command gets the nearest one suggested" {
    spil metrcis
    exits 2
    [ "$stderr" = "spil: there is no command 'metrcis'; did you mean 'metrics'?" ]
    spil imp
    says "did you mean 'import'?"
    spil frobnicate
    exits 2
    says "see spil help"
}

@test "a mistyped option gets the nearest one suggested" {
    spil metrics case.db --metrc degree
    refuses 2 metrics "there is no option '--metrc'; did you mean '--metric'?"
    spil import case.db x.csv --keep-untill=2030-01-01
    refuses 2 import "did you mean '--keep-until'?"
    spil init case.db -z
    refuses 2 init "there is no option '-z'; see spil help init"
}

@test "an option without its value, or with a wrong one, is wrong use" {
    spil metrics case.db --metric
    refuses 2 metrics "--metric"
    spil metrics case.db --top many
    refuses 2 metrics "--top: 'many' is not a whole number"
    spil metrics case.db --threads 0
    refuses 2 metrics "--threads: '0'"
    spil metrics case.db --format xml
    refuses 2 metrics "--format: 'xml' is none of table, csv, json"
    spil metrics case.db --format csv --json
    refuses 2 metrics "exclude each other"
    spil import case.db x.csv --keep-until 31-12-2030
    refuses 2 import "--keep-until: '31-12-2030' is not a date such as 2024-12-31"
    spil import case.db x.csv --grade Z9
    refuses 2 import "--grade: 'Z9' is no Admiralty code"
    spil import case.db x.csv --merge mean
    refuses 2 import "--merge: 'mean' is none of last, first, sum, max"
}

@test "a missing or spare argument is wrong use, and the usage is told" {
    spil init
    refuses 2 init "a case file is missing; usage: spil init CASE.db"
    spil import case.db
    refuses 2 import "a file to read is missing"
    spil rejects a.db b.db
    refuses 2 rejects "'b.db' is one argument too many"
}

@test "control characters in what was typed do not reach the terminal" {
    spil $'met\033[2Jrics'
    exits 2
    [[ $stderr != *$'\033'* ]]
}

@test "a full standard output is an error of the environment" {
    [ -c /dev/full ] || skip "no /dev/full"
    make_case pair <<<"a b"
    for command in "help" "--version" "metrics pair.db" "show pair.db" "metrics pair.db --json"; do
        run bash -c "'$SPIL' $command >/dev/full"
        [ "$status" -eq 4 ]
        [[ $output == *"standard output: No space left on device"* ]]
    done
}

@test "a reader that stops early is no error message" {
    seq 1 3000 | awk '{print "hub", "n" $1}' | make_case star
    run bash -c "'$SPIL' metrics star.db --metric degree --format csv 2>err | head -n 1"
    [ "$output" = "key,degree" ]
    [ ! -s err ]
}

@test "nothing is drawn on a stderr that is no terminal" {
    seq 1 3000 | awk '{print "hub", "n" $1}' | make_case star
    spil metrics star.db --metric betweenness --top 1 --format csv
    exits 0
    [ "$output" = $'key,betweenness\nhub,4498500' ]
    [ -z "$stderr" ]
}
