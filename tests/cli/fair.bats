#!/usr/bin/env bats
# Fact or nothing: who enters a list, and by what. SPDX-License-Identifier: GPL-3.0-or-later

load helper

list() { # FOLDER: the targets of its files
    rm -f case.db
    "$SPIL" init case.db 2>/dev/null
    "$SPIL" import case.db "$1"/*.csv >/dev/null 2>&1
    "$SPIL" analyze case.db --draws 40 --runs 3 >/dev/null 2>&1
    "$SPIL" targets case.db --json 2>/dev/null
}

# Adds columns that describe who a person is; every second row has a value.
with_profile() {
    mkdir "$1"
    cp "$REGION"/*.csv "$1"
    awk -F, 'NR == 1 {print $0 ",nationality,birth_year,religion"; next}
        {print $0 (NR % 2 ? ",X,1980,Y" : ",,,")}' "$REGION/persons.csv" >"$1/persons.csv"
}

@test "a profile column moves no rank" {
    with_profile profiled
    list "$REGION" >plain.json
    list profiled >profiled.json
    [ "$(jq '.rows | length' plain.json)" -gt 0 ]
    cmp plain.json profiled.json
}

@test "taking away a column that no model asks for moves no rank" {
    mkdir bare
    cp "$REGION"/*.csv bare
    # municipality and all that follows name and id
    column=$(head -1 "$REGION/persons.csv" | tr , '\n' | grep -n '^municipality$' | cut -d: -f1)
    [ -n "$column" ]
    cut -d, --complement -f"$column" "$REGION/persons.csv" >bare/persons.csv
    list "$REGION" >plain.json
    list bare >bare.json
    cmp plain.json bare.json
}

@test "everybody on the list is there by recorded lines that name them" {
    list "$REGION" >list.json
    "$SPIL" report case.db --out out >/dev/null 2>&1
    [ "$(jq '[.targets[] | select((.reasons | map(select(.line != null or .origin != null)) | length) == 0)] | length' out/result.json)" -eq 0 ]
    for key in $(jq -r '.rows[].key' list.json | sort -u); do
        "$SPIL" explain case.db "$key" --json 2>/dev/null >why.json
        jq -r '.reasons[] | select(.kind == "signal" or .kind == "role") | [.file, .line] | @tsv' why.json >lines
        while IFS=$'\t' read -r file line; do
            sed -n "${line}p" "$REGION/$file" | grep -qw "$key"
        done <lines
    done
}

@test "a column of inspections goes into the score, and its lack is said" {
    "$SPIL" init plain.db 2>/dev/null
    "$SPIL" import plain.db "$REGION"/*.csv >/dev/null 2>&1
    "$SPIL" analyze plain.db --draws 40 --runs 3 >plain.txt 2>&1
    grep -q "nobody recorded how often anybody looked" plain.txt
    mkdir looked
    cp "$REGION"/*.csv looked
    awk 'NR == 1 {print $0 ",inspections"; next} {print $0 ",5"}' "$REGION/addresses.csv" >looked/addresses.csv
    "$SPIL" init looked.db 2>/dev/null
    "$SPIL" import looked.db looked/*.csv >/dev/null 2>&1
    "$SPIL" analyze looked.db --draws 40 --runs 3 >looked.txt 2>&1
    ! grep -q "nobody recorded how often anybody looked" looked.txt
    # five looks at each address: a finding there says less, and what was not found speaks against
    for db in plain looked; do "$SPIL" report $db.db --out $db >/dev/null 2>&1; done
    sum='[.communities[].chains[].chain.mean] | add'
    [ "$(jq -n --slurpfile a plain/result.json --slurpfile b looked/result.json \
        "(\$a[0] | $sum) > (\$b[0] | $sum)")" = true ]
}
