# learning.bats - what was done, what came of it, and what it teaches. SPDX-License-Identifier: GPL-3.0-or-later
load helper

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    "${SPIL:-$BATS_TEST_DIRNAME/../../build/spil}" run listed.db "$BATS_TEST_DIRNAME"/../../datasets/examples/region/*.csv --out out --draws 40 >/dev/null 2>&1
}

fresh() {
    cp "$BATS_FILE_TMPDIR/listed.db" case.db
}

# results WORKS FAILS BARRIER MODEL STEP: so many rows of an outcomes file
results() {
    local i
    for ((i = 0; i < $1; i++)); do echo "$4,$5,$3,yes,works"; done
    for ((i = 0; i < $2; i++)); do echo "$4,$5,$3,yes,fails"; done
}

@test "an outcome of a proposal is kept once, listed, and stands in the audit chain" {
    fresh
    spil outcome case.db --target 1 --day 2025-03-02 --result works --hours 20 --by Ann
    exits 0
    says "1 new, 0 overruled, 0 known already"
    spil outcome case.db --target 1 --day 2025-03-02 --result works --hours 20 --by Ann
    says "0 new, 0 overruled, 1 known already"
    spil outcome case.db --target 1 --day 2025-03-02 --result fails --by Bo
    says "0 new, 1 overruled"
    spil outcome case.db --json
    exits 0
    is '.rows | length' 1
    is '.rows[0] | [.day, .done, .result, .hours, .reporter] | map(tostring) | join(" ")' "2025-03-02 yes fails null Bo"
    key=$(jq -r '.rows[0].key' <<<"$output")
    spil audit verify case.db
    exits 0
    spil audit show case.db --json
    is '[.rows[] | select(.action == "outcome")] | length' 2
    is "[.rows[] | select(.action == \"outcome\") | .detail | test(\"\\\\b$key\\\\b\")] | any" false
}

@test "the same done on another day is refused, unless it was done again" {
    fresh
    spil outcome case.db --target 1 --day 2025-03-02 --result works --by Ann
    exits 0
    spil outcome case.db --target 1 --day 2025-03-09 --result works --by Ann
    refuses 3 outcome "on record as done on 2025-03-02" --again
    spil outcome case.db --target 1 --day 2025-03-09 --done no --by Ann # what was dropped counts for nothing
    exits 0
    spil outcome case.db --json
    is '[.rows[] | select(.result == "works")] | length' 1
    spil outcome case.db --target 1 --day 2025-03-16 --result fails --by Ann --again
    exits 0
    spil outcome case.db --json
    is '[.rows[] | select(.done == "yes")] | length' 2
}

@test "an outcome needs a name, a day, a rank that is there, and a barrier that is one" {
    fresh
    spil outcome case.db --target 1 --day 2025-03-02
    refuses 2 outcome "--by NAME is missing"
    spil outcome case.db --target 1 --by Ann
    refuses 2 outcome "--day DATE is missing"
    spil outcome case.db --target 999 --by Ann --day 2025-03-02
    refuses 3 outcome "no rank 999"
    spil outcome case.db --entity A1 --barrier closur --by Ann --day 2025-03-02
    refuses 2 outcome "did you mean 'closure'"
    spil outcome case.db --entity A1 --barrier closure --by Ann --day 2025-03-02
    refuses 2 outcome "name model and step too"
    spil outcome case.db --entity NOBODY --barrier closure --model cannabis_cultivation --by Ann --day 2025-03-02
    refuses 3 outcome "'NOBODY'"
    spil outcome case.db --target 1 --done no --result works --by Ann --day 2025-03-02
    refuses 3 outcome "neither work nor fail"
    spil outcome case.db --json
    is '.rows | length' 0
}

@test "the sheet comes back whole or not at all" {
    fresh
    spil outcome case.db --sheet done.csv
    exits 0
    says "20 actions to fill in"
    [ "$(stat -c %a done.csv)" = 600 ]
    spil outcome case.db --answers done.csv
    exits 0
    says "0 new"
    sed -E '2s/,,,,,,$/,2025-04-01,yes,works,3,Bo,seen/; 3s/,,,,,,$/,2025-04-02,no,,,Bo,/' done.csv >good.csv
    sed -E '2s/,,,,,,$/,2025-04-01,yes,works,3,Bo,seen/; 3s/,,,,,,$/,2025-04-02,yes,maybe,,Bo,/; 4s/,,,,,,$/,4-4,yes,works,,Bo,/' done.csv >bad.csv
    spil outcome case.db --answers bad.csv
    exits 3
    says "bad.csv:3: result 'maybe'; expected works, fails or unknown"
    says "bad.csv:4: day '4-4'; expected a date"
    says "2 rows cannot be taken; nothing was kept"
    spil outcome case.db --json
    is '.rows | length' 0
    spil outcome case.db --answers good.csv
    exits 0
    says "2 new"
    spil outcome case.db --json
    is '[.rows[] | .done + " " + .result] | join(", ")' "yes works, no unknown"
}

@test "an instrument learns from the model's own prior, and few results say nothing" {
    echo model,step,barrier,done,result >o.csv
    results 2 1 closure cannabis_cultivation location >>o.csv
    spil learn --outcomes o.csv --json
    exits 0
    is '.rows[0] | [.works, .fails, .finding] | map(tostring) | join(" ")' "2 1 too few to say"
    read -r a b < <(sed -n '/id: closure,/,/effect/s/.*effect: \[\([0-9.]*\), \([0-9.]*\)\].*/\1 \2/p' "$root/datasets/models/cannabis_cultivation.yaml" | head -1)
    is ".rows[0].mean - ($a + 2) / ($a + $b + 3) | fabs < 1e-9" true
    is '.rows[0] | .low < .mean and .mean < .high and (.high - .low) < (.prior_high - .prior_low)' true
    is '.rows[0].over_low' null
}

@test "better and worse are said only where it stands" {
    echo model,step,barrier,done,result >o.csv
    results 28 2 closure cannabis_cultivation location >>o.csv
    results 8 22 tenancy_ended cannabis_cultivation location >>o.csv
    results 15 15 criminal_inquiry cannabis_cultivation financing >>o.csv
    spil learn --outcomes o.csv --json
    exits 0
    is '[.rows[] | .barrier + ": " + .finding] | sort | join(", ")' "closure: better, criminal_inquiry: no difference shown, tenancy_ended: worse"
    is '[.rows[] | select(.finding == "better") | .over_low > 0] | all' true
    spil learn --outcomes o.csv
    says "fewer than 5 results"
}

@test "an analysis takes up what was learned, tells where from, and refuses other numbers" {
    fresh
    echo model,step,barrier,done,result >o.csv
    results 0 90 tenancy_ended cannabis_cultivation location >>o.csv
    spil learn --outcomes o.csv --write learned.csv
    exits 0
    spil analyze case.db --draws 40 --learned learned.csv
    exits 0
    says "effects of 1 barriers are learned"
    spil targets case.db --top 400 --json
    is '[.rows[] | select(.barrier == "tenancy_ended") | .effect < 0.1] | all' true
    spil report case.db --out rep
    exits 0
    [ "$(jq -r '.run.options.analyze.learned[0] | [.barrier, .fails, .from] | map(tostring) | join(" ")' rep/run.json)" = "tenancy_ended 90 90 results in o.csv" ]
    [ "$(jq '[.. | objects | select(.id? == "tenancy_ended" and has("effect"))] | all(.assumed == false and .effect < 0.1)' rep/result.json)" = true ]
    [ "$(jq -r '[.. | objects | .learned_from? // empty] | unique | join("|")' rep/result.json)" = "90 results in o.csv" ]
    spil run whole.db "$REGION"/*.csv --out whole --draws 40 --learned learned.csv
    exits 0
    says "effects of 1 barriers are learned"
    [ "$(jq -r '[.. | objects | .learned_from? // empty] | unique | join("|")' whole/result.json)" = "90 results in o.csv" ]
    sed 's/tenancy_ended,[0-9]*/tenancy_ended,99/' learned.csv >other.csv
    spil analyze case.db --learned other.csv
    refuses 3 analyze "learn again"
}

@test "a practice is held against regions without it" {
    echo practice,region,period,treated,count >c.csv
    for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
        t=no n=$((50 + i % 3))
        [ $i -le 6 ] && t=yes n=$((20 + i % 4))
        printf '%s\n' "closing,r$i,before,$t,50" "closing,r$i,after,$t,$n" "letters,r$i,before,$t,50" "letters,r$i,after,$t,$((48 + i % 5))" >>c.csv
    done
    printf '%s\n' rare,a,before,yes,9 rare,a,after,yes,1 rare,b,before,no,9 rare,b,after,no,9 >>c.csv
    spil learn --compare c.csv --json
    exits 0
    is '[.comparisons[] | .practice + ": " + .finding] | join(", ")' "closing: better, letters: no difference shown, rare: too few to say"
    is '.comparisons[0] | .low < .difference and .difference < .high and .high < 0' true
    first=$output
    spil learn --compare c.csv --json
    [ "$output" = "$first" ]
    spil learn --compare c.csv --scale count --format csv
    exits 0
    prints "rare,1,1,count,-8,,,,too few to say"
    printf '%s\n' region,period,treated,count a,before,yes,3 b,then,no,2 a,after,no,x >bad.csv
    spil learn --compare bad.csv
    exits 3
    says "bad.csv:3: period 'then'; expected before or after"
    says "bad.csv:4: count 'x'; expected a number from 0"
}

@test "what was learned changes the instrument on the list, as docs/interventions.md tells" {
    fresh
    "$SPIL" analyze case.db >/dev/null 2>&1
    hours=municipality=60,police=80,customs=40,port_company=0,prosecution=0
    spil targets case.db --hours $hours --top 3 --json
    is '.rows[0] | .key + " " + .barrier' "A510 closure_storage"
    "$SPIL" outcome case.db --target 1 --day 2026-02-04 --result fails --by Ann 2>/dev/null
    "$SPIL" outcome case.db --target 3 --day 2026-01-14 --result works --by Ann 2>/dev/null
    echo model,step,barrier,done,result >o.csv
    results 3 11 closure_storage cocaine_import_port storage_inland >>o.csv
    results 8 1 customs_profile cocaine_import_port logistics_preparation >>o.csv
    spil learn case.db --outcomes o.csv --write learned.csv --json
    exits 0
    is '[.rows[] | "\(.works) \(.fails) \(.finding)"] | join(", ")' "9 1 better, 3 12 worse"
    grep -q '1 result in case.db (2026-02-04 to 2026-02-04), 14 results in o.csv' learned.csv
    "$SPIL" analyze case.db --learned learned.csv >/dev/null 2>&1
    spil targets case.db --hours $hours --top 3 --json
    is '.rows[0] | .key + " " + .partner' "A510 police"
    "$SPIL" report case.db --out rep --lang nl 2>/dev/null
    grep -q 'Geleerd van</dt><dd>.*1 result in case.db (2026-01-14 to 2026-01-14), 9 results in o.csv' rep/report.html
}
