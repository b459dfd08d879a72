"""readers.py - our exports read by programs that are not ours, against what result.json says.

    readers.py networkx|igraph|schema|cx2|xlsx|office FOLDER [SCHEMA|CSV]
    readers.py ics FILE.ics PLAN.json

Exit status 1 and a line that says so when the reader sees something else than it should.
SPDX-License-Identifier: GPL-3.0-or-later
"""
import json
import os
import sys


def expect(what, found, expected):
    if found != expected:
        sys.exit(f"{what}: found {found!r}, expected {expected!r}")


def result_of(folder):
    with open(os.path.join(folder, "result.json"), encoding="utf-8") as file:
        return json.load(file)


def members(result):
    """key -> (number of the community, node) of every node drawn"""
    return {n["key"]: (c["number"], n) for c in result["communities"] for n in c["nodes"]}


def edge_count(result):
    return sum(len(c["edges"]) for c in result["communities"])


def names(result):
    return {e["key"]: e["name"] for e in result["entities"]}


def looks_speak(what, rows):
    """rows: (kind, node of result.json, (r, g, b), size): one colour a kind and one for the spil, all apart; the spil
    is the largest, then targets, then who fills a step, then the others."""
    colours, sizes = {}, {}
    for kind, node, colour, size in rows:
        if not all(0 <= int(part) <= 255 for part in colour):
            sys.exit(f"{what}: {node['key']} has no colour: {colour}")
        colours.setdefault("spil" if node["spil"] else kind, set()).add(tuple(int(part) for part in colour))
        rank = 3 if node["spil"] else 2 if node["target"] else 1 if node["holder"] else 0
        sizes.setdefault(rank, set()).add(round(float(size), 6))
    expect(what + ": colours a kind", {len(one) for one in colours.values()}, {1})
    expect(what + ": kinds told apart", len(set.union(*colours.values())), len(colours))
    expect(what + ": a spil is drawn", "spil" in colours, True)
    expect(what + ": sizes a rank", {len(one) for one in sizes.values()}, {1})
    order = [max(sizes[rank]) for rank in sorted(sizes)]
    expect(what + ": sizes grow with what somebody means", order, sorted(set(order)))
    expect(what + ": ranks", len(order) > 2, True)


def kinds(result):
    return {e["key"]: e["kind"] for e in result["entities"]}


def check_networkx(folder):
    import networkx

    result = result_of(folder)
    nodes, name = members(result), names(result)
    for file, read in (
        ("network.graphml", networkx.read_graphml),
        ("network.gexf", lambda path: networkx.read_gexf(path, version="1.2draft")),
    ):
        graph = read(os.path.join(folder, file))
        expect(file + ": nodes", sorted(graph), sorted(nodes))
        expect(file + ": edges", graph.number_of_edges(), edge_count(result))
        expect(file + ": directed", graph.is_directed(), False)
        looks = []
        for key, values in graph.nodes(data=True):
            expect(f"{file}: label of {key}", values["label"], name[key])
            expect(f"{file}: community of {key}", values["community"], nodes[key][0])
            look = values.get("viz", values)
            colour = look.get("color", look)
            looks.append((kinds(result)[key], nodes[key][1], [colour[c] for c in "rgb"], look["size"]))
            if not {"x", "y"} <= set(look.get("position", look)):
                sys.exit(f"{file}: {key} has no position: {values}")
        looks_speak(file, looks)


def check_igraph(folder):
    import igraph

    result = result_of(folder)
    nodes, name = members(result), names(result)
    graph = igraph.Graph.Read_GraphML(os.path.join(folder, "network.graphml"))
    expect("igraph: nodes", sorted(graph.vs["id"]), sorted(nodes))
    expect("igraph: edges", graph.ecount(), edge_count(result))
    expect("igraph: directed", graph.is_directed(), False)
    for vertex in graph.vs:
        expect("igraph: label", vertex["label"], name[vertex["id"]])
        expect("igraph: spil", bool(vertex["spil"]), nodes[vertex["id"]][1]["spil"])
    looks_speak("igraph", [(v["kind"], nodes[v["id"]][1], [v[c] for c in "rgb"], v["size"]) for v in graph.vs])


def check_cx2(folder):
    """As readers of CX2 go about it: aspects in order, counts of metaData, declared attributes."""
    import networkx

    result = result_of(folder)
    nodes, name = members(result), names(result)
    with open(os.path.join(folder, "network.cx2"), encoding="utf-8") as file:
        cx = json.load(file)
    expect("cx2: descriptor", cx[0], {"CXVersion": "2.0", "hasFragments": False})
    aspects = {k: v for part in cx[1:] for k, v in part.items()}
    expect("cx2: last", cx[-1], {"status": [{"success": True, "error": ""}]})
    for row in aspects["metaData"]:
        expect("cx2: count of " + row["name"], len(aspects[row["name"]]), row["elementCount"])
    types = {"string": str, "double": float, "integer": int, "boolean": bool}
    graph = networkx.Graph()
    for aspect in ("nodes", "edges"):
        declared = aspects["attributeDeclarations"][0][aspect]
        for row in aspects[aspect]:
            for attribute, value in row["v"].items():
                expect(f"cx2: {attribute} of {aspect}", type(value), types[declared[attribute]["d"]])
            if aspect == "nodes":
                graph.add_node(row["id"], x=row["x"], y=row["y"], **row["v"])
            else:
                graph.add_edge(row["s"], row["t"], **row["v"])
    expect("cx2: nodes", sorted(v["key"] for _, v in graph.nodes(data=True)), sorted(nodes))
    expect("cx2: edges", graph.number_of_edges(), edge_count(result))
    for _, values in graph.nodes(data=True):
        expect("cx2: name", values["name"], name[values["key"]])
    expect("cx2: looks", [b["id"] for b in aspects["nodeBypasses"]], list(graph))


def check_schema(folder, schema):
    import jsonschema

    with open(schema, encoding="utf-8") as file:
        rules = json.load(file)
    kind = jsonschema.validators.validator_for(rules)
    kind.check_schema(rules)
    result = result_of(folder)
    kind(rules).validate(result)
    result["targets"][0]["rank"] = "first"  # a schema that takes anything checks nothing
    if kind(rules).is_valid(result):
        sys.exit("the schema takes a rank that is no number")


def check_xlsx(path):
    import openpyxl

    paths = [path] if path.endswith(".xlsx") else [os.path.join(path, "targets.xlsx")]
    for path in paths:
        book = openpyxl.load_workbook(path)
        expect(path + ": sheets", len(book.sheetnames) > 0, True)
        for sheet in book:
            expect(f"{path}: {sheet.title}: rows", sheet.max_row >= 1, True)
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f" or cell.hyperlink:
                        sys.exit(f"{path}: {sheet.title}!{cell.coordinate} is a formula or a link")
        print(json.dumps([[list(r) for r in s.iter_rows(values_only=True)] for s in book], default=str))


def check_ics(path, plan):
    """plan: what `spil plan --json` says of the same actions, event by event."""
    import datetime
    import icalendar

    with open(path, "rb") as file:
        raw = file.read()
    expect(path + ": lines over 75 bytes", [line for line in raw.split(b"\r\n") if len(line) > 75], [])
    calendar = icalendar.Calendar.from_ical(raw)
    expect(path + ": version", str(calendar["version"]), "2.0")
    with open(plan, encoding="utf-8") as file:
        rows = json.load(file)["rows"]
    events = calendar.walk("vevent")
    expect(path + ": faults", [event.errors for event in events if event.errors], [])
    expect(path + ": different ids", len({str(event["uid"]) for event in events}), len(rows))
    expect(path + ": events", len(events), len(rows))
    for event, row in zip(events, rows):
        expect(path + ": what", str(event["summary"]), f"{row['action']}: {row['name']}")
        expect(path + ": begins", event["dtstart"].dt.isoformat(), row["begin"])
        last = event["dtend"].dt - datetime.timedelta(days=1)  # RFC 5545: the end is not in it
        expect(path + ": stands", last.isoformat(), row["stands"])


def check_office(folder, sheet):
    """sheet: the first of targets.xlsx, as a spreadsheet program wrote it as CSV; cell by cell."""
    import csv

    with open(sheet, newline="", encoding="utf-8") as one, \
            open(os.path.join(folder, "targets.csv"), newline="", encoding="utf-8") as other:
        shown, ours = list(csv.DictReader(one)), list(csv.DictReader(other))
    expect("office: rows", len(shown), len(ours))
    same = {"No.": "rank", "Status": "status", "Barrier": "barrier_name", "Name": "name", "Key": "key", "Kind": "kind",
            "Legal basis": "legal_basis", "Step": "step", "Community": "community", "Hours": "hours",
            "Lead time in days": "lead_days"}
    share = {"Chance that it works": "effect", "Network mends it": "recovers", "Share of draws": "stability"}
    for row, mine in zip(shown, ours):
        for head, name in same.items():
            expect(f"office: {head} of {mine['key']}", row[head], mine[name])
        for head, name in share.items():
            if abs(float(row[head].rstrip("%")) / 100 - float(mine[name])) > 1e-9:
                sys.exit(f"office: {head} of {mine['key']}: found {row[head]}, expected {mine[name]}")


if __name__ == "__main__":
    globals()["check_" + sys.argv[1]](*sys.argv[2:])
