"""A prompt that a provider calls too long: recognised in each one's words, and sent once more, shorter."""

from __future__ import annotations

from typing import Any

import pytest
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import Field

from frontdesk.desk.modelling import Link
from frontdesk.models.causes import link_error
from frontdesk.models.chain import ModelRoster
from frontdesk.models.overflow import is_too_long
from frontdesk.models.shown import LESS, Shown
from frontdesk.testing.scripted import ScriptedModel


def refused(status: int | None, text: str, name: str = "BadRequestError", **more: Any) -> Exception:
    error: Exception = type(name, (Exception,), {})(text)
    if status is not None:
        error.status_code = status  # type: ignore[attr-defined]
    for field, value in more.items():
        setattr(error, field, value)
    return error


@pytest.mark.parametrize(
    ("word", "error"),
    [
        ("OpenAI's code", refused(400, "x", code="context_length_exceeded")),
        ("a code in the body", refused(400, "x", body={"error": {"code": "context_length_exceeded"}})),
        ("a body that is the error", refused(400, "x", body={"code": "context_length_exceeded"})),
        (
            "OpenAI's words",
            refused(400, "This model's maximum context length is 8192 tokens. However, you requested 9000"),
        ),
        ("Anthropic", refused(400, "prompt is too long: 205000 tokens > 200000 maximum")),
        ("Anthropic, by size", refused(413, "Request exceeds the maximum size", type="request_too_large")),
        ("Google", refused(400, "The input token count (40000) exceeds the maximum number of tokens allowed (32768).")),
        (
            "Mistral",
            refused(400, "Prompt contains 40000 tokens, too large for model with 32768 maximum context length"),
        ),
        ("vLLM", refused(400, "Please reduce the length of the messages or completion.")),
        ("llama.cpp", refused(400, "the request exceeds the available context size, try increasing it")),
        ("without a status", refused(None, "Input is too long for requested model.")),
    ],
)
def test_it_is_recognised(word: str, error: Exception) -> None:
    assert is_too_long(error)
    found = link_error(error, started=False)
    assert (found.cause, str(found)) == ("too_long", "too_long")


@pytest.mark.parametrize(
    ("word", "error"),
    [
        ("another fault of the request", refused(400, "Invalid value for 'temperature'.")),
        ("words of a customer's", refused(400, "tool name is not valid")),
        ("too many requests", refused(429, "Rate limit: too many tokens per minute", "RateLimitError")),
        ("a broken server", refused(500, "context length", "InternalServerError")),
        ("no answer of a provider's", ValueError("the prompt is too long")),
    ],
)
def test_nothing_else_is(word: str, error: Exception) -> None:
    assert not is_too_long(error)


class Small(BaseChatModel):
    """Takes prompts of so many characters at most, and notes the size of each."""

    most: int = 100
    asked: list[int] = Field(default_factory=list)

    @property
    def _llm_type(self) -> str:
        return "small"

    def _generate(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> ChatResult:
        size = sum(len(str(message.text)) for message in messages)
        self.asked.append(size)
        if size > self.most:
            raise refused(400, "maximum context length")
        answer = AIMessage("It fits.", response_metadata={"finish_reason": "stop"})
        return ChatResult(generations=[ChatGeneration(message=answer)])


def shown(tokens: int) -> Shown:
    return Shown([HumanMessage("x" * tokens)], tokens, lambda most: shown(most) if most >= 50 else None)


def roster(model: BaseChatModel, link: Link | str = "openai:small") -> ModelRoster:
    return ModelRoster(
        {"fast": link if isinstance(link, Link) else str(link)}, ScriptedModel("from keyless"), lambda _: model
    )


@pytest.mark.parametrize(
    ("word", "tokens", "link", "asked", "text", "failures"),
    [
        ("it fits", 90, "openai:small", [90], "It fits.", ()),
        ("once more, shorter", 150, "openai:small", [150, int(150 * LESS)], "It fits.", ()),
        ("still too long: the next one", 400, "openai:small", [400, 240], "from keyless", ("fast/too_long",)),
        ("nothing may be left out", 60, "openai:tiny", [60], "from keyless", ("fast/too_long",)),
    ],
)
async def test_it_is_sent_once_more(
    word: str, tokens: int, link: str, asked: list[int], text: str, failures: tuple[str, ...]
) -> None:
    model = Small(most=20 if link.endswith("tiny") else 100)
    done = await roster(model, link).complete("fast", shown(tokens))
    assert (model.asked, done.message.text, done.failures) == (asked, text, failures)


async def test_a_prompt_of_plain_messages_is_not_sent_again() -> None:
    model = Small(most=20)
    done = await roster(model).complete("fast", [HumanMessage("x" * 60)])
    assert (model.asked, done.failures) == ([60], ("fast/too_long",))


@pytest.mark.parametrize(
    ("word", "window", "tokens", "asked", "text"),
    [
        ("smaller than the prompt", 1000, 1500, [1000], "It fits."),
        ("larger than the prompt", 2000, 1500, [1500], "It fits."),
    ],
)
async def test_a_link_has_a_window_of_its_own(word: str, window: int, tokens: int, asked: list[int], text: str) -> None:
    model = Small(most=10_000)
    done = await roster(model, Link(model="openai:small", window=window)).complete("fast", shown(tokens))
    assert (model.asked, done.message.text) == (asked, text)


async def test_what_a_link_cannot_take_is_not_sent() -> None:
    model = Small(most=10_000)
    never = Shown([HumanMessage("x" * 1500)], 1500, lambda most: None)
    done = await roster(model, Link(model="openai:small", window=1000)).complete("fast", never)
    assert (model.asked, done.message.text, done.failures) == ([], "from keyless", ("fast/too_long",))
