# hubs.bats - a block of flats and a trust office are places, not collaborations.
# SPDX-License-Identifier: GPL-3.0-or-later
load helper

# The example region, with a block of 200 tenants and a trust office of 4,000 companies, one of whose
# people directs them all. Some tenants and companies are people and firms of the region.
region_with_hubs() {
    awk -v OFS=, 'BEGIN {print "id,street,number,city" >"flat.csv"; print "FLAT,Hoge Weg,1,Sprenglo" >>"flat.csv"
        print "TRUSTHOUSE,Kade,1,Sprenglo" >>"flat.csv"
        print "id,name" >"tenants.csv"; print "from,to,kind" >"hublinks.csv"
        for (i = 1; i <= 200; i++) {print "T" i, "Tenant " i >>"tenants.csv"; print "T" i, "FLAT", "lives_at" >>"hublinks.csv"}
        print "NOMINEE,Nominee Director" >>"tenants.csv"
        print "id,name,kvk" >"firms.csv"; print "TRUST,Trust Office,10000000" >>"firms.csv"
        print "TRUST", "TRUSTHOUSE", "registered_at" >>"hublinks.csv"
        for (i = 1; i <= 4000; i++) {
            print "F" i, "Firm " i, 20000000 + i >>"firms.csv"
            print "F" i, "TRUSTHOUSE", "registered_at" >>"hublinks.csv"
            print "TRUST", "F" i, "directs" >>"hublinks.csv"
            print "NOMINEE", "F" i, "directs" >>"hublinks.csv"}}'
    cut -d, -f1 "$REGION/persons.csv" | sed -n 2,61p | sed 's/$/,FLAT,lives_at/' >>hublinks.csv
    cut -d, -f1 "$REGION/companies.csv" | tail -n +2 | sed 's/$/,TRUSTHOUSE,registered_at/' >>hublinks.csv
}

@test "hubs are flagged at import with kind and degree, and the summary names them" {
    region_with_hubs
    "$SPIL" init case.db 2>/dev/null
    spil import case.db "$REGION"/*.csv
    [[ $stderr != *hub:* ]]
    spil import case.db flat.csv tenants.csv firms.csv hublinks.csv
    exits 0
    says "hub: company TRUST (Trust Office) is linked to 4001 others (100 are allowed): it makes no community"
    says "hub: person NOMINEE (Nominee Director) is linked to 4000 others (500 are allowed)"
    says "hub: address FLAT (Hoge Weg 1, Sprenglo) is linked to 260 others (50 are allowed)"
    spil info case.db --json
    exits 0
    is '[.hubs[] | "\(.kind) \(.key) \(.degree)"] | sort | .[0,1]' $'address FLAT 260\naddress TRUSTHOUSE '"$(($(wc -l <"$REGION/companies.csv") - 1 + 4001))"
    is '.hubs | length' 4
    spil check case.db
    exits 0
}

@test "the same hubs whatever the order and number of imports" {
    region_with_hubs
    "$SPIL" init one.db 2>/dev/null
    "$SPIL" import one.db "$REGION"/*.csv flat.csv tenants.csv firms.csv hublinks.csv >/dev/null 2>&1
    "$SPIL" init two.db 2>/dev/null
    "$SPIL" import two.db hublinks.csv firms.csv tenants.csv flat.csv "$REGION"/persons.csv "$REGION"/companies.csv >/dev/null 2>&1
    "$SPIL" import two.db "$REGION"/addresses.csv "$REGION"/links.csv >/dev/null 2>&1
    diff <("$SPIL" info one.db --json | jq .hubs) <("$SPIL" info two.db --json | jq .hubs)
}

@test "purging the links of a hub takes its flag away" {
    region_with_hubs
    "$SPIL" init case.db 2>/dev/null
    "$SPIL" import case.db "$REGION"/*.csv flat.csv tenants.csv firms.csv >/dev/null 2>&1
    "$SPIL" import case.db hublinks.csv --keep-until 2024-01-01 >/dev/null 2>&1
    spil info case.db --json
    is '.hubs | length' 4
    "$SPIL" purge case.db --before 2025-01-01 >/dev/null 2>&1
    spil info case.db --json
    is '.hubs | length' 0
}

@test "repeated links to one and the same are one: many calls make no hub" {
    { echo id,name; echo P1,A; echo P2,B; } >p.csv
    { echo id,kind; echo T1,phone; } >t.csv
    { echo from,to,kind; for i in $(seq 300); do echo P1,T1,called; done; } >l.csv
    "$SPIL" init case.db 2>/dev/null
    "$SPIL" import case.db p.csv t.csv l.csv >/dev/null 2>&1
    spil info case.db --json
    is '.link_count' 300
    is '.hubs | length' 0
}

@test "a block of flats and a trust office make no community and no target, and the report names them" {
    region_with_hubs
    spil run case.db "$REGION"/*.csv flat.csv tenants.csv firms.csv hublinks.csv --out report --draws 100 --json
    exits 0
    echo "$output" >hubs.json
    run jq -r '[.rows[].key | select(test("^(FLAT|TRUST|TRUSTHOUSE|NOMINEE|T[0-9]+|F[0-9]+)$"))] | length' hubs.json
    [ "$output" = 0 ]
    "$SPIL" run plain.db "$REGION"/*.csv --out plain --draws 100 --json >plain.json 2>/dev/null
    # most of those who stood on the list without the hubs still do
    run sh -c 'jq -r ".rows[].key" plain.json | sort -u >keys; jq -r ".rows[].key" hubs.json | sort -u | comm -12 - keys | wc -l; wc -l <keys'
    [ $((4 * lines[0])) -ge $((3 * lines[1])) ]
    spil communities case.db --json
    is '[.rows[].size | select(. > 60)] | length' 0
    spil communities case.db --members 1 --json
    is '[.rows[].key | select(. == "FLAT" or . == "TRUST")] | length' 0
    grep -q "Trust Office" report/report.html
    is_hub='[.hubs[] | .key] | sort | join(" ")'
    [ "$(jq -r "$is_hub" report/result.json)" = "FLAT NOMINEE TRUST TRUSTHOUSE" ]
}

@test "two spellings of a trust office are a hub once they are merged, and none when that is undone" {
    awk -v OFS=, 'BEGIN {print "id,name,kvk" >"firms.csv"; print "from,to,kind" >"links.csv"
        print "TA,Kadezicht Trust B.V.,12345678" >>"firms.csv"; print "TB,KADEZICHT TRUST,12345678" >>"firms.csv"
        for (i = 1; i <= 120; i++) {
            print "F" i, "Firm " i, 20000000 + i >>"firms.csv"
            print (i <= 60 ? "TA" : "TB"), "F" i, "directs" >>"links.csv"}
        print "TB,F60,directs" >>"links.csv"}' # one that both direct counts once
    "$SPIL" init case.db 2>/dev/null
    "$SPIL" import case.db firms.csv links.csv >/dev/null 2>&1
    spil info case.db --json
    is '.hubs | length' 0
    spil resolve case.db
    exits 0
    spil info case.db --json
    is '[.hubs[] | "\(.kind) \(.key) \(.degree)"] | join(";")' 'company TA 120'
    spil check case.db
    exits 0
    spil resolve case.db --undo all
    exits 0
    spil info case.db --json
    is '.hubs | length' 0
    "$SPIL" resolve case.db >/dev/null 2>&1
    spil resolve case.db --undo TB --reviewer 'A. Bakker' --reason 'two offices'
    exits 0
    spil info case.db --json
    is '.hubs | length' 0
}
