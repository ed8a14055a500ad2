"""What a project file says, by Python's own slices: the measure that every reader is held to.

Nothing here comes from the program: offsets are the project file's, words are slices of its text. Offsets count code points.
"""

import json
from dataclasses import dataclass
from pathlib import Path

PROJECTS = Path(__file__).resolve().parent / "projects"


@dataclass(frozen=True)
class Part:
    """A fragment, for formats whose spans have no gaps."""

    label: str
    start: int
    end: int
    words: str


@dataclass
class Span:
    id: str
    annotator: str
    label: str
    fragments: list  # of (start, end)
    words: list  # of each fragment
    attributes: dict
    roles: list  # of (role, id of a span or None, id of an entity or None), in the scheme's order of roles
    entity: str | None
    note: str

    @property
    def start(self):
        return self.fragments[0][0]

    @property
    def end(self):
        return self.fragments[-1][1]

    @property
    def links(self):
        """Roles that spans fill, which is what most formats hold."""
        return [(role, target) for role, target, _ in self.roles if target]

    @property
    def parts(self):
        return [Part(self.label, start, end, words) for (start, end), words in zip(self.fragments, self.words)]


class Article:
    def __init__(self, item, spans):
        self.id, self.text, self.title = item["id"], item["text"], item.get("title", "")
        self.spans = spans
        self.by_id = {span.id: span for span in spans}

    @property
    def parts(self):
        return [part for span in self.spans for part in span.parts]

    def utf16(self, offset):
        """A code point offset in UTF-16 code units."""
        return len(self.text[:offset].encode("utf-16-le")) // 2


class Project:
    def __init__(self, name):
        self.name = name
        self.path = PROJECTS / f"{name}.json"
        project = json.loads(self.path.read_text(encoding="utf-8"))
        self.annotators = {item["id"]: item["name"] for item in project["annotators"]}
        self.entities = {item["id"]: item for item in project["entities"]}
        self.types = {of["id"]: of for of in project["scheme"]["types"]}
        texts = {item["id"]: item["text"] for item in project["articles"]}
        of_article = {id: [] for id in texts}
        for item in project["annotations"]:
            text = texts[item["article"]]
            fragments = [(fragment["start"], fragment["end"]) for fragment in item["fragments"]]
            words = [text[start:end] for start, end in fragments]
            assert words == [fragment["text"] for fragment in item["fragments"]], "the project itself is wrong"
            roles = [
                (role["id"], filler.get("annotation"), filler.get("entity"))
                for role in self.types[item["type"]]["roles"]
                for filler in item["roles"].get(role["id"], [])
            ]
            of_article[item["article"]].append(
                Span(item["id"], item["annotator"], item["type"], fragments, words, item["attributes"], roles, item.get("entity"), item.get("note", ""))
            )
        for spans in of_article.values():
            spans.sort(key=lambda span: (span.start, span.end, span.id))
        self.articles = [Article(item, of_article[item["id"]]) for item in project["articles"]]

    def article(self, id):
        return next(article for article in self.articles if article.id == id)
