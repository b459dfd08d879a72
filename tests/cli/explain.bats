#!/usr/bin/env bats
# Why somebody scores. SPDX-License-Identifier: GPL-3.0-or-later

load helper

setup_file() {
    cd "$BATS_FILE_TMPDIR" || exit
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    SPIL=${SPIL:-$root/build/spil}
    "$SPIL" init case.db 2>/dev/null
    "$SPIL" import case.db "$root"/datasets/examples/region/*.csv >/dev/null 2>&1
    "$SPIL" analyze case.db --draws 40 --runs 3 >/dev/null 2>&1
    "$SPIL" targets case.db --json >targets.json 2>/dev/null
}

setup() {
    cd "$BATS_FILE_TMPDIR" || exit
    first=$(jq -r '.rows[0].key' targets.json)
}

@test "each sentence of a reason or a record ends in the file and line that hold it" {
    spil explain case.db "$first" --json
    exits 0
    is '.reasons | length > 0' true
    is '[.reasons[] | select(.kind != "position") | select(.text | test("\\([a-z]+\\.csv, line [0-9]+\\)$") | not)] | length' 0
    is '[.halves.records[] | select(.text | test("\\([a-z]+\\.csv, line [0-9]+\\)$") | not)] | length' 0
    # and that line is there, and speaks of that entity
    while IFS=$'\t' read -r entity file line; do
        sed -n "${line}p" "$REGION/$file" | grep -qw "$entity"
    done < <(jq -r '.reasons[] | select(.kind == "signal" or .kind == "role") | [.entity, .file, .line] | @tsv' <<<"$output")
}

@test "the reasons add up to the score, and the records named halve it" {
    spil explain case.db "$first" --json
    exits 0
    is '(([.reasons[].value] | add) - .score.mean) | fabs < 1e-9' true
    is '(.halves.before - .score.mean) | fabs < 1e-9' true
    is '.halves.count // (.halves.records | length) > 0' true
    is '.halves.after <= .halves.before / 2' true
}

@test "files without the records that halve the score give the score that was told" {
    community=$(jq '.rows[0].community' targets.json)
    "$SPIL" communities case.db --members "$community" --runs 3 --format csv 2>/dev/null |
        awk -F, 'NR == 1 {print "entity"} NR > 1 && $1 != "" {print $1}' >list.csv
    score() { # FOLDER: the explanation of a case with its files, on the same members and day
        rm -f other.db
        "$SPIL" init other.db 2>/dev/null
        "$SPIL" import other.db "$1"/*.csv >/dev/null 2>&1
        "$SPIL" analyze other.db --community-file list.csv --draws 40 --as-of 2025-06-14 >/dev/null 2>&1
        "$SPIL" explain other.db community:1 --model "$2" --json 2>/dev/null
    }
    model=$(jq -r '.rows[0].model' targets.json)
    score "$REGION" "$model" >whole.json
    [ "$(jq '.halves.records | length > 0' whole.json)" = true ]
    jq -r '.halves.records[] | "\(.file) \(.line)"' whole.json >false.txt
    mkdir -p less
    for file in "$REGION"/*.csv; do
        awk -v name="$(basename "$file")" 'NR == FNR {if ($1 == name) gone[$2]; next} !(FNR in gone)' \
            false.txt "$file" >"less/$(basename "$file")"
    done
    score less "$model" >less.json
    [ "$(jq -n --slurpfile a whole.json --slurpfile b less.json \
        '($a[0].halves.after - $b[0].score.mean) | fabs < 1e-9')" = true ]
}

@test "an opening is told with all that it asks for" {
    spil explain case.db A510 --json
    exits 0
    is '[.reasons[] | select(.item == "empty_unit") | .text | contains("use = business, vacant = yes")] | length > 0 and all' true
}

@test "a community is explained in Dutch" {
    spil explain case.db community:1 --lang nl
    exits 0
    prints "Groep 1 heeft"
    prints "Waar de score op berust"
    prints ", regel "
    prints "aangenomen, niet gemeten"
}

# The example with so many looks at every address, in the folder `looked`.
looked_at() {
    mkdir -p looked
    cp "$REGION"/*.csv looked
    awk -v n="$1" '{print $0 (NR == 1 ? ",inspections" : "," n)}' "$REGION/addresses.csv" >looked/addresses.csv
    rm -f looked.db
    "$SPIL" init looked.db 2>/dev/null
    "$SPIL" import looked.db looked/*.csv >/dev/null 2>&1
    "$SPIL" analyze looked.db --draws 20 --runs 3 >/dev/null 2>&1
}

@test "what was looked for in vain is told with its weight and the lines that say so" {
    looked_at 3
    address=$(jq -r '[.rows[] | select(.kind == "address")][0].key' targets.json)
    spil explain looked.db "$address" --json
    exits 0
    is .looks_on_record true
    is '.not_found | length > 0' true
    is '[.not_found[] | select(.ratio >= 1 or .looks != 3 * .looked or .looked != (.records | length))] | length' 0
    is '.not_found | map(.ratio) | . == sort' true
    is '[.not_found[] | select(.text | test("\\(addresses\\.csv, line [0-9]+\\)( and [0-9]+ more)?$") | not)] | length' 0
    # the ratio of the first, by the formula of docs/barrier-models.md
    signal=$(jq -r '.not_found[0].signal' <<<"$output")
    lr=$(grep -h -A1 "code: $signal," "$root/datasets/models/$(jq -r .model <<<"$output").yaml" | grep -o 'lr: [0-9.]*' | head -1)
    is ".not_found[0] | ((.members - .looked + .looked * pow(0.7 / (1 - 0.3 / ${lr#lr: }); 3)) / .members - .ratio) | fabs < 1e-9" true
    # what was found at the address took three looks
    is '[.reasons[] | select(.kind == "signal") | select(.looks != 3 or .look_share >= 1 or (.text | contains("Found in 3 looks") | not))] | length' 0
    is '[.reasons[] | select(.kind == "signal")] | length > 0' true
    spil explain looked.db "$address" --lang nl
    prints "Wat ertegen spreekt, omdat iemand keek en het niet vond:"
    prints "Niet gevonden: “"
    prints "Gevonden bij 3 keer kijken"
}

@test "where nobody recorded a look it says so, and nothing speaks against a step" {
    spil explain case.db "$first" --json
    is .looks_on_record false
    is '.not_found | length' 0
    spil explain case.db "$first"
    prints "Nobody recorded how often anybody looked"
}

@test "the schema of docs takes every explanation, and not one with a wrong field" {
    python3 -c 'import jsonschema' 2>/dev/null || skip "no python3-jsonschema"
    looked_at 2
    for subject in "case.db $first" "case.db community:1" "looked.db $first" "looked.db community:2"; do
        # shellcheck disable=SC2086 # a case and a subject
        "$SPIL" explain $subject --json >why.json 2>/dev/null
        python3 -W ignore - "$root/docs/explain.schema.json" why.json <<'END'
import json, sys
import jsonschema

schema, why = (json.load(open(path, encoding="utf-8")) for path in sys.argv[1:])
jsonschema.Draft202012Validator.check_schema(schema)
checker = jsonschema.Draft202012Validator(schema)
checker.validate(why)
why["reasons"][0]["value"] = "much"
assert not checker.is_valid(why)
END
    done
}

@test "what cannot be explained is said" {
    spil explain case.db nobody
    refuses 3 explain "there is no entity 'nobody'"
    spil explain case.db community:9999
    refuses 3 explain "communities, and no entity"
    spil explain case.db "$first" --model nonesuch
    refuses 2 explain "knows no model 'nonesuch'"
    spil explain case.db "$first" --lang fr
    refuses 2 explain "neither nl nor en"
    "$SPIL" init empty.db 2>/dev/null
    spil explain empty.db "$first"
    refuses 3 explain "no analysis yet"
    rm -f empty.db
}
