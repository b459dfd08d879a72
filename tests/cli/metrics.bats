# metrics.bats - who is central, on graphs small enough to work out by hand.
# SPDX-License-Identifier: GPL-3.0-or-later
load helper

# a - b - c - d, and c - e: betweenness c 5, b 3
tree() {
    make_case tree "$@" <<<$'a b 1\nb c 4\nc d 1\nc e 1'
}

@test "csv has a header and a row an entity, highest first" {
    tree
    spil metrics tree.db --metric betweenness --format csv
    exits 0
    [ "$output" = $'key,betweenness\nc,5\nb,3\na,0\nd,0\ne,0' ]
    [ -z "$stderr" ]
}

@test "ties stand in the natural order of their keys" {
    make_case ties <<<$'P10 hub\nP9 hub\nP2 hub\nhub P1'
    spil metrics ties.db --metric degree --format csv
    [ "$output" = $'key,degree\nhub,4\nP1,1\nP2,1\nP9,1\nP10,1' ]
}

@test "--top K shows the first K, --top 0 all" {
    tree
    spil metrics tree.db --metric betweenness --top 2 --format csv
    [ "$output" = $'key,betweenness\nc,5\nb,3' ]
    spil metrics tree.db --metric degree --top 0 --format csv
    [ "${#lines[@]}" -eq 6 ]
}

@test "a pair that stands twice, also reversed, is one link" {
    make_case twice <<<$'a b\nb a\nb c\na b'
    spil metrics twice.db --metric degree,betweenness --format csv
    [ "$output" = $'key,degree,betweenness\nb,2,1\na,1,0\nc,1,0' ]
}

@test "--weighted uses weights, and not otherwise" {
    tree
    spil metrics tree.db --metric pagerank --format csv --weighted
    weighted=$output
    spil metrics tree.db --metric pagerank --format csv
    [ "$output" != "$weighted" ]
    spil metrics tree.db --metric strength --format csv --top 1
    [ "$output" = $'key,strength\nc,6' ]
}

@test "weights join by the rule that --merge names" {
    for rule in last:5 first:2 sum:7 max:5; do
        make_case "${rule%:*}" --merge "${rule%:*}" <<<$'a b 2\nb a 5'
        spil metrics "${rule%:*}.db" --metric strength --format csv --top 1
        [ "${lines[1]}" = "a,${rule#*:}" ]
    done
}

@test "json holds the same figures, in a shape that is told" {
    tree
    spil metrics tree.db --metric betweenness --json
    exits 0
    is '.command' metrics
    is '.shape' 1
    is '.weighted' false
    is '[.rows[] | "\(.key) \(.betweenness)"] | join(", ")' "c 5, b 3, a 0, d 0, e 0"
}

@test "the table is for people: names, kinds, all metrics" {
    tree
    spil metrics tree.db
    exits 0
    for metric in name kind degree strength betweenness harmonic pagerank coreness component; do
        grep -qw "$metric" <<<"${lines[0]}"
    done
    [[ ${lines[1]} == c* ]]
    [ "${#lines[@]}" -eq 6 ]
}

@test "an unknown metric gets the nearest suggested" {
    tree
    spil metrics tree.db --metric betweeness
    refuses 2 metrics "there is no metric 'betweeness'; did you mean 'betweenness'?"
}

@test "--list tells what each metric is and costs, without a case" {
    spil metrics --list --json
    exits 0
    is '[.rows[] | select(.summary == "" or .cost == "" or .source == "")] | length' 0
    is '[.rows[].name] | index("betweenness") != null' true
}

@test "--summary gives the network in figures" {
    tree
    spil metrics tree.db --summary --json
    exits 0
    figure() { jq -r --arg f "$1" '.rows[] | select(.figure == $f) | .value' <<<"$output"; }
    [ "$(figure vertices)" = 5 ]
    [ "$(figure edges)" = 4 ]
    [ "$(figure weight_sum)" = 7 ]
    [ "$(figure diameter)" = 3 ]
    [ "$(figure articulation_points)" = 2 ]
    is '.component_sizes | join(",")' 5
}

@test "an empty case gives an empty table" {
    spil init empty.db
    spil metrics empty.db --format csv --metric degree
    exits 0
    [ "$output" = "key,degree" ]
    spil metrics empty.db --summary
    exits 0
}

@test "keys come back as they are, quoted where csv asks for it" {
    printf 'from,to\n"a,1","say ""b"""\n' >odd.csv
    spil init odd.db
    spil import odd.db odd.csv --loader edges
    exits 0
    spil metrics odd.db --metric degree --format csv
    [ "$output" = $'key,degree\n"a,1",1\n"say ""b""",1' ]
}

@test "any number of threads gives the same bytes" {
    awk 'BEGIN {srand(7); for (i = 0; i < 4000; i++) print int(rand() * 900), int(rand() * 900) + 900}' | make_case large
    "$SPIL" metrics large.db --format csv --threads 1 >one.csv
    "$SPIL" metrics large.db --format csv --threads 2 >two.csv
    "$SPIL" metrics large.db --format csv --threads 5 >five.csv
    cmp one.csv two.csv
    cmp one.csv five.csv
}

@test "a sample is said to be one, with its error" {
    awk 'BEGIN {srand(1); for (i = 0; i < 400000; i++) print int(rand() * 100000), 100000 + int(rand() * 100000)}' | make_case large
    spil metrics large.db --metric betweenness --top 1 --format csv
    exits 0
    says "sampled; with a chance of 0.9 no value is off by more than"
}

@test "the whole network goes into a file with what the store holds of each" {
    printf 'id,name\nP1,"Jan <de> Vries & zn"\nP2,Fatma Öz\n' >persons.csv
    printf 'from,to,kind,weight\nP1,P2,called,2\nP2,P1,met,3\n' >links.csv
    "$SPIL" init whole.db 2>/dev/null
    spil import whole.db persons.csv links.csv
    exits 0
    spil graph whole.db --out whole.graphml
    exits 0
    says "2 entities, 1 linked pairs"
    grep -qF '<data key="label">Jan &lt;de&gt; Vries &amp; zn</data>' whole.graphml
    grep -qF '<data key="kinds">met called</data>' whole.graphml
    grep -qF '<data key="weight">5</data>' whole.graphml
    spil graph whole.db --out whole.dot
    exits 0
    grep -qF 'Fatma Öz' whole.dot
    spil graph whole.db --out whole.xyz
    refuses 2 graph .graphml whole.xyz
    spil graph whole.db --out /dev/full
    refuses 2 graph /dev/full
    spil graph whole.db --format dot --out /dev/full
    refuses 4 graph /dev/full "expected the name of a file"
    [ -c /dev/full ]
}

@test "--from sees the network from chosen entities, and says which are not there" {
    tree
    spil metrics tree.db --metric pagerank --from a --format csv --top 1
    exits 0
    [[ "${lines[1]}" == b,* || "${lines[1]}" == a,* ]]
    spil metrics tree.db --metric pagerank --from a,zz
    exits 2
    [[ "$stderr" == *"no entity 'zz'"* ]]
    spil metrics tree.db --metric degree --from a
    exits 2
    [[ "$stderr" == *"--from goes with --metric pagerank"* ]]
    spil metrics tree.db --metric pagerank --from ,
    exits 2
}

@test "an approximate figure is named as such in JSON, an exact one is not" {
    tree
    spil metrics tree.db --metric betweenness --json
    is '.approximate | length' 0
}

@test "--edges betweenness ranks links and names bridges" {
    tree
    spil metrics tree.db --edges betweenness --format csv
    exits 0
    [ "$output" = $'from,to,betweenness,bridge,block\nb,c,6,yes,1\na,b,4,yes,0\nc,d,4,yes,2\nc,e,4,yes,3' ]
    spil metrics tree.db --edges closeness
    exits 2
    [[ "$stderr" == *"'betweenness' alone"* ]]
    spil metrics tree.db --edges betweenness --metric degree
    exits 2
}

@test "--weighted goes round by the heavier links, for entities and for links" {
    make_case round <<<$'a b 4\nb c 4\na c 1'
    spil metrics round.db --metric betweenness --weighted --format csv
    exits 0
    [ "$output" = $'key,betweenness\nb,1\na,0\nc,0' ]
    spil metrics round.db --metric closeness --weighted --format csv
    exits 0 # lengths 1/4, 1/4 and by way of b 1/2
    [ "$output" = $'key,closeness\nb,4\na,2.666666667\nc,2.666666667' ]
    spil metrics round.db --edges betweenness --weighted --format csv
    exits 0
    [ "$output" = $'from,to,betweenness,bridge,block\na,b,2,no,0\nb,c,2,no,0\na,c,0,no,0' ]
}

@test "closeness is computed where it is named alone" {
    tree
    spil metrics tree.db --format csv
    exits 0
    [[ "${lines[0]}" != *closeness* ]]
    spil metrics tree.db --metric closeness --top 1 --format csv
    [ "$output" = $'key,closeness\nc,0.8' ]
}

@test "--draws gives each entity a range of ranks, of one rank when all links are certain" {
    tree
    spil metrics tree.db --metric betweenness --draws 40 --format csv
    exits 0
    [ "${lines[0]}" = 'key,betweenness,rank_5,rank_50,rank_95' ]
    [ "${lines[1]%%,*}" = c ]
    once=$output
    spil metrics tree.db --metric betweenness --draws 40 --threads 1 --format csv
    [ "$output" = "$once" ]
    spil metrics tree.db --metric degree --draws 40 --json
    is '.draws' 40
    is '.ranks_by' degree
    is '[.rows[] | select(.rank_5 > .rank_50 or .rank_50 > .rank_95)] | length' 0
    spil metrics tree.db --draws 3
    exits 2
}

@test "every method finds communities, and persons can be taken alone" {
    tree
    for method in leiden cpm two_mode labels consensus; do
        spil communities tree.db --method "$method" --json
        exits 0
        is '[.rows[].size] | add' 5
    done
    spil communities tree.db --project --json
    exits 0
    spil communities tree.db --method leyden
    exits 2
    [[ "$stderr" == *"did you mean 'leiden'"* ]]
}

@test "brokers: who links two groups stands first, with what would come loose without him" {
    # two groups of five; B is in the first and linked to three of the second; L hangs on it
    {
        for i in 1 2 3 4 5; do for j in 1 2 3 4 5; do [ "$i" -lt "$j" ] && echo "A$i A$j" && echo "C$i C$j"; done; done
        printf '%s\n' "B A1" "B A2" "B A3" "B A4" "B C1" "B C2" "B C3" "B L"
    } | tr ' ' , | make_case pair
    spil communities pair.db --brokers --json
    exits 0
    is '.rows[0].key' B
    is '.rows[0] | "\(.communities) \(.cut_off) \(.parts) \(.degree)"' "1 6 3 8"
    is '.rows[0].participation - (1 - (25 + 9) / 64) | fabs < 1e-9' true
    is '[.rows[1:][].key] | sort | join(" ")' "C1 C2 C3"
    is '[.rows[1:][].cut_off] | add' 0
    spil communities pair.db --brokers --members 1
    refuses 2 communities "--members and --brokers exclude each other"
}
