# allocate.bats - a budget over regions, and where suspects come from. SPDX-License-Identifier: GPL-3.0-or-later
load helper

pair() {
    printf '%s\n' region,inhabitants,harm,harm_low,harm_high,half_hours,half_low,half_high \
        a,100,8,4,16,10,10,10 b,100,2,1,4,10,10,10 >pair.csv
}

@test "two regions that can be done by hand" {
    pair
    spil allocate --regions pair.csv --budget 20 --json
    exits 0
    is '[.totals[] | .prevented * 1000 | round] | join(" ")' "5000 5845 6000"
    is '.totals[0].price * 6 | . * 1e6 | round' 1000000
    is '.totals[2].price' 0
    is '[.rows[] | .hours_effect | . * 1e6 | round] | join(" ")' "20000000 0"
    is '[.rows[] | .change_hours | . * 1e6 | round] | join(" ")' "10000000 -10000000"
    is '.totals[0] | .price_p5 < .price and .price < .price_p95' true
    is .assumed 0
}

@test "people read the price, and who gains and loses" {
    pair
    spil allocate --regions pair.csv --budget 20 --plot out.svg
    exits 0
    says "price of dividing by inhabitants: 16.7%"
    says "regions that gain hours: 1; that lose: 1"
    grep -q '^<svg\|<svg ' out.svg
    grep -q 'inhabitants' out.svg
}

@test "a faulty sheet divides nothing and names each fault" {
    printf '%s\n' 'region;inhabitants;harm;half_hours;harm_low' 'A;-1;3,5;2;' 'B;1;3;2;1' 'C;1;3;2;' 'C;1;3;2;' >bad.csv
    spil allocate --regions bad.csv --budget 10
    exits 3
    says "bad.csv:2: inhabitants '-1'; expected a number from 0"
    says "bad.csv:3: harm_high ''; expected a number beside the other end"
    says "bad.csv:5: region 'C'; expected each region once"
    says "3 rows cannot be taken; nothing was divided"
    [ -z "$output" ]
    spil allocate --regions bad.csv
    refuses 2 allocate "--budget HOURS is missing"
    echo region,harm >short.csv
    echo a,1 >>short.csv
    spil allocate --regions short.csv --budget 1
    refuses 3 allocate "short.csv:1: there is no column 'inhabitants'"
}

@test "a number without a range is marked where it stands" {
    printf '%s\n' region,inhabitants,harm,harm_low,harm_high,half_hours a,100,8,4,16,10 b,100,2,,,10 >r.csv
    spil allocate --regions r.csv --budget 20 --json
    exits 0
    is .assumed 3
    is '[.rows[].assumed] | join("|")' "half_hours|harm, half_hours"
    is '[.rows[1] | .harm_p5, .harm_p95, .half_p5, .half_p95 | tostring] | join(" ")' "1 4 5 20"
    is '[.rows[].misfit] | join("|")' "|"
}

@test "a region with a case of its own takes its numbers from there" {
    "$SPIL" init west.db 2>/dev/null
    "$SPIL" import west.db "$REGION"/*.csv >/dev/null 2>&1
    "$SPIL" analyze west.db --draws 40 >/dev/null 2>&1
    printf '%s\n' region,inhabitants,harm,half_hours,case west,50000,,,west.db east,50000,3,400, half,20000,,100,west.db >r.csv
    spil allocate --regions r.csv --budget 500 --json
    exits 0
    local rows=$output
    is .assumed 3
    is '.rows[0] | .harm_p5 < .harm and .harm < .harm_p95 and .half_p5 < .half_hours and .half_hours < .half_p95' true
    is '.rows[0].misfit > 0 and .rows[0].misfit < 0.5' true
    is '.rows[0].assumed' null
    is '[.rows[2] | .half_hours, .assumed | tostring] | join(" ")' "100 half_hours"
    is '.rows[2].harm == .rows[0].harm' true
    "$SPIL" targets west.db --top 100000 --json >all.json 2>/dev/null
    output=$(jq -n --argjson a "$rows" --slurpfile t all.json '{harm: ($a.rows[0].harm - $t[0].possible),
        reach: ($a.rows[0].reach - $t[0].gain / $t[0].possible), hours: ($t[0].rows | map(.hours) | add),
        half: $a.rows[0].half_hours}')
    is '.harm | fabs < 1e-6' true
    is '.reach | fabs < 1e-6' true
    is '.half > 0 and .half < .hours / 2' true # the first hours bring most
    spil allocate --regions r.csv --budget 500
    says "west: from its case"
}

@test "a case that is not there or has no analysis is a fault of its row" {
    "$SPIL" init empty.db 2>/dev/null
    printf '%s\n' region,inhabitants,case a,1,none.db b,1,empty.db c,1, >r.csv
    spil allocate --regions r.csv --budget 500
    exits 3
    says "r.csv:2: case 'none.db'; expected a case with an analysis (there is no case 'none.db'"
    says "r.csv:3: case 'empty.db'; expected"
    says "no analysis yet"
    says "r.csv:4: harm ''; expected a number"
}

@test "no count below five is shown, nor can be worked out" {
    printf '%s\n' region,same,elsewhere,abroad,unknown a,40,12,3,9 >three.csv
    printf '%s\n' region,same,elsewhere,abroad,unknown a,40,12,0,9 >none.csv
    spil origins three.csv --json
    exits 0
    says "numbers are small"
    three=$output
    is '[.rows[].count] | join("|")' "40|12|<5|9|<5|9 to 13|61 to 65"
    is '[.rows[] | select(.low == null)] | length' 1
    is '[.rows[] | select(.low != null) | .low < .high] | all' true
    spil origins none.csv --json
    [ "$output" = "$three" ]
}

@test "abroad is told with none and with all of the unknown" {
    printf '%s\n' region,same,elsewhere,abroad,unknown a,40,10,6,24 >o.csv
    spil origins o.csv --json
    exits 0
    is '.rows[4] | .low < 6/80 and 6/80 < .high' true
    is '.rows[5] | .low < 30/80 and 30/80 < .high' true
    [ -z "$stderr" ]
    printf '%s\n' region,same,elsewhere,abroad,unknown a,40,x,6,24 >bad.csv
    spil origins bad.csv
    exits 3
    says "bad.csv:2: elsewhere 'x'; expected a count, or <5"
}

@test "who has no residence of his own is counted where his address is recorded" {
    "$SPIL" init c.db 2>/dev/null
    {
        echo id,name,municipality,country_of_residence
        for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17; do echo "P$i,N$i,,"; done
        echo P18,N18,Arnhem,NL
    } >persons.csv
    printf '%s\n' id,street,number,postcode,city,municipality,country A1,Kerkstraat,1,,Ede,Ede,NL \
        A2,Rue,2,,Luik,,BE A3,Laan,3,,Ede,Ede, A4,Dreef,4,,Arnhem,Arnhem, >addresses.csv
    {
        echo from,to,kind,since,until
        for i in 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18; do echo "P1,P$i,co_suspect,,"; done
        for i in 1 2 3 4 5 6; do echo "P$i,A1,lives_at,,"; done
        for i in 7 8 9 10 11 12; do echo "P$i,A2,lives_at,,"; done
        echo P18,A1,lives_at,, # has one of his own
        for i in 13 14 15 16 17; do printf "P$i,A3,lives_at,2020-01-01,2021-01-01\nP$i,A4,lives_at,2019-01-01,\n"; done
    } >links.csv
    "$SPIL" import c.db persons.csv addresses.csv links.csv >/dev/null 2>&1
    spil origins --case c.db --municipality Ede --json
    exits 0
    is '[.rows[:4][].count] | join("|")' "6|6|6|<5"
}

@test "the suspects of a case are counted, with nothing below five" {
    "$SPIL" init c.db 2>/dev/null
    {
        echo id,name,municipality,country_of_residence
        for i in 1 2 3 4 5 6; do echo "P$i,N$i,Ede,NL"; done
        for i in 7 8; do echo "P$i,N$i,Ede,BE"; done
        for i in 9 10 11 12 13; do echo "P$i,N$i,,"; done
    } >persons.csv
    {
        echo from,to,kind
        for i in 2 3 4 5 6 7 8 9 10 11 12; do echo "P1,P$i,co_suspect"; done
        echo P1,P13,met
    } >links.csv
    "$SPIL" import c.db persons.csv links.csv >/dev/null 2>&1
    spil origins --case c.db --municipality Ede --json
    exits 0
    is '[.rows[].count] | join("|")' "6|<5|<5|<5|<5|0 to 8|6 to 18"
    spil origins --case c.db
    refuses 2 origins "--municipality NAME is missing"
    spil origins
    exits 2
}
