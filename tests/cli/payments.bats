# payments.bats - what is said of links, the amount of a payment above all. SPDX-License-Identifier: GPL-3.0-or-later
load helper

# details CASE: every attribute of a link, with its ends
details() {
    sqlite3 "$1" "SELECT f.\"key\", t.\"key\", l.kind, date(l.since * 86400, 'unixepoch'), d.name, d.value
        FROM link_detail d JOIN link l ON l.id = d.link JOIN entity f ON f.id = l.from_entity
        JOIN entity t ON t.id = l.to_entity ORDER BY 1, 2, 3, 4, 5, 6"
}

expected='A1|A2|paid|2024-03-01|amount|1250.50
A1|A2|paid|2024-03-01|currency|EUR
A1|A2|paid|2024-03-02|amount|99
A1|A2|paid|2024-03-02|currency|USD'

case_of() {
    "$SPIL" init "$1.db" 2>/dev/null
    "$SPIL" import "$1.db" "${@:2}" >/dev/null 2>&1
}

native() {
    printf 'id,kind,name\nA1,account,NL01\nA2,account,NL02\n' >entities.csv
    printf 'from,to,kind,since,amount,currency\nA1,A2,paid,2024-03-01,1250.50,EUR\nA1,A2,paid,2024-03-02,99,USD\n' >links.csv
    case_of native entities.csv links.csv
}

@test "amount and currency of a payment come in with native tables, a mapping and FollowTheMoney" {
    native
    [ "$(details native.db)" = "$expected" ]
    cat >m.yaml <<'END'
entities:
  - {as: payer, kind: account, id: "<Van>"}
  - {as: paid, kind: account, id: "<Naar>"}
links:
  - from: payer
    to: paid
    kind: paid
    since: "<Datum>"
    attributes: {amount: "<Bedrag|number>", currency: "<Munt>"}
END
    printf 'Van;Naar;Datum;Bedrag;Munt\nA1;A2;1-3-2024;1.250,50;EUR\nA1;A2;2-3-2024;99;USD\n' >export.csv
    spil mapping check m.yaml export.csv
    prints "amount 1250.5, currency EUR"
    case_of mapped export.csv --mapping m.yaml
    [ "$(details mapped.db)" = "${expected/1250.50/1250.5}" ]
    printf '%s\n' '{"id":"A1","schema":"BankAccount","properties":{"name":["NL01"]}}' \
        '{"id":"A2","schema":"BankAccount","properties":{"name":["NL02"]}}' \
        '{"id":"p1","schema":"Payment","properties":{"payerAccount":["A1"],"beneficiaryAccount":["A2"],"date":["2024-03-01"],"amount":["1250.50"],"currency":["EUR"]}}' \
        '{"id":"p2","schema":"Payment","properties":{"payerAccount":["A1"],"beneficiaryAccount":["A2"],"date":["2024-03-02"],"amount":[99],"currency":["USD"]}}' >p.json
    case_of ftm p.json
    [ "$(details ftm.db)" = "$expected" ]
}

@test "they are shown, stand in a dossier, and are given back by every export that is read again" {
    native
    spil show native.db
    prints "4 attributes of links"
    spil show native.db --json
    is .link_attribute_count 4
    spil dossier native.db A1 --out doss
    exits 0
    grep -q 'amount 1250.50, currency EUR' doss/*.html
    "$SPIL" export native.db --format csv --out ex 2>/dev/null
    "$SPIL" export native.db --format ftm --out ex.json 2>/dev/null
    grep -q '"amount":\["1250.50"\]' ex.json || grep -q '"name":"amount","value":"1250.50"' ex.json
    case_of csv ex/*.csv
    case_of back ex.json
    [ "$(details csv.db)" = "$expected" ]
    [ "$(details back.db)" = "$expected" ]
    "$SPIL" export csv.db --format csv --out ex2 2>/dev/null
    cmp ex/links.csv ex2/links.csv
}

@test "several values of one name, and names that spreadsheets and traits meet, survive or are left at the door" {
    printf '%s\n' '{"id":"A1","schema":"BankAccount","properties":{}}' '{"id":"A2","schema":"BankAccount","properties":{}}' \
        '{"id":"p","schema":"Payment","properties":{"payerAccount":["A1"],"beneficiaryAccount":["A2"],"purpose":["b","=1+1","a"],"nationality":["x"]}}' >p.json
    case_of one p.json
    [ "$(sqlite3 one.db "SELECT group_concat(value, ' ') FROM (SELECT value FROM link_detail ORDER BY value)")" = "=1+1 a b" ]
    "$SPIL" export one.db --format csv --out ex 2>/dev/null
    [ "$(grep -o 'detail:purpose' ex/links.csv | wc -l)" = 3 ]
    sed -i '1s/detail:purpose$/detail:nationality/' ex/links.csv
    case_of two ex/*.csv
    [ "$(sqlite3 two.db "SELECT count(*) FROM link_detail WHERE name = 'purpose'")" = 2 ]
    [ "$(sqlite3 two.db "SELECT count(*) FROM link_detail WHERE name LIKE 'nat%'")" = 0 ]
}

@test "purge takes them with their link, without a trace" {
    native
    printf 'from,to,kind,since,amount\nA1,A2,paid,2024-04-01,SECRETAMOUNT\n' >late.csv
    "$SPIL" import native.db late.csv --keep-until 2024-12-31 >/dev/null 2>&1
    grep -q SECRETAMOUNT native.db
    spil purge native.db --before 2025-01-01
    exits 0
    ! grep -q SECRETAMOUNT native.db
    [ "$(details native.db)" = "$expected" ]
    spil check native.db
    exits 0
}
