"""What we write is read by us without a word on its format, and everything that the format holds is there again."""

import json

import pytest

HOLD_EVERY_SPAN = ["training", "brat", "labelstudio", "prodigy", "doccano", "w3c", "cas", "webanno", "csv"]


@pytest.mark.parametrize("format", HOLD_EVERY_SPAN)
def test_a_folder_of_ours_is_recognised(program, project, format):
    folder = program.write(project, format)
    back = json.loads(program.back([folder], f"{project.name}-{format}-again").read_text(encoding="utf-8"))
    texts = {article["id"]: article["text"] for article in back["articles"]}
    # White space at the edges is no token, and line ends are none to brat.
    words = lambda parts: "…".join(part.strip() for part in parts)
    found = sorted(words(texts[item["article"]][one["start"] : one["end"]] for one in item["fragments"]) for item in back["annotations"])
    expected = sorted(words(span.words) for article in project.articles for span in article.spans)
    if format == "prodigy":
        # Its spans lie on tokens.
        assert len(found) == len(expected)
    else:
        assert found == expected


@pytest.mark.parametrize("format", ["conll", "citron", "semeval"])
def test_others_are_recognised_too(program, project, format):
    code, said = program.run("stats", program.write(project, format))
    assert code in (0, 1), said
    # The number stands before what it counts.
    assert " annotations" in said and not any(line.split() == ["0", "annotations"] for line in said.splitlines()) or project.name == "tabs", said
