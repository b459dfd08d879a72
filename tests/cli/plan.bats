# plan.bats - the list laid out in time. SPDX-License-Identifier: GPL-3.0-or-later
load helper

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    run=("${SPIL:-$BATS_TEST_DIRNAME/../../build/spil}")
    "${run[@]}" init case.db 2>/dev/null
    "${run[@]}" import case.db "$BATS_TEST_DIRNAME"/../../datasets/examples/region/*.csv >/dev/null 2>&1
    "${run[@]}" analyze case.db --draws 40 >/dev/null 2>&1
    "${run[@]}" targets case.db --hours police=200,municipality=60,prosecution=150 >/dev/null 2>&1
}

plan() {
    spil plan "$BATS_FILE_TMPDIR"/case.db --start 2026-01-05 "$@"
}

@test "every target of the list has its days, its partner and its hours" {
    plan --json
    exits 0
    is '.rows | length' 20
    is '[.rows[] | select(.begin < "2026-01-05" or .stands < .begin)] | length' 0
    is '.rows[0].begin' 2026-01-05
}

@test "a partner works one thing after the other, at its hours a week" {
    plan --json --week police=40
    fast=$(jq -r '[.rows[] | select(.partner == "police")][1].begin' <<<"$output")
    plan --json --week police=8
    slow=$(jq -r '[.rows[] | select(.partner == "police")][1].begin' <<<"$output")
    [[ $slow > $fast ]]
}

@test "shares of the partners add up to the gain, and nobody is used beyond the hours given" {
    plan --show partners --json
    exits 0
    shares=$(jq '[.rows[].credit] | add' <<<"$output")
    is '[.rows[] | select(.given != null and .used > .given)] | length' 0
    is '[.rows[] | select(.credit < 0 or (.more // 0) < 0)] | length' 0
    plan --show sums --format csv
    gain=$(sed -n 's/^gain,//p' <<<"$output")
    bound=$(sed -n 's/^proven_bound,//p' <<<"$output")
    awk -v a="$shares" -v b="$gain" -v c="$bound" 'BEGIN {exit !(a - b < 1e-6 && b - a < 1e-6 && c >= b)}'
}

@test "what is proved of the list is told: a share for one partner, a limit for several" {
    plan --exact 0
    [[ $output == *"--exact SECONDS looks for a limit"* ]]
    plan --exact 2
    [[ $output == *"see the limit above"* ]]
    cp "$BATS_FILE_TMPDIR"/case.db one.db
    others=prosecution=0,municipality=0,tax_authority=0,customs=0,labour_inspectorate=0,fiscal_police=0
    others+=,chamber_of_commerce=0,housing_corporation=0,grid_operator=0,water_authority=0
    others+=,environment_service=0,food_authority=0,transport_inspectorate=0,border_police=0
    others+=,immigration_service=0,benefits_agency=0,land_registry=0,port_company=0,insurer=0,bank=0
    others+=,notary=0,trade_association=0,residents=0
    spil targets one.db --hours police=300,$others
    exits 0
    spil plan one.db --exact 0
    [[ $output == *"at least 32% of what"* ]]
}

@test "the calendar has an event an action, one file a partner, and the same bytes again" {
    plan --ics plan.ics --xlsx plan.xlsx
    exits 0
    [ "$(grep -c BEGIN:VEVENT plan.ics)" -eq 20 ]
    [ "$(cat plan-*.ics | grep -c BEGIN:VEVENT)" -eq 20 ]
    grep -q "DTSTART;VALUE=DATE:20260105" plan.ics
    unzip -tq plan.xlsx
    mkdir first
    mv plan* first
    plan --ics plan.ics --xlsx plan.xlsx
    for file in plan*; do cmp "$file" "first/$file"; done
}

@test "a calendar library reads the calendar: each action on its days" {
    plan --ics plan.ics --json
    exits 0
    printf '%s\n' "$output" >plan.json
    local python
    for python in python3 /usr/bin/python3; do
        if "$python" -c 'import icalendar' 2>/dev/null; then
            run "$python" "$BATS_TEST_DIRNAME/readers.py" ics plan.ics plan.json
            [ "$status" -eq 0 ] || { echo "$output"; return 1; }
            sed '0,/DTSTART;VALUE=DATE:2026/s//DTSTART;VALUE=DATE:2027/' plan.ics >late.ics
            run "$python" "$BATS_TEST_DIRNAME/readers.py" ics late.ics plan.json
            [ "$status" -eq 1 ]
            return
        fi
    done
    echo "# SKIPPED: NO PYTHON MODULE icalendar (make deps USES=ci)" >&3
    skip "no python3-icalendar"
}

@test "what is on record stands beside the plan: actions, hours, steps and chains" {
    cp "$BATS_FILE_TMPDIR"/case.db done.db
    spil plan done.db --start 2026-01-05 --json
    is '[.rows[] | select(.record != null)] | length' 0
    spil outcome done.db --target 1 --day 2026-02-01 --result works --hours 11 --by 'J. de Vries'
    spil outcome done.db --target 2 --day 2026-02-02 --result fails --hours 7 --by 'J. de Vries'
    spil outcome done.db --target 3 --day 2026-02-02 --done no --by 'J. de Vries'
    exits 0
    spil plan done.db --start 2026-01-05 --json
    is '[.rows[:4][].record] | join("|")' "works|fails|not done|"
    is '[.rows[:2][].record_hours] | add' 18
    spil plan done.db --start 2026-01-05 --show sums --json
    is '[.rows[] | select(.figure | test("^(actions_done|actions_that_|hours_spent|steps_hit|chains_hit)")).value] | join(" ")' "2 1 1 18 1 1"
    spil plan done.db --start 2026-01-05 --show partners --json
    is '[.rows[].done] | add' 2
    is '[.rows[].hours_done] | add' 18
    spil plan done.db --start 2026-01-05 --xlsx plan.xlsx
    prints "On record: 2 of 20 actions done in 18 of"
    prints "1 work, 1 fail; at least one worked in 1 of"
    unzip -p plan.xlsx xl/workbook.xml | grep -q 'name="Indicators"'
    spil plan done.db --start 2026-01-05 --xlsx plan.xlsx --lang nl
    unzip -p plan.xlsx xl/sharedStrings.xml | grep -q '>voorgesteld<.*>faalt<'
    run ! grep -q '>proposed<' <(unzip -p plan.xlsx xl/sharedStrings.xml)
}

@test "what cannot be is refused" {
    plan --week police=0
    refuses 2 plan "police with 0 hours a week never ends"
    plan --show all
    refuses 2 plan "'all' is not actions, partners or sums"
    spil init none.db
    spil plan none.db
    refuses 3 plan "no list of targets yet"
}

list() {
    cp "$BATS_FILE_TMPDIR"/case.db own.db
    spil targets own.db --json "$@"
}

@test "what must be on the list is, what must not is not, and the plan keeps to it too" {
    list --hours police=200,municipality=60 --top 5
    first=$(jq -r '.rows[0].key + ":" + .rows[0].barrier' <<<"$output")
    list --hours police=200,municipality=60 --top 5 --must-not "$first" --must A510:search
    exits 0
    is '[.rows[] | select(.key + ":" + .barrier == "'"$first"'")] | length' 0
    is '[.rows[] | select(.key == "A510" and .barrier == "search")] | length' 1
    spil plan own.db --start 2026-01-05 --show sums --format csv
    exits 0
    awk -F, '/^gain,/ {a = $2} /^proven_bound,/ {b = $2} END {exit !(a > 0 && b >= a)}' <<<"$output"
}

@test "a list spends no more than the budget" {
    cp -r "$root/datasets/models" models
    sed -i '/cost:/!s/hours: \([0-9]*\), lead_days/cost: \100, hours: \1, lead_days/' models/*.yaml
    cp "$BATS_FILE_TMPDIR"/case.db own.db
    "$SPIL" analyze own.db --draws 40 --models models >/dev/null 2>&1
    spil targets own.db --json --models models --budget 10000
    exits 0
    is '([.rows[].hours] | add) * 100 <= 10000' true
    is '.rows | length > 1' true
    spil plan own.db --models models --start 2026-01-05
    prints "of 10000 euro beside the hours"
}

@test "one waits for another, and for a day; two are kept apart" {
    list --hours police=200,municipality=60 --top 6
    cat >wishes.csv <<'END'
wish,key,barrier,other_key,other_barrier,day
after,A510,,A342,landlord_permit,
not_before,A342,landlord_permit,,,2026-03-02
must,A510,closure_storage,,,
apart,A342,landlord_permit,C456,,
END
    list --hours police=200,municipality=60 --top 6 --wishes wishes.csv
    exits 0
    is '[.rows[] | select(.key == "A510" or .key == "A342") | .barrier] | join(" ")' "landlord_permit closure_storage"
    is '[.rows[] | select(.key == "C456")] | length' 0
    spil plan own.db --start 2026-01-05 --json
    exits 0
    is '[.rows[] | select(.key == "A342") | .begin][0]' 2026-03-02
    is '[.rows[] | select(.key == "A510" or .key == "A342")] | .[1].begin >= .[0].stands' true
}

@test "within a period nothing stands too late, and at one address no more than fits" {
    list --top 100
    is '[.rows[] | select(.lead_days > 20)] | length > 0' true
    is '[.rows[] | select(.key == "A510")] | length > 1' true
    list --top 100 --days 20
    is '[.rows[] | select(.lead_days > 20)] | length' 0
    list --top 100 --days 6
    is '[.rows[] | select(.key == "A510")] | length <= 1' true
}

@test "wishes that cannot be are refused with the place" {
    cp "$BATS_FILE_TMPDIR"/case.db own.db
    spil targets own.db --must NOBODY
    refuses 3 targets "--must: there is nobody with the key 'NOBODY'"
    spil targets own.db --must A510:nonsense
    refuses 3 targets "--must: there is nothing to do at 'A510' by nonsense"
    spil targets own.db --must A510:search --hours police=0
    refuses 3 targets "--must: must A510 search: no list within the hours"
    printf 'wish,key,day\nmust,,\nlater,A510,\nnot_before,A510,soon\n' >wishes.csv
    spil targets own.db --wishes wishes.csv
    exits 3
    says "3 rows cannot be taken; no list was made"
    says "must, must_not, after, apart or not_before"
    says "a date such as 2026-03-31"
}

@test "what moves to another step or over the border is no gain" {
    for case in gone half; do cp -r "$root/datasets/models" $case; done
    sed -i '/id: closure_storage/,/assumed/s/effect: /displaces: [{to: distribution_proceeds, share: 0.3}, {to: abroad, share: 0.2}],\n         effect: /' half/cocaine_import_port.yaml
    for case in gone half; do
        cp "$BATS_FILE_TMPDIR"/case.db $case.db
        "$SPIL" analyze $case.db --draws 40 --models $case >/dev/null 2>&1
        spil targets $case.db --json --models $case --must A510:closure_storage --top 3
        exits 0
        jq -r '.rows[] | select(.barrier == "closure_storage") | .gain' <<<"$output" >$case.gain
    done
    awk 'NR == FNR {a = $1; next} {d = $1 / a - 0.5; exit !(d < 1e-6 && d > -1e-6)}' gone.gain half.gain
    spil plan half.db --models half --start 2026-01-05
    prints "That is net:"
    spil plan half.db --models half --start 2026-01-05 --json
    is '[.rows[] | select(.moved > 0) | (.moved / .adds * 1000 | round)] | join(" ")' 600
    is '[.rows[] | select(.abroad > 0) | (.abroad / .adds * 1000 | round)] | join(" ")' 400
}
