# disrupt.bats - what is left as the central ones go, on graphs small enough to work out by hand,
# and beside curves that others published. SPDX-License-Identifier: GPL-3.0-or-later
load helper

# two triangles a b c and d e f, joined by c - d
bridge() {
    make_case bridge <<<$'a b\nb c\na c\nc d\nd e\ne f\nd f'
}

@test "csv has a row a step, from before any removal on" {
    bridge
    spil disrupt bridge.db --steps 2 --format csv
    exits 0
    [ "${lines[0]}" = "step,removed,largest_component,largest_size,components,fragmentation,efficiency,taken" ]
    [[ ${lines[1]} == "0,0,1,6,1,0,"* ]]
    [[ ${lines[2]} == "1,1,0.5,3,2,0.6,0.4,c" ]]
    [[ ${lines[3]} == "2,2,0.5,3,2,"*",a" ]] # nobody stands between any more: the lowest key
    [ "${#lines[@]}" -eq 4 ]
    [ -z "$stderr" ]
}

@test "equals: the lowest key first, the highest when asked" {
    bridge
    spil disrupt bridge.db --steps 1 --ties highest --format csv
    [[ ${lines[2]} == *",d" ]]
}

@test "a block takes several on one ranking" {
    bridge
    spil disrupt bridge.db --block 2 --steps 1 --format csv
    [[ ${lines[2]} == "1,2,"*",c d" ]]
}

@test "links: the bridge goes first" {
    bridge
    spil disrupt bridge.db --links --steps 1 --format csv
    [[ ${lines[2]} == "1,1,0.5,3,2,"*",c-d" ]]
}

@test "recovery shows before and after, and what it cost" {
    make_case ring <<<$'a b\nb c\nc d\nd e\ne f\nf a'
    spil disrupt ring.db --recovery distance --cost 2 --steps 1 --json
    exits 0
    is '.recovery' distance
    is '.rows[1].new_links' 2
    is '.rows[1].cost' 4
    is '.rows[1].hit_efficiency < .rows[0].efficiency' true
    is '.rows[1].efficiency > .rows[0].efficiency' true
}

@test "json names what the curve rests on" {
    bridge
    spil disrupt bridge.db --strategy degree,random --seed 9 --json
    is '.curves | length' 2
    is '.seed' 9
    is '.ties' lowest
    is '[.rows[] | select(.strategy == "random")] | length' 7
}

@test "same seed, same bytes, with 1 and 2 threads" {
    bridge
    spil disrupt bridge.db --strategy random --missing 0.2 --draws 9 --threads 1 --format csv
    local once=$output
    spil disrupt bridge.db --strategy random --missing 0.2 --draws 9 --threads 2 --format csv
    [ "$output" = "$once" ]
}

@test "the picture is one svg file with every curve named" {
    bridge
    spil disrupt bridge.db --strategy betweenness,corehd --plot curves.svg
    exits 0
    grep -q '>corehd</text>' curves.svg
    [ "$(grep -c '<svg' curves.svg)" -eq 1 ]
    [ "$(stat -c %a curves.svg)" = 600 ]
}

@test "a mistyped strategy, rule or share is refused in one line" {
    bridge
    spil disrupt bridge.db --strategy betweenes
    refuses 2 disrupt "'betweenes'" "'betweenness'"
    spil disrupt bridge.db --recovery distant
    refuses 2 disrupt "--recovery" "'distance'"
    spil disrupt bridge.db --missing 2
    refuses 2 disrupt "--missing"
    spil disrupt bridge.db --links --recovery degree
    refuses 2 disrupt "--recovery"
}

@test "blocks of five by betweenness on Montagna are the published ones" {
    need_data montagna
    make_case montagna --merge last <"$DATA/montagna/meetings_edgelist.tsv"
    spil disrupt montagna.db --strategy betweenness --block 5 --steps 6 --format csv
    exits 0
    local i=0
    while IFS=, read -r _ number share _; do
        IFS=, read -r step removed largest _ <<<"${lines[i + 1]}"
        [ "$step,$removed" = "$i,$number" ]
        awk -v a="$share" -v b="$largest" 'BEGIN {exit !(a - b < 1e-9 && b - a < 1e-9)}'
        i=$((i + 1))
    done < <(sed -n 2,8p "$DATA/montagna/published_block_unweighted.csv")
    [ "$i" -eq 7 ]
}

# Two rings of the two_steps model: in each P.0 alone makes and P.1 and P.2 sell; P10 has most links.
rings() {
    mkdir models
    cp "$root"/tests/data/models/two_steps.yaml models
    printf 'id,name\n' >persons.csv
    printf 'id,street,number,postcode,city\n' >addresses.csv
    printf 'from,to,kind\nP10,P13,knows\n' >links.csv
    printf 'entity,model,step,role,confidence\n' >roles.csv
    printf 'entity,code,strength\n' >signals.csv
    printf 'P13,Person 13\n' >>persons.csv
    for ring in 1 2; do
        printf "P$ring%d,Person $ring%d\n" 0 0 1 1 2 2 >>persons.csv
        printf "A$ring,Dorpsstraat,$ring,,Ede\n" >>addresses.csv
        printf "P${ring}0,%s,%s\n" "P${ring}1" knows "P${ring}2" knows "A$ring" lives_at >>links.csv
        printf "P${ring}1,P${ring}2,knows\n" >>links.csv
        printf "P$ring%d,two_steps,%s,%s,0.9\n" 0 make maker 1 sell seller 2 sell seller >>roles.csv
        printf "A$ring,smell,1\n" >>signals.csv
    done
    "$SPIL" init rings.db 2>/dev/null
    "$SPIL" import rings.db persons.csv addresses.csv links.csv roles.csv signals.csv >/dev/null 2>&1
    "$SPIL" analyze rings.db --models models --draws 20 >/dev/null 2>&1
}

@test "without an analysed run chains are absent, and it says so" {
    bridge
    spil disrupt bridge.db --steps 1 --json
    is .chains null
    is .chains_absent "the case has no analysed run; see spil analyze"
    is '.rows[0] | has("complete_chains")' false
    spil disrupt bridge.db --steps 1
    says "no columns for chains: the case has no analysed run"
    spil disrupt bridge.db --strategy barriers
    refuses 3 disrupt "no analysed run"
}

@test "the sole holder of a step takes one complete chain along" {
    rings
    spil disrupt rings.db --models models --strategy degree --steps 3 --json
    exits 0
    is '.chains.communities' 2
    is '[.rows[].taken] | join(" ")' " P10 P20 P11"
    is '[.rows[].complete_chains] | join(" ")' "2 1 0 0"
    is '[.rows[].seats_held] | join(" ")' "4 3 2 1"
    is '.rows[0].chain_probability > .rows[1].chain_probability' true
    is '.rows[1].chain_probability > .rows[2].chain_probability' true
    spil disrupt rings.db --models models --strategy lowest:degree --steps 2 --json
    is '[.rows[].taken] | join(" ")' " A1 A2"
    is '[.rows[].complete_chains] | join(" ")' "2 2 2" # they show the step, and hold no seat
    is '.rows[0].chain_probability > .rows[1].chain_probability' true
}

@test "before any removal the chains are those of the run, to the end of the number" {
    rings
    spil disrupt rings.db --models models --steps 1 --json
    local kept
    kept=$(sqlite3 rings.db "SELECT avg(best) FROM (SELECT max(mean) AS best FROM score WHERE part = 'chain' GROUP BY community)")
    is ".rows[0].chain_probability - $kept | fabs < 1e-9" true
}

@test "barriers: whom the run would act against, most gain an hour first" {
    rings
    spil disrupt rings.db --models models --strategy barriers,degree --plot rings.svg --json
    exits 0
    local order
    order=$(sqlite3 rings.db "SELECT group_concat(key, ' ') FROM (SELECT e.key AS key FROM action a
        JOIN entity e ON e.id = a.entity GROUP BY a.entity ORDER BY max(a.gain_mean / a.hours) DESC, max(a.gain_mean) DESC, e.key)")
    is '[.rows[] | select(.strategy == "barriers" and .step > 0).taken] | join(" ")' "$order"
    [ "$(wc -w <<<"$order")" -gt 3 ]
    [ "$(grep -c '>barriers</text>' rings.svg)" -eq 3 ] # largest component, chance, complete chains
    spil disrupt rings.db --models models --strategy barriers --recovery degree
    refuses 2 disrupt barriers --recovery
    printf 'id,name\nP99,Later\n' >more.csv
    "$SPIL" import rings.db more.csv >/dev/null 2>&1
    spil disrupt rings.db --models models --steps 1 --json
    is .chains null
    [[ $(jq -r .chains_absent <<<"$output") == *"files were imported since"* ]]
}

@test "key players of two triangles are an end of the bridge" {
    bridge
    spil keyplayers bridge.db --size 2 --format csv
    exits 0
    [ "${lines[0]}" = "size,fragmentation,search,set" ]
    [ "${lines[1]}" = "1,0.6,all sets tried,c" ]
    spil keyplayers bridge.db --goal reach --size 1 --format csv
    [ "${lines[1]}" = "1,4,all sets tried,c" ]
    spil keyplayers bridge.db --size 6
    refuses 3 keyplayers "6 key players"
}

@test "hidden ties: pairs that share neighbours, and a test with links held out" {
    bridge
    spil hidden-ties bridge.db --top 1 --by common --length 2 --format csv
    exits 0
    [[ ${lines[1]} == "a,d,1,"* ]]
    spil hidden-ties bridge.db --test 0.2 --draws 3 --json
    exits 0
    is '.rows | length' 5
    is '.rows[0].held_out' 1
    spil hidden-ties bridge.db --by comon
    refuses 2 hidden-ties "'comon'" "'common'"
}
