# pole.bats - 61,521 nodes and 105,840 relationships that nobody here wrote, as they are exported.
# SPDX-License-Identifier: GPL-3.0-or-later
load helper

# Imported once for the whole file.
setup_file() {
    load helper
    [ -e "$DATA/pole" ] || return 0
    cd "$BATS_FILE_TMPDIR"
    "$SPIL" init pole.db 2>/dev/null
    "$SPIL" import pole.db "$DATA"/pole/*.csv.gz --json >import.json 2>import.err
    "$SPIL" show pole.db --json >show.json
}

setup() {
    need_data pole
    cd "$BATS_FILE_TMPDIR" || exit
}

@test "every node and every relationship comes in" {
    output=$(cat show.json)
    is '.entity_count' 61521
    is '.link_count' 105840
    is '[.sources[].rejected] | add' 0
}

@test "the count of each label and type equals the lines of its file" {
    for file in "$DATA"/pole/*.csv.gz; do
        name=${file##*/crime-investigation.}
        word=${name#*.} word=${word%.csv.gz}
        rows=$(($(zcat "$file" | wc -l) - 1))
        case $name in
        nodes.*) got=$(jq --arg w "$word" '[.entities[] | select(.type == $w).count] | add' show.json) ;;
        *) got=$(jq --arg w "$word" '[.links[] | select(.type == $w).count] | add' show.json) ;;
        esac
        [ "$got" = "$rows" ] || { echo "$name: $got in the case, $rows rows in the file"; return 1; }
    done
}

@test "officers and crimes do not become suspects" {
    output=$(cat show.json)
    is '[.entities[] | select(.type == "Officer") | .kind, .analysed, .can_be_target] | join(" ")' "official no no"
    is '[.entities[] | select(.type == "Crime") | .kind, .can_be_target] | join(" ")' "event no"
    spil metrics pole.db --metric degree --format csv
    officers=$(zcat "$DATA"/pole/crime-investigation.nodes.Officer.csv.gz | tail -n +2 | cut -d, -f1 | tr -d '"')
    [ -z "$(comm -12 <(cut -d, -f1 <<<"$output" | sort) <(sort <<<"$officers"))" ]
}

@test "traits and identity numbers of persons are left at the door" {
    grep -q "Person.csv.gz: 2 columns left at the door" import.err
    output=$(cat show.json)
    is '[.drops[].column] | index("nhs_no") != null and index("age") != null' true
    run ! grep -q nhs_no <(sqlite3 pole.db "select name from attribute")
}

@test "the same files again change nothing" {
    spil import pole.db "$DATA"/pole/*.csv.gz --json
    exits 0
    is '[.rows[].already] | add' 28
    [ "$("$SPIL" show pole.db --json)" = "$(cat show.json)" ]
}

@test "run on all files ends within a minute, with a report that can be looked at" {
    SECONDS=0
    spil run run.db "$DATA"/pole/*.csv.gz --out report
    exits 0
    [ "$SECONDS" -lt 60 ]
    [ "$(wc -c <report/report.html)" -gt 50000 ]
    grep -q '<svg' report/report.html
    officers=$(zcat "$DATA"/pole/crime-investigation.nodes.Officer.csv.gz | awk -F, 'NR == 2 {print $1}')
    run ! grep -q "\"key\": \"$officers\"" report/result.json
}
