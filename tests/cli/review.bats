# review.bats - a proposal is a proposal until a named person decides; the audit chain remembers.
# SPDX-License-Identifier: GPL-3.0-or-later
load helper

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    "${SPIL:-$BATS_TEST_DIRNAME/../../build/spil}" run listed.db "$BATS_TEST_DIRNAME"/../../datasets/examples/region/*.csv --out out --draws 40 >/dev/null 2>&1
}

fresh() {
    cp "$BATS_FILE_TMPDIR/listed.db" case.db
}

@test "without a word every target is proposed" {
    fresh
    spil review case.db --list --json
    exits 0
    is '[.rows[].status] | unique | join(",")' proposed
    is '.rows[0].reviewer' null
}

@test "a word needs a name and a reason, and a rank that is there" {
    fresh
    spil review case.db --accept 1 --reason seen
    refuses 2 review "--by NAME is missing"
    spil review case.db --accept 1 --by Ann
    refuses 2 review "--reason TEXT is missing"
    spil review case.db --accept 1,x --by Ann --reason seen
    refuses 2 review "--accept: '1,x'"
    spil review case.db --accept 1,999 --by Ann --reason seen
    refuses 3 review "no rank 999"
    spil review case.db --list --json
    is '[.rows[].status] | unique | join(",")' proposed
}

@test "words stand beside the target, in the report, and a later one overrules" {
    fresh
    spil review case.db --accept 1,2 --reject 3 --hold 4 --by "Ann de Boer" --reason "seen in the field"
    exits 0
    says "4 decisions kept"
    spil review case.db --reject 1 --by Bo --reason "moved away"
    exits 0
    spil review case.db --list --json
    is '.rows[0] | .status + " " + .reviewer + " " + .reason' "rejected Bo moved away"
    is '[.rows[1:5][].status] | join(" ")' "accepted rejected held proposed"
    spil report case.db --out words
    exits 0
    [ "$(jq -r '[.targets[0:5][].status] | join(" ")' words/result.json)" = "rejected accepted rejected held proposed" ]
    grep -q '>held<' words/report.html
}

@test "choosing again from the same files keeps what was decided; after other files it is looked at anew" {
    fresh
    spil review case.db --accept 1 --by Ann --reason seen
    spil analyze case.db --draws 40
    spil targets case.db --top 5
    spil review case.db --list --json
    is '.rows[0].status + " " + .rows[0].reviewer' "accepted Ann"
    echo $'from,to,kind,weight\nP1,P2,met,1' >more.csv
    spil import case.db more.csv
    spil analyze case.db --draws 40
    spil targets case.db --top 5
    spil review case.db --list --json
    is '[.rows[].status] | unique | join(",")' proposed
}

@test "a sheet is filled in and read back" {
    fresh
    spil review case.db --sheet sheet.csv
    exits 0
    [ "$(head -1 sheet.csv)" = "rank,key,barrier,partner,name,action,why,status,verdict,reviewer,reason" ]
    [ "$(stat -c %a sheet.csv)" = 600 ]
    spil review case.db --answers sheet.csv
    exits 0
    says "0 decisions kept"
    sed -i '2s/,,,$/,accepted,Ann,"seen, twice"/; 4s/,,,$/,held,Ann,later/' sheet.csv
    spil review case.db --answers sheet.csv
    exits 0
    says "2 decisions kept"
    spil review case.db --list --json
    is '.rows[0].status + " " + .rows[0].reason' "accepted seen, twice"
    is '.rows[2].status' held
}

@test "one wrong row of a sheet, and nothing is decided" {
    fresh
    spil review case.db --sheet sheet.csv
    sed -i '2s/,,,$/,accepted,Ann,seen/; 3s/,,,$/,yes,Ann,seen/; 4s/,,,$/,held,Ann,/' sheet.csv
    spil review case.db --answers sheet.csv
    exits 3
    says "sheet.csv:3: verdict 'yes'; expected accepted, rejected or held"
    says "sheet.csv:4: reason ''; expected why"
    says "2 rows cannot be taken; nothing was decided"
    spil review case.db --list --json
    is '[.rows[].status] | unique | join(",")' proposed
}

@test "a sheet of another list decides nothing" {
    fresh
    spil review case.db --sheet sheet.csv
    sed -i '2s/,,,$/,accepted,Ann,seen/' sheet.csv
    sed -i '2s/^1,[^,]*,/1,somebody,/' sheet.csv
    spil review case.db --answers sheet.csv
    refuses 3 review "sheet.csv:2: rank 1 is '" "expected 'somebody'" "nothing was decided"
    echo "a,b" >other.csv
    spil review case.db --answers other.csv
    refuses 3 review "other.csv:1: there is no column 'rank'"
}

@test "the dialogue asks until it is answered, and keeps each word at once" {
    fresh
    run --separate-stderr "$SPIL" review case.db --ask <<<$'Ann\nwhat\na\nseen\ns\nh\nlater\nq'
    exits 0
    prints "1 of "
    says "1 is accepted"
    says "3 is held"
    spil review case.db --list --json
    is '[.rows[0:4][].status] | join(" ")' "accepted proposed held proposed"
    run --separate-stderr "$SPIL" review case.db --ask --by Bo <<<$'r\nwrong house'
    exits 0
    prints "2 of "
    spil review case.db --list --json
    is '.rows[1].status + " " + .rows[1].reviewer' "rejected Bo"
}

@test "a list there must be" {
    spil init empty.db
    spil review empty.db
    refuses 3 review "no list of targets yet"
}

@test "the audit chain tells what was done, and when it was changed" {
    fresh
    spil review case.db --accept 1 --by Ann --reason seen
    spil audit show case.db --json
    exits 0
    is '.rows[-1].action + ": " + .rows[-1].detail' "decide: target 1 accepted by Ann"
    is '.rows[0].action' create
    spil audit verify case.db
    exits 0
    prints "each fits the one before"
    spil audit head case.db
    head=${output##* }
    number=${output%% *}
    spil audit verify case.db --head "$head"
    exits 0
    for change in "UPDATE audit SET detail = 'target 1 rejected by Ann' WHERE number = $number" \
        "DELETE FROM audit WHERE number = 2" \
        "UPDATE audit SET number = 1000 WHERE number = 2; UPDATE audit SET number = 2 WHERE number = 3; UPDATE audit SET number = 3 WHERE number = 1000"; do
        cp case.db changed.db
        sqlite3 changed.db "DROP TRIGGER audit_keeps_its_rows; DROP TRIGGER audit_keeps_its_words; $change"
        spil audit verify changed.db
        refuses 3 audit "does not fit the chain"
    done
    cp case.db cut.db
    sqlite3 cut.db "DROP TRIGGER audit_keeps_its_rows; DELETE FROM audit WHERE number = $number"
    spil audit verify cut.db
    exits 0
    spil audit verify cut.db --head "$head"
    refuses 3 audit "entries were cut off"
    spil audit burn case.db
    refuses 2 audit "'burn' is not verify, show or head"
}
