# limits.bats - a line without end, a gzip bomb, brackets without end and columns without number through
# every reader of files: refused, or that row rejected, with a message, in little memory.
# SPDX-License-Identifier: GPL-3.0-or-later
load helper

# Runs spil; its largest resident size goes to $peak (KiB).
measured() {
    command -v /usr/bin/time >/dev/null || skip "no GNU time"
    run --separate-stderr bash -c 'ulimit -v 500000; exec /usr/bin/time -q -f %M -o peak "$@"' _ "$SPIL" "$@"
    peak=$(tail -n 1 peak)
    [ "$peak" -lt 110000 ] || { echo "$* took $peak KiB"; return 1; }
}

much() { head -c "$1" /dev/zero | tr '\0' "$2"; }

mapping='entities:
  - {as: a, kind: person, id: "<Id>", name: "<Naam>"}'

# NAME|BEGINNING|OPTIONS: a sound file of each loader
tables="native.csv|id,name\nP1,A\n|
mapped.csv|Id;Naam\n1;A\n|--mapping m.yaml
icij.csv|node_id,name,countries,sourceID\n1,A,NL,x\n|
neo4j.csv|:ID,name,:LABEL\n1,A,Person\n|
edges.csv|from,to,weight\n1,2,1\n|--loader edges
spil.csv|id,kind,name,type,spil_source,spil_line\nP1,person,A,,,\n|"
json='ftm.json|{"id":"a","schema":"Person","properties":{"name":["A"]}}\n|
bods.json|{"statementId":"s1","recordId":"r1","recordType":"entity","recordDetails":{"entityType":{"type":"registeredEntity"},"name":"A","isComponent":false}}\n|'
graphs='net.graphml|<?xml version="1.0"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="directed"><node id="n0"/>|
net.net|*Vertices 2\n1 "A"\n2 "B"\n*Edges\n1 2\n|
net.dl|dl n=2 format=edgelist1\nlabels:\nA B\ndata:\n1 2 1\n|'

# each LIST WHAT: calls `one FILE OPTIONS...` with a fresh case for each line of LIST; file holds its beginning
each() {
    printf '%s\n' "$mapping" >m.yaml
    local name head extra
    while IFS='|' read -r name head extra; do
        rm -f case.db*
        "$SPIL" init case.db 2>/dev/null
        printf "$head" >"$name"
        # shellcheck disable=SC2086
        "$2" "$name" $extra || { echo "$name"; say_all; return 1; }
        rm -f "$name" "$name.gz"
    done <<<"$1"
}

one_rejected() {
    exits 1 && says "$1: 1 of 2 rows rejected" || return 1
    spil rejects case.db --json
    is '.rows[0].reason | contains("limit")' true && is '.rows[0].line > 1' true
}

long_line() { much 3000000 x >>"$1"; measured import case.db "$@"; one_rejected "$1"; }
@test "a line of 3 MB rejects that row alone, through every loader of tables and JSON" {
    each "$tables" long_line
    each "$json" long_line
}

many_columns() { much 12000 x | sed 's/x/a,/g;s/$/\n/' >>"$1"; sed -i '3,$s/,/'"${delimiter:-,}"'/g' "$1"; measured import case.db "$@"; one_rejected "$1"; }
@test "12,000 columns reject that row alone" {
    each "$(grep -v mapped <<<"$tables")" many_columns
    delimiter=';'
    each "$(grep mapped <<<"$tables")" many_columns
}

deep_json() { much 100000 '[' >>"$1"; echo >>"$1"; measured import case.db "$@"; one_rejected "$1"; }
@test "brackets nested 100,000 deep reject that object alone" {
    each "$json" deep_json
}

bombed() {
    gzip -c "$1" >"$1.gz"
    cat bomb.gz >>"$1.gz"
    measured import case.db "$1.gz" "${@:2}"
    refuses 3 import "$1.gz" "this is no ordinary export"
}
@test "a gzip bomb is refused whole, through every loader" {
    much 90000000 ' ' | gzip -9 >bomb.gz
    each "$tables" bombed
    each "$json" bombed
    each "$graphs" bombed
}

huge_graph() { much 70000000 ' ' >>"$1"; measured import case.db "$@"; refuses 3 import "$1" "more than 64 MiB unpacked"; }
deep_graph() { much 200000 'a' | sed 's/a/<a>/g' >>"$1"; measured import case.db "$@"; refuses 3 import "$1" "cannot be read" "ine "; }
@test "a network of more than 64 MiB, and XML nested 200,000 deep, are refused" {
    each "$graphs" huge_graph
    each "$(head -1 <<<"$graphs")" deep_graph
}

@test "mappings, settings and disclosures: too long or nested too deep is told at once" {
    "$SPIL" init case.db 2>/dev/null
    printf 'id,name\nP,x\n' >p.csv
    much 1100000 x >long.yaml
    much 100000 '[' >deep.yaml
    "$SPIL" key new my.key 2>/dev/null
    for file in long.yaml deep.yaml; do
        [ $file = long.yaml ] && what="larger than 1048576 bytes" || what="nested deeper than the limit of 64"
        measured import case.db p.csv --mapping $file
        refuses 3 import "$file" "$what"
        measured run --config $file
        refuses 3 run "$file" "$what"
    done
    measured model check ./deep.yaml
    exits 3
    prints "nested deeper than the limit of 64"
    measured import case.db p.csv --key long.yaml
    exits 3
}

@test "answers read back: a line without end and columns without number are told with their line" {
    "$SPIL" init case.db 2>/dev/null
    "$SPIL" import case.db "$REGION"/*.csv >/dev/null 2>&1
    "$SPIL" resolve case.db --review pairs.csv >/dev/null 2>&1
    { cat pairs.csv; much 3000000 x; } >long.csv
    measured resolve case.db --answers long.csv --reviewer me
    exits 3
    says "long.csv:"
    says "a line of more than 1048576 bytes"
    { cat pairs.csv; much 12000 x | sed 's/x/a,/g'; } >wide.csv
    measured resolve case.db --answers wide.csv --reviewer me
    exits 3
    says "values"
    much 3000000 x >head.csv
    measured resolve case.db --answers head.csv --reviewer me
    refuses 3 resolve "head.csv:1: the first line has more than 1048576 bytes"
    measured analyze case.db --community-file head.csv
    refuses 3 analyze "head.csv:1: the first line has more than 1048576 bytes"
    measured mapping suggest head.csv
    refuses 3 mapping "head.csv:1: the first line has more than 1048576 bytes"
    measured review case.db --answers head.csv --by me
    exits 3
    measured outcome case.db --answers head.csv
    exits 3
}
