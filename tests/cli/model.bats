# model.bats - tools for barrier models: check, show, draw, diff, new, import, export, and the schema.
# SPDX-License-Identifier: GPL-3.0-or-later
load helper

faulty="$root/tests/data/models/faulty"

@test "check tells every fault of every file with its line and a mark under the place" {
    spil model check "$faulty"/*.yaml
    exits 3
    [ "$(grep -cE '^/.*/faulty/[a-z_]+\.yaml:[0-9]+:[0-9]+: ' <<<"$output")" -eq 11 ]
    [ "$(grep -cE '^ +\| +\^$' <<<"$output")" -eq 11 ]
    [[ $output == *"unknown_partner.yaml:28:62: unknown partner 'munipality' (did you mean 'municipality'?)"* ]]
    [[ $output == *"moves_nowhere.yaml:30:27: 'to: sel' is neither another step nor 'abroad' (did you mean 'sell'?)"* ]]
    [[ $stderr == *"11 faults"* ]]
}

@test "check of the models that ship finds no fault, and says who reviewed them" {
    spil model check "$root"/datasets/models/*.yaml
    exits 0
    [ "$(grep -c ': sound: ' <<<"$output")" -eq 10 ]
    [ "$(grep -c 'reviewed by nobody yet' <<<"$output")" -eq 10 ]
}

@test "show names each step, who is needed, what shows it and who stops it" {
    spil model show cocaine_import_port
    exits 0
    for part in "one of these ways (way_out):" "2 extractor  [extractor] (person)" "x 30 (10-90), assumed" "stopped  by customs:"; do
        [[ $output == *"$part"* ]]
    done
    spil model show cocaine_import_port --lang nl
    for part in "Uithalen op het terrein" "een van deze wegen (way_out):" "2 uithaler  [extractor] (persoon)" "x 30 (10-90), aangenomen" "barrière: douane:"; do
        [[ $output == *"$part"* ]]
    done
    run ! grep -E "stopped|assumed|in the process| days|knowing" <<<"$output"
}

@test "draw is a drawing that is well-formed and asks for nothing from outside" {
    spil model draw labour_exploitation --out chain.svg
    exits 0
    python3 -c 'import sys, xml.dom.minidom as m; m.parse("chain.svg")'
    run ! grep -E 'href|url\(|<script|<image' chain.svg
    [ "$(grep -c '<circle' chain.svg)" -eq 7 ]
}

@test "diff tells what two models say differently, and nothing when only the layout differs" {
    cp "$root/datasets/models/real_estate_fraud.yaml" one.yaml
    { echo "# a remark"; sed 's/harm: 2.5/harm: 2.50/' one.yaml; } >two.yaml
    spil model diff one.yaml two.yaml
    exits 0
    [ "$output" = "the two say the same" ]
    sed -i 's/lr: 8, lr_low: 3, lr_high: 20/lr: 9, lr_low: 3, lr_high: 20/; s/^version: "1"/version: "2"/' two.yaml
    spil model diff one.yaml two.yaml --json
    is '[.rows[] | select(.what == "version")] | length' 1
    is '[.rows[] | select(.what | endswith("/ lr")) | .before + " " + .after] | unique | join(",")' "8 9"
}

@test "new asks, and writes a file that is sound" {
    printf '%s\n' garden_theft Tuindiefstal "Garden theft" "scout, take" scout "stranger by bicycle" residents driver "" police |
        "$SPIL" model new --out made.yaml 2>asked
    spil model check made.yaml
    exits 0
    grep -q "Which partner can stop 'take'?" asked
    grep -q "partner: residents" made.yaml
    printf '%s\n' garden_theft Tuindiefstal "Garden theft" "verkennen / scout" "kijker / scout" "fietser / cyclist" polise police |
        "$SPIL" model new --out both.yaml 2>asked
    grep -q "there is no partner 'polise'" asked
    grep -q '{nl: "verkennen", en: "scout"}' both.yaml
    grep -q '{nl: "fietser", en: "cyclist"}' both.yaml
    spil model check both.yaml
    exits 0
    spil model new shop_theft --from cannabis_cultivation --name-nl Winkeldiefstal --name-en "Shop theft" --yes --out copy.yaml
    exits 0
    spil model diff cannabis_cultivation copy.yaml --json
    is '[.rows[].what] | join(",")' "id,Dutch name,English name"
    spil model new "Bad Id" --yes
    refuses 2 model "Bad Id"
}

@test "a model goes to the JSON of crime scripts and comes back the same" {
    spil model export labour_exploitation --as crime-scripts --out script.json
    exits 0
    [ "$(jq '.crimeScripts[0].stages | length' script.json)" -eq 7 ]
    [ "$(jq '[.crimeScripts[0].stages[].variants[].measures[].partners[]] - [.partners[].id] | length' script.json)" -eq 0 ]
    spil model import script.json --as crime-scripts --out back.yaml
    exits 0
    spil model diff labour_exploitation back.yaml
    [ "$output" = "the two say the same" ]
}

@test "a foreign script becomes a sound model; what had no place is told, with exit status 1" {
    spil model import "$root/tests/data/models/script.json" --script s1 --out m.yaml
    exits 1
    [[ $stderr == *"partner 'Kaboutervereniging'"* ]]
    spil model check m.yaml
    exits 0
}

@test "what an import cannot make sound is told, with exit status 1" {
    jq '.crimeScripts[0].stages[1].ids = ["a2"] | .crimeScripts[0].stages[0].variants[0].spil = "  - id: scout\n    required: maybe\n"' \
        "$root/tests/data/models/script.json" >odd.json
    spil model import odd.json --script s1 --out odd.yaml
    exits 1
    [[ $stderr == *"it has faults to mend"*"odd.yaml:"* ]]
    spil model check odd.yaml
    exits 3
}

@test "wrong use is told with the nearest word" {
    spil model drow cannabis_cultivation
    refuses 2 model "did you mean 'draw'?"
    spil model show no_such_model
    refuses 3 model "no_such_model"
    spil model diff cannabis_cultivation
    refuses 2 model "diff takes 2 models"
}

@test "the schema for editors takes every model that ships, and refuses each faulty one it can see" {
    python3 -c 'import jsonschema, yaml' 2>/dev/null || skip "python3-jsonschema or python3-yaml is not there"
    run python3 -W ignore "$BATS_TEST_DIRNAME/model_schema.py" "$root/docs/model.schema.json" \
        "$root"/datasets/models/*.yaml "$root"/tests/data/models/*.yaml
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    run python3 -W ignore "$BATS_TEST_DIRNAME/model_schema.py" "$root/docs/model.schema.json" "$faulty"/*.yaml
    [ "$(cut -d' ' -f1 <<<"$output" | tr '\n' ' ')" = "acquits.yaml chance_above_one.yaml missing_name.yaml not_yaml.yaml step_without_barrier.yaml unknown_key.yaml unknown_partner.yaml " ]
}

@test "the schema names the partners, kinds and rules that the program knows" {
    python3 -c 'import json' 2>/dev/null || skip "python3 is not there"
    words() { sed -n "s/^$1(\([a-z_]*\).*/\1/p" "$root/engine/$2" | sort; }
    schema() { jq -r "$1 | .[]" "$root/docs/model.schema.json" | sort; }
    diff <(words PARTNER barriers/partners.def) <(schema '."$defs".barrier.properties.partner.enum')
    diff <(words RULE barriers/rules.def) <(schema '."$defs".rule.properties.rule.enum')
    diff <(words ENTITY store/kinds.def) <(schema '."$defs".kind.enum')
}
