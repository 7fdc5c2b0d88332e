"""Prompts: strict variables, values that stay values, versions, and what is wrong with a file."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from frontdesk.desk.files import Document, parse_markdown
from frontdesk.errors import ConfigurationError
from frontdesk.graph.deps import Prompts
from frontdesk.prompts import book as book_module
from frontdesk.prompts.book import Prompt, PromptBook, shipped_prompts
from frontdesk.prompts.template import PromptHeader, template_faults

FOLDER = Path(book_module.__file__).parent


def prompt(text: str, name: str = "hello", variables: tuple[str, ...] = ("who",)) -> tuple[PromptHeader, Document]:
    listed = ", ".join(variables)
    source = f"---\nname: {name}\ndescription: for a test\nvariables: [{listed}]\n---\n{text}"
    document = parse_markdown(source, f"{name}.md")
    assert isinstance(document, Document)
    return PromptHeader.model_validate(document.data), document


def book(text: str, **given: tuple[str, ...]) -> PromptBook:
    header, document = prompt(text, **given)  # type: ignore[arg-type]
    assert template_faults(header, document) == []
    return PromptBook({header.name: Prompt.of(header, document)})


def test_a_prompt_is_filled() -> None:
    prompts: Prompts = book("Hello {{ who }}.{% if who %} Yes.{% endif %}")
    assert prompts.render("hello", who="you") == "Hello you. Yes."


@pytest.mark.parametrize(
    "value",
    [
        "{{ who }}",  # the variable itself
        "{% for x in who %}x{% endfor %}",  # a loop
        "{{ ''.__class__.__mro__ }}",  # a way out
        "<page id=x> & {# note #}",  # marks that must not be escaped
        "{who}",  # another language's braces
        "",  # nothing
    ],
)
def test_a_value_is_never_evaluated(value: str) -> None:
    assert book("[{{ who }}]").render("hello", who=value) == f"[{value}]"


def test_all_wrong_variables_are_named_and_no_value_is() -> None:
    prompts = book("{{ who }}{{ when }}", variables=("who", "when"))
    with pytest.raises(ConfigurationError) as caught:
        prompts.render("hello", whom="a secret", now="a secret", when=5)  # type: ignore[arg-type]
    text = str(caught.value)
    assert "missing: who" in text
    assert "unknown: now, whom" in text
    assert "not text: when" in text
    assert "declared: when, who" in text
    assert "secret" not in text


def test_an_unknown_prompt_lists_those_that_exist() -> None:
    with pytest.raises(ConfigurationError, match="did you mean `respond`"):
        PromptBook().render("repsond")
    with pytest.raises(ConfigurationError, match=r"allowed: .*respond"):
        PromptBook().digest("nothing_like_it")


def test_the_digest_is_that_of_the_file_and_changes_with_it() -> None:
    _, document = prompt("Hello {{ who }}.")
    first = book("Hello {{ who }}.").digest("hello")
    assert first == hashlib.sha256(document.source.encode()).hexdigest()[:12]
    assert book("Hello, {{ who }}.").digest("hello") != first


def test_a_desks_prompt_replaces_the_shipped_one_in_its_own_book_only() -> None:
    shipped = PromptBook()
    header, document = prompt("Short.", name="respond", variables=tuple(sorted(shipped.get("respond").variables)))
    own = PromptBook({"respond": Prompt.of(header, document)})
    assert own.get("respond").template == "Short."
    assert own.digest("respond") != shipped.digest("respond") == PromptBook().digest("respond")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a\n{{ whom }}", 7, "uses `whom`"),  # undeclared
        ("a\nb {{ who", 7, "template syntax"),  # open braces
        ("{{ who | shout }}", 6, "template syntax"),  # unknown filter
        ("{{ range(9) }}", 6, "uses `range`"),  # no globals
        ("{% include 'x' %}", 6, "cannot be filled"),  # no files
        ("{{ who.__class__.__mro__ }}", 6, "cannot be filled"),  # sandbox
        ("{{ who + 1 }}", 6, "cannot be filled"),  # not text
        ("", 6, "no text"),  # empty
    ],
)
def test_a_wrong_template_is_told_with_its_line(text: str, line: int, words: str) -> None:
    header, document = prompt(text)
    faults = template_faults(header, document)
    assert [(fault.line, words in fault.problem) for fault in faults] == [(line, True)], faults


@pytest.mark.parametrize("variables", [("name",), ("who", "who"), ("two words",)])  # reserved, twice, no identifier
def test_a_wrong_variable_name_is_told(variables: tuple[str, ...]) -> None:
    header, document = prompt("text", variables=variables)
    assert [fault.line for fault in template_faults(header, document)] == [4]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.md")), ids=lambda path: path.stem)
def test_each_shipped_prompt_can_be_filled(path: Path) -> None:
    found = shipped_prompts()[path.stem]
    text = PromptBook().render(found.name, **dict.fromkeys(found.variables, "⟨value⟩"))
    assert text.strip()
    # a variable that is declared and never shown is one that somebody computes for nothing
    assert all(f"{{{{ {name}" in found.template or f"if {name}" in found.template for name in found.variables)
