# messages.bats - every reason for which a row is rejected, brought about by a row; docs/loaders.md tells
# what to do about each. SPDX-License-Identifier: GPL-3.0-or-later
load helper

people() {
    printf 'id,name\nP1,Anna\nP2,Bram\n' >persons.csv
    "$SPIL" init case.db 2>/dev/null
    "$SPIL" import case.db persons.csv >/dev/null 2>&1
}

# The rows of FILE are rejected for these reasons, in order: each "LINE COLUMN: beginning of the reason".
rejected() { # FILE REASON...
    "$SPIL" import case.db "$1" "${extra[@]}" >/dev/null 2>&1 || [ $? -eq 1 ]
    "$SPIL" rejects case.db --json | jq -r --arg f "$1" '.rows[] | select(.path == $f) | "\(.line) \(.column): \(.reason)"' >got
    shift
    [ "$(wc -l <got)" -eq $# ] || { cat got; return 1; }
    local want line
    while IFS= read -r line <&3; do
        want=$1
        shift
        [[ $line == "$want"* ]] || { echo "found: $line"; echo "expected: $want"; return 1; }
    done 3<got
}

@test "links" {
    people
    {
        echo from,to,kind,weight,confidence,since,until,grade
        echo ,P2,met,,,,,
        echo P1,P9,met,,,,,
        echo P1,P2,met_with,,,,,
        echo P1,P2,,,,,,
        echo P1,P1,met,,,,,
        echo P1,P2,met,heavy,,,,
        echo P1,P2,met,0,,,,
        echo P1,P2,met,-1,,,,
        echo 'P1,P2,met,"1,5",,,,'
        echo P1,P2,met,1e999,,,,
        echo P1,P2,met,1,1.5,,,
        echo P1,P2,met,1,often,,,
        echo P1,P2,met,1,1,31-02-2024,,
        echo P1,P2,met,1,1,2024-02-01,2024-01-01,
        echo P1,P2,met,1,1,,,Z9
        echo P1,P2,met
        echo P1,P2,met,1,1,,,,extra
        printf 'P1,P\t2,met,,,,,\n'
        echo 'P1,P2,me"t,,,,,'
        printf 'P1,P\0002,met,,,,,\n'
        echo 'P1,"P2,met,,,,,'
    } >links.csv
    rejected links.csv "2 from: empty, expected a value" "3 to: no entity has the key 'P9'; expected one that" \
        "4 kind: 'met_with' is no kind of link; expected one of lives_at, " "5 kind: empty, expected a value" \
        "6 to: loop: 'P1' is linked to itself" "7 weight: 'heavy' is no number" \
        "8 weight: a weight of 0, expected a number above 0" "9 weight: a weight of -1, expected a number above 0" \
        "10 weight: '1,5' is no number (a decimal comma is understood where ; separates, or with --decimal comma)" \
        "11 weight: '1e999' is no number" "12 confidence: '1.5' is outside the range 0 to 1" \
        "13 confidence: 'often' is no number" "14 since: '31-02-2024' is no date that exists; expected 2024-12-31, " \
        "15 until: '2024-01-01' is before the start, '2024-02-01'" "16 grade: 'Z9' is no grade; expected a letter A-F" \
        "17 : 3 values in the row, expected 8" "18 : 9 values in the row, expected 8" \
        "19 to: a control character or line end in a key" "20 kind: a quote (\") stands inside a value; expected" \
        "21 : a zero byte (NUL) stands in the row; expected text" \
        "22 to: a quote (\") is opened here and not closed within the lines that a value may span (64); expected"
}

@test "rows, values and keys beyond the limits" {
    people
    x() { head -c "$1" /dev/zero | tr '\0' x; }
    { echo from,to,kind; echo "P1,$(x 300),met"; echo "P1,$(x 70000),met"; echo "P1,$(x 1100000),met"; } >links.csv
    rejected links.csv "2 to: 300 bytes, more than the limit of 256 for a key" \
        "3 to: a value of more than 65536 bytes, the limit for one value" \
        "4 : a line of more than 1048576 bytes, the limit for one line"
}

@test "bytes that are no text" {
    people
    printf 'from,to,kind\nP1,P\303\2512,met\nP1,P\303\2513,met\nP1,P\377,met\n' >links.csv
    rejected links.csv "2 to: no entity" "3 to: no entity" "4 : bytes that are no text in the character set of this file"
}

@test "entities of all kinds" {
    people
    printf 'id,kind,name\nE1,robot,R\nE2,,R\n' >entities.csv
    rejected entities.csv "2 kind: 'robot' is no kind of entity; expected person, company, " "3 kind: empty, expected a value"
    printf 'id,name,kvk\nP1,Firm,1\n' >companies.csv
    rejected companies.csv "2 id: 'P1' is known as person, not as company"
    printf 'id,street,number,city,lat,lon\nA1,Laan,1,Breda,95,4\nA2,Laan,1,Breda,x,4\nA3,Laan,1,Breda,52,181\n' >addresses.csv
    rejected addresses.csv "2 lat: '95' is outside the range -90 to 90" "3 lat: 'x' is no number" \
        "4 lon: '181' is outside the range -180 to 180"
}

@test "roles and signals" {
    people
    printf 'entity,model,step,role,confidence\nP1,m,s,r,2\nP9,m,s,r,\nP1,,s,r,\n' >roles.csv
    rejected roles.csv "2 confidence: '2' is outside the range 0 to 1" "3 entity: no entity has the key 'P9'" \
        "4 model: empty, expected a value"
    printf 'entity,code,strength,date\nP1,c,1.5,\nP9,c,,\nP1,,,\nP1,c,1,2024-13-01\n' >signals.csv
    rejected signals.csv "2 strength: '1.5' is outside the range 0 to 1" "3 entity: no entity has the key 'P9'" \
        "4 code: empty, expected a value" "5 date: '2024-13-01' is no date that exists; expected"
}

@test "lists of pairs" {
    people
    printf 'from,to,weight\n1,1,1\n,2,1\n1,3,x\n1,4,0\n' >pairs.csv
    extra=(--loader edges)
    rejected pairs.csv "2 to: loop: '1' is linked to itself" "3 from: empty, expected a value" \
        "4 weight: 'x' is no number" "5 weight: a weight of 0, expected a number above 0"
}

@test "exports of graph stores" {
    people
    printf ':ID,name,n:int,d:date,ok:boolean,x:double,:LABEL\n1,A,abc,,,,Person\n2,B,,2024-99-01,,,Person\n3,C,,,maybe,,Person\n4,D,,,,z,Person\n,E,,,,,Person\n5,F,,,,,Person\n' >nodes.csv
    rejected nodes.csv "2 n:int: 'abc' found, expected a whole number" "3 d:date: '2024-99-01' found, expected a date such as" \
        "4 ok:boolean: 'maybe' found, expected true or false" "5 x:double: 'z' found, expected a number" \
        "6 :ID: empty, expected a value"
    printf ':START_ID,:END_ID,:TYPE\n5,77,KNOWS\n5,5,KNOWS\n,5,KNOWS\n' >rels.csv
    rejected rels.csv "2 :END_ID: no entity has the key '77'" "3 :END_ID: loop: '5' is linked to itself" \
        "4 :START_ID: empty, expected a value"
}
