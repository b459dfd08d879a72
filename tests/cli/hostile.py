"""hostile.py - names that would break a careless output, and a look at every output that holds them.

    hostile.py rename REGION FOLDER    the example region, every third name a hostile one
    hostile.py look FILE...            exit status 1 and a line for each file that lets one do harm

By the library of Python alone. SPDX-License-Identifier: GPL-3.0-or-later
"""
import csv
import glob
import html.parser
import io
import json
import os
import re
import sys
import xml.etree.ElementTree as xml
import zipfile

LONG = "Lang " + 295 * "x"
NAMES = [
    "</script><img src=x onerror=alert(1)>",
    "=HYPERLINK(\"http://example.org/\",\"x\")",
    "a\u202egnp.exe\u2066b\u200f",
    LONG,
    "red \x1b[31m\x1b]0;owned\x07\x1b[2J \x9b31m",
    "two\r\nlines\nATTACH:http://example.org/",
    "\"><svg/onload=alert(1)> ]]> <!-- & -- {{1}} {1} %s %n $(id) `id`",
    "@SUM(A1)", "+1", "-1+2", "\uff1d1+1", "\t=1+1",
    "',(select 1);--\\",
]
OWN_TAGS = {"html", "head", "meta", "title", "style", "body", "header", "main", "section", "nav", "article", "aside", "div", "p",
            "h1", "h2", "h3", "h4", "h5", "ul", "ol", "li", "dl", "dt", "dd", "a", "b", "small", "span", "bdi", "cite", "code",
            "table", "caption", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "details", "summary", "script", "footer",
            "svg", "g", "path", "rect", "circle", "line", "polyline", "text", "tspan", "i", "em", "strong", "br", "abbr", "pre", "dfn"}
TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def rename(region, folder):
    os.makedirs(folder, exist_ok=True)
    place = 0
    for path in sorted(glob.glob(os.path.join(region, "*.csv"))):
        with open(path, newline="", encoding="utf-8") as source:
            rows = list(csv.reader(source))
        for column in ("name", "street", "municipality", "type", "use"):
            if column not in rows[0]:
                continue
            at = rows[0].index(column)
            for row in rows[1::3]:
                if row[at]:
                    row[at] = NAMES[place % len(NAMES)]
                    place += 1
        with open(os.path.join(folder, os.path.basename(path)), "w", newline="", encoding="utf-8") as out:
            csv.writer(out, lineterminator="\n").writerows(rows)


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.faults, self.text = [], []

    def handle_starttag(self, tag, attributes):
        if tag not in OWN_TAGS:
            self.faults.append(f"a tag <{tag}>")
        for name, value in attributes:
            if name.startswith("on") or name == "style":
                self.faults.append(f"<{tag} {name}=...>")
            if name in ("src", "href", "xlink:href") and not (value or "").startswith("#"):
                self.faults.append(f"<{tag} {name}={value!r}>")

    def handle_data(self, data):
        self.text.append(data)


def look_html(text):
    page = Page()
    page.feed(text)
    page.close()
    if "example.org" not in "".join(page.text) and "onerror" in "".join(page.text):
        page.faults.append("a hostile name is gone")
    if TURNS.search(text):
        page.faults.append("a mark that turns the line")
    return page.faults + controls(text)


def controls(text):
    found = CONTROLS.search(text)
    return [f"control character {found.group()!r}"] if found else []


def look_csv(text):
    faults = []
    for row in csv.reader(io.StringIO(text)):
        for cell in row:
            if re.match("[=+@\t\r\uff1d\uff0b\uff0d\uff20-]", cell) and not re.fullmatch(r"[-+][0-9 .()]+(e[-+]?[0-9]+)?", cell):
                faults.append(f"a cell that a spreadsheet would run: {cell[:40]!r}")
    return faults


def look_xml(data):
    root = xml.fromstring(data)  # not well-formed: an exception
    names = {element.tag.split("}")[-1] for element in root.iter()}
    return [f"an element {name}" for name in names & {"script", "img", "image", "foreignObject", "f", "hyperlink"}]


def look_xlsx(path):
    faults = []
    with zipfile.ZipFile(path) as book:
        for name in book.namelist():
            if name.endswith((".xml", ".rels")):
                faults += [f"{name}: {fault}" for fault in look_xml(book.read(name))]
            if b'TargetMode="External"' in book.read(name):
                faults.append(f"{name}: refers outside")
    return faults


def look_ics(text):
    unfolded = re.sub("\r\n[ \t]", "", text)
    names = {re.split("[;:]", line)[0] for line in unfolded.split("\r\n") if line}
    known = {"BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "UID", "DTSTAMP", "DTSTART", "DTEND", "DUE", "SUMMARY",
             "DESCRIPTION", "CATEGORIES", "STATUS", "TRANSP", "CLASS", "NAME", "X-WR-CALNAME", "PRIORITY", "LOCATION"}
    faults = [f"a line {name[:30]!r}" for name in names - known]
    faults += ["a line longer than 75 bytes"] if any(len(line.encode()) > 75 for line in text.split("\r\n")) else []
    return faults + controls(text)


def look(path):
    if path.endswith(".xlsx"):
        return look_xlsx(path)
    with open(path, "rb") as file:
        data = file.read()
    if path.endswith((".graphml", ".gexf", ".svg")):
        return look_xml(data) + controls(data.decode())
    text = data.decode()  # not UTF-8: an exception
    if path.endswith(".html"):
        return look_html(text)
    if path.endswith((".json", ".cx2")):
        json.loads(text)
        return controls(text)
    if path.endswith((".ftm", ".jsonl")):
        for line in text.splitlines():
            json.loads(line)
        return []
    if path.endswith(".ics"):
        return look_ics(text)
    if path.endswith(".said"):  # what a terminal would get
        return controls(text) + (["a mark that turns the line"] if TURNS.search(text) else [])
    if path.endswith(".neo.csv"):  # read by a program that takes every cell as it stands
        return ["rows of unequal length"] if len({len(row) for row in csv.reader(io.StringIO(text))}) > 1 else []
    return look_csv(text)


def main(words):
    if words[0] == "rename":
        rename(*words[1:])
        return 0
    bad = 0
    for path in words[1:]:
        try:
            faults = look(path)
        except Exception as error:  # the reader itself gave up: that is a fault of the file
            faults = [f"{type(error).__name__}: {error}"]
        for fault in faults[:3]:
            print(f"{path}: {fault}")
            bad = 1
    return bad


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
