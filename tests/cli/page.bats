#!/usr/bin/env bats
# report.html as a file: how much it draws, and what its script is given.
# SPDX-License-Identifier: GPL-3.0-or-later

load helper

setup_case() {
    "$SPIL" run case.db "$REGION"/*.csv --draws 20 --runs 2 --out out >/dev/null 2>&1
}

@test "report --nodes and --communities limit what is drawn, and refuse what is no number" {
    setup_case
    "$SPIL" report case.db --nodes 5 --communities 2 --out small
    [ "$(jq '[.communities[].nodes | length] | max' small/result.json)" -eq 5 ]
    [ "$(jq '.communities | length' small/result.json)" -le 6 ]
    [ "$(wc -c <small/report.html)" -lt "$(wc -c <out/report.html)" ]
    run "$SPIL" report case.db --nodes 0 --out small
    [ "$status" -eq 2 ]
    [[ $output == *"--nodes"*"'0'"* ]]
}

@test "every fact the script is given names a file and line that are there" {
    setup_case
    sed -n '/id="facts">/,/<\/script>/p' out/report.html | sed 's/.*id="facts">//; s/<\/script>.*//' | jq -s '.[0]' >facts.json
    [ "$(jq '.entities | length' facts.json)" -gt 100 ]
    jq -r '.sources as $s | .entities[] | .[0] as $key | .[7][] | [$s[.[4]], .[5], $key] | @tsv' facts.json >signals
    [ -s signals ]
    while IFS=$'\t' read -r file line key; do
        sed -n "${line}p" "$REGION/$file" | grep -q "^$key,"
    done <signals
}

@test "the same case gives the same page, and each language its own" {
    setup_case
    "$SPIL" report case.db --out again
    cmp out/report.html again/report.html
    "$SPIL" report case.db --lang nl --out nl
    ! cmp -s out/report.html nl/report.html
    grep -q 'elke stap' nl/report.html
}
