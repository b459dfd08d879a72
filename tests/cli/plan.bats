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

@test "what cannot be is refused" {
    plan --week police=0
    refuses 2 plan "police with 0 hours a week never ends"
    plan --show all
    refuses 2 plan "'all' is not actions, partners or sums"
    spil init none.db
    spil plan none.db
    refuses 3 plan "no list of targets yet"
}
