#!/usr/bin/env bats
# Which communities are scored. SPDX-License-Identifier: GPL-3.0-or-later

load helper

region() {
    "$SPIL" init case.db 2>/dev/null
    "$SPIL" import case.db "$REGION"/*.csv >/dev/null 2>&1
    person=$(awk -F, '$3 == "member" {print $4; exit}' "$REGION/truth/truth.csv")
}

@test "what is near a person is scored as one community" {
    region
    spil analyze case.db --around "$person" --json
    exits 0 && is .communities 1 && is .scored 1
    spil analyze case.db --around "$person" --within 0 --json
    exits 0 && is .communities 1
}

@test "a list and a file of lists are scored as they stand" {
    region
    members=$(awk -F, '$1 == "csv-1" && $3 == "member" {print $4}' "$REGION/truth/truth.csv" | paste -sd,)
    spil run case.db "$REGION"/*.csv --members "$members" --out out
    exits 0
    [ "$(jq '.communities[0].stats.size // .communities[0].size' out/result.json)" -eq "$(tr , '\n' <<<"$members" | wc -l)" ]
    awk -F, 'BEGIN {print "entity;community"} $3 == "member" {print $4 ";" $1}' "$REGION/truth/truth.csv" >list.csv
    spil analyze case.db --community-file list.csv --json
    exits 0 && is .communities "$(cut -d';' -f2 list.csv | sed 1d | sort -u | wc -l)"
}

@test "faults of a scope are named" {
    region
    spil analyze case.db --around nobody
    refuses 3 analyze "--around: there is no entity 'nobody' in the case"
    spil analyze case.db --members ","
    refuses 2 analyze "--members: no key in ','"
    spil analyze case.db --within 2
    refuses 2 analyze "--within needs --around"
    spil analyze case.db --around "$person" --members "$person"
    refuses 2 analyze "exclude each other"
    printf 'who\n%s\n' "$person" >list.csv
    spil analyze case.db --community-file list.csv
    refuses 3 analyze "list.csv:1: found 'who', expected a header with a column 'entity'"
    printf 'entity,community\n%s,a\n%s,b\n' "$person" "$person" >list.csv
    spil analyze case.db --community-file list.csv
    refuses 3 analyze "list.csv:3: '$person' stands in two communities"
    printf 'entity\n' >list.csv
    spil analyze case.db --community-file list.csv
    refuses 3 analyze "list.csv: no entity in it"
}
