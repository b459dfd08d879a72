# region.bats - the example region from files to targets, step by step and all at once.
# SPDX-License-Identifier: GPL-3.0-or-later
load helper

# Done once for the whole file: `run` in one folder, the same in steps in another.
setup_file() {
    load helper
    cd "$BATS_FILE_TMPDIR" || return 1
    "$SPIL" run whole.db "$REGION"/*.csv --out whole >whole.out 2>whole.err
    echo $? >whole.status
    "$SPIL" init steps.db 2>/dev/null
    "$SPIL" import steps.db "$REGION"/*.csv >/dev/null 2>&1
    "$SPIL" analyze steps.db --json >analyze.json 2>analyze.err
    "$SPIL" targets steps.db --json >targets.json 2>targets.err
    "$SPIL" report steps.db --out steps >report.out 2>report.err
}

setup() {
    cd "$BATS_FILE_TMPDIR" || exit
}

@test "run goes from files to a report, and prints the top targets and where the report is" {
    [ "$(cat whole.status)" -eq 0 ] || { cat whole.err; false; }
    grep -q '^report: whole/report.html$' whole.out
    [ -s whole/report.html ]
    grep -qE '^ *1  ' whole.out
    [ "$(grep -cE '^ *[0-9]+  ' whole.out)" -eq 10 ]
}

@test "the steps one by one give the same files as run" {
    diff -r whole steps
    for file in steps/*; do
        grep -qx "$file" report.out
    done
}

@test "what each partner brings is kept with the list: no list is chosen anew for a report" {
    [ "$(jq '[.partners[].share.gain // 0] | add > 0' whole/result.json)" = true ]
    [ "$(sqlite3 steps.db "SELECT count(*) FROM figure WHERE name = 'portfolio.more_hours'")" -eq 1 ]
    cp steps.db told.db
    sqlite3 told.db "UPDATE figure SET value = 0.0625 WHERE name = 'portfolio.without.police'"
    "$SPIL" report told.db --out told >/dev/null
    grep -q 0.0625 told/result.json
}

@test "every file of a report is for its maker's eyes alone" {
    for file in whole/*; do
        [ "$(stat -c %a "$file")" = 600 ]
    done
}

@test "the planted collaborations are the top communities" {
    jq -r '[.rows[]] | length' targets.json
    # Of the ten first targets, those that are planted members of the target's own model.
    jq -r '.rows[:10][] | "\(.key),\(.model)"' targets.json >top
    planted=$(while IFS=, read -r key model; do
        awk -F, -v k="$key" -v m="$model" '$3 == "member" && $4 == k && $2 == m' "$REGION/truth/truth.csv" | head -n 1
    done <top | wc -l)
    [ "$planted" -ge 9 ] || { cat top; false; }
    # Each of the four collaborations is a community of its own near the top of the report.
    jq -r '.communities[:4][] | [.nodes[].key] | join(" ")' whole/result.json >communities
    for csv in csv-1 csv-2 csv-3 csv-4; do
        awk -F, -v c="$csv" '$1 == c && $3 == "member" {print $4}' "$REGION/truth/truth.csv" >members
        best=$(while read -r line; do tr ' ' '\n' <<<"$line" | grep -cxFf members; done <communities | sort -n | tail -n 1)
        [ $((2 * best)) -gt "$(wc -l <members)" ] || { echo "$csv: $best of $(wc -l <members)"; false; }
    done
}

@test "targets stand in order, each with its gain, interval, stability and reason" {
    output=$(cat targets.json)
    is '.command' targets
    is '.shape' 1
    is '[.rows[].rank] == [range(1; (.rows | length) + 1)]' true
    is '.rows | length' 20
    is '[.rows[] | select(.gain_p5 > .gain_p50 or .gain_p50 > .gain_p95 or .gain <= 0)] | length' 0
    is '[.rows[] | select(.stability < 0 or .stability > 1)] | length' 0
    is '[.rows[] | select(.why == "" or .status != "proposed")] | length' 0
    is '(([.rows[].marginal] | add) - .gain | fabs) < 1e-9' true
    is '.gain <= .possible' true
}

@test "no target is of a kind that cannot be one" {
    output=$(cat targets.json)
    is '[.rows[].kind] - ["person", "company", "address", "vehicle", "account"] | length' 0
}

@test "the hours of the partners are kept to, and zero hours leaves a partner out" {
    cp steps.db hours.db
    spil targets hours.db --hours police=20,municipality=30,bank=0 --top 1000 --json
    exits 0
    is '[.rows[] | select(.partner == "police").hours] | add // 0 | . <= 20' true
    is '[.rows[] | select(.partner == "municipality").hours] | add // 0 | . <= 30' true
    is '[.rows[] | select(.partner == "bank")] | length' 0
    is '[.rows[]] | length > 0' true
}

@test "a mistyped partner gets the nearest suggested" {
    spil targets steps.db --hours polise=20
    refuses 2 targets "there is no partner 'polise'; did you mean 'police'?"
    spil targets steps.db --hours police
    refuses 2 targets "'police' is not partner=hours"
    spil targets steps.db --hours police=-3
    refuses 2 targets "'-3'"
}

@test "--why tells of each target the rows it rests on" {
    cp steps.db why.db
    spil targets why.db --top 3 --why
    exits 0
    prints "(signals.csv, line "
}

@test "Dutch is spoken where it is asked for" {
    cp steps.db dutch.db
    spil targets dutch.db --lang nl --top 3
    exits 0
    spil report dutch.db --out dutch --lang nl
    exits 0
    grep -q '<html lang="nl"' dutch/report.html
    spil report dutch.db --out dutch --lang fr
    refuses 2 report "--lang: 'fr' is neither nl nor en"
}

@test "the report names no path of the machine, and asks nothing of a network" {
    run ! grep -rqF "$BATS_FILE_TMPDIR" whole
    run ! grep -qE 'src="https?:|href="https?:|url\(' whole/report.html
}

@test "targets before an analysis, or after more files, is told what to do" {
    cd "$BATS_TEST_TMPDIR"
    make_case fresh <<<"a b"
    spil targets fresh.db
    refuses 3 targets "fresh.db" "spil analyze"
    spil report fresh.db --out out
    refuses 3 report "fresh.db" "spil analyze"
    [ ! -e out ]
    cp "$BATS_FILE_TMPDIR/steps.db" late.db
    printf 'from,to,kind\nP1,P2,met\n' >late.csv
    printf 'id,name\nP1,x\nP2,y\n' >late-persons.csv
    spil import late.db late.csv late-persons.csv
    spil targets late.db
    refuses 3 targets "analyze"
}

@test "communities are listed with the numbers of the analysis, and so are their members" {
    spil communities steps.db --json
    exits 0
    is '.count == (.rows | length)' true
    is '[.rows[].size] == ([.rows[].size] | sort | reverse)' true
    is '[.rows[] | select(.stability < 0 or .stability > 1 or .density < 0 or .density > 1)] | length' 0
    size=$(jq '.rows[2].size' <<<"$output")
    spil communities steps.db --members 3 --json
    exits 0
    is '.community' 3
    is '.rows | length' "$size"
    number=$(jq -r '.communities[0].number' whole/result.json)
    spil communities steps.db --members "$number" --format csv
    exits 0
    jq -r '.communities[0].nodes[].key' whole/result.json | sort >theirs
    tail -n +2 <<<"$output" | cut -d, -f1 | sort >ours
    [ -z "$(comm -13 ours theirs)" ]
    spil communities steps.db --members 100000
    refuses 2 communities "--members"
}

@test "an output folder that cannot be written is an error of the environment, and nothing is left" {
    [ "$(id -u)" -ne 0 ] || skip_as_root
    mkdir -m 500 locked
    spil report steps.db --out locked/report
    refuses 4 report "locked/report"
}

# Root may write everywhere; a file in the way stops root too.
skip_as_root() {
    echo x >in-the-way
    spil report steps.db --out in-the-way/report
    refuses 4 report "in-the-way"
    skip "the folder without write permission: root may write everywhere"
}

@test "running again with the same files keeps the case as it is" {
    cp whole.db again.db
    spil run again.db "$REGION"/*.csv --out again
    exits 0
    says "imported before, nothing changed"
    diff -r whole again
}

@test "run without a folder for the report does nothing" {
    cd "$BATS_TEST_TMPDIR"
    spil run new.db "$REGION"/*.csv
    refuses 2 run "--out DIR"
    [ ! -e new.db ]
}

@test "run tells of rejected rows with exit status 1, and reports all the same" {
    cd "$BATS_TEST_TMPDIR"
    cp "$REGION"/*.csv .
    echo "P1,nobody,met,1,1,," >>links.csv
    spil run new.db ./*.csv --out out
    exits 1
    says "rows rejected"
    [ -s out/report.html ]
}

@test "roles and signals that no model reads are counted and named, in the report too" {
    cd "$BATS_TEST_TMPDIR"
    cp "$REGION"/*.csv .
    address=$(sed -n 's/^\(A[0-9]*\),.*/\1/p' addresses.csv | head -1)
    person=$(sed -n 's/^\(P[0-9]*\),.*/\1/p' persons.csv | head -1)
    printf 'entity,code,strength\n%s,smel_of_hemp,1\n%s,smel_of_hemp,0.5\n' "$address" "$person" >odd_signals.csv
    printf 'entity,model,step,role\n%s,canabis,growing,grower\n' "$person" >odd_roles.csv
    spil run new.db ./*.csv --out out
    exits 0
    says "3 recorded roles and signals are read by no model"
    says "role 'canabis/growing/grower' (1 row, from odd_roles.csv:2)"
    says "signal 'smel_of_hemp' (2 rows, from odd_signals.csv:"
    grep -q 'smel_of_hemp' out/report.html
    [ "$(jq -r '.unread[] | select(.record == "signal") | .reason + " " + (.rows | tostring)' out/result.json)" = "unknown code 2" ]
    spil analyze new.db --json
    is .unread 3
    cp "$BATS_FILE_TMPDIR/whole.db" whole.db
    spil analyze whole.db --json
    is .unread 0
}

@test "going deep into the first communities alone gives the same first targets, and says so" {
    cp steps.db deep.db
    spil analyze deep.db --deep 6 --json
    exits 0
    is .deep 6
    is '.scored > 6' true
    spil analyze deep.db --deep 6
    prints "of the 6 with the largest chance x harm alone (--deep)"
    spil targets deep.db --top 4 --json
    [ "$(jq -c '[.rows[:4][] | [.key, .model, .gain]]' <<<"$output")" = "$(jq -c '[.rows[:4][] | [.key, .model, .gain]]' targets.json)" ]
    spil report deep.db --out deep
    exits 0
    [ "$(jq '[.communities[].chains[] | select(.steps == [])] | length > 0' deep/result.json)" = true ]
    key=$(jq -r '[.communities[] | select(.chains[0].steps == [])][0].nodes[0].key' deep/result.json)
    spil explain deep.db "$key"
    refuses 3 explain "$key" "--deep"
}
