# stop.bats - Ctrl-C, kill and a full disk leave the case as it was.
# SPDX-License-Identifier: GPL-3.0-or-later
load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || exit
    "$SPIL" init case.db 2>/dev/null
    "$SPIL" import case.db "$REGION"/*.csv >/dev/null 2>&1
    before=$(content_of case.db)
}

# An analysis that would take minutes; waits until it is under way.
long_analysis() {
    "$SPIL" analyze case.db --runs 10000 --draws 100000 >out 2>err 3>&- &
    pid=$!
    sleep 1
    kill -0 "$pid"
}

finish() {
    status=0
    wait "$pid" || status=$?
    stderr=$(cat err)
    output=$(cat out)
}

@test "Ctrl-C stops a long analysis: exit 130, the case as before, the next command works" {
    long_analysis
    kill -INT "$pid"
    finish
    refuses 130 analyze "stopped on request"
    [ -z "$output" ]
    [ "$(content_of case.db)" = "$before" ]
    spil analyze case.db --draws 20 --runs 2
    exits 0
}

@test "termination is a request to stop as well" {
    long_analysis
    kill -TERM "$pid"
    finish
    refuses 130 analyze "stopped on request"
    [ "$(content_of case.db)" = "$before" ]
}

@test "kill -9 leaves the case as before, and the next command works" {
    long_analysis
    kill -KILL "$pid"
    finish
    [ "$status" -eq 137 ]
    [ "$(content_of case.db)" = "$before" ]
    spil analyze case.db --draws 20 --runs 2
    exits 0
}

@test "Ctrl-C stops long metrics" {
    awk 'BEGIN {srand(1); for (i = 0; i < 200000; i++) print int(rand() * 30000), 30000 + int(rand() * 30000)}' >large.csv
    "$SPIL" init large.db 2>/dev/null
    "$SPIL" import large.db large.csv --loader edges >/dev/null 2>&1
    "$SPIL" metrics large.db --metric betweenness --exact >out 2>err 3>&- &
    pid=$!
    sleep 3
    kill -INT "$pid"
    finish
    refuses 130 metrics "stopped on request"
}

@test "a stopped import leaves none of the file behind" {
    awk 'BEGIN {print "id,name"; for (i = 0; i < 3000000; i++) print "X" i ",Name " i}' >huge.csv
    "$SPIL" import case.db huge.csv >out 2>err 3>&- &
    pid=$!
    sleep 1
    kill -INT "$pid"
    finish
    refuses 130 import "stopped on request"
    [ "$(content_of case.db)" = "$before" ]
}
