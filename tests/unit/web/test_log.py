"""Lines of the log, and those that are metrics as well."""

import json

import pytest

from amends.web.log import measure, say


def test_what_is_told_is_one_line_beside_the_answer(capsys: pytest.CaptureFixture[str]) -> None:
    say("swept", {"sent": 3})

    told = capsys.readouterr()
    assert (json.loads(told.err), told.out) == (
        {"level": "INFO", "message": "swept", "sent": 3},
        "",
    )


def test_a_metric_stands_where_the_service_looks_for_it(capsys: pytest.CaptureFixture[str]) -> None:
    measure({"asked": 9}, by={"channel": "upu"}, codes={"x": 1})

    line = json.loads(capsys.readouterr().out)
    (directive,) = line["_aws"]["CloudWatchMetrics"]
    assert directive["Namespace"] == "Amends"
    for dimensions in directive["Dimensions"]:
        assert [line[name] for name in dimensions] == ["upu"]
    assert [line[metric["Name"]] for metric in directive["Metrics"]] == [[9]]
    assert line["codes"] == {"x": 1}
