# hostile.bats - names made to do harm, through every output there is: shown as text, or not at all.
# SPDX-License-Identifier: GPL-3.0-or-later
load helper

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    run=("${SPIL:-$BATS_TEST_DIRNAME/../../build/spil}")
    python3 "$BATS_TEST_DIRNAME/hostile.py" rename "$BATS_TEST_DIRNAME/../../datasets/examples/region" in
    "${run[@]}" run case.db in/*.csv --out out --draws 30 >run.said 2>&1
    "${run[@]}" key new key 2>/dev/null
}

look() {
    run python3 "$BATS_TEST_DIRNAME/hostile.py" look "$@"
    [ "$status" -eq 0 ] || { echo "$output"; return 1; }
}

@test "the look itself finds what is wrong" {
    printf '<p>x</p><img src=x>' >a.html
    printf 'a,=1+1\n' >a.csv
    printf 'a\033[2J' >a.said
    printf 'BEGIN:VCALENDAR\r\nATTACH:x\r\n' >a.ics
    printf '<a>\033</a>' >a.svg
    printf '{"a": "\302\233"}' >a.json
    for file in a.*; do
        run python3 "$BATS_TEST_DIRNAME/hostile.py" look "$file"
        [ "$status" -eq 1 ] || { echo "$file passes"; return 1; }
    done
}

@test "all files of a report" {
    cd "$BATS_FILE_TMPDIR/out"
    [ "$(jq '[.entities[].name | select(startswith("</script>"))] | length' result.json)" -gt 0 ] # they are in it
    look *.html *.csv *.xlsx *.json *.graphml *.gexf *.cx2
}

@test "dossiers, lists for partners, calendars, workbooks and curves" {
    cp "$BATS_FILE_TMPDIR"/case.db .
    keys=$(jq -r '[.targets[].key] | unique | .[:12][]' "$BATS_FILE_TMPDIR/out/result.json")
    # shellcheck disable=SC2086
    "$SPIL" dossier case.db $keys --out dossier >/dev/null 2>&1
    "$SPIL" partners case.db --out lists --disclosure "$root"/datasets/disclosure/example.yaml --key "$BATS_FILE_TMPDIR"/key --proposed >partners.said 2>&1
    "$SPIL" plan case.db --exact 0 --ics plan.ics --xlsx plan.xlsx >plan.said 2>&1
    "$SPIL" disrupt case.db --plot curve.svg >disrupt.said 2>&1
    "$SPIL" graph case.db --out whole.graphml 2>graph.said
    [ -s dossier/dossier.html ] && [ -s plan.ics ] && [ -s lists/police/targets.html ]
    look dossier/* lists/*.html lists/*/* ./*.ics ./*.xlsx ./*.graphml ./*.svg ./*.said
}

@test "what is exported for other programs" {
    for format in csv ftm neo4j i2; do
        "$SPIL" export "$BATS_FILE_TMPDIR/case.db" --format "$format" --out "$format" 2>"$format.said" || [ $? -eq 1 ]
    done
    for file in $(find neo4j -name '*.csv'); do mv "$file" "${file%.csv}.neo.csv"; done
    [ -f ftm ] && mv ftm all.ftm
    look $(find csv i2 neo4j -name '*.csv') $(find . -name '*.ftm' -o -name '*.jsonl') ./*.said
}

@test "given back as CSV and taken in again they are the same" {
    "$SPIL" export "$BATS_FILE_TMPDIR/case.db" --format csv --out once 2>/dev/null
    "$SPIL" init again.db 2>/dev/null
    "$SPIL" import again.db once/*.csv >/dev/null 2>&1
    "$SPIL" export again.db --format csv --out twice 2>/dev/null
    grep -q "'＝1+1" once/entities.csv
    diff -r -x sources.csv once twice # the files of the export are sources of their own
}

@test "a terminal gets no control character and no mark that turns a line" {
    cp "$BATS_FILE_TMPDIR"/case.db "$BATS_FILE_TMPDIR"/run.said .
    key=$(jq -r '.targets[0].key' "$BATS_FILE_TMPDIR/out/result.json")
    said() { # NAME WORD...: all that the command says, on both streams
        "$SPIL" "${@:2}" >"$1.said" 2>"$1.err.said" || [ $? -le 1 ] || { cat "$1.err.said"; return 1; }
    }
    said show show case.db
    said raw show case.db --json
    said rejects rejects case.db
    said info info case.db
    said communities communities case.db
    said metrics metrics case.db
    said keyplayers keyplayers case.db
    said hidden hidden-ties case.db
    said targets targets case.db --why
    said explain explain case.db "$key"
    said questions questions case.db
    said review review case.db --list
    said audit audit show case.db
    said resolve resolve case.db
    said again import case.db "$BATS_FILE_TMPDIR"/in/*.csv
    "$SPIL" explain case.db $'\033[2Jnobody\u202e' >unknown.said 2>&1 || [ $? -eq 3 ]
    look ./*.said
}
