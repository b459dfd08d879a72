# mapping.bats - other people's columns: mappings that ship, that are guessed, that are checked; keys.
# SPDX-License-Identifier: GPL-3.0-or-later
load helper

EXPORTS=$root/tests/data/mappings

small() {
    printf 'Nr;Naam;Bedrijf;KvK;Datum\n1;"Vries, Jan de";Bouw;1234567;31/12/24\n2;Piet;Bouw;12;1-1-2024\n' >export.csv
    cat >export.yaml <<'END'
source: {grade: C3, owner: inspection}
entities:
  - {as: person, kind: person, id: "p:<Nr>", person: {full: <Naam>}}
  - {as: company, kind: company, id: "kvk:<KvK|chamber_number>", name: <Bedrijf>}
links:
  - {from: person, to: company, kind: works_for, since: <Datum>}
END
}

@test "a mapping makes several things of a row, and bad rows are told with line and column" {
    small
    spil init case.db
    spil import case.db export.csv --mapping export.yaml --json
    exits 1
    is '.rows[0] | "\(.loader) \(.accepted) \(.rejected) \(.entities) \(.links)"' "mapped 1 1 2 1"
    spil rejects case.db --json
    is '.rows[0] | "\(.line) \(.column) \(.raw)"' "3 KvK 2;Piet;Bouw;12;1-1-2024"
    spil show case.db --json
    is '.sources[0] | "\(.grade) \(.owner)"' "C3 inspection"
}

@test "what the command line says of a source wins over the mapping" {
    small
    spil init case.db
    spil import case.db export.csv --mapping export.yaml --grade A1 --purpose "case Lupine"
    spil show case.db --json
    is '.sources[0] | "\(.grade) \(.owner) \(.purpose)"' "A1 inspection case Lupine"
}

@test "each mapping that ships is found by its name and reads its example" {
    for name in kvk brp suspects permits kadaster; do
        spil init "$name.db"
        spil import "$name.db" "$EXPORTS/$name.csv" --mapping "$name" --json
        [ "$status" -le 1 ]
        is '.rows[0].loader' mapped
        is '.rows[0].links > 2' true
        is '.rows[0].rejected <= 1' true
    done
}

@test "an unknown name tells those that ship, an unknown path that it is not there" {
    small
    spil init case.db
    spil import case.db export.csv --mapping kadastre
    refuses 3 import "kadastre: there is no such file" "brp, kadaster, kvk, permits, suspects"
    spil import case.db export.csv --mapping nowhere.yaml
    refuses 3 import "nowhere.yaml"
    spil mapping list --json
    exits 0
    is '.rows | length' 5
    spil mapping show kvk
    exits 0
    prints "directing_company"
}

@test "a fault of a mapping is told with file, line and column, before anything changes" {
    small
    sed -i 's/works_for/work_for/' export.yaml
    spil init case.db
    before=$(content_of case.db)
    spil import case.db export.csv --mapping export.yaml
    refuses 3 import "export.yaml:6:39: 'work_for' is no kind of link (did you mean 'works_for'?)"
    small
    sed -i 's/<Bedrijf>/<Firma>/' export.yaml
    spil import case.db export.csv --mapping export.yaml
    refuses 3 import "export.yaml:4: column 'Firma' stands nowhere in the header of export.csv"
    [ "$(content_of case.db)" = "$before" ]
}

@test "check says what would come of the first rows, and needs no case" {
    small
    spil mapping check export.yaml export.csv
    exits 1
    prints "p:1 -> kvk:01234567"
    prints "Jan de Vries"
    prints "'12' is no number of the chamber of commerce"
    says "of the first 2 rows: 1 rejected"
    spil mapping check export.yaml export.csv --rows 1 --json
    exits 0
    is '.rows_read' 1
    is '.entities' 2
    is '[.rows[] | select(.what == "link")][0].kind' works_for
    [ "$(find . -name '*.db*' | wc -l)" -eq 0 ]
}

@test "a suggested mapping can be used as it stands" {
    spil mapping suggest "$EXPORTS/kvk.csv" --out first.yaml
    exits 0
    says "spil mapping check first.yaml"
    grep -q '"KvK-nummer"   # number of a company' first.yaml
    run ! grep -q "Vries" first.yaml
    spil init case.db
    spil import case.db "$EXPORTS/kvk.csv" --mapping first.yaml --json
    exits 1
    is '.rows[0].accepted' 3
    is '.rows[0].links > 5' true
}

@test "a suggested mapping of incidents and vehicles alone links them" {
    printf 'Incidentnummer;Kenteken\n2024001;12-AB-34\n2024002;XX-99-YY\n' >incidents.csv
    spil mapping suggest incidents.csv --out first.yaml
    exits 0
    spil mapping check first.yaml incidents.csv --json
    exits 0
    is '.entities' 4
    is '.links' 2
}

@test "a mapping of an export with several encodings and line ends gives the same" {
    small
    iconv -f UTF-8 -t UTF-16 export.csv >utf16.csv
    printf '\357\273\277' | cat - export.csv | sed 's/$/\r/' >bom.csv
    for file in utf16 bom; do
        spil init "$file.db"
        spil import "$file.db" "$file.csv" --mapping export.yaml --json
        is '.rows[0].accepted' 1
        spil show "$file.db" --json
        is '.entity_count' 2
    done
}

numbers() {
    printf 'id;name;bsn;geboortedatum\nP1;Anna;111222333;31-12-1970\nP2;Bram;111222334;1-1-1980\n;Cor;123456782;2-2-1990\n' >persons.csv
}

@test "numbers of citizens are kept as keyed hash alone, and stand nowhere in clear" {
    numbers
    spil key new my.key
    exits 0
    [ "$(stat -c %a my.key)" = 600 ]
    spil init case.db
    spil import case.db persons.csv --key my.key --json
    exits 1
    is '.rows[0].attributes' 3
    [[ $stderr == *"fail the eleven test, left out: 1, the first in line 3"* ]]
    run ! grep -q "111222333\|111222334\|123456782\|1970" <<<"$stderr$output"
    run ! grep -qa "111222333\|111222334\|123456782\|31-12-1970\|1970-12-31" case.db case.db-wal
    [ "$(content_of case.db | grep -c "bsn_hash")" -eq 1 ]
    [ "$(content_of case.db | grep -c "birth_hash")" -eq 2 ]
    spil rejects case.db --json
    is '.rows[0].raw' ";Cor;[dropped];[dropped]"
    # the same key gives the same hash in another case, another key another one
    spil init again.db
    spil import again.db persons.csv --key my.key
    spil key new other.key
    spil init other.db
    spil import other.db persons.csv --key other.key
    hash() { sqlite3 "$1" "select value from attribute where name = 'bsn_hash'"; }
    [ "$(hash case.db)" = "$(hash again.db)" ]
    [ "$(hash case.db)" != "$(hash other.db)" ]
}

@test "a second key on one case is warned of" {
    "$SPIL" key new one.key 2>/dev/null
    "$SPIL" key new two.key 2>/dev/null
    "$SPIL" init case.db 2>/dev/null
    printf 'id,name,bsn\nP1,A,111222333\n' >one.csv
    printf 'id,name,bsn\nP2,B,123456782\n' >two.csv
    printf 'id,name\nP3,C\n' >three.csv
    spil import case.db one.csv --key one.key
    [[ $stderr != *"another key"* ]]
    spil import case.db three.csv --key two.key # nothing in it is hashed
    [[ $stderr != *"another key"* ]]
    spil import case.db two.csv --key two.key
    exits 0
    says "two.csv: WARNING: hashed with another key"
    sed -i s/P2/P4/ two.csv
    spil import case.db two.csv --key one.key # two.csv came in with the other one
    says "WARNING: hashed with another key"
}

@test "without a key such a column is dropped, and that is said" {
    numbers
    spil init case.db
    spil import case.db persons.csv
    says "'bsn' was dropped: no key was given to hash it (--key FILE)"
    says "2 columns left at the door"
    [ "$(content_of case.db | grep -c "_hash")" -eq 0 ]
}

@test "a key that others can read is refused, and no key is overwritten" {
    numbers
    spil key new my.key
    spil key new my.key
    refuses 3 key "my.key: there is a file of that name already"
    chmod 644 my.key
    spil init case.db
    spil import case.db persons.csv --key my.key
    refuses 3 import "my.key: its mode is 0644" "chmod 600"
    spil import case.db persons.csv --key persons.csv
    refuses 3 import "persons.csv"
    spil import case.db persons.csv --key nowhere.key
    refuses 3 import "nowhere.key: no such key file"
    spil key make my.key
    refuses 2 key "spil key new FILE"
}

@test "the mapping that docs/loaders.md explains does what it says" {
    awk '/^```yaml/ {on = 1; text = ""; next} /^```/ {if (on && text ~ /bosses/) {printf "%s", text; exit} on = 0} on {text = text $0 "\n"}' \
        "$root/docs/loaders.md" >export.yaml
    printf 'KvK,Handelsnaam,Bestuurders,Straat,Huisnr,Postcode,Plaats\n1234567,Bouw,"Vries, Jan de; P. Jansen",Dorpsstraat,12 a,1234 ab,Ede\n' >export.csv
    spil mapping check export.yaml export.csv --json
    exits 0
    is '"\(.entities) \(.links)"' "4 3"
    is '[.rows[] | select(.what == "link") | .key] | join(", ")' \
        "kvk:01234567 -> adr:1234AB:12A, kvk:01234567/jandevries -> kvk:01234567, kvk:01234567/pjansen -> kvk:01234567"
}

@test "what is no table is no file for a mapping; what is missing is told" {
    printf '{"id": 1}\n' >x.json
    spil init case.db
    spil import case.db x.json --mapping kvk
    refuses 3 import "x.json: this is JSON, and a mapping reads a table"
    spil mapping check kvk x.json
    refuses 3 mapping "x.json: this is JSON, and a mapping reads a table"
    spil mapping
    refuses 2 mapping "an argument is missing; usage: spil mapping suggest FILE"
    spil mapping check kvk
    refuses 2 mapping "expected: suggest FILE, check MAPPING FILE"
}

@test "hashes come back with what was exported" {
    numbers
    spil key new my.key
    spil init case.db
    spil import case.db persons.csv --key my.key
    hashes() { sqlite3 "$1" "select name, value from attribute where name like '%_hash' order by 1, 2"; }
    spil export case.db --format csv --out given
    exits 0
    spil init csv.db
    spil import csv.db given/*.csv
    [ -n "$(hashes case.db)" ]
    [ "$(hashes csv.db)" = "$(hashes case.db)" ]
    spil export case.db --format ftm --out given.ftm.json
    exits 0
    spil init ftm.db
    spil import ftm.db given.ftm.json
    [ "$(hashes ftm.db)" = "$(hashes case.db)" ]
}
