#!/usr/bin/env bats
# Which assumed number moves the ranking. SPDX-License-Identifier: GPL-3.0-or-later

load helper

analysed() {
    "$SPIL" init case.db 2>/dev/null
    "$SPIL" import case.db "$REGION"/*.csv >/dev/null 2>&1
    "$SPIL" analyze case.db --draws 20 --runs 2 "$@" >/dev/null 2>&1
}

@test "numbers that are assumed stand in order of what they move, each with its range" {
    analysed
    spil sensitivity case.db --samples 64 --json
    exits 0
    is '.rows | length' "$(jq .assumed <<<"$output")"
    is '[.rows[] | select(.low > .value or .value > .high)] | length' 0
    is '[.rows[] | .total | select(. != null)] | length' "$(jq .drawn <<<"$output")"
    is '[.rows[] | .total | select(. != null)] | . == (sort | reverse)' true
    # numbers beyond those drawn move it no more than the least of those
    is '([.rows[] | select(.total != null) | [.shift_low, .shift_high] | max] | min) >= ([.rows[] | select(.total == null) | [.shift_low, .shift_high] | max] | max)' true
}

@test "a model that stands alone moves no place by its harm" {
    mkdir one && cp "$root/datasets/models/cannabis_cultivation.yaml" one
    analysed --models one
    spil sensitivity case.db --models one --samples 0 --json
    exits 0
    is '[.rows[] | select(.number == "cannabis_cultivation.harm")][0] | .shift_low + .shift_high' 0
    is '[.rows[] | select(.number == "cannabis_cultivation.harm")][0] | .total_high' 2
}

@test "how often a look finds a signal is among the numbers where looks are on record" {
    analysed
    spil sensitivity case.db --samples 0 --json
    is '[.rows[] | select(.number | endswith(".found"))] | length' 0
    mkdir looked && cp "$REGION"/*.csv looked
    awk '{print $0 (NR == 1 ? ",inspections" : ",3")}' "$REGION/addresses.csv" >looked/addresses.csv
    "$SPIL" init looked.db 2>/dev/null
    "$SPIL" import looked.db looked/*.csv >/dev/null 2>&1
    "$SPIL" analyze looked.db --draws 20 --runs 2 >/dev/null 2>&1
    spil sensitivity looked.db --samples 0 --json
    exits 0
    is '[.rows[] | select(.number | endswith(".found"))] | length' \
        "$(cat "$root"/datasets/models/*.yaml | grep -c 'code: ')"
    is '[.rows[] | select(.number | endswith(".found")) | select(.total_low != .total_high)] | length > 0' true
}

@test "the same bytes for any number of threads" {
    analysed
    "$SPIL" sensitivity case.db --samples 32 --threads 1 --format csv >one 2>/dev/null
    "$SPIL" sensitivity case.db --samples 32 --threads 3 --format csv >three 2>/dev/null
    cmp one three
}

@test "without an analysis it says what to do" {
    "$SPIL" init case.db 2>/dev/null
    spil sensitivity case.db
    refuses 3 sensitivity "no analysis yet"
}

@test "what moves the ranking is kept with the analysis when asked, and the report tells it" {
    analysed
    spil report case.db --out before
    exits 0
    [ "$(jq '.sensitivity | length' before/result.json)" = 0 ]
    ! grep -q 'moves the ranking most' before/report.html
    spil sensitivity case.db --samples 32 --keep --json
    exits 0
    first=$(jq -r '.rows[0].number' <<<"$output")
    "$SPIL" report case.db --out after >/dev/null 2>&1
    [ "$(jq '.sensitivity | length' after/result.json)" = 10 ]
    [ "$(jq -r '.sensitivity[0].number' after/result.json)" = "$first" ]
    [ "$(jq '.sensitivity[0].share > 0' after/result.json)" = true ]
    grep -q "moves the ranking most.*" after/report.html
    grep -qF "<code>$first</code>" after/report.html
    # kept again, it takes the place of what was kept
    "$SPIL" sensitivity case.db --samples 0 --keep >/dev/null 2>&1
    "$SPIL" report case.db --out again >/dev/null 2>&1
    [ "$(jq '.sensitivity | length' again/result.json)" = 10 ]
    [ "$(jq '.sensitivity[0].share' again/result.json)" = null ]
}
