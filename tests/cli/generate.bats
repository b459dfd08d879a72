#!/usr/bin/env bats
# The generator as its user sees it. SPDX-License-Identifier: GPL-3.0-or-later

setup() {
    cd "$BATS_TEST_DIRNAME/../.." || exit 1
    out=$BATS_TEST_TMPDIR/region
    generate=${GENERATE:-build/spil-generate}
}

@test "the committed example is what its command gives" {
    "$generate" --out "$out" --persons 300 --seed 6 --communities 4 --models datasets/models
    diff -r "$out" datasets/examples/region
}

@test "the Makefile and the README of the example name one command" {
    options=$(sed -n 's/^EXAMPLE_OPTIONS := //p' Makefile)
    [ -n "$options" ]
    grep -qF -- "--out datasets/examples/region $options --models datasets/models" datasets/examples/README.md
}

@test "the example is small, and holds no trait" {
    [ "$(du -sb datasets/examples | cut -f1)" -lt 300000 ]
    run head -qn1 datasets/examples/region/persons.csv
    [ "$output" = "id,name,municipality,income,assets" ] # the last two: what rule owner_without_means asks for
}

@test "the locale changes no byte" {
    LC_ALL=C "$generate" --out "$out-c" --models datasets/models
    LC_ALL=nl_NL.UTF-8 "$generate" --out "$out-nl" --models datasets/models
    diff -r "$out-c" "$out-nl"
}

@test "packed files hold the same rows" {
    "$generate" --out "$out" --models datasets/models
    "$generate" --out "$out-gz" --models datasets/models --gzip
    for file in persons addresses companies links roles signals truth/truth; do
        gzip -dc "$out-gz/$file.csv.gz" | cmp - "$out/$file.csv"
    done
}

@test "every end of a link is in the files" {
    "$generate" --out "$out" --persons 2000 --models datasets/models
    cut -d, -f1 -s "$out/persons.csv" "$out/addresses.csv" "$out/companies.csv" | sort > "$out/keys"
    tail -qn+2 "$out/links.csv" | cut -d, -f1,2 | tr , '\n' | sort -u > "$out/ends"
    [ "$(wc -l < "$out/ends")" -gt 3000 ]
    [ -z "$(comm -23 "$out/ends" "$out/keys")" ]
}

@test "no key stands twice" {
    "$generate" --out "$out" --persons 2000 --duplicates 0.2 --models datasets/models
    [ -z "$(cut -d, -f1 "$out/persons.csv" | sort | uniq -d)" ]
}

@test "wrong use is told in one line, with exit status 2" {
    for arguments in "--persons 300" "--out $out --persons 5" "--out $out --persons many" "--out $out --decoys -1" \
                     "--out $out --missing-links 2" "--out $out --communities 9" "--out $out --bogus" "--out $out here"; do
        # shellcheck disable=SC2086
        run "$generate" $arguments
        [ "$status" -eq 2 ]
        [ "${#lines[@]}" -eq 1 ]
        [[ $output == "spil-generate: "* ]]
    done
    [ ! -e "$out" ]
}

@test "a model with a fault is refused with exit status 3, and nothing is written" {
    mkdir "$BATS_TEST_TMPDIR/models"
    echo "id: broken" > "$BATS_TEST_TMPDIR/models/broken.yaml"
    run "$generate" --out "$out" --models "$BATS_TEST_TMPDIR/models"
    [ "$status" -eq 3 ]
    [[ $output == *broken.yaml* ]]
    [ ! -e "$out" ]
}

@test "a folder that cannot be made is told with exit status 4" {
    run "$generate" --out /proc/nowhere --models datasets/models
    [ "$status" -eq 4 ]
    [[ $output == *"/proc/nowhere"* ]]
}
