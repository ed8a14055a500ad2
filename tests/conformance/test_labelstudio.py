"""Label Studio's JSON and labelling configuration, checked and converted by Label Studio's own SDK."""

import json

import pytest
from label_studio_sdk._extensions.label_studio_tools.core.label_config import parse_config
from label_studio_sdk.converter import Converter
from label_studio_sdk.label_interface import LabelInterface
from label_studio_sdk.label_interface.control_tags import LabelsTag
from label_studio_sdk.label_interface.objects import TaskValue


@pytest.fixture
def folder(program, project):
    return program.write(project, "labelstudio")


@pytest.fixture
def tasks(folder):
    return json.loads((folder / "labelstudio.json").read_text(encoding="utf-8"))


@pytest.fixture
def config(folder):
    return (folder / "labelstudio.xml").read_text(encoding="utf-8")


def labels_tag(config):
    (tag,) = LabelInterface(config).find_tags_by_class(LabelsTag)
    return tag


def test_the_configuration_is_valid(project, config):
    interface = LabelInterface(config)
    interface.validate()
    assert interface.is_valid
    assert set(labels_tag(config).labels) == set(project.types)
    assert parse_config(config)


def test_every_annotation_fits_the_configuration(tasks, config):
    interface = LabelInterface(config)
    for task in tasks:
        assert task["annotations"]
        for annotation in task["annotations"]:
            # The same check as `validate_annotation`, with the reasons.
            assert interface.validate_prediction(annotation, return_errors=True) == []
            assert interface.validate_annotation(annotation)
        TaskValue(id=task.get("id"), data=task["data"], annotations=None, predictions=None)


def test_tasks_have_ids(tasks):
    """The converter of the SDK asks for them."""
    ids = [task.get("id") for task in tasks]
    assert all(isinstance(id, int) for id in ids) and len(set(ids)) == len(ids)


def test_every_region_has_its_words(project, tasks, config):
    tag = labels_tag(config)
    (key,) = {interface.value_name for interface in LabelInterface(config).objects}
    assert len(tasks) == len(project.articles)
    for task, article in zip(tasks, project.articles):
        assert task["data"][key] == article.text
        (annotation,) = task["annotations"]
        regions = [one for one in annotation["result"] if one.get("from_name") == tag.name]
        found = sorted((one["value"]["start"], one["value"]["end"], one["value"]["labels"][0], one["value"]["text"]) for one in regions)
        assert found == sorted((part.start, part.end, part.label, part.words) for part in article.parts)
        place = {one["id"]: (one["value"]["start"], one["value"]["end"], one["value"]["labels"][0]) for one in regions}
        first = {span.id: (span.start, span.fragments[0][1], span.label) for span in article.spans}
        links = [(one["labels"][0], place[one["from_id"]], place[one["to_id"]]) for one in annotation["result"] if one["type"] == "relation"]
        expected = [(role, first[span.id], first[target]) for span in article.spans for role, target in span.links]
        assert sorted(one for one in links if one[0] != "continues") == sorted(expected)
        choices = [(place[one["id"]], one["from_name"], one["value"]["choices"][0]) for one in annotation["result"] if one["type"] == "choices"]
        expected = [(first[span.id], value) for span in article.spans for value in span.attributes.values()]
        assert sorted((of, value) for of, _, value in choices) == sorted(expected)


def test_its_converter_reads_them(project, folder, config, tmp_path):
    tag = labels_tag(config)
    converter = Converter(config=config, project_dir=str(tmp_path), download_resources=False)
    for format in ["JSON", "JSON_MIN", "CSV", "TSV", "CONLL2003"]:
        out = tmp_path / format if format in ["JSON", "JSON_MIN", "CONLL2003"] else tmp_path / f"{format}-out"
        converter.convert(str(folder / "labelstudio.json"), str(out), format, is_dir=False)
    records = json.loads((tmp_path / "JSON_MIN" / "result.json").read_text(encoding="utf-8"))
    for record, article in zip(records, project.articles, strict=True):
        found = sorted((one["start"], one["end"], one["labels"][0], one["text"]) for one in record[tag.name])
        assert found == sorted((part.start, part.end, part.label, part.words) for part in article.parts)
    lines = (tmp_path / "CONLL2003" / "result.conll").read_text(encoding="utf-8").splitlines()
    tags = [line.split(" ")[-1] for line in lines[1:] if line]
    if project.name == "worked":
        assert [tag for tag in tags if tag.startswith("B-")] == ["B-speaker", "B-cue", "B-claim", "B-speaker", "B-stance"]


def test_several_annotators(program, several):
    """One annotation each on one task."""
    tasks = json.loads((program.write(several, "labelstudio") / "labelstudio.json").read_text(encoding="utf-8"))
    for task, article in zip(tasks, several.articles, strict=True):
        found = sorted(sorted(one["value"]["text"] for one in annotation["result"] if one["type"] == "labels") for annotation in task["annotations"])
        assert found == sorted(sorted(span.words[0] for span in article.spans if span.annotator == annotator) for annotator in several.annotators)


def test_what_the_sdk_makes_up_is_read(program, several, tmp_path):
    """A sample task with an annotation, made by the SDK for our own configuration."""
    config = (program.write(several, "labelstudio") / "labelstudio.xml").read_text(encoding="utf-8")
    interface = LabelInterface(config)
    task = {"id": 1, "data": interface.generate_sample_task(), "annotations": [{"id": 1, "completed_by": 1, **interface.generate_sample_annotation()}]}
    file = tmp_path / "sample.json"
    file.write_text(json.dumps([task]), encoding="utf-8")
    code, said = program.run("stats", "--from", "labelstudio", file)
    assert code in (0, 1), said
