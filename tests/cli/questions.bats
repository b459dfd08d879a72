#!/usr/bin/env bats
# The next best question. SPDX-License-Identifier: GPL-3.0-or-later

load helper

@test "questions stand by worth, at partners of the models, about members of the community" {
    "$SPIL" init case.db 2>/dev/null
    "$SPIL" import case.db "$REGION"/*.csv >/dev/null 2>&1
    "$SPIL" analyze case.db --draws 20 --runs 2 >/dev/null 2>&1
    spil questions case.db --json --count 0
    exits 0
    is '.rows | length' "$(jq .questions <<<"$output")"
    is '[.rows[].worth] | . == (sort | reverse)' true
    is '[.rows[] | select(.chance <= 0 or .chance >= 1)] | length' 0
    community=$(jq '.rows[0].community' <<<"$output")
    key=$(jq -r '.rows[0].key' <<<"$output")
    "$SPIL" communities case.db --members "$community" --runs 2 --format csv 2>/dev/null | grep -q "^$key,"
}

@test "a record that answers the first question moves its community as far as was told" {
    "$SPIL" init case.db 2>/dev/null
    "$SPIL" import case.db "$REGION"/*.csv >/dev/null 2>&1
    "$SPIL" analyze case.db --draws 20 --runs 2 >/dev/null 2>&1
    "$SPIL" questions case.db --json --count 0 2>/dev/null | jq -c '[.rows[] | select(.kind == "signal")][0]' >question
    community=$(jq .community question)
    "$SPIL" communities case.db --members "$community" --runs 2 --format csv 2>/dev/null |
        awk -F, 'NR == 1 {print "entity"} NR > 1 {print $1}' >list.csv
    value() {
        "$SPIL" analyze case.db --community-file list.csv --draws 200 --as-of 2025-06-14 >/dev/null 2>&1
        "$SPIL" explain case.db community:1 --model "$(jq -r .model question)" --json 2>/dev/null | jq .score.mean
    }
    before=$(value)
    jq -r '"entity,code,strength,date\n\(.key),\(.code),1,2025-06-14"' question >answer.csv
    "$SPIL" import case.db answer.csv >/dev/null 2>&1
    after=$(value)
    awk -v a="$before" -v b="$after" 'BEGIN {exit !(b > a)}'
}
