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
        SELECT 'detail', f.key, t.key, l.kind, s.sha256, l.line, d.name, d.value FROM link_detail d
          JOIN link l ON l.id = d.link JOIN entity f ON f.id = l.from_entity JOIN entity t ON t.id = l.to_entity
          JOIN source s ON s.id = l.source ORDER BY 2, 3, 4, 5, 6, 7, 8;
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

@test "what mappings made of an export goes back, with keyed hashes and attributes of links" {
    "$SPIL" key new my.key 2>/dev/null
    for name in kvk brp suspects permits kadaster; do
        rm -f case.db*
        "$SPIL" init case.db 2>/dev/null
        "$SPIL" import case.db "$root/tests/data/mappings/$name.csv" --mapping $name --key my.key >/dev/null 2>&1 || [ $? -eq 1 ]
        comes_back case.db || { echo "$name"; return 1; }
    done
    rm case.db*
    printf 'Van;Naar;Datum;Bedrag;Munt;Doel\nA1;A2;1-3-2024;1.250,50;EUR;huur\nA1;A2;2-3-2024;99;USD;=1+1\nA2;A1;;;;\n' >x.csv
    cat >m.yaml <<'END'
entities:
  - {as: a, kind: account, id: "<Van>"}
  - {as: b, kind: account, id: "<Naar>"}
links:
  - {from: a, to: b, kind: paid, since: "<Datum>", attributes: {amount: "<Bedrag|number>", currency: "<Munt>", purpose: "<Doel>"}}
END
    "$SPIL" init case.db 2>/dev/null
    spil import case.db x.csv --mapping m.yaml
    exits 0
    comes_back case.db
    [ "$(grep -c '^detail' before.txt)" = 6 ]
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

@test "Offshore Leaks comes in, whatever the files are called, and goes back" {
    cat >a.csv <<'END'
node_id,name,jurisdiction,company_type,incorporation_date,sourceID
10000001,"TIANSHENG CO., LTD.",SAM,,23-MAR-2006,Panama Papers
END
    printf 'node_id,name,countries,sourceID\n12000001,KIM SOO IN,South Korea,Panama Papers\n' >b.csv
    printf 'node_id_start,node_id_end,rel_type,link\n12000001,10000001,officer_of,shareholder of\n' >c.csv
    "$SPIL" init case.db
    spil import case.db c.csv b.csv a.csv
    exits 0
    [ "$(grep -c icij <<<"$output")" -eq 3 ]
    comes_back case.db
}

@test "statements of beneficial ownership come in, as lines and as an array, and go back" {
    cat >x.json <<'END'
{"statementId":"1","recordId":"c1","recordType":"entity","recordDetails":{"name":"Acme BV","addresses":[{"address":"Dorpsstraat 1"}]}}
{"statementId":"2","recordId":"p1","recordType":"person","recordDetails":{"names":[{"fullName":"Jan"}],"nationalities":[{"code":"NL"}]}}
{"statementId":"3","recordId":"r1","recordType":"relationship","recordDetails":{"subject":"c1","interestedParty":"p1","interests":[{"type":"shareholding","share":{"exact":60}}]}}
END
    "$SPIL" init case.db
    spil import case.db x.json
    exits 0
    prints "x.json  bods       3         3"
    comes_back case.db
    jq -s . x.json >y.json
    "$SPIL" init other.db
    spil import other.db y.json
    exits 0
    prints "y.json  bods       3         3"
}

@test "GraphML, Pajek and DL come in and go back" {
    printf '*Vertices 2\n1 "Jan"\n2 "Piet"\n*Edges\n1 2 3\n' >a.net
    printf 'dl n=2 format=fullmatrix\nlabels:\nanna,bob\ndata:\n0 1\n1 0\n' >b.dl
    cat >c.graphml <<'END'
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><key id="k" for="node" attr.name="kind" attr.type="string"/>
<graph edgedefault="undirected"><node id="X"><data key="k">company</data></node><node id="Y"/>
<edge source="X" target="Y"/></graph></graphml>
END
    "$SPIL" init case.db
    spil import case.db a.net b.dl c.graphml --kind met
    exits 0
    spil show case.db
    grep -qE "^met +3$" <<<"$output"
    comes_back case.db
}

@test "the network of a report can be read again" {
    "$SPIL" run case.db "$REGION"/*.csv --out out >/dev/null 2>&1
    "$SPIL" init again.db
    spil import again.db out/network.graphml
    exits 0
    spil show again.db
    grep -qE "^registered_at +[0-9]+$" <<<"$output"
}

@test "a GraphML file that pulls in another is refused before it is parsed" {
    printf '<!DOCTYPE graphml [<!ENTITY x SYSTEM "file:///etc/passwd">]><graphml><graph><node id="&x;"/></graph></graphml>' >x.graphml
    "$SPIL" init case.db
    content_of case.db >before.txt
    spil import case.db x.graphml
    refuses 3 import "x.graphml" "a document type can pull in other files"
    content_of case.db | diff before.txt -
}
