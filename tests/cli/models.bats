# models.bats - barrier models: the ones that ship, and ones with a fault.
# SPDX-License-Identifier: GPL-3.0-or-later
load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || exit
    cp -r "$root/datasets/models" models
    make_case pair <<<"a b"
}

@test "the models that ship are listed with what they hold" {
    spil models --json
    exits 0
    is '[.rows[].id] | join("\n")' "$(cd "$root/datasets/models" && ls -- *.yaml | sed 's/\.yaml$//')"
    is '.rows | length' 10
    is '.rows[] | select(.id == "cannabis_cultivation").steps' 7
    is '[.rows[] | select(.barriers < 3 * .steps - 4 or .signals < 3 * .steps)] | length' 0
}

# faulty SED_SCRIPT PART...: the fault is told with file and line, by models and by analyze alike.
faulty() {
    sed -i "$1" models/cannabis_cultivation.yaml
    spil models --models models
    refuses 3 models "cannabis_cultivation.yaml:" "${@:2}"
    [[ $stderr =~ cannabis_cultivation.yaml:[0-9]+ ]]
    before=$(content_of pair.db)
    spil analyze pair.db --models models
    refuses 3 analyze "cannabis_cultivation.yaml:" "${@:2}"
    [ "$(content_of pair.db)" = "$before" ]
}

@test "a key with a typo is told with file and line" {
    faulty '0,/prior:/s/prior:/pior:/' "pior"
}

@test "a probability outside 0..1 is told with file and line" {
    faulty '0,/^prior: .*/s//prior: 1.5/' "prior"
}

@test "an unknown partner is told with file and line" {
    faulty '0,/partner: [a-z_]*/s//partner: polise/' "polise"
}

@test "a file that is no YAML is told with file and line" {
    faulty '1s/^/: [/' ""
}

@test "a folder without models, or that is not there, is bad input" {
    mkdir none
    spil models --models none
    exits 3
    spil models --models nowhere
    exits 3
    says nowhere
}

@test "a rule is left out by its id or by the name of its condition, and the run says so" {
    spil run case.db "$REGION"/*.csv --draws 20 --runs 2 --out all
    exits 0
    spil run other.db "$REGION"/*.csv --draws 20 --runs 2 --out some --without-rule owner_of_location --without-rule site_shows
    exits 0
    [ "$(jq -c .run.options.analyze.rules_off some/result.json)" = '["owner_of_location","site_shows"]' ]
    [ "$(jq -c '[.. | .holders? // empty | .[] | select(.recorded | not)] | length' all/result.json)" -gt \
        "$(jq -c '[.. | .holders? // empty | .[] | select(.recorded | not)] | length' some/result.json)" ]
}

@test "a rule that no model has is wrong use" {
    spil analyze pair.db --without-rule owner_of_sight
    refuses 2 analyze "owner_of_sight"
}
