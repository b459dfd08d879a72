# networks.bats - figures of real covert networks against oracles.json (NetworkX) and published ones.
# SPDX-License-Identifier: GPL-3.0-or-later
load helper

file_of() {
    case $1 in
    montagna_meetings) echo "$DATA/montagna/meetings_edgelist.tsv" ;;
    *) echo "$DATA/covert/$1.edges.csv" ;;
    esac
}

# The network NAME as a case; bad rows (loops) are allowed.
take_in() {
    need_data oracles.json
    "$SPIL" init case.db 2>/dev/null
    spil import case.db "$(file_of "$1")" --loader edges "${@:2}"
    [ "$status" -le 1 ] || { say_all; return 1; }
}

# agree ORACLE_KEY METRIC: the value of each entity in the oracle's top list is ours, to 1e-6, and
# our ten highest values are its ten highest.
agree() {
    "$SPIL" metrics case.db --metric "$2" --json >"$2.json"
    jq -n --arg n "$network" --arg top "$1" --arg m "$2" --slurpfile ours "$2.json" --slurpfile all "$DATA/oracles.json" '
        def near($a; $b): (($a - $b) | fabs) <= 1e-6 * ([1, ($a | fabs)] | max);
        ($ours[0].rows | map({(.key): .[$m]}) | add) as $value
        | $all[0][$n][$top] as $oracle
        | [range($oracle | length) as $i | $oracle[$i]
           | select((near(.[1]; $value[.[0]]) and near(.[1]; $ours[0].rows[$i][$m])) | not)]
        | if length > 0 then error("differs: \(.)") else "agrees" end' -r
}

check_network() {
    network=$1
    take_in "$network"
    spil metrics case.db --summary --json
    exits 0
    summary=$output
    for pair in n:vertices m:edges components:components largest:largest bridges:bridges max_core:max_core \
        diameter_largest:diameter density:density transitivity:transitivity avg_clustering:mean_clustering; do
        jq -n -r --arg n "$network" --arg o "${pair%:*}" --arg f "${pair#*:}" --argjson ours "$summary" \
            --slurpfile all "$DATA/oracles.json" '
            ($ours.rows[] | select(.figure == $f).value) as $got | $all[0][$n][$o] as $want
            | if (($got - $want) | fabs) > 1e-6 then error("\($f) is \($got), not \($want)") else empty end'
    done
    agree top_degree degree
    agree top_betweenness betweenness
    agree top_harmonic harmonic
    agree top_pagerank_unweighted pagerank
    "$SPIL" metrics case.db --metric articulation --json |
        jq -c '[.rows[] | select(.articulation == 1).key] | sort' >ours
    jq -c --arg n "$network" '.[$n].articulation_points | sort' "$DATA/oracles.json" >theirs
    diff ours theirs
}

@test "cocaine dealing agrees with the oracle" { check_network cocaine_dealing; }
@test "heroin dealing agrees with the oracle" { check_network heroin_dealing; }
@test "hijackers agree with the oracle" { check_network hijackers; }
@test "italian gangs agree with the oracle" { check_network italian_gangs; }
@test "montagna meetings agree with the oracle" { check_network montagna_meetings; }

@test "montagna has the published sums of weights, by the rule for pairs that stand twice" {
    for rule in last:369 first:396 sum:456; do
        rm -f case.db*
        take_in montagna_meetings --merge "${rule%:*}"
        says "pairs that stood more than once: 33, with another weight: 24"
        spil metrics case.db --summary --json
        is '.rows[] | select(.figure == "weight_sum").value' "${rule#*:}"
    done
}

@test "montagna has the figures of the literature" {
    take_in montagna_meetings
    spil metrics case.db --summary --json
    is '.component_sizes | join(",")' "92,3,2,2,2"
    figures='{"vertices": 101, "edges": 256, "weight_max": 10, "largest_edges": 250, "diameter": 7,
        "mean_path": 3.308887, "density": 0.050693, "transitivity": 0.417647, "mean_clustering": 0.656480,
        "assortativity": -0.039261, "fragmentation": 0.169901, "distance_fragmentation": 0.700204,
        "efficiency": 0.299796, "max_core": 6, "clique_number": 7, "articulation_points": 12, "bridges": 12}'
    jq -r --argjson want "$figures" '
        [.rows[] | select($want[.figure] != null)
         | select(((.value - $want[.figure]) | fabs) > 1e-6) | "\(.figure) is \(.value)"]
        + [if ([.rows[].figure] | (($want | keys) - .) | length) > 0 then "figures lack" else empty end]
        | if length > 0 then error(join("; ")) else "all agree" end' <<<"$output"
}

@test "montagna ranks as published: 18, 47, 27, 68 by betweenness; 18 and 27 by lowest constraint" {
    take_in montagna_meetings
    spil metrics case.db --metric betweenness --top 4 --format csv
    [ "$output" = $'key,betweenness\n18,1847.280414\n47,1087.974945\n27,784.7952729\n68,624.0552559' ] ||
        is_close_list "18:1847.2804 47:1087.9749 27:784.7953 68:624.0553"
    spil metrics case.db --metric constraint --json
    is '.rows | sort_by(.constraint) | .[:2] | map("\(.key) \(.constraint * 1e6 | round)") | join(", ")' "18 98058, 27 141793"
}

is_close_list() {
    local pair i=1
    for pair in $1; do
        awk -F, -v key="${pair%:*}" -v want="${pair#*:}" -v line="${lines[$i]}" 'BEGIN {
            split(line, got, ","); d = got[2] - want; exit !(got[1] == key && d < 1e-4 && d > -1e-4)}' || return 1
        i=$((i + 1))
    done
}
