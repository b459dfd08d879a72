# formats.bats - other programs' formats in, and a case given back. SPDX-License-Identifier: GPL-3.0-or-later
load helper

ftm() {
    cat <<'END'
{"id":"o1","schema":"Ownership","properties":{"owner":["p1"],"asset":["c1"],"percentage":["60"]}}
{"id":"p1","schema":"Person","properties":{"name":["Jan de Boer"],"nationality":["nl"],"phone":["+31612345678"]}}
{"id":"c1","schema":"Company","properties":{"name":["Acme BV"],"jurisdiction":["nl"]}}
END
}

# What came in, without the row numbers of the database and the export's own files.
facts_of() {
    sqlite3 "$1" "
        SELECT 'entity', e.key, e.kind, s.sha256, n.line, n.label, n.type
          FROM (SELECT id AS entity, source, line, label, type FROM entity
                UNION ALL SELECT entity, source, line, label, type FROM mention) n
          JOIN entity e ON e.id = n.entity JOIN source s ON s.id = n.source ORDER BY 2, 4;
        SELECT 'attribute', e.key, a.name, a.value, s.sha256, a.line FROM attribute a
          JOIN entity e ON e.id = a.entity JOIN source s ON s.id = a.source ORDER BY 2, 3, 4, 5, 6;
        SELECT 'link', f.key, t.key, l.kind, l.type, l.weight, l.confidence, l.since, l.until, s.sha256, l.line
          FROM link l JOIN entity f ON f.id = l.from_entity JOIN entity t ON t.id = l.to_entity
          JOIN source s ON s.id = l.source ORDER BY 2, 3, 4, 5, 6, 7, 8, 9, 10, 11;
        SELECT 'role', e.key, model, step, role, confidence, s.sha256, r.line FROM role r
          JOIN entity e ON e.id = r.entity JOIN source s ON s.id = r.source ORDER BY 2, 3, 4, 5, 6, 7, 8;
        SELECT 'signal', e.key, code, strength, confidence, day, s.sha256, g.line FROM signal g
          JOIN entity e ON e.id = g.entity JOIN source s ON s.id = g.source ORDER BY 2, 3, 4, 5, 6, 7, 8;
        SELECT 'file', sha256, path, loader, options, grade, owner, basis, purpose, keep_until,
          row_count, accepted, rejected, merged FROM source
          WHERE path NOT LIKE 'back%' ORDER BY sha256;"
}

# comes_back CASE: through csv and through ftm, the same case.
comes_back() {
    facts_of "$1" >before.txt
    [ "$(wc -l <before.txt)" -gt 2 ] || { echo "nothing in $1"; return 1; }
    local format
    for format in csv ftm; do
        rm -rf back* again.db*
        spil export "$1" --format $format --out back
        exits 0 || return 1
        "$SPIL" init again.db 2>/dev/null
        if [ -d back ]; then spil import again.db back/*.csv; else spil import again.db back; fi
        exits 0 || return 1
        facts_of again.db >after.txt
        diff before.txt after.txt || return 1
    done
}

@test "FollowTheMoney comes in and goes back" {
    ftm >x.json
    "$SPIL" init case.db
    spil import case.db x.json --grade B2
    exits 0
    prints "x.json  ftm        3         3         0"
    spil show case.db
    prints "Ownership 60 %"
    prints "nationality"
    comes_back case.db
}

@test "an array, gzip and lines are the same to it" {
    ftm >x.json
    "$SPIL" init case.db
    jq -s . x.json | gzip >y.json.gz
    spil import case.db y.json.gz
    exits 0
    prints "ftm        3         3         0"
}

@test "a region with roles, signals, grades and dates comes back whole" {
    "$SPIL" init case.db
    spil import case.db "$REGION"/*.csv --grade C2 --owner police --basis Wpg --keep-until 2030-01-01
    exits 0
    comes_back case.db
}

@test "a real network comes back whole" {
    need_data pole
    "$SPIL" init case.db
    spil import case.db "$DATA"/pole/*Person*.gz "$DATA"/pole/*Officer*.gz "$DATA"/pole/*KNOWS.csv.gz
    comes_back case.db
}

@test "export says what it lacks and leaves what was there" {
    "$SPIL" init case.db
    spil export case.db --format excel --out x
    refuses 2 export "'excel' is none of csv, ftm"
    spil export case.db --format ftm
    refuses 2 export "--out is missing: the file to write"
    spil export nosuch.db --out x
    refuses 3 export "nosuch.db"
    mkdir full.json
    spil export case.db --format ftm --out full.json
    [ "$status" -ne 0 ]
    [ -z "$(ls full.json)" ]
    spil export case.db --format ftm --out a.json
    exits 0
    [ "$(stat -c %a a.json)" = 600 ]
    [ -z "$(ls -- *tmp* 2>/dev/null)" ]
}

@test "JSON nested 100,000 deep and a line of 40 MB are refused, and memory stays small" {
    "$SPIL" init case.db
    ftm >deep.json
    { printf '{"id":"x","schema":"Person","y":'; head -c 100000 /dev/zero | tr '\0' '['; echo; } >>deep.json
    spil import case.db deep.json
    exits 1
    spil rejects case.db
    prints "brackets are nested deeper than the limit of 32"
    { ftm; printf '{"id":"x","schema":"Person","y":"'; head -c 40000000 /dev/zero | tr '\0' 'x'; echo '"}'; } >long.json
    (
        ulimit -v 400000
        "$SPIL" import case.db long.json >out.txt
    ) || true
    grep -q "long.json  ftm *4 *3 *1" out.txt
}

@test "a spreadsheet is told to be saved as CSV" {
    "$SPIL" init case.db
    printf 'PK\003\004rest of a workbook' >book.xlsx
    spil import case.db book.xlsx
    refuses 3 import "book.xlsx" "CSV UTF-8"
    printf '\320\317\021\340\241\261\032\341rest' >old.xls
    spil import case.db old.xls
    refuses 3 import "old.xls" "CSV UTF-8"
}
