# exports.bats - what other programs read of us: each format by a reader that is not ours.
# SPDX-License-Identifier: GPL-3.0-or-later
load helper

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    "${SPIL:-$BATS_TEST_DIRNAME/../../build/spil}" run case.db "$BATS_TEST_DIRNAME"/../../datasets/examples/region/*.csv --out out --draws 40 >/dev/null 2>&1
}

# The first python that has the module: reads MODULE CHECK [ARGUMENT...]
reads() {
    local python
    for python in python3 /usr/bin/python3; do
        if "$python" -c "import $1" 2>/dev/null; then
            run "$python" -W ignore "$BATS_TEST_DIRNAME/readers.py" "${@:2}"
            [ "$status" -eq 0 ] || { echo "$output"; return 1; }
            return 0
        fi
    done
    echo "# SKIPPED: NO PYTHON MODULE $1 (make deps USES=ci)" >&3
    skip "no python3-$1"
}

@test "NetworkX reads GraphML and GEXF: nodes, edges, labels, colours, sizes, positions" {
    reads networkx networkx "$BATS_FILE_TMPDIR/out"
}

@test "igraph reads GraphML" {
    reads igraph igraph "$BATS_FILE_TMPDIR/out"
}

@test "the network for Cytoscape holds what it declares" {
    reads networkx cx2 "$BATS_FILE_TMPDIR/out"
}

@test "a schema checker takes result.json, and not one with a wrong field" {
    reads jsonschema schema "$BATS_FILE_TMPDIR/out" "$root/docs/result.schema.json"
}

@test "a spreadsheet library reads the workbook and finds no formula" {
    reads openpyxl xlsx "$BATS_FILE_TMPDIR/out"
}

@test "a spreadsheet program reads the workbook: its cells are those of targets.csv" {
    local office
    office=$(command -v soffice || command -v libreoffice) || {
        echo "# SKIPPED: NO LIBREOFFICE" >&3
        skip "no libreoffice"
    }
    "$office" -env:UserInstallation=file://"$PWD"/profile --headless \
        --convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,1' \
        --outdir . "$BATS_FILE_TMPDIR/out/targets.xlsx" >office.log 2>&1 || { cat office.log; false; }
    reads csv office "$BATS_FILE_TMPDIR/out" targets-Proposals.csv
}

@test "igraph and NetworkX read the whole network of spil graph" {
    "$SPIL" graph "$BATS_FILE_TMPDIR/case.db" --out whole.graphml
    cat >read.py <<'END'
import sys, networkx
g = networkx.read_graphml("whole.graphml")
print(g.number_of_nodes(), len({frozenset(e[:2]) for e in g.edges}))
END
    python3 -c 'import networkx' 2>/dev/null || skip "no python3-networkx"
    run python3 read.py
    [ "$output" = "$(grep -c '<node ' whole.graphml) $(grep -c '<edge ' whole.graphml)" ]
}

@test "export --format neo4j: imported again it is the same network" {
    spil export "$BATS_FILE_TMPDIR/case.db" --format neo4j --out neo4j
    exits 0
    says "554 entities"
    [ "$(stat -c %a neo4j/nodes.csv)" = 600 ]
    "$SPIL" init again.db 2>/dev/null
    spil import again.db neo4j/nodes.csv neo4j/relationships.csv
    exits 0
    spil export again.db --format neo4j --out second
    exits 0
    for file in nodes relationships; do # roles and signals stay behind; lines are those of the new files
        python3 - "$file" <<'END'
import csv, sys
name = sys.argv[1]
def rows(folder):
    with open(f"{folder}/{name}.csv", newline="") as file:
        return [{k: v for k, v in r.items() if k not in
                 ("spil_roles:string[]", "spil_signals:string[]", "spil_source", "spil_line:long")}
                for r in csv.DictReader(file)]
one, two = sorted(map(str, rows("neo4j"))), sorted(map(str, rows("second")))
assert len(one) > 500 and one == two, [x for x in one if x not in two][:3]
END
    done
}

@test "export --format i2: every end of a link is an entity, types are those of i2" {
    spil export "$BATS_FILE_TMPDIR/case.db" --format i2 --out i2
    exits 0
    python3 - <<'END'
import csv
def rows(name):
    with open(f"i2/{name}.csv", newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))
entities = {r["id"]: r for r in rows("entities")}
links = rows("links")
assert len(entities) == 554 and len(links) == 1231
for link in links:
    for end in ("from", "to"):
        e = entities[link[end + "_id"]]
        assert (link[end + "_type"], link[end + "_label"]) == (e["type"], e["label"]), link
    assert link["strength"] in ("Confirmed", "Unconfirmed", "Tentative")
    assert link["direction"] in ("to", "none")
assert {e["type"] for e in entities.values()} == {"Person", "Organization", "Location"}
END
}

@test "a format that is not there is named with those that are" {
    spil export "$BATS_FILE_TMPDIR/case.db" --format visio --out x
    refuses 2 export "'visio' is none of csv, ftm, neo4j, i2"
    [ ! -e x ]
}
