# partners.bats - to each partner its own list. SPDX-License-Identifier: GPL-3.0-or-later
load helper

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    region=$BATS_TEST_DIRNAME/../../datasets/examples/region
    run=("${SPIL:-$BATS_TEST_DIRNAME/../../build/spil}")
    "${run[@]}" init case.db 2>/dev/null
    "${run[@]}" import case.db "$region"/{persons,addresses,companies,links}.csv --owner municipality >/dev/null 2>&1
    "${run[@]}" import case.db "$region"/{roles,signals}.csv --owner police >/dev/null 2>&1
    "${run[@]}" analyze case.db --draws 40 >/dev/null 2>&1
    "${run[@]}" targets case.db >/dev/null 2>&1
    "${run[@]}" key new key 2>/dev/null
    cat >open.yaml <<'END'
format: 1
purpose: "joint approach"
basis: "covenant"
keep_days: 30
partners:
  - partner: police
    recipient: "team A"
    fields: [order, target, key, action, step, reasons, status]
    kinds: [person, company, address]
    owners: all
  - partner: municipality
    recipient: "team B"
    purpose: "public order"
    fields: [order, target, kind, action, hours]
    kinds: [company, address]
    owners: [municipality]
END
}

hand_over() {
    cp "$BATS_FILE_TMPDIR"/case.db .
    spil partners case.db --out lists --disclosure "$BATS_FILE_TMPDIR"/open.yaml --key "$BATS_FILE_TMPDIR"/key --date 2026-01-31 "$@"
}

@test "nothing goes out that nobody accepted" {
    hand_over
    exits 0
    [ "$(grep -vc '^#' lists/police/targets.csv)" -eq 1 ]
    grep -q "There is no accepted action" lists/police/targets.html
}

@test "what was accepted goes to its partner alone, with purpose, recipient and the day to destroy it" {
    cp "$BATS_FILE_TMPDIR"/case.db .
    rank=$("$SPIL" review case.db --list --json | jq '[.rows[] | select(.partner == "municipality" and (.key | test("^[AC]")))][0].rank')
    name=$("$SPIL" review case.db --list --json | jq -r "[.rows[] | select(.rank == $rank)][0].name")
    spil review case.db --accept "$rank" --by Ann --reason seen
    spil partners case.db --out lists --disclosure "$BATS_FILE_TMPDIR"/open.yaml --key "$BATS_FILE_TMPDIR"/key --date 2026-01-31
    exits 0
    grep -q "^order,target,kind,action,hours$" lists/municipality/targets.csv
    [ "$(grep -vc '^#' lists/municipality/targets.csv)" -eq 2 ]
    grep -qF "$name" lists/municipality/targets.csv
    grep -q "^# Recipient: team B" lists/municipality/targets.csv
    grep -q "^# Purpose: public order" lists/municipality/targets.csv
    grep -q "^# To be destroyed by: 2026-03-02" lists/municipality/targets.csv
    ! grep -qF "$name" lists/police/targets.csv
    [ "$(stat -c %a lists/municipality/targets.xlsx)" = 600 ]
    unzip -tq lists/municipality/targets.xlsx
    spil audit show case.db --json
    is '[.rows[] | select(.action == "hand over")] | length' 2
}

@test "--proposed sends the rest too, and says so in every file" {
    hand_over --proposed
    exits 0
    says "has" "no row in"
    for partner in police municipality; do
        grep -q PROPOSED "lists/$partner/targets.csv"
        grep -q PROPOSED "lists/$partner/targets.html"
        unzip -p "lists/$partner/targets.xlsx" xl/sharedStrings.xml | grep -q PROPOSED
    done
    # persons are closed to the municipality, and none of its files names one
    while IFS=, read -r _ name _; do
        ! grep -rqF -- "$name" lists/municipality || return 1
    done < <(tail -n +2 "$REGION"/persons.csv)
    # nor a source of the police
    ! grep -rq 'signals.csv\|roles.csv' lists/municipality
}

@test "the same case, file, key and day give the same bytes" {
    hand_over --proposed
    mv lists first
    hand_over --proposed
    diff -r first lists
}

@test "a disclosure file with faults names them and writes nothing" {
    cp "$BATS_FILE_TMPDIR"/{case.db,key,open.yaml} .
    sed -i 's/hours\]/ours]/; s/team A/&/; s/kinds: \[company, address\]/kinds: [firm]/' open.yaml
    spil partners case.db --out lists --disclosure open.yaml --key key
    refuses 3 partners "open.yaml:14:" "unknown word 'ours' in 'fields'"
    [ ! -e lists ]
    printf 'format: 1\npurpose: a\nbasis: b\nkeep_days: 3\npartners:\n  - {partner: polis, recipient: x, fields: [key], kinds: [], owners: all}\n' >open.yaml
    spil partners case.db --out lists --disclosure open.yaml --key key
    refuses 3 partners "open.yaml:6:" "unknown partner 'polis'" "police"
    printf 'format: 1\npurpose: a\nbasis: b\nkeep_days: 3\npartners:\n  - {partner: police, recipient: x, fields: [reasons], kinds: [], owners: all}\n' >open.yaml
    spil partners case.db --out lists --disclosure open.yaml --key key
    refuses 3 partners "reasons name the step"
}

@test "a key that others can read is refused, and without one nothing is made" {
    cp "$BATS_FILE_TMPDIR"/{case.db,key,open.yaml} .
    chmod 644 key
    spil partners case.db --out lists --disclosure open.yaml --key key
    refuses 3 partners "mode is 0644"
    spil partners case.db --out lists --disclosure open.yaml
    refuses 2 partners "--key FILE"
    [ ! -e lists ]
}

@test "the example of a disclosure file is one" {
    cp "$BATS_FILE_TMPDIR"/case.db .
    spil partners case.db --out lists --disclosure "$root"/datasets/disclosure/example.yaml --key "$BATS_FILE_TMPDIR"/key --proposed
    exits 0
    [ -s lists/bank/targets.html ]
}

@test "what withholding costs is told to whoever hands over, without names" {
    hand_over --proposed
    prints "Kendall's tau-b"
    prints "lists/coordinator.html"
    [ "$(stat -c %a lists/coordinator.html)" = 600 ]
    grep -q 'field: Takes away' lists/coordinator.html
    grep -q 'targets of kind person' lists/coordinator.html
    while IFS=, read -r key name _; do
        ! grep -qF -e "$name" -e ">$key<" lists/coordinator.html || return 1
    done < <(tail -n +2 "$REGION"/persons.csv)
}

@test "rows by pseudonym that fewer than k are like tell less or stay behind, as the file says" {
    cp "$BATS_FILE_TMPDIR"/case.db .
    told() { # what the municipality is told of rows by pseudonym, with this k
        sed "s/^keep_days: 30/&\nk: $1/; s/kinds: .*/kinds: [vehicle]/" "$BATS_FILE_TMPDIR"/open.yaml >k.yaml
        "$SPIL" partners case.db --out "k$1" --disclosure k.yaml --key "$BATS_FILE_TMPDIR"/key --date 2026-01-31 --proposed >"k$1.said"
        grep -E '^[0-9]+,X-' "k$1/municipality/targets.csv" | cut -d, -f3- | sort | uniq -c
    }
    [ -n "$(told 1)" ] # somebody goes by a pseudonym, or this tests nothing
    ! grep -q withheld k1/municipality/targets.csv
    for k in 2 3 5; do
        told "$k" | awk -v k="$k" '$1 < k { exit 1 }'
    done
    told 1000 | awk 'END { exit NR > 0 }'
    grep -q "fewer than 1000 by pseudonym read alike" k1000.said
    grep -q "^# Rows by pseudonym that too few are like: k 1000" k1000/municipality/targets.csv
    sed "s/^keep_days: 30/&\nk: 2.5/" "$BATS_FILE_TMPDIR"/open.yaml >k.yaml
    spil partners case.db --out k --disclosure k.yaml --key "$BATS_FILE_TMPDIR"/key
    refuses 3 partners "'k' is 2.5; expected a whole number"
    [ ! -e k ]
}
