#!/usr/bin/env python3
"""Writes the projects that the readers of the field are tried on, into tests/conformance/projects.

    python3 tests/conformance/make_projects.py

What it writes is kept in the repository; running it again changes nothing. Every span is found by its words, so that the
offsets are Python's own. Offsets count code points.
"""

import json
import re
from pathlib import Path

HERE = Path(__file__).resolve().parent
OUT = HERE / "projects"
SEEDS = HERE.parent / "seeds"
SCHEME = json.loads((HERE.parent / "released" / "1-project.json").read_text(encoding="utf-8"))["scheme"]


class Making:
    """One article, or several, on the way to a project."""

    def __init__(self, title):
        self.title = title
        self.articles = []
        self.annotations = []
        self.entities = {}
        self.annotators = {}

    def article(self, id, text, **more):
        assert "\r" not in text, "articles are kept with LF alone"
        self.articles.append({"id": id, "text": text, **more})
        return Annotating(self, id, text)

    def entity(self, id, name, **more):
        self.entities[id] = {"id": id, "name": name, **more}

    def write(self, name):
        project = {
            "format": "standpoint",
            "version": 1,
            "offsets": "unicode code points, end exclusive",
            "project": {"id": name, "title": self.title},
            "scheme": SCHEME,
            "annotators": [{"id": id, "name": name} for id, name in self.annotators.items()],
            "entities": list(self.entities.values()),
            "articles": self.articles,
            "annotations": self.annotations,
        }
        lines = []
        for key, value in project.items():
            if isinstance(value, list):
                # A record a line, as the program writes.
                items = ",\n".join("    " + json.dumps(item, ensure_ascii=False) for item in value)
                lines.append(f"  {json.dumps(key)}: [\n{items}\n  ]")
            else:
                lines.append(f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
        (OUT / f"{name}.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8", newline="\n")


class Annotating:
    """The annotations of one annotator on one article."""

    def __init__(self, making, article, text, annotator="ana", name="Ana"):
        self.making, self.id, self.text, self.annotator = making, article, text, annotator
        making.annotators.setdefault(annotator, name)

    def by(self, annotator, name):
        return Annotating(self.making, self.id, self.text, annotator, name)

    def add(self, id, type, *words, at=None, attributes=None, roles=None, **more):
        """Tags `words`, several of them for a span with gaps; the first is looked for behind `at`, each other behind the one
        before it. Roles are `(role, id of a span)`, or `(role, "@" and the id of an entity)`."""
        behind, fragments = (self.text.index(at) if at else 0), []
        for part in words:
            start = self.text.index(part, behind)
            behind = start + len(part)
            fragments.append((start, behind))
        return self.place(id, type, fragments, attributes, roles, **more)

    def place(self, id, type, fragments, attributes=None, roles=None, **more):
        filled = {}
        for role, target in roles or []:
            filler = {"entity": target[1:]} if target.startswith("@") else {"annotation": target}
            filled.setdefault(role, []).append(filler)
        self.making.annotations.append(
            {
                "id": id,
                "article": self.id,
                "annotator": self.annotator,
                "type": type,
                "fragments": [{"start": start, "end": end, "text": self.text[start:end]} for start, end in fragments],
                "attributes": attributes or {},
                "roles": filled,
                **more,
            }
        )
        return id


def worked():
    """The worked sentence of the formats' description, with its offsets."""
    making = Making("The worked sentence")
    making.entity("minister", "The minister", kind="person", wikidata="Q83307")
    article = making.article("worked", "The minister said: “We will win” 🎉. Opponents called the plan reckless.", title="Worked", language="en")
    article.add("s1", "speaker", "The minister", attributes={"form": "description"}, entity="minister")
    article.add("q1", "cue", "said")
    article.add("c1", "claim", "We will win", attributes={"quotation": "direct"}, roles=[("speaker", "s1"), ("cue", "q1")])
    article.add("s2", "speaker", "Opponents")
    article.add(
        "t1",
        "stance",
        "called the plan reckless",
        attributes={"polarity": "against", "intensity": "strong"},
        roles=[("holder", "s2"), ("target", "c1")],
        note="target is the claim, not the plan",
    )
    places = {item["id"]: [(f["start"], f["end"]) for f in item["fragments"]] for item in making.annotations}
    assert places == {"s1": [(0, 12)], "q1": [(13, 17)], "c1": [(20, 31)], "s2": [(36, 45)], "t1": [(46, 70)]}
    making.write("worked")


# The first seed, read by a person: quotation, entity, speaker, cue, claim, in code points.
FIRST_SEED = [
    ("indirect", "ahmadian", (160, 224), (225, 234), (235, 330)),
    ("indirect", "ahmadian", (474, 482), (483, 487), (488, 639)),
    ("indirect", "ahmadian", (753, 761), (762, 768), (642, 751)),
    ("indirect", "ahmadian", (771, 773), (774, 779), (780, 946)),
    ("indirect", "haniyeh", (949, 956), (972, 982), (983, 1084)),
    ("indirect", "haniyeh", (1087, 1089), (1090, 1128), (1129, 1248)),
    ("indirect", "raisi", (1251, 1256), (1257, 1261), (1262, 1302)),
    ("indirect", "raisi", (1417, 1440), (1441, 1450), (1451, 1606)),
    ("indirect", "raisi", (1609, 1611), (1612, 1622), (1623, 1855)),
    ("direct", "raisi", (2056, 2077), (2078, 2083), (1858, 2055)),
]


def seeds():
    """Both sample articles: the first by hand, the second wherever somebody "said that" something."""
    making = Making("Two articles")
    making.entity("ahmadian", "Ali Akbar Ahmadian", kind="person", aliases=["Ahmadian"])
    making.entity("haniyeh", "Ismail Haniyeh", kind="person")
    making.entity("raisi", "Ebrahim Raisi", kind="person", wikidata="Q5831933")
    first = (SEEDS / "000_52a99f930c138b10.txt").read_text(encoding="utf-8")
    article = making.article("seed-a", first, title="Resistance best option", language="en", metadata={"published": "2023-06-22"})
    for n, (quotation, entity, speaker, cue, claim) in enumerate(FIRST_SEED):
        article.place(f"a{n}-speaker", "speaker", [speaker], entity=entity)
        article.place(f"a{n}-cue", "cue", [cue])
        roles = [("speaker", f"a{n}-speaker"), ("cue", f"a{n}-cue")]
        article.place(f"a{n}-claim", "claim", [claim], {"quotation": quotation}, roles)
    second = (SEEDS / "001_f575fd86f2f680c2.txt").read_text(encoding="utf-8")
    article = making.article("seed-b", second, title="Tehran", language="en")
    for n, found in enumerate(re.finditer(r"\b([A-Z]\w+) (said|noted|asserted|stated) (that [^.;]*)", second)):
        article.place(f"b{n}-speaker", "speaker", [found.span(1)])
        article.place(f"b{n}-cue", "cue", [found.span(2)])
        roles = [("speaker", f"b{n}-speaker"), ("cue", f"b{n}-cue")]
        article.place(f"b{n}-claim", "claim", [found.span(3)], {"quotation": "indirect"}, roles)
    stances = [("hailed", "favor"), ("apartheid", "against"), ("significant triumph", "favor"), ("atrocities", "against")]
    for n, (words, polarity) in enumerate(stances):
        target = article.add(f"b-target{n}", "target", "Iran" if polarity == "favor" else "Zionist regime", at=words)
        article.add(f"b-stance{n}", "stance", words, attributes={"polarity": polarity}, roles=[("holder", "@author"), ("target", target)])
    making.write("seeds")


NASTY = (
    "\n\n"
    "“We’re <b>winning</b> & co!” 👩‍👩‍👧‍👦 said the «mayor» of Zu\u0308rich, 🇨🇭 style 👍🏽.\n"
    "مرحبا، قال الوزير: «سنفوز اليوم» 🎉🎉 he added.\n\n\n"
    "Price\u00a0tags, she\tsaid,\tare 10\u00a0000 for co\u00adoper\u00adated \"loud\" 'things'.\u2028A line separator came first.\n"
    "A claim begins here\n\nand ends in the next paragraph, he said.\n"
    "Crossed words over other words inside many words meet.\n"
    "The plan, said Müller, which nobody likes, will of course fail — he thinks.\n"
    "=1+1 is a formula, -2 too, @home as well; \\n is no line end, {\"a\": [1]} no JSON; 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 is outside the first plane.\n"
    "同じ言葉 and 同じ言葉 again.   \n"
)


def nasty():
    """All that offsets stumble over, in one article."""
    making = Making("A nasty article <&>")
    making.entity("mayor", "The \"mayor\" <of> Zürich", kind="person", aliases=["mayor"])
    article = making.article("nasty", NASTY, title="Nasty: <&> “title” 🎉", metadata={"publisher": "=Publisher", "extra": {"x": "y\tz"}})
    # Emoji of several code points, within and at the edges.
    article.add("emoji", "speaker", "👩‍👩‍👧‍👦 said")
    article.add("flag", "target", "🇨🇭 style 👍🏽")
    # Behind emoji and combining marks.
    article.add("mayor", "speaker", "«mayor» of Zu\u0308rich", attributes={"form": "description"}, entity="mayor")
    article.add("markup", "claim", "“We’re <b>winning</b> & co!”", attributes={"quotation": "direct"}, roles=[("speaker", "mayor"), ("speaker", "emoji")])
    # Within a word, and at half a word.
    article.add("within", "target", "win", at="<b>")
    # Right to left.
    article.add("rtl-speaker", "speaker", "الوزير")
    article.add("rtl-cue", "cue", "قال")
    article.add("rtl", "claim", "سنفوز اليوم", attributes={"quotation": "mixed"}, roles=[("speaker", "rtl-speaker"), ("cue", "rtl-cue")])
    article.add("party", "stance", "🎉🎉", attributes={"polarity": "favor"}, roles=[("holder", "rtl-speaker"), ("target", "rtl")], note="two lines\nof a note\twith a tab")
    # Spaces that do not break, hyphens that do not show, quotes.
    article.add("nbsp", "target", "Price\u00a0tags")
    article.add("soft", "claim", "10\u00a0000 for co\u00adoper\u00adated \"loud\" 'things'", roles=[("speaker", "@mayor")])
    # Over a paragraph's end.
    article.add("paragraphs", "claim", "A claim begins here\n\nand ends in the next paragraph", attributes={"quotation": "indirect"}, roles=[("cue", "over-cue"), ("speaker", "over-he")])
    article.add("over-he", "speaker", "he", at="he said.")
    article.add("over-cue", "cue", "said", at="said.\n")
    # Crossing, nested, the same place twice.
    article.add("cross-1", "stance", "Crossed words over other", attributes={"polarity": "mixed"})
    article.add("cross-2", "stance", "over other words inside", attributes={"polarity": "neutral", "intensity": "weak"})
    article.add("nested", "speaker", "other words", at="over other")
    article.add("twice", "target", "other words", at="over other")
    # Gaps.
    article.add("gap", "claim", "The plan", "will", "fail", attributes={"quotation": "indirect"}, roles=[("speaker", "gap-speaker"), ("supports", "markup"), ("disputes", "rtl")])
    article.add("gap-speaker", "speaker", "Müller", at="said Müller")
    article.add("gap-stance", "stance", "nobody likes", "he thinks", at="which", attributes={"polarity": "against"}, roles=[("holder", "gap-speaker"), ("target", "gap")])
    # What other languages take for their own.
    article.add("formula", "claim", "=1+1 is a formula", note="=2+2")
    article.add("minus", "target", "-2 too")
    article.add("at", "target", "@home")
    article.add("json", "claim", "{\"a\": [1]}")
    article.add("backslash", "claim", "\\n is no")
    article.add("astral", "speaker", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢")
    article.add("second", "target", "同じ言葉", at="and 同じ言葉")
    making.write("nasty")

    # Few programs that part their lines by tabs bear one within words: these have an article of their own.
    making = Making("Tabs and spaces at the edges")
    article = making.article("tabs", NASTY, title="Tabs")
    article.add("tab", "claim", "she\tsaid,\tare", attributes={"quotation": "none"})
    article.add("space", "target", "Price\u00a0tags, ")
    article.add("plain", "speaker", "Müller")
    making.write("tabs")


def several():
    """Two people on the same two articles, one of whom has a name that no folder may have; their ids are the same."""
    making = Making("Two annotators")
    for n, text in enumerate(["The minister said: “We will win” 🎉.", "🎉 Opponents called the plan reckless, he said."]):
        article = making.article(f"text-{n}", text, title=f"Text {n}")
        ben = article.by("ben", "Ben / ../x")
        for annotating in [article, ben]:
            annotating.add("one", "speaker", "minister" if n == 0 else "Opponents")
            annotating.add("two", "cue", "said", roles=[])
        article.add("three", "claim", "We will win" if n == 0 else "the plan reckless", roles=[("speaker", "one"), ("cue", "two")])
        ben.add("three", "claim", "will win" if n == 0 else "plan", roles=[("speaker", "one")])
    making.write("several")


if __name__ == "__main__":
    OUT.mkdir(exist_ok=True)
    for make in [worked, seeds, nasty, several]:
        make()
