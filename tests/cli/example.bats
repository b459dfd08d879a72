#!/usr/bin/env bats
# The example that ships, from files to result: those who were planted come first.
# SPDX-License-Identifier: GPL-3.0-or-later

load helper

# Members of each community of the result, best chain first, as "<rank> <key>".
ranked_members() {
    jq -r '.communities | to_entries[] | .key as $rank | .value.nodes[] | "\($rank + 1) \(.key)"' out/result.json
}

# Of collaboration $1: the rank of the community with most of its members, how many, of how many.
home_of() {
    awk -F, -v c="$1" '$1 == c && $3 == "member" {print $4}' "$REGION/truth/truth.csv" | sort >members
    ranked_members | awk 'NR == FNR {member[$1]; next} $2 in member {count[$1]++}
        END {for (rank in count) print rank, count[rank]}' members - | sort -k2,2nr -k1,1n | head -n 1 |
        awk -v all="$(wc -l <members)" '{print $1, $2, all}'
}

@test "the planted collaborations are the top communities of the example, each with most of its members" {
    "$SPIL" run case.db "$REGION"/*.csv --out out >/dev/null 2>&1
    planted=$(cut -d, -f1 "$REGION/truth/truth.csv" | grep '^csv-' | sort -u)
    count=$(wc -l <<<"$planted")
    [ "$count" -ge 4 ]
    for collaboration in $planted; do
        read -r rank held all <<<"$(home_of "$collaboration")"
        echo "$collaboration: rank $rank, $held of $all members"
        [ "$rank" -le "$count" ]
        [ $((2 * held)) -ge "$all" ]
        echo "$rank" >>ranks
    done
    [ "$(sort -u ranks | wc -l)" -eq "$count" ] # one each, so no other community stands among them
}

@test "the best chain of each top community is the model that its collaboration follows" {
    "$SPIL" run case.db "$REGION"/*.csv --out out >/dev/null 2>&1
    grep -o '^csv-[0-9]*,[a-z_]*,member' "$REGION/truth/truth.csv" | sort -u >models
    while IFS=, read -r collaboration model _; do
        read -r rank _ <<<"$(home_of "$collaboration")"
        [ "$(jq -r ".communities[$rank - 1].chains | max_by(.chain.mean).model" out/result.json)" = "$model" ]
    done <models
}

@test "every row of the example is taken in" {
    "$SPIL" run case.db "$REGION"/*.csv --out out >/dev/null 2>&1
    [ "$(jq '[.sources[].rejected] | add' out/result.json)" -eq 0 ]
    [ "$(jq '[.sources[].accepted] | add' out/result.json)" -eq "$(tail -qn+2 "$REGION"/*.csv | wc -l)" ]
}
