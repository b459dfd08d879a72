# faults.bats - whatever goes wrong in an import, the case is as before or as after, never between,
# and the next command works. Memory stays bounded whatever the bytes are.
# SPDX-License-Identifier: GPL-3.0-or-later
load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || exit
    "$SPIL" init case.db 2>/dev/null
    printf 'id,name\nP1,Anna\n' >first.csv
    "$SPIL" import case.db first.csv >/dev/null 2>&1
}

# Persons and links between them, in one file each: people N
people() {
    awk -v n="$1" 'BEGIN {print "id,name,city" >"people.csv"; print "from,to,kind" >"ties.csv"
        for (i = 0; i < n; i++) {print "X" i ",Name " i ",City " i % 300 >>"people.csv"
            print "X" i ",X" (i * 7 + 1) % n ",met" >>"ties.csv"}}'
}

# What was imported, without times and the chain that holds them.
state() {
    sqlite3 "$1" "SELECT count(*), total(id) FROM entity; SELECT count(*), total(from_entity), total(to_entity) FROM link;
        SELECT count(*) FROM attribute; SELECT path, row_count, accepted FROM source ORDER BY path; SELECT count(*) FROM reject"
}

sound_and_working() {
    spil check "${1:-case.db}"
    exits 0 || return 1
    printf 'id,name\nNEXT,Next one\n' >next.csv
    spil import "${1:-case.db}" next.csv
    exits 0
}

# Runs spil in so much address space; the largest resident size goes to $peak (KiB).
bounded() { # KIB ARGUMENT...
    command -v /usr/bin/time >/dev/null || skip "no GNU time"
    run --separate-stderr bash -c 'ulimit -v "$1"; shift; exec /usr/bin/time -q -f %M -o peak "$@"' _ "$1" "$SPIL" "${@:2}"
    peak=$(tail -n 1 peak)
}

@test "kill -9 at any moment of an import: before or after, and the next command works" {
    people 60000
    before=$(state case.db)
    cp case.db whole.db
    "$SPIL" import whole.db people.csv ties.csv >/dev/null 2>&1
    after=$(state whole.db)
    cp case.db half.db
    "$SPIL" import half.db people.csv >/dev/null 2>&1
    half=$(state half.db) # each file is a transaction of its own
    killed=0
    for moment in 0.02 0.05 0.1 0.15 0.2 0.25 0.3 0.4 0.5 0.6; do
        cp case.db try.db
        "$SPIL" import try.db people.csv ties.csv >/dev/null 2>&1 3>&- &
        pid=$!
        sleep "$moment"
        kill -KILL "$pid" 2>/dev/null && killed=$((killed + 1))
        wait "$pid" || true
        is_state=$(state try.db)
        [ "$is_state" = "$before" ] || [ "$is_state" = "$half" ] || [ "$is_state" = "$after" ]
        sound_and_working try.db
        rm -f try.db*
    done
    [ "$killed" -ge 2 ]
}

@test "Ctrl-C in an import: exit 130, the case as before, and the next command works" {
    people 400000
    before=$(content_of case.db)
    "$SPIL" import case.db people.csv >out 2>err 3>&- &
    pid=$!
    sleep 0.3
    kill -INT "$pid"
    status=0
    wait "$pid" || status=$?
    stderr=$(cat err)
    refuses 130 import "stopped on request"
    [ "$(content_of case.db)" = "$before" ]
    sound_and_working
}

@test "a limit on the size of files: exit 4, the case as before, and the next command works" {
    people 100000
    before=$(content_of case.db)
    run --separate-stderr bash -c 'ulimit -f 3000; "$1" import case.db people.csv' _ "$SPIL"
    refuses 4 import case.db
    [ "$(content_of case.db)" = "$before" ]
    sound_and_working
}

@test "a full disk: exit 4, the case as before, and the next command works" {
    mkdir small
    mount -t tmpfs -o size=4m tmpfs small 2>/dev/null || { echo "# SKIPPED: no file system may be mounted here" >&3; skip "no mount"; }
    people 100000
    cp case.db small/
    before=$(content_of small/case.db)
    spil import small/case.db people.csv
    now=$(content_of small/case.db)
    refused=0
    refuses 4 import "small/case.db: no space left on the disk" && sound_and_working small/case.db && refused=1
    umount small
    [ "$refused" = 1 ]
    [ "$now" = "$before" ]
}

@test "an import waits for another program that holds the case" {
    mkfifo hold
    sqlite3 case.db <hold >/dev/null 3>&- &
    holder=$!
    exec 7>hold
    echo "BEGIN IMMEDIATE; SELECT 1;" >&7
    sleep 0.3
    printf 'id,name\nP2,Bram\n' >second.csv
    "$SPIL" import case.db second.csv >out 2>err 3>&- 7>&- &
    pid=$!
    sleep 0.5
    kill -0 "$pid" # it waits
    echo "COMMIT;" >&7
    exec 7>&-
    wait "$holder"
    wait "$pid"
    spil show case.db --json
    is .entity_count 2
}

@test "Ctrl-C while it waits for the case ends the wait" {
    mkfifo hold
    sqlite3 case.db <hold >/dev/null 3>&- &
    holder=$!
    exec 7>hold
    echo "BEGIN IMMEDIATE; SELECT 1;" >&7
    sleep 0.3
    "$SPIL" import case.db first.csv >out 2>err 3>&- 7>&- &
    pid=$!
    sleep 0.3
    kill -INT "$pid"
    status=0
    wait "$pid" || status=$?
    exec 7>&-
    wait "$holder"
    stderr=$(cat err)
    refuses 130 import "stopped on request"
}

@test "two imports at once: one waits, and both are right" {
    people 60000
    sed 's/X\([0-9]\)/Y\1/g' people.csv >others.csv
    "$SPIL" import case.db people.csv >/dev/null 2>err1 3>&- &
    one=$!
    "$SPIL" import case.db others.csv >/dev/null 2>err2 3>&- &
    two=$!
    wait "$one"
    wait "$two"
    spil info case.db --json
    is '"\(.source_count) \(.entity_count) \(.attribute_count)"' "3 120001 120000"
    sound_and_working
}

@test "two imports of one file at once: it comes in once" {
    people 60000
    "$SPIL" import case.db people.csv >/dev/null 2>err1 3>&- &
    one=$!
    "$SPIL" import case.db people.csv >/dev/null 2>err2 3>&- &
    two=$!
    wait "$one"
    wait "$two"
    cat err1 err2 | grep -q "people.csv: imported before, nothing changed"
    spil info case.db --json
    is '"\(.source_count) \(.entity_count)"' "2 60001"
}

@test "a gzip bomb is refused with a message, in little memory" {
    { echo id,name; head -c 200000000 /dev/zero | tr '\0' x; } | gzip -9 >bomb.csv.gz
    { echo id,name; head -c 200000000 /dev/zero | tr '\0' '\n'; } | gzip -9 >lines.csv.gz
    before=$(content_of case.db)
    for file in bomb.csv.gz lines.csv.gz; do
        bounded 400000 import case.db "$file"
        refuses 3 import "$file" "this is no ordinary export"
        [ "$peak" -lt 60000 ]
    done
    [ "$(content_of case.db)" = "$before" ]
}

@test "a line of a gigabyte is refused with a message, in little memory" {
    { head -c 1073741824 /dev/zero | tr '\0' x; } >line.csv
    bounded 400000 import case.db line.csv
    rm line.csv
    refuses 3 import "line.csv:1: the first line has more than 1048576 bytes"
    [ "$peak" -lt 60000 ]
}

@test "a long line among others rejects that row alone, in little memory" {
    { echo id,name; head -c 100000000 /dev/zero | tr '\0' x; printf '\nP2,Bram\n'; } >line.csv
    bounded 400000 import case.db line.csv --json
    exits 1
    is '.rows[0] | "\(.accepted) \(.rejected)"' "1 1"
    [ "$peak" -lt 60000 ]
}

@test "ten million columns are refused with a message, in little memory" {
    head -c 10000000 /dev/zero | sed 's/\x00/a,/g' >columns.csv
    bounded 400000 import case.db columns.csv
    refuses 3 import "columns.csv:1: the first line has more than 1048576 bytes"
    [ "$peak" -lt 60000 ]
    head -c 100000 /dev/zero | sed 's/\x00/a,/g' >columns.csv
    bounded 400000 import case.db columns.csv
    refuses 3 import "columns.csv:1" "4096"
}

@test "JSON nested 100,000 deep is refused with a message, in little memory" {
    { printf '{"id":"a","schema":"Person","properties":{"name":'; head -c 100000 /dev/zero | tr '\0' '['; } >deep.json
    bounded 400000 import case.db deep.json
    refuses 3 import "deep.json"
    bounded 400000 import case.db deep.json --loader ftm
    exits 1
    says "deep.json: 1 of 1 rows rejected"
    [ "$peak" -lt 60000 ]
    spil rejects case.db --json
    is '.rows[0].reason | contains("nested deeper")' true
}
