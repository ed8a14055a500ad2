#!/usr/bin/env python3
"""Slices the texts of exported projects as any Python program would, and compares.

    python3 tests/check_slices.py FILE...

For every article: the hash of its text. For every annotation: that each fragment is what stands at its offsets, that
fragments are in order and apart, that prefix and suffix are the 32 code points around, and that its article, type,
roles and entity name what is there. Prints counts; the first line of a failure names file and place. Exit status 1 on
any failure.
"""

import hashlib
import json
import sys

AROUND = 32


def check(path):
    """Counts of what was checked, and every failure as a line."""
    failures = []

    def expect(holds, place, what):
        if not holds:
            failures.append(f"{path}: {place}: {what}")

    with open(path, encoding="utf-8") as file:
        project = json.load(file)
    expect(project.get("format") == "standpoint", "format", "not a Standpoint project")
    articles = {article["id"]: article for article in project["articles"]}
    entities = {entity["id"] for entity in project["entities"]} | {"author"}
    annotators = {annotator["id"] for annotator in project["annotators"]}
    types = {of["id"]: of for of in project["scheme"]["types"]}
    existing = {(item["article"], item["annotator"], item["id"]) for item in project["annotations"]}

    for index, article in enumerate(project["articles"]):
        place = f"articles[{index}]"
        found = hashlib.sha256(article["text"].encode("utf-8")).hexdigest()
        expect(found == article["sha256"], f"{place}.sha256", f"{article['sha256']} is not the text's {found}")
        expect("\r" not in article["text"], f"{place}.text", "a carriage return")
        behind = 0
        for number, zone in enumerate(article["zones"]):
            inside = behind <= zone["start"] < zone["end"] <= len(article["text"])
            expect(inside, f"{place}.zones[{number}]", f"{zone['start']}–{zone['end']} overlaps, or is out of the text")
            behind = zone["end"]

    fragments = fillers = 0
    for index, item in enumerate(project["annotations"]):
        place = f"annotations[{index}]"
        expect(item["annotator"] in annotators, f"{place}.annotator", f"nobody is “{item['annotator']}”")
        expect(item["type"] in types, f"{place}.type", f"no type “{item['type']}”")
        if item["article"] not in articles:
            expect(False, f"{place}.article", f"no article “{item['article']}”")
            continue
        text = articles[item["article"]]["text"]
        expect(item["fragments"], f"{place}.fragments", "none: an orphan")
        reached = -1
        for number, fragment in enumerate(item["fragments"]):
            fragments += 1
            here = f"{place}.fragments[{number}]"
            start, end = fragment["start"], fragment["end"]
            expect(0 <= start < end <= len(text), here, f"{start}–{end} is not inside 0–{len(text)}")
            expect(start > reached, here, f"{start} touches or overlaps what ends at {reached}")
            expect(text[start:end] == fragment["text"], f"{here}.text", f"{text[start:end]!r} stands there, not {fragment['text']!r}")
            reached = end
        if item["fragments"]:
            first, last = item["fragments"][0]["start"], item["fragments"][-1]["end"]
            before, behind = text[max(0, first - AROUND) : first], text[last : last + AROUND]
            expect(item["prefix"] == before, f"{place}.prefix", f"{before!r} stands there, not {item['prefix']!r}")
            expect(item["suffix"] == behind, f"{place}.suffix", f"{behind!r} stands there, not {item['suffix']!r}")
        if item["entity"] is not None:
            expect(item["entity"] in entities, f"{place}.entity", f"no entity “{item['entity']}”")
        roles = {role["id"] for role in types.get(item["type"], {"roles": []})["roles"]}
        for role, fill in item["roles"].items():
            expect(role in roles, f"{place}.roles.{role}", f"{item['type']} has no such role")
            for number, filler in enumerate(fill):
                fillers += 1
                here = f"{place}.roles.{role}[{number}]"
                if "entity" in filler:
                    expect(filler["entity"] in entities, here, f"no entity “{filler['entity']}”")
                else:
                    key = (item["article"], item["annotator"], filler["annotation"])
                    expect(key in existing, here, f"no annotation “{filler['annotation']}” of that article and annotator")
                    expect(filler["annotation"] != item["id"], here, "names itself")

    counts = f"{len(articles)} articles, {len(existing)} annotations, {fragments} fragments, {fillers} fillers"
    expect(len(existing) == len(project["annotations"]), "annotations", "an id comes twice")
    return counts, failures


def main(paths):
    if not paths:
        print("usage: check_slices.py FILE...", file=sys.stderr)
        return 2
    wrong = False
    for path in paths:
        try:
            counts, failures = check(path)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            counts, failures = "unreadable", [f"{path}: {type(error).__name__}: {error}"]
        for failure in failures:
            print(failure, file=sys.stderr)
        print(f"{path}: {counts}, {len(failures)} failures")
        wrong = wrong or bool(failures)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
