"""Each function has the code, the machine and the layers that it needs."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.template.reading import Resources, functions, mentions

ROOT = Path(__file__).resolve().parents[2]


def test_every_handler_exists(resources: Resources, template: Mapping[str, Any]) -> None:
    assert template["Globals"]["Function"]["CodeUri"] == "functions/"
    handlers = {properties["Handler"] for properties in functions(resources).values()}
    for handler in handlers:
        module, _, name = handler.rpartition(".")
        file = ROOT / "functions" / f"{module.replace('.', '/')}.py"
        assert file.is_file(), handler
        assert name == "handler"
        assert "def handler(" in file.read_text()
    assert len(handlers) == len(functions(resources))


def test_every_trigger_module_is_deployed(resources: Resources) -> None:
    triggers = {"api", "email", "papers", "stream", "queue", "due", "schedule"}
    written = {
        f"{path.parent.name}.{path.stem}.handler"
        for path in (ROOT / "functions").glob("*/*.py")
        if path.stem in triggers
    }

    assert written == {properties["Handler"] for properties in functions(resources).values()}


def test_what_the_emulator_does_not_know_stands_behind_a_condition(resources: Resources) -> None:
    unknown = {"AWS::SES::ReceiptRuleSet", "AWS::SES::ReceiptRule"}
    for name, resource in resources.items():
        if resource["Type"] in unknown:
            assert resource["Condition"] == "OnAws", name


def test_the_interpreter_and_the_machine_are_parameters(template: Mapping[str, Any]) -> None:
    common = template["Globals"]["Function"]

    assert mentions(common["Runtime"]) == {"PyRuntime"}
    assert mentions(common["Architectures"]) == {"Arch"}
    assert template["Parameters"]["PyRuntime"]["Default"] == "python3.13"
    assert template["Parameters"]["Arch"]["Default"] == "arm64"


def test_what_paying_needs_lies_beside_only_those_that_pay(resources: Resources) -> None:
    carriers = {
        name
        for name, properties in functions(resources).items()
        if "PaymentsLayer" in mentions(properties.get("Layers", []))
    }

    assert carriers == {"ClaimSettleApi", "ClaimSettleQueue", "ClaimSettleSchedule"}


def test_what_proves_tokens_or_signs_has_the_layer_for_it(resources: Resources) -> None:
    proving = {
        f"{path.parent.name}.{path.stem}.handler"
        for path in Path("functions").glob("*/*.py")
        if "from amends.web.proving import prove" in path.read_text()
    }
    carriers = {
        name: str(properties["Handler"])
        for name, properties in functions(resources).items()
        if "TokensLayer" in mentions(properties.get("Layers", []))
    }

    assert proving <= set(carriers.values())
    paying = {"ClaimSettleQueue", "ClaimSettleSchedule"}
    assert {name for name, handler in carriers.items() if handler not in proving} == paying
