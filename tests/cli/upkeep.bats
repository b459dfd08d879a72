# upkeep.bats - info, check and purge; a case of an older version.
# SPDX-License-Identifier: GPL-3.0-or-later
load helper

# Two sources: one expires at the end of 2024, one never. Both name P2.
two_sources() {
    printf 'id,name\nP1,Zwartkop-Oudshoorn\nP2,Bram Vos\n' >Zwartkop-export.csv
    printf 'id,name,municipality\nP2,Bram de Vos,Breda\nP3,Cas,Breda\n' >register.csv
    printf 'from,to,kind\nP1,P2,met\nP1,P9,met\n' >meetings.csv
    "$SPIL" init case.db 2>/dev/null
    "$SPIL" import case.db Zwartkop-export.csv --keep-until 2024-12-31 --owner police --basis "Wpg art. 9" >/dev/null 2>&1
    "$SPIL" import case.db register.csv --owner city >/dev/null 2>&1
    "$SPIL" import case.db meetings.csv --keep-until 2024-12-31 >/dev/null 2>&1 || [ $? -eq 1 ]
}

@test "info counts what is in a case and tells whose it is and until when" {
    two_sources
    spil info case.db --json
    exits 0
    is '"\(.command) \(.shape) \(.schema)"' "info 1 2"
    is '[.source_count, .entity_count, .link_count, .reject_count, .audit_count] | join(" ")' "3 3 1 1 4"
    is .first_expiry 2024-12-31
    is '.sources[0] | "\(.path) \(.owner) \(.basis) \(.keep_until) \(.rows)"' \
        "Zwartkop-export.csv police Wpg art. 9 2024-12-31 2"
    is '.sources[1].keep_until' ""
    says "spil purge case.db --before"
    spil info case.db
    exits 0
    prints "first expiry"
    prints "register.csv"
}

@test "info of an empty case, and of none" {
    "$SPIL" init case.db 2>/dev/null
    spil info case.db
    exits 0
    prints "none stated"
    [ -z "$stderr" ]
    spil info nowhere.db
    refuses 3 info "nowhere.db" "spil init"
}

@test "a sound case is said to be sound" {
    two_sources
    spil check case.db
    exits 0
    says "case.db is sound"
    [ -z "$output" ]
    spil check case.db --json
    is '"\(.sound) \(.rows | length)"' "true 0"
}

@test "check names broken references, orphaned rows, wrong counts and a changed audit entry; exit 1" {
    two_sources
    sqlite3 case.db "PRAGMA foreign_keys = OFF; DELETE FROM entity WHERE \"key\" = 'P1'; DELETE FROM reject;
        DROP TRIGGER audit_keeps_its_words; UPDATE audit SET detail = 'nothing' WHERE number = 2"
    spil check case.db --json
    exits 1
    is .sound false
    is '[.rows[].problem | select(contains("row 1 of link names a row of entity that is not there"))] | length' 1
    is '[.rows[].problem | select(contains("1 of its rows were rejected, but 0 are kept"))] | length' 1
    is '[.rows[].problem | select(contains("audit entry 2 does not fit the chain"))] | length' 1
}

@test "check of a file with damaged pages names them and does not crash" {
    two_sources
    "$SPIL" import case.db "$REGION"/*.csv >/dev/null 2>&1
    page=$(sqlite3 case.db "SELECT rootpage FROM sqlite_schema WHERE name = 'link'")
    head -c 3000 /dev/zero | tr '\0' U | dd of=case.db bs=1 seek=$(((page - 1) * 4096 + 8)) conv=notrunc status=none
    spil check case.db --format csv
    exits 1
    [ "${lines[0]}" = problem ]
    [ "${#lines[@]}" -ge 2 ]
    prints damaged
    head -c 5000 /dev/zero | tr '\0' U | dd of=case.db bs=1 seek=100 conv=notrunc status=none
    spil check case.db
    refuses 4 check "case.db: is damaged"
}

@test "purge wants a day, and a case" {
    two_sources
    spil purge case.db
    refuses 2 purge "--before DATE"
    spil purge case.db --before yesterday
    refuses 2 purge "--before: 'yesterday'"
    spil purge nowhere.db --before 2025-01-01
    refuses 3 purge "nowhere.db"
}

@test "a dry run lists what would go and changes nothing" {
    two_sources
    before=$(content_of case.db)
    spil purge case.db --before 2025-01-01 --dry-run --json
    exits 0
    is '"\(.dry_run) \([.rows[].path] | join(","))"' "true Zwartkop-export.csv,meetings.csv"
    spil purge case.db --before 2024-12-31 --dry-run
    exits 0
    says "nothing expired before 2024-12-31"
    [ "$(content_of case.db)" = "$before" ]
}

@test "purge leaves no trace of what expired: not in the tables, not in the file, not in the audit chain" {
    two_sources
    grep -aq Zwartkop case.db
    spil purge case.db --before 2025-01-01 --json
    exits 0
    is '[.sources, .entities, .links, .rejects] | join(" ")' "2 1 1 1"
    [ ! -s case.db-wal ]
    run ! grep -aiq "zwartkop\|oudshoorn\|meetings" case.db
    spil info case.db --json
    is '[.source_count, .entity_count, .link_count, .reject_count] | join(" ")' "1 2 0 0"
    is .first_expiry null
    spil check case.db
    exits 0
    run sqlite3 case.db "SELECT detail FROM audit WHERE action = 'purge'"
    [[ $output == "expired before 2025-01-01: 2 sources, 1 entities"* ]]
    spil metrics case.db --metric degree --json
    is '[.rows[].key] | join(",")' "P2,P3"
}

@test "purge with nothing to purge says so and leaves the content as it was" {
    two_sources
    before=$(content_of case.db | sort) # rebuilding moves the definitions of indices
    spil purge case.db --before 2024-12-31
    exits 0
    says "nothing expired before 2024-12-31"
    [ "$(content_of case.db | sort)" = "$before" ]
}

@test "purge takes analyses and decisions along, and says so; the next analysis works" {
    "$SPIL" init case.db 2>/dev/null
    "$SPIL" import case.db "$REGION"/*.csv >/dev/null 2>&1
    printf 'id,name\nX1,Short-Lived\n' >short.csv
    "$SPIL" import case.db short.csv --keep-until 2024-01-01 >/dev/null 2>&1
    "$SPIL" analyze case.db --runs 2 --draws 20 >/dev/null 2>&1
    "$SPIL" targets case.db >/dev/null 2>&1
    spil purge case.db --before 2024-01-02
    exits 0
    prints "2 runs"
    says "next: spil analyze case.db"
    spil analyze case.db --runs 2 --draws 20
    exits 0
}

@test "a case of schema version 1 works: every command, and it is migrated once" {
    sqlite3 case.db <"$root/tests/data/store-v1.sql"
    [ "$(sqlite3 case.db "PRAGMA user_version")" = 1 ]
    spil show case.db --json
    exits 0
    is .entity_count 3
    [ "$(sqlite3 case.db "PRAGMA user_version")" = 2 ]
    spil info case.db --json
    is .schema 2
    is .decision_count 1
    spil check case.db
    exits 0
    spil rejects case.db --json
    is '.rows | length' 1
    printf 'id,name\nP77,New\n' >more.csv
    spil import case.db more.csv
    exits 0
    spil metrics case.db --metric degree --json
    exits 0
    is '.rows | length' 4
}

@test "run with a bad first file leaves no new case behind" {
    printf 'id,name\nP1,A\n' | gzip | head -c 25 >cut.csv.gz
    spil run new.db cut.csv.gz --out report
    refuses 3 run "cut.csv.gz" truncated
    run ! compgen -G 'new.db*'
    spil run new.db nowhere.csv --out report
    refuses 3 run nowhere.csv
    run ! compgen -G 'new.db*'
}

@test "run with a bad second file keeps the case with the first" {
    printf 'id,name\nP1,A\n' >good.csv
    { echo id,name; seq 30000 | sed 's/.*/Q&,Name &/'; } | gzip >whole.csv.gz
    head -c 60000 whole.csv.gz >cut.csv.gz
    spil run new.db good.csv cut.csv.gz --out report
    refuses 3 run cut.csv.gz truncated
    spil info new.db --json
    is '"\(.source_count) \(.entity_count)"' "1 1"
}

@test "run never removes a case that was there" {
    two_sources
    before=$(content_of case.db)
    printf 'id,name\nP1,A\n' | gzip | head -c 25 >cut.csv.gz
    spil run case.db cut.csv.gz --out report
    refuses 3 run cut.csv.gz
    [ "$(content_of case.db)" = "$before" ]
    "$SPIL" init empty.db 2>/dev/null
    spil run empty.db cut.csv.gz --out report
    refuses 3 run cut.csv.gz
    [ -e empty.db ]
}
