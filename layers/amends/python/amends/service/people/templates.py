"""Templates: the catalogue's messages, found by their codes."""

from typing import TYPE_CHECKING

from amends.catalog import plugin

if TYPE_CHECKING:
    from amends.domain.people.template import Template


def template_of(code: str) -> "Template":
    """The template of one message."""
    template: Template = plugin("messages", code).TEMPLATE
    return template
