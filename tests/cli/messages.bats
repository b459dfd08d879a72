# messages.bats - every reason for which a row is rejected, brought about by a row; docs/loaders.md tells
# what to do about each. SPDX-License-Identifier: GPL-3.0-or-later
load helper

people() {
    printf 'id,name\nP1,Anna\nP2,Bram\n' >persons.csv
    "$SPIL" init case.db 2>/dev/null
    "$SPIL" import case.db persons.csv >/dev/null 2>&1
}

# The rows of FILE are rejected for these reasons, in order: each "LINE COLUMN: beginning of the reason". Each says
# what was expected, or which limit held.
rejected() { # FILE REASON...
    "$SPIL" import case.db "$1" "${extra[@]}" >/dev/null 2>&1 || [ $? -eq 1 ]
    "$SPIL" rejects case.db --json | jq -r --arg f "$1" '.rows[] | select(.path == $f) | "\(.line) \(.column): \(.reason)"' >got
    shift
    [ "$(wc -l <got)" -eq $# ] || { cat got; return 1; }
    local want line
    while IFS= read -r line <&3; do
        want=$1
        shift
        [[ $line =~ expected|limit|range ]] || { echo "does not say what was expected: $line"; return 1; }
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
        "6 to: loop: 'P1' is linked to itself; expected two different entities" "7 weight: 'heavy' is no number; expected one such as 1234.5" \
        "8 weight: a weight of 0, expected a number above 0" "9 weight: a weight of -1, expected a number above 0" \
        "10 weight: '1,5' is no number; expected one such as 1234.5 (a decimal comma is understood where ; separates, or with --decimal comma)" \
        "11 weight: '1e999' is no number" "12 confidence: '1.5' is outside the range 0 to 1" \
        "13 confidence: 'often' is no number; expected one from 0 to 1" "14 since: '31-02-2024' is no date that exists; expected 2024-12-31, " \
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
    rejected entities.csv "2 kind: 'robot' is no kind of entity; expected one of person, company, " "3 kind: empty, expected a value"
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

@test "numbers that their column does not explain" {
    people
    printf 'from;to;kind;weight\nP1;P2;met;1.234\nP1;P2;met;5\n' >one.csv
    rejected one.csv "2 weight: '1.234' can be a thousand and more, or a number with decimals, and the other values of the column do not tell; expected --decimal comma or --decimal point"
    printf 'from;to;kind;weight\nP1;P2;met;1.234\nP1;P2;met;0,5\nP1;P2;met;0.5\n' >both.csv
    rejected both.csv "2 weight: '1.234' can be a thousand and more, or a number with decimals, and the other values of the column are written in both ways"
    extra=(--decimal comma)
    cp one.csv comma.csv && echo "P2;P1;met;0,5" >>comma.csv
    rejected comma.csv
    extra=(--decimal point)
    printf 'from;to;kind;weight\nP1;P2;met;1,5\n' >point.csv
    rejected point.csv "2 weight: '1,5' is no number"
}

@test "rows of a mapping" {
    people
    cat >m.yaml <<'END'
tables: {functions: {bestuurder: directs}}
entities:
  - {as: p, kind: person, id: "<Id>", name: "<Naam>"}
  - {as: c, kind: "<Soort?>", id: "kvk:<KvK|chamber_number>", optional: yes}
  - {as: a, kind: address, address: {postcode: "<PC>", number: "<Nr>"}, when: {column: Adr, is: ja}}
  - {as: b, kind: person, split: {columns: [Wie, Wat], by: "|"}, id: "<Wie|letters>", person: {full: "<Wie>"}}
  - {as: br, kind: company, id: "<Ves|branch_number>", optional: yes}
links:
  - {from: p, to: c, kind: "<Functie|functions>", weight: "<W>", since: "<Van>", until: "<Tot>", confidence: "<Z>", grade: "<G>"}
  - {from: b, to: p, kind: "<L>", when: {column: L, empty: no}}
roles:
  - {entity: p, model: "<M>", step: s, role: r, when: {column: Rol, is: ja}}
END
    local k=';12345678' f=';bestuurder'
    {
        echo 'Id;Naam;Soort;KvK;PC;Nr;Adr;Wie;Wat;Ves;Functie;W;Van;Tot;Z;G;L;M;Rol'
        echo ";n;company;;;;;;;;;;;;;;;;"
        echo "1;n;company;12x;;;;;;$f;;;;;;;;"
        echo "1;n;robot$k;;;;;;$f;;;;;;;;"
        echo "1;n;company$k;1234AB;;ja;;;$f;;;;;;;;"
        echo "1;n;company$k;;;;A|B|C;x|y;$f;;;;;;;;"
        echo "1;n;company$k;;;;;;12$f;;;;;;;;"
        echo "1;n;company$k;;;;;;;kok;;;;;;;;"
        echo "1;n;company$k;;;;;;$f;0;;;;;;;"
        echo "1;n;company$k;;;;;;$f;x;;;;;;;"
        echo "1;n;company$k;;;;;;$f;;31-02-2024;;;;;;"
        echo "1;n;company$k;;;;;;$f;;2-2-2024;1-1-2024;;;;;"
        echo "1;n;company$k;;;;;;$f;;;;2;;;;"
        echo "1;n;company$k;;;;;;$f;;;;;Z9;;;"
        echo "1;n;company$k;;;;Jan;;$f;;;;;;met_with;;"
        echo "1;n;company$k;;;;;;$f;;;;;;;;ja"
        echo "jan;n;company$k;;;;Jan;;$f;;;;;;met;;"
        echo "1;n;company$k;;;;$(seq -s'|' 300);;$f;;;;;;;;"
        echo "1;n;company"
        echo "$(head -c 300 /dev/zero | tr '\0' k);n;company$k;;;;;;$f;;;;;;;;"
        echo "P1;n;company$k;;;;;;$f;;;;;;;;"
        echo "kvk:12345678;n;company;;;;;;;$f;;;;;;;;"
    } >x.csv
    extra=(--mapping m.yaml)
    rejected x.csv "2 Id: empty, expected a value" \
        "3 KvK: '12x' is no number of the chamber of commerce; expected 8 digits" \
        "4 Soort: 'robot' is no kind of entity; expected one of person, company, " \
        "5 Nr: not enough of an address: expected a house number, and a postcode or a street and a city" \
        "6 Wat: 2 parts, but 'Wie' has 3" "7 Ves: '12' is no number of a branch; expected 12 digits" \
        "8 Functie: 'kok' stands not in table 'functions' of the mapping (line 1)" \
        "9 W: a weight of 0, expected a number above 0" "10 W: 'x' is no number" \
        "11 Van: '31-02-2024' is no date that exists; expected 2024-12-31, " \
        "12 Tot: '2024-01-01' is before the start, '2024-02-02'" "13 Z: '2' is outside the range 0 to 1" \
        "14 G: 'Z9' is no grade; expected a letter A-F" "15 L: 'met_with' is no kind of link; expected one of lives_at, " \
        "16 M: empty, expected a value" "17 Id: loop: 'jan' is linked to itself" "18 Wie: more than the limit of 256 parts between '|'" \
        "19 : 3 values in the row, expected 19" "20 Id: 300 bytes, more than the limit of 256 for a key" \
        "22 Id: 'kvk:12345678' is known as company, not as person"
    printf 'van;naar\nP1;P9\n' >k.csv
    printf 'entities:\n  - {as: a, known: yes, id: "<van>"}\n  - {as: b, known: yes, id: "<naar>"}\nlinks:\n  - {from: a, to: b, kind: met}\n' >k.yaml
    extra=(--mapping k.yaml)
    rejected k.csv "2 naar: no entity has the key 'P9'; expected one that this import or an earlier one brought in"
}

@test "FollowTheMoney" {
    people
    local p='{"id":"a","schema":"Person","properties":{"name":["A"]}}'
    {
        echo "$p"
        echo '{"id":"b","schema":"Passport","properties":{}}'
        echo '{"schema":"Person","properties":{}}'
        echo '{"id":"c","properties":{}}'
        echo '{"id":"d","schema":"Person","properties":7}'
        echo '{"id":"e","schema":"Person"'
        echo '[1]'
        echo '{"id":"f","schema":"Ownership","properties":{"owner":["a"]}}'
        echo '{"id":"g","schema":"Ownership","properties":{"owner":["a"],"asset":["zz"]}}'
        echo '{"id":"h","schema":"Associate","properties":{"person":["a"],"associate":["a"]}}'
        echo '{"id":"i","schema":"Associate","properties":{"person":["a"],"associate":["P1"],"startDate":["2024-13"]}}'
        echo '{"id":"j","schema":"Associate","properties":{"person":["a"],"associate":["P1"],"startDate":["2024"],"endDate":["2023"]}}'
        echo '{"id":"P1","schema":"Company","properties":{}}'
        echo '{"id":" k","schema":"Person","properties":{}}'
        echo '{"id":"l\u0007","schema":"Person","properties":{}}'
        echo "{\"id\":\"m\",\"schema\":\"Person\",\"properties\":{\"name\":[\"$(head -c 70000 /dev/zero | tr '\0' x)\"]}}"
    } >x.json
    rejected x.json "2 schema: 'Passport' is no schema that Spil takes; expected one of those in docs/loaders.md" \
        "3 id: missing or empty, expected a key" "4 schema: missing or empty, expected 'Person', 'Company', ..." \
        "5 properties: a number found, expected an object, { ... }" "6 : no JSON: " "7 : an array found, expected an object, { ... }" \
        "8 asset: missing or empty, expected a key" "9 asset: no entity has the key 'zz'; expected one of this file or of an earlier one" \
        "10 associate: loop: 'a' is linked to itself" "11 startDate: '2024-13' is no date that exists; expected " \
        "12 endDate: '2023-01-01' is before the start, '2024-01-01'" "13 : 'P1' is known as person, not as company" \
        "14 id: a key that begins or ends with a blank" "15 id: a control character or line end in a key" \
        "16 name: a value of more than 65536 bytes"
}

@test "beneficial ownership" {
    people
    s() { printf '{"statementId":"s","recordId":"%s","recordType":"%s","recordDetails":%s}\n' "$@"; }
    {
        s c1 entity '{"entityType":{"type":"registeredEntity"},"name":"A","isComponent":false}'
        s x thing '{}'
        s y entity 7
        s P1 entity '{"name":"A"}'
        s r1 relationship '{"subject":"c1"}'
        s r2 relationship '{"subject":"c1","interestedParty":{"reason":"noBeneficialOwners"}}'
        s r3 relationship '{"subject":"c1","interestedParty":"p9"}'
        s r4 relationship '{"subject":"c1","interestedParty":"c1"}'
        s r5 relationship '{"subject":"c1","interestedParty":"P1","interests":[{"startDate":"2020-05-01","endDate":"2019-01-01"}]}'
        s r6 relationship '{"subject":"c1","interestedParty":"P1","interests":[{"startDate":"soon"}]}'
    } >x.json
    extra=(--loader bods)
    rejected x.json "2 recordType: 'thing' found, expected 'entity', 'person' or 'relationship' (BODS 0.4)" \
        "3 recordDetails: a number found, expected an object, { ... }" "4 : 'P1' is known as person, not as company" \
        "5 interestedParty: missing or empty, expected a key" \
        "6 interestedParty: nobody is named (noBeneficialOwners): there is nothing to link" \
        "7 interestedParty: no record 'p9' is in this file or an earlier one" "8 subject: loop: a record is linked to itself" \
        "9 endDate: '2019-01-01' is before the start, '2020-05-01'" "10 startDate: 'soon' is no date that exists; expected"
}

@test "Offshore Leaks" {
    people
    printf 'node_id,name,countries,sourceID\n1,Acme Ltd,NL,x\n2,Jan,NL,x\n,Nobody,NL,x\n' >nodes.csv
    rejected nodes.csv "4 node_id: empty, expected a value"
    printf 'node_id_start,node_id_end,rel_type,link,start_date,end_date,sourceID\n2,1,officer_of,director of,01-02-2024,01-01-2024,x\n2,9,officer_of,,,,x\n2,2,officer_of,,,,x\n,1,officer_of,,,,x\n2,1,officer_of,,x,,x\n' >rels.csv
    rejected rels.csv "2 end_date: '01-01-2024' is before the start, '01-02-2024'" \
        "3 node_id_end: no node has this id; expected one of this import or an earlier one (nodes-*.csv" \
        "4 node_id_end: loop: '2' is linked to itself" "5 node_id_start: empty, expected a value" \
        "6 start_date: 'x' is no date that exists; expected"
}

@test "networks of other programs" {
    people
    {
        echo '<?xml version="1.0"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
        for k in weight confidence since until; do echo "<key id=\"$k\" for=\"edge\" attr.name=\"$k\" attr.type=\"string\"/>"; done
        echo '<key id="key" for="node" attr.name="key" attr.type="string"/><graph edgedefault="directed">'
        n=0
        for key in A B "$(head -c 300 /dev/zero | tr '\0' k)"; do
            n=$((n + 1))
            echo "<node id=\"n$n\"><data key=\"key\">$key</data></node>"
        done
        e() { echo "<edge source=\"$1\" target=\"$2\">$3</edge>"; }
        e n1 n1
        e n1 n3
        e n1 n2 '<data key="weight">-1</data>'
        e n1 n2 '<data key="confidence">2</data>'
        e n1 n2 '<data key="since">soon</data>'
        e n1 n2 '<data key="since">2024-02-01</data><data key="until">2024-01-01</data>'
        echo '</graph></graphml>'
    } >x.graphml
    rejected x.graphml "3 id: no key: more than 256 bytes, or not plain text" "4 : loop: a vertex is linked to itself" \
        "5 : an end was rejected, expected two vertices that came in" "6 weight: '-1' found, expected a number above 0" \
        "7 confidence: '2' found, expected a number from 0 to 1" "8 since: 'soon' is no date that exists; expected" \
        "9 until: '2024-01-01' is before the start, '2024-02-01'"
    printf '*Vertices 2\n1 "C"\n2 "D"\n*Edges\n1 1\n1 2\n' >x.net
    rejected x.net "3 : loop: a vertex is linked to itself"
    printf 'dl n=2 format=edgelist1\nlabels:\nE F\ndata:\n1 1 1\n1 2 1\n' >x.dl
    rejected x.dl "3 : loop: a vertex is linked to itself"
}

@test "what spil export wrote, damaged since" {
    people
    printf 'id,kind,name,type,spil_source,spil_line\nX,robot,,,,\nY,person,,,%064d,2\nZ,person,,,,x\n' 0 >e.csv
    rejected e.csv "2 kind: 'robot' is no kind of entity; expected one of person, " "3 spil_source: '0000" 
    printf 'from,to,kind,type,weight,confidence,since,until,spil_source,spil_line\nP1,P2,likes,,1,1,,,,\nP1,P9,met,,1,1,,,,\n' >l.csv
    rejected l.csv "2 kind: 'likes' is no kind of link; expected one of lives_at, " "3 to: no entity has the key 'P9'"
    printf 'spil_source,path,loader,options,grade,owner,basis,purpose,keep_until,rows,accepted,rejected,merged\nabc,x,native,,,,,,,1,1,0,0\n%064d,x,native,,Z9,,,,,1,1,0,0\n%064d,x,native,,,,,,,1,1,1,0\n%064d,x,native,,,,,,,many,1,1,0\n' 1 2 3 >s.csv
    rejected s.csv "2 sha256: 'abc' is no SHA-256 digest; expected 64 hexadecimal digits" \
        "3 grade: 'Z9' is no Admiralty code; expected A to F and 1 to 6" "4 rows: rows, accepted, rejected and merged do not add up" \
        "5 rows: 'many' is no whole number; expected 0, 1, 2, ..."
}
