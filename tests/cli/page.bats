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

@test "coordinates in a file make a map in the page, and go to no partner" {
    mkdir in
    cp "$REGION"/*.csv in
    awk -F, -v OFS=, 'NR == 1 { print $0, "lat", "lon"; next } { printf "%s,%.5f,%.5f\n", $0, 51.91234 + NR / 1000, 4.7 + NR / 700 }' \
        "$REGION"/addresses.csv >in/addresses.csv
    "$SPIL" run case.db in/*.csv --draws 20 --runs 2 --out out >/dev/null 2>&1
    grep -q '<figure class="map">' out/report.html
    grep -qE '\(51\.9[0-9]{4}, 4\.[0-9]{5}\)' out/report.html
    ! grep -oE '(src|href)="[^#"][^"]*"' out/report.html
    "$SPIL" key new key 2>/dev/null
    "$SPIL" partners case.db --out lists --disclosure "$root"/datasets/disclosure/example.yaml --key key --proposed >/dev/null 2>&1
    ! grep -rqE '51\.9[0-9]{3}|\blat\b' lists
    # The example states places of the Dutch grid; without them there is no map.
    "$SPIL" run grid.db "$REGION"/*.csv --draws 20 --runs 2 --out grid >/dev/null 2>&1
    grep -q '<figure class="map">' grid/report.html
    column=$(head -1 "$REGION"/addresses.csv | tr , '\n' | grep -n '^rd_x$' | cut -d: -f1)
    [ -n "$column" ]
    cut -d, -f"$column" --complement "$REGION"/addresses.csv >in/addresses.csv
    "$SPIL" run plain.db in/*.csv --draws 20 --runs 2 --out plain >/dev/null 2>&1
    ! grep -q '<figure class="map">' plain/report.html
}

@test "the page and result.json tell what each partner brings, as the plan does" {
    "$SPIL" run case.db "$REGION"/*.csv --draws 20 --runs 2 --hours police=160,municipality=24 --out out >/dev/null 2>&1
    "$SPIL" plan case.db --exact 0 --show partners --json >plan.json
    [ "$(jq '.rows | length' plan.json)" -gt 3 ]
    jq -r '.rows[] | [.partner, .credit, .without, .more] | @tsv' plan.json | while IFS=$'\t' read -r partner credit without more; do
        jq -e --arg p "$partner" --arg credit "$credit" --arg without "$without" --arg more "$more" '
            def near($a; $b): ($a - $b | fabs) < 1e-9;
            .partners[] | select(.id == $p) | .share | near(.gain; $credit | tonumber) and near(.gain_without; $without | tonumber)
                and (if $more == "" then .gain_of_more == null else near(.gain_of_more; $more | tonumber) end)' out/result.json >/dev/null ||
            { echo "$partner $credit $without $more"; return 1; }
    done
    [ "$(jq '[.partners[].share.gain] | add - 0' out/result.json | cut -c1-8)" = "$(jq '.gain' out/result.json | cut -c1-8)" ]
    grep -q 'What each partner brings' out/report.html
    cp out/report.html before.html
    "$SPIL" report case.db --out again >/dev/null
    cmp before.html again/report.html
}

@test "coverage in result.json is what a count over the files gives" {
    setup_case
    tail -qn+2 "$REGION"/links.csv | cut -d, -f1,2 | tr , '\n' | sort -u >ends
    { tail -qn+2 "$REGION"/signals.csv; tail -qn+2 "$REGION"/roles.csv; } | cut -d, -f1 | sort -u >told
    for kind in person=P company=C address=A; do
        [ "$(jq ".counts.coverage.linked.${kind%=*} // 0" out/result.json)" -eq "$(grep -c "^${kind#*=}" ends)" ]
        [ "$(jq ".counts.coverage.told.${kind%=*} // 0" out/result.json)" -eq "$(grep -c "^${kind#*=}" told)" ]
    done
    days=$(tail -qn+2 "$REGION"/signals.csv | cut -d, -f4 | grep . | sort)
    [ "$(jq .counts.coverage.dated_signals out/result.json)" -eq "$(wc -l <<<"$days")" ]
    [ "$(jq -r .counts.coverage.first_signal out/result.json)" = "$(head -1 <<<"$days")" ]
    [ "$(jq -r .counts.coverage.last_signal out/result.json)" = "$(tail -1 <<<"$days")" ]
    [ "$(jq .counts.coverage.dated_links out/result.json)" -eq "$(tail -qn+2 "$REGION"/links.csv | awk -F, '$6 != "" || $7 != ""' | wc -l)" ]
    grep -q '>Coverage<' out/report.html
}
