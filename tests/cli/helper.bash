# helper.bash - what all command-line tests share. SPDX-License-Identifier: GPL-3.0-or-later
#
# $SPIL is the program (make cli-test sets it). Each test runs in an empty folder of its own.
# Real networks are looked for in ../shared/data beside the repository ($SPIL_TEST_DATA overrides);
# tests that want them say so when they are absent.
bats_require_minimum_version 1.5.0

root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
SPIL=${SPIL:-$root/build/spil}
DATA=${SPIL_TEST_DATA:-$root/../shared/data}
REGION=$root/datasets/examples/region

setup() {
    cd "$BATS_TEST_TMPDIR" || exit
}

# Runs the program; $status, $output (stdout), $stderr are then set.
spil() {
    run --separate-stderr "$SPIL" "$@"
}

say_all() {
    printf 'status: %s\nstdout: %s\nstderr: %s\n' "$status" "$output" "$stderr"
}

exits() {
    [ "$status" -eq "$1" ] || { echo "expected exit status $1"; say_all; return 1; }
}

prints() {
    [[ $output == *"$1"* ]] || { echo "stdout lacks: $1"; say_all; return 1; }
}

says() {
    [[ $stderr == *"$1"* ]] || { echo "stderr lacks: $1"; say_all; return 1; }
}

# The one line that a failing command says: refuses STATUS COMMAND PART...
refuses() {
    exits "$1" || return 1
    [[ $stderr == "spil $2: "* ]] || { echo "the message does not begin with 'spil $2: '"; say_all; return 1; }
    [ "$(wc -l <<<"$stderr")" -eq 1 ] || { echo "more than one line"; say_all; return 1; }
    local part
    for part in "${@:3}"; do
        says "$part" || return 1
    done
}

# A figure of JSON on stdout: is FILTER EXPECTED
is() {
    local got
    got=$(jq -r "$1" <<<"$output") || return 1
    [ "$got" = "$2" ] || { echo "$1 is $got, not $2"; return 1; }
}

need_data() {
    [ -e "$DATA/$1" ] || { echo "# SKIPPED: NO ../shared/data/$1 BESIDE THE REPOSITORY" >&3; skip "no $1"; }
}

# A case with the pairs on stdin: make_case NAME [OPTION...]
make_case() {
    cat >"$1.csv"
    "$SPIL" init "$1.db" 2>/dev/null
    "$SPIL" import "$1.db" "$1.csv" --loader edges "${@:2}" >/dev/null 2>&1
}

# What is in the store, whatever its file looks like inside.
content_of() {
    sqlite3 "$1" .dump
}
