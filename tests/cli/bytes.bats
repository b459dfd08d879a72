# bytes.bats - the same input, options and seed give the same bytes in every output file.
# SPDX-License-Identifier: GPL-3.0-or-later
load helper

# run_in FOLDER [OPTION...]
run_in() {
    mkdir "$1"
    (cd "$1" && "$SPIL" run case.db "$REGION"/*.csv --out out "${@:2}" >stdout 2>stderr)
}

setup_file() {
    load helper
    cd "$BATS_FILE_TMPDIR" || return 1
    run_in one --threads 1
}

setup() {
    cd "$BATS_FILE_TMPDIR" || exit
}

same() {
    diff -r one/out "$1/out"
    cmp one/stdout "$1/stdout"
}

@test "two runs compare equal" {
    run_in again --threads 1
    same again
}

@test "two and three threads compare equal with one" {
    run_in two --threads 2
    same two
    run_in three --threads 3
    same three
}

@test "a Dutch locale changes no byte" {
    if ! locale -a 2>/dev/null | grep -qi '^nl_NL\.utf-\?8$'; then
        # Made for this test alone, where the sources of locales are there.
        mkdir -p "$BATS_FILE_TMPDIR/locales"
        if localedef -i nl_NL -f UTF-8 "$BATS_FILE_TMPDIR/locales/nl_NL.UTF-8" 2>/dev/null; then
            export LOCPATH=$BATS_FILE_TMPDIR/locales
        else
            echo "# NO DUTCH LOCALE ON THIS MACHINE: LC_ALL IS SET ALL THE SAME" >&3
        fi
    fi
    LC_ALL=nl_NL.UTF-8 LANG=nl_NL.UTF-8 run_in dutch --threads 2
    same dutch
    LC_ALL=nl_NL.UTF-8 "$SPIL" metrics one/case.db --format csv >dutch.csv
    LC_ALL=C "$SPIL" metrics one/case.db --format csv >c.csv
    cmp dutch.csv c.csv
}

@test "the order of the files changes no byte" {
    mkdir turned
    (cd turned && "$SPIL" run case.db $(ls -r "$REGION"/*.csv) --out out --threads 1 >stdout 2>stderr)
    same turned
}

@test "the files in two imports give the same as in one" {
    mkdir parts
    (cd parts && "$SPIL" init case.db && "$SPIL" import case.db "$REGION"/{persons,addresses,companies}.csv &&
        "$SPIL" run case.db "$REGION"/*.csv --out out --threads 1 >stdout) 2>parts/stderr
    same parts
}

@test "another seed gives other figures" {
    run_in other --seed 7
    run ! cmp -s one/out/result.json other/out/result.json
}
