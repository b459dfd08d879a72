# resolve.bats - who is who, as a user sees it. SPDX-License-Identifier: GPL-3.0-or-later
load helper

# A mapping turns a date of birth into a keyed hash; here the column "stamp" stands for it, and the
# attribute is renamed in the case.
hash_births() {
    sqlite3 "$1" "UPDATE attribute SET name = 'birth_hash' WHERE name = 'stamp'"
}

# Two registers: 60 people of their own, and three whom both know; one of the three moved.
make_registers() {
    {
        echo "id,name,stamp,street,number,postcode,city"
        for i in $(seq 1 60); do
            echo "P$i,Given$((i % 30)) Surname$((i % 37)),d$i,Dorpsweg,$i,67$((10 + i))AB,Ede"
        done
        echo "P101,Jan Pieter van der Aalbes,x1,Molenweg,3,6711CD,Ede"
        echo "P102,Anna Kwartelmans,x2,Molenweg,5,6711CD,Ede"
        echo "P103,Berend Wintertaling,x3,Molenweg,7,6711CD,Ede"
    } >police.csv
    {
        echo "id,name,stamp,street,number,postcode,city"
        echo "Q1,\"AALBES, J.P. van der\",x1,Molenweg,3,6711CD,Ede"
        echo "Q2,Anna Kwartelmnas,x2,Molenweg,5,6711CD,Ede"
        echo "Q3,Berend Wintertaling,x3,Kade,9,6799ZZ,Ede"
        echo "Q4,Berend Wintertaling,x4,Molenweg,7,6711CD,Ede"
    } >chamber.csv
    "$SPIL" init case.db 2>/dev/null
    "$SPIL" import case.db "${@:-police.csv}" chamber.csv >/dev/null 2>&1
    hash_births case.db
}

@test "resolve merges whom two registers know, says why, and later commands see one" {
    make_registers
    spil resolve case.db --format csv
    exits 0
    prints "person,67,"
    spil resolve case.db --list --json
    is '.rows | length' 6
    is '[.rows[] | select(.key == "Q1")][0].one' P101
    is '[.rows[] | select(.key == "Q1")][0].source' chamber.csv:2
    is '[.rows[] | select(.key == "Q1")][0].agreement | contains("birth equal")' true
    is '[.rows[] | select(.key == "Q3")][0].one' P103
    spil show case.db --json
    is .entity_count 64
    spil check case.db
    exits 0
}

@test "the order of import and the threads change nothing" {
    make_registers
    "$SPIL" resolve case.db --threads 1 >first.txt 2>/dev/null
    "$SPIL" resolve case.db --list --format csv >first.csv
    "$SPIL" resolve case.db --threads 3 >second.txt 2>/dev/null
    "$SPIL" resolve case.db --list --format csv >second.csv
    "$SPIL" init other.db 2>/dev/null
    "$SPIL" import other.db chamber.csv >/dev/null 2>&1
    "$SPIL" import other.db police.csv >/dev/null 2>&1
    hash_births other.db
    "$SPIL" resolve other.db >third.txt 2>/dev/null
    "$SPIL" resolve other.db --list --format csv >third.csv
    cmp first.txt second.txt
    cmp first.csv second.csv
    cmp first.txt third.txt
    cmp first.csv third.csv
}

@test "a doubtful pair is written, answered, read back and obeyed" {
    make_registers
    spil resolve case.db --review pairs.csv --review-from 0.001
    exits 0
    says "pairs.csv:"
    [ "$(stat -c %a pairs.csv)" = 600 ]
    head -n 1 pairs.csv | grep -q '^kind,a,b,name_a,name_b,where_a,where_b,source_a,source_b,'
    grep -q 'two different dates of birth' pairs.csv
    printf 'a;b;same;reason\nP103;Q4;ja;one digit wrong\nP101;Q1;no;\nP102;Q2;;\n' >answers.csv
    spil resolve case.db --answers answers.csv
    refuses 2 resolve "--reviewer"
    spil resolve case.db --answers answers.csv --reviewer "A. Bakker"
    exits 0
    says "1 pairs are the same, 1 are not, 1 stay open"
    spil resolve case.db --list --json
    is '[.rows[] | select(.key == "Q1")] | length' 0
    is '[.rows[] | select(.key == "Q4")][0].agreement | startswith("a person")' true
    [ "$(sqlite3 case.db "SELECT count(*) FROM pair_answer WHERE reviewer = 'A. Bakker'")" = 2 ]
}

@test "a bad answer refuses the whole file and names its line" {
    make_registers
    before=$(content_of case.db)
    printf 'a,b,same\nP101,Q1,no\nP102,Q2,perhaps\n' >answers.csv
    spil resolve case.db --answers answers.csv --reviewer X
    refuses 3 resolve "answers.csv:3" "'same'" "'perhaps' is neither yes nor no"
    printf 'a,b,same\nP101,nobody,no\n' >answers.csv
    spil resolve case.db --answers answers.csv --reviewer X
    refuses 3 resolve "answers.csv:2" "the case has no entity 'nobody'"
    printf 'a,b,same\nP101,P101,yes\n' >answers.csv
    spil resolve case.db --answers answers.csv --reviewer X
    refuses 3 resolve "answers.csv:2" "one row of the case already"
    printf 'a,same\nP101,yes\n' >answers.csv
    spil resolve case.db --answers answers.csv --reviewer X
    refuses 3 resolve "answers.csv:1" "no column 'b'"
    spil resolve case.db --answers nowhere.csv --reviewer X
    refuses 3 resolve "nowhere.csv"
    [ "$(content_of case.db)" = "$before" ]
}

@test "one merge is undone for good, and all of them" {
    make_registers
    "$SPIL" resolve case.db >/dev/null 2>&1
    spil resolve case.db --undo P101
    refuses 2 resolve "--reviewer"
    spil resolve case.db --undo Q2 --reviewer "A. Bakker" --reason "twins"
    exits 0
    says "'Q2' stands on its own again"
    spil resolve case.db --undo Q2 --reviewer "A. Bakker"
    refuses 3 resolve "'Q2' is merged with none"
    spil resolve case.db --undo nobody --reviewer X
    refuses 3 resolve "no entity 'nobody'"
    "$SPIL" resolve case.db >/dev/null 2>&1
    spil resolve case.db --list --json
    is '[.rows[] | select(.key == "Q2")] | length' 0
    is '.rows | length' 4
    spil resolve case.db --undo all
    exits 0
    says "4 merged entities stand on their own again"
    spil resolve case.db --list
    says "nothing is merged"
    spil show case.db --json
    is .entity_count 67
    spil check case.db
    exits 0
}

@test "a dry run keeps nothing" {
    make_registers
    before=$(content_of case.db)
    spil resolve case.db --dry-run
    exits 0
    says "nothing was kept"
    [ "$(content_of case.db)" = "$before" ]
}

@test "an analysis made before the merges is told to be made again" {
    make_registers
    "$SPIL" import case.db "$REGION"/links.csv >/dev/null 2>&1 || true
    "$SPIL" analyze case.db --draws 20 >/dev/null 2>&1
    "$SPIL" resolve case.db >/dev/null 2>&1
    spil report case.db --out report
    [ "$status" -ne 0 ]
    says "spil analyze"
}

@test "options that make no sense are refused" {
    make_registers
    spil resolve case.db --threshold 0.4
    refuses 2 resolve "below 0.5"
    spil resolve case.db --threshold 2
    refuses 2 resolve "--threshold" "'2'"
    spil resolve case.db --undo all --list
    refuses 2 resolve "--undo stands alone"
    spil resolve case.db --list --dry-run
    refuses 2 resolve "--list stands alone"
    spil resolve nowhere.db
    refuses 3 resolve "nowhere.db"
}

@test "merges go with what they were made of" {
    make_registers
    rm -f case.db*
    "$SPIL" init case.db 2>/dev/null
    "$SPIL" import case.db police.csv >/dev/null 2>&1
    "$SPIL" import case.db chamber.csv --keep-until 2020-01-01 >/dev/null 2>&1
    hash_births case.db
    "$SPIL" resolve case.db >/dev/null 2>&1
    [ "$(sqlite3 case.db "SELECT count(*) FROM alias")" = 6 ]
    spil purge case.db --before 2021-01-01
    exits 0
    spil resolve case.db --list
    says "nothing is merged"
    spil check case.db
    exits 0
}

@test "a merge names the firm that both are linked to, and that two registers tell of it" {
    make_registers
    printf 'id,name\nC1,Aalbes Beheer B.V.\n' >companies.csv
    printf 'from,to,kind\nP102,C1,directs\nQ2,C1,works_for\n' >links.csv
    "$SPIL" import case.db companies.csv links.csv >/dev/null 2>&1
    spil resolve case.db
    exits 0
    spil resolve case.db --list --json
    is '[.rows[] | select(.key == "Q2")][0].one' P102
    is '[.rows[] | select(.key == "Q2")][0].agreement | contains("ties shared (C1)")' true
    is '[.rows[] | select(.key == "Q2")][0].agreement | contains("sources two")' true
    spil resolve case.db --undo Q2 --reviewer "A. Bakker" --reason "sisters"
    exits 0
}
