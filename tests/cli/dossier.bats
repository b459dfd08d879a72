# dossier.bats - what is known of somebody, on paper and in a workbook; nothing hidden slips in.
# SPDX-License-Identifier: GPL-3.0-or-later
load helper

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    SPIL=${SPIL:-$BATS_TEST_DIRNAME/../../build/spil}
    "$SPIL" run case.db "$BATS_TEST_DIRNAME"/../../datasets/examples/region/*.csv --out out --draws 40 >/dev/null 2>&1
    "$SPIL" review case.db --accept 1 --by Ann --reason "seen in the field" 2>/dev/null
    jq -r '.targets[0].key' out/result.json >first
}

fresh() {
    cp "$BATS_FILE_TMPDIR/case.db" case.db
    first=$(cat "$BATS_FILE_TMPDIR/first")
}

@test "a dossier holds what the store holds, each row with its file and line" {
    fresh
    spil dossier case.db "$first" --json
    exits 0
    for table in attribute signal role; do
        [ "$(jq ".subjects[0].${table}s | length" <<<"$output")" = "$(sqlite3 case.db \
            "SELECT count(*) FROM $table JOIN entity ON entity.id = $table.entity WHERE entity.key = '$first'")" ]
    done
    [ "$(jq '.subjects[0].links | length' <<<"$output")" = "$(sqlite3 case.db \
        "SELECT count(*) FROM link WHERE from_entity = (SELECT id FROM entity WHERE key = '$first') OR to_entity = (SELECT id FROM entity WHERE key = '$first')")" ]
    is '[.subjects[0] | .records, .attributes, .links, .roles, .signals, .timeline | .[] | select(.file == "" or .line < 2)] | length' 0
    is '.subjects[0].timeline | map(.date) == (map(.date) | sort)' true
    is '.subjects[0].actions[0] | "\(.rank) \(.status)"' "1 accepted"
    is '.subjects[0].decisions[0] | "\(.verdict) \(.reviewer) \(.reason)"' "accepted Ann seen in the field"
    is '.subjects[0].position | length > 5' true
    is '.subjects[0].communities[0].community' "$(jq -r '.targets[0].community' "$BATS_FILE_TMPDIR/out/result.json")"
    is '[.subjects[0].reasons[] | select(.file != "" and .line < 2)] | length' 0
}

@test "a link stands with the entity at its other end, out and in" {
    printf 'id,name\nP1,Jan\nP2,Piet\n' >persons.csv
    printf 'id,name\nC1,Acme\n' >companies.csv
    printf 'from,to,kind,weight\nP1,C1,directs,2\nP2,P1,met,1\n' >links.csv
    "$SPIL" init small.db 2>/dev/null
    "$SPIL" import small.db persons.csv companies.csv links.csv >/dev/null 2>&1
    spil dossier small.db P1 --json
    exits 0
    is '[.subjects[0].links[] | "\(.direction) \(.link) \(.other_key) \(.weight)"] | join("; ")' \
        "from here directs C1 2; to here met P2 1"
    is '.analysed' false
    is '.subjects[0].communities | length' 0
}

@test "a folder gets a page and a workbook, only for the owner; the audit chain names them" {
    fresh
    spil dossier case.db "$first" C1 --out dossier --lang nl --by "Jan de Boer"
    exits 0
    [ "$(stat -c %a dossier/dossier.html dossier/dossier.xlsx | sort -u)" = 600 ]
    grep -q "Uitgegeven door <bdi>Jan de Boer</bdi>" dossier/dossier.html
    grep -q "<h3>Verbanden</h3>" dossier/dossier.html
    [ "$(grep -c 'class="subject" id=' dossier/dossier.html)" = 2 ]
    local entry
    entry=$(sqlite3 case.db "SELECT detail FROM audit WHERE action = 'dossier'")
    [[ $entry == "of $first C1; by Jan de Boer; "* ]]
    [[ $entry == *"dossier.html $(sha256sum <dossier/dossier.html | cut -c1-12)"* ]]
    spil audit verify case.db
    exits 0
    for i in 1 2; do "$SPIL" dossier case.db "$first" --out "again$i.html" 2>/dev/null; done
    cmp again1.html again2.html
}

@test "markup, formulas, marks that turn a line and keyed hashes: shown as text, or not at all" {
    printf 'id,name,note,bsn,founded\nC1,"=HYPERLINK(""http://x"")",</script><img src=x onerror=alert(1)>,,2020-01-02\nC2,a\xe2\x80\xaeb,"%s",,\n' \
        "$(head -c 300 /dev/zero | tr '\0' z)" >companies.csv
    echo 'from,to,kind,type' >links.csv
    echo 'C1,C2,paid,@SUM(1)' >>links.csv
    "$SPIL" init case.db 2>/dev/null
    "$SPIL" import case.db companies.csv links.csv >/dev/null 2>&1
    sqlite3 case.db "INSERT INTO attribute(entity, name, value, source, line) SELECT entity, 'bsn_hash', 'c0ffeec0ffee', source, line FROM attribute WHERE name = 'note' LIMIT 1"
    spil dossier case.db C1 C2 --out d
    exits 0
    [ "$(grep -c '<script\|<img\|style=\|http-equiv="refresh"' d/dossier.html)" = 0 ]
    grep -q '&lt;/script&gt;&lt;img' d/dossier.html
    grep -q 'U+202E' d/dossier.html
    grep -q "$(head -c 300 /dev/zero | tr '\0' z)" d/dossier.html
    spil dossier case.db C1 C2 --json
    is '[.subjects[].attributes[] | select(.attribute == "note")] | length' 2
    ! grep -rqi 'c0ffee\|bsn_hash' d <<<"$output"
    ! grep -qi 'c0ffee\|bsn_hash' <<<"$output"
    mkdir x && (cd x && unzip -q ../d/dossier.xlsx)
    ! grep -qr '<f>\|<hyperlink\|c0ffee\|bsn_hash' x
    grep -q HYPERLINK x/xl/sharedStrings.xml
}

@test "both languages say all, and nothing is said in the other" {
    fresh
    "$SPIL" dossier case.db "$first" --out en.html --lang en 2>/dev/null
    "$SPIL" dossier case.db "$first" --out nl.html --lang nl 2>/dev/null
    ! grep -q '<h3>Verbanden\|<h3>Kenmerken' en.html
    ! grep -q '<h3>Links\|<h3>Attributes' nl.html
    [ "$(grep -c '<h3>' en.html)" = "$(grep -c '<h3>' nl.html)" ]
}

@test "a browser opens and prints it without a request" {
    command -v chromium >/dev/null || { echo "# SKIPPED: NO CHROMIUM" >&3; skip "no chromium"; }
    fresh
    "$SPIL" dossier case.db "$first" --out d.html 2>/dev/null
    run timeout 60 chromium --headless --no-sandbox --disable-gpu --user-data-dir="$PWD/profile" --print-to-pdf="$PWD/d.pdf" "file://$PWD/d.html"
    [ "$(head -c 5 d.pdf)" = "%PDF-" ]
    ! grep -qE '(src|href)="[^#]' d.html
}

@test "a spreadsheet library reads the workbook: a sheet a part, no formula" {
    fresh
    "$SPIL" dossier case.db "$first" --out d.xlsx 2>/dev/null
    local python
    for python in python3 /usr/bin/python3; do
        if "$python" -c 'import openpyxl' 2>/dev/null; then
            run "$python" "$BATS_TEST_DIRNAME/readers.py" xlsx d.xlsx
            [ "$status" -eq 0 ]
            [ "$(jq 'length' <<<"$output")" = 14 ]
            return
        fi
    done
    echo "# SKIPPED: NO PYTHON MODULE openpyxl (make deps USES=ci)" >&3
    skip "no python3-openpyxl"
}

@test "a key that is not there, or no place to write: said, and nothing is handed out" {
    fresh
    spil dossier case.db "${first}x" --out d.html
    refuses 3 dossier "there is no entity '${first}x'; did you mean '$first'?"
    spil dossier case.db "$first"
    refuses 2 dossier "--out is missing"
    spil dossier case.db "$first" --out nowhere/d.html
    refuses 4 dossier "nowhere/d.html"
    spil dossier case.db "$first" --out d.html --lang fr
    refuses 2 dossier "'fr' is neither nl nor en"
    [ "$(sqlite3 case.db "SELECT count(*) FROM audit WHERE action = 'dossier'")" = 0 ]
    [ ! -e d.html ]
}

@test "files that came in after the analysis are said" {
    fresh
    echo "from,to,kind,weight" >more.csv
    echo "P1,P2,met,1" >>more.csv
    "$SPIL" import case.db more.csv >/dev/null 2>&1
    spil dossier case.db P1 --out d.html
    exits 0
    says "analyze again"
    grep -q 'Files came in or records were merged' d.html
}
