#!/usr/bin/env python3
"""The tables of docs/validity.md from build/bench/models.json. SPDX-License-Identifier: GPL-3.0-or-later

usage: bench/models/tables.py [models.json]
"""
import json
import sys

WANTED = {
    "precision_at_50": "at least 0.9",
    "average_precision_over_best_centrality": "at least 2",
    "expected_calibration_error": "at most 0.05",
    "interval90_coverage": "0.85 to 0.95",
}
NAMES = {"spil": "Spil", "signals": "signals added up", "pagerank": "PageRank",
         "no_signals": "signals", "no_roles": "recorded roles", "no_rules": "rules",
         "no_attributes": "attributes (opportunities)", "everything": "nothing",
         "all_taken_as_certain": "doubt (links and roles taken as certain)"}


def number(value):
    """As short as it can be told: 1, 0.96, 0.037."""
    if value is None:
        return ""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.2f}" if abs(value) >= 0.1 else f"{value:.3f}"


def told(mean):
    """Mean, with its interval where several regions stand behind it."""
    if mean is None:
        return ""
    text = number(mean["mean"])
    if mean["seeds"] > 1:
        text += f" [{number(mean['low'])}, {number(mean['high'])}]"
    return text


def table(head, rows):
    print("| " + " | ".join(head) + " |")
    print("| " + " | ".join("---" for _ in head) + " |")
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


def main():
    with open(sys.argv[1] if len(sys.argv) > 1 else "build/bench/models.json", encoding="utf-8") as file:
        found = json.load(file)
    means = found["means"]

    def mean(part, scorer, measure, setting=0.3):
        for m in means:
            if (m["part"], m["scorer"], m["measure"]) == (part, scorer, measure) and m["setting"] == setting:
                return m
        return None

    def scorers(part):
        seen = []
        for m in means:
            if m["part"] == part and m["scorer"] not in seen:
                seen.append(m["scorer"])
        return seen

    print("setup: " + ", ".join(f"{k} {v}" for k, v in found["setup"].items()) + "\n")
    table(["summary", "is", "wanted"],
          [[f"`{k}`", number(v), WANTED[k]] for k, v in found["summary"].items()])
    for part in ("communities", "targets"):
        print(f"**{part.capitalize()}.**\n")
        table(["ranked by", "precision at 50", "average precision", "area under ROC"],
              [[NAMES.get(s, s)] + [told(mean(part, s, m)) for m in
                                    ("precision_at_50", "average_precision", "roc_area")]
               for s in scorers(part)])
    print("**Calibration.**\n")
    table(["said", "happened", "pairs"],
          [[number(b["said"]), number(b["happened"]), f"{b['pairs']:,}"]
           for b in found["reliability"] if b["pairs"]])
    gaps = sorted({m["setting"] for m in means if m["part"] == "gaps"})
    print("**Gaps.**\n")
    table(["links missing", "top 50 kept", "precision at 50", "average precision"],
          [[f"{100 * g:.0f}%"] + [told(mean("gaps", "spil", m, g)) for m in
                                  ("top_50_kept", "precision_at_50", "average_precision")] for g in gaps])
    print("**Ablation.**\n")
    table(["without", "average precision"],
          [[NAMES.get(s, s), told(mean("ablation", s, "average_precision"))] for s in scorers("ablation")])
    print("**The rest.**\n")
    table(["part", "of", "measure", "is"],
          [[m["part"], m["scorer"], m["measure"], told(m)] for m in means
           if m["part"] not in ("communities", "targets", "gaps", "ablation")])


if __name__ == "__main__":
    main()
