# import.bats - files into a case: good, bad, and no such thing at all.
# SPDX-License-Identifier: GPL-3.0-or-later
load helper

persons() {
    printf 'id,name,municipality\nP1,Anna de Wit,Breda\nP2,Bram Vos,Tilburg\n' >persons.csv
    printf 'from,to,kind\nP1,P2,met\n' >links.csv
}

@test "init makes a case that only its maker can read, and never replaces one" {
    spil init case.db
    exits 0
    says "spil import case.db"
    [ "$(stat -c %a case.db)" = 600 ]
    before=$(content_of case.db)
    spil init case.db
    refuses 3 init "case.db"
    [ "$(content_of case.db)" = "$before" ]
}

@test "init in a folder that is not there is an error of the environment" {
    spil init nowhere/case.db
    refuses 4 init "nowhere/case.db"
}

@test "files come in whatever their order, and the summary counts them" {
    persons
    spil init case.db
    spil import case.db links.csv persons.csv --json
    exits 0
    is '.command' import
    is '[.rows[].accepted] | add' 3
    is '[.rows[].entities] | add' 2
    is '[.rows[].links] | add' 1
    spil show case.db --json
    is '.entity_count' 2
    is '.entities[0].kind' person
    is '.links[0].kind' met
}

@test "gzip is read as it is" {
    persons
    gzip persons.csv links.csv
    spil init case.db
    spil import case.db persons.csv.gz links.csv.gz
    exits 0
    spil show case.db --json
    is '.entity_count' 2
}

@test "what is stated of a source is kept with it" {
    persons
    spil init case.db
    spil import case.db persons.csv --grade B2 --owner police --basis "Wpg art. 9" \
        --purpose "case Lupine" --keep-until 2029-12-31
    exits 0
    spil show case.db --json
    is '.sources[0] | [.grade, .owner, .basis, .purpose, .keep_until] | join("|")' \
        "B2|police|Wpg art. 9|case Lupine|2029-12-31"
}

@test "the same bytes twice change nothing, and that is said" {
    persons
    spil init case.db
    spil import case.db persons.csv links.csv
    before=$(content_of case.db)
    cp persons.csv other-name.csv
    spil import case.db other-name.csv links.csv
    exits 0
    says "other-name.csv: imported before, nothing changed"
    [ "$(content_of case.db)" = "$before" ]
}

@test "bad rows are kept apart with line, column, reason and raw text; good rows stay; exit 1" {
    persons
    printf 'from,to,kind,weight\nP1,P2,met,1\nP1,P9,met,1\nP1,P2,kissed,1\nP1,P2,met,heavy\n' >links.csv
    spil init case.db
    spil import case.db persons.csv links.csv
    exits 1
    says "links.csv: 3 of 4 rows rejected; see spil rejects case.db"
    spil rejects case.db --json
    exits 0
    is '[.rows[] | "\(.line) \(.column)"] | join(", ")' "3 to, 4 kind, 5 weight"
    is '.rows[2].raw' "P1,P2,met,heavy"
    is '.rows[0].reason | contains("P9")' true
    spil rejects case.db --format csv
    [ "${lines[0]}" = "path,line,column,reason,raw" ]
    [ "${#lines[@]}" -eq 4 ]
    spil show case.db --json
    is '.link_count' 1
}

@test "rejects says so when there are none" {
    spil init case.db
    spil rejects case.db
    exits 0
    says "no row was rejected"
    [ -z "$output" ]
    spil rejects case.db --json
    is '.rows | length' 0
}

@test "traits of persons are left at the door, and that is said" {
    printf 'id,name,nationality,religion\nP1,Anna,XX,YY\n' >persons.csv
    spil init case.db
    spil import case.db persons.csv
    exits 0
    says "persons.csv: 2 columns left at the door"
    spil show case.db
    prints nationality
    run ! grep -q "'XX'\|'YY'" <(content_of case.db)
}

@test "a case that is not there, or is no case, is bad input" {
    persons
    spil import case.db persons.csv
    refuses 3 import "case.db" "spil init"
    [ ! -e case.db ]
    spil metrics persons.csv
    refuses 3 metrics "persons.csv"
}

@test "a file that is not there is bad input, and nothing changed" {
    persons
    spil init case.db
    before=$(content_of case.db)
    spil import case.db persons.csv nowhere.csv
    refuses 3 import "nowhere.csv"
    [ "$(content_of case.db)" = "$before" ]
}

# Each of these is refused whole with one message and leaves the case as it was.
refused_whole() { # FILE PART
    spil init case.db
    before=$(content_of case.db)
    spil import case.db "$1"
    refuses 3 import "$1" "${@:2}"
    [ "$(content_of case.db)" = "$before" ]
}

@test "a truncated gzip is refused whole" {
    persons
    awk 'BEGIN {print "id,name"; for (i = 0; i < 5000; i++) print "P" i ",Name " i * i % 7919}' | gzip >long.csv.gz
    head -c 9000 long.csv.gz >cut.csv.gz
    refused_whole cut.csv.gz
}

@test "a file with a missing column is refused whole, and the column is named" {
    printf 'from,kind\nP1,met\n' >links.csv
    refused_whole links.csv "to"
}

@test "a binary file is refused whole" {
    head -c 5000 "$SPIL" >binary.csv
    refused_whole binary.csv
}

@test "an empty file is refused whole" {
    : >empty.csv
    refused_whole empty.csv empty
}

@test "a file with a NUL byte in its header is refused whole" {
    printf 'id,na\0me\nP1,x\n' >nul.csv
    refused_whole nul.csv
}

@test "a NUL byte in a row rejects that row alone" {
    printf 'id,name\nP1,An\0na\nP2,Bram\n' >persons.csv
    spil init case.db
    spil import case.db persons.csv --json
    exits 1
    is '.rows[0] | "\(.accepted) \(.rejected)"' "1 1"
    spil rejects case.db --json
    is '.rows[0].line' 2
    is '.rows[0].reason | contains("NUL")' true
}

@test "a field of a megabyte rejects that row alone" {
    { printf 'id,name\nP1,'; head -c 1048576 /dev/zero | tr '\0' x; printf '\nP2,Bram\n'; } >persons.csv
    spil init case.db
    spil import case.db persons.csv --json
    exits 1
    is '.rows[0] | "\(.accepted) \(.rejected)"' "1 1"
    spil rejects case.db --json
    is '.rows[0].line' 2
    is '.rows[0].raw | length <= 1000' true
}

@test "a folder is no file to import" {
    mkdir folder.csv
    spil init case.db
    spil import case.db folder.csv
    refuses 3 import "folder.csv: this is a folder"
}

@test "an unknown loader, kind or mapping is told before anything changes" {
    persons
    spil init case.db
    spil import case.db persons.csv --loader excel
    refuses 2 import "--loader: there is no loader 'excel'"
    spil import case.db persons.csv --kind hates
    refuses 2 import "--kind: 'hates'"
    spil import case.db persons.csv --mapping nowhere.yaml
    refuses 3 import "nowhere.yaml"
}

@test "a case can be read while another program writes it" {
    command -v sqlite3 >/dev/null || skip "no sqlite3"
    persons
    spil init case.db
    spil import case.db persons.csv links.csv
    mkfifo hold
    sqlite3 case.db <hold >/dev/null 3>&- &
    local holder=$!
    exec 7>hold
    echo "BEGIN IMMEDIATE; DELETE FROM link;" >&7
    sleep 0.3
    spil show case.db --json
    exec 7>&-
    wait "$holder"
    exits 0
    is '.link_count' 1
}
