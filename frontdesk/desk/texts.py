"""The fixed wordings of a desk."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

TextName = Literal[
    "greeting", "refuse", "clarify", "out_of_scope", "handoff", "returned", "unavailable", "unsure", "done", "rejected",
    "dropped", "withdrawn", "no_handoff", "expired", "spent", "waiting", "later", "resume", "language", "offer",
]  # fmt: skip
"""Names of the wordings; a test keeps them in step with the fields."""


class Texts(BaseModel):
    """The fixed wordings of the desk. ``{business}`` stands for the desk's business name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    greeting: str = "Hello, this is the virtual assistant of {business}. How can I help?"
    """Opens a terminal or web chat."""
    refuse: str = "I can't help with that. I can help with questions about {business}, your orders and your account."
    """A guard refused the message."""
    clarify: str = "Just to be sure: do you mean {options}?"
    """Asks which intent is meant; `{options}` are the titles of the likely ones."""
    out_of_scope: str = "I'm not able to help with that one here. I can help with: {topics}."
    """No intent fits; `{topics}` are the titles of what the desk can do."""
    handoff: str = "I'm passing you to a colleague, with everything you told me. Ticket {ticket}. {hours}"
    """A person takes over; `{ticket}` is the ticket's id, `{hours}` the opening hours."""
    returned: str = "Your conversation is back with me, the virtual assistant. How can I help?"
    """The person has handed the conversation back."""
    unavailable: str = "Something on our side did not work just now. Please try again shortly."
    """Something failed, before or after a change: promise neither that it was made nor that it was not."""
    unsure: str = "I'd rather not tell you something wrong here. Please ask me in other words, or ask for a colleague."
    """The output guards stopped a model's reply, twice where it could be repaired."""
    done: str = "Your change was made. Ask me, or ask for a colleague, if you would like to know more about it."
    """A change was made in this turn, and the words for it could not be sent."""
    rejected: str = "All right, I have not changed anything."
    """The customer said no to a proposal."""
    dropped: str = "No problem, we leave that. What else can I do for you?"
    """The customer gave up what they were in the middle of."""
    withdrawn: str = "I have not made the change I asked you about. Tell me if you still want it."
    """Another request came instead of a yes or a no."""
    no_handoff: str = "I can't pass you to a colleague from here. Please contact {business} directly. {hours}"
    """No ticket can be made; `{hours}` as above."""
    expired: str = "That took a while, so I have not changed anything. Tell me again if you still want it."
    """The yes came too late."""
    spent: str = "I can't answer that right now. Please try again later, or ask for a colleague."
    """What may be spent on models is used up, and the desk chose not to go on without them."""
    waiting: str = "Now to your other request."
    """Leads over from one request of a message to the next."""
    later: str = "I will come to your other request afterwards."
    """A question has to be answered before the next request of a message can be served."""
    resume: str = "Shall we go on with this: {title}?"
    """Offers to go on with what another request interrupted; `{title}` is that of the intent."""
    language: str = "I can only answer in {language} here."
    """The customer writes in a language that the desk does not list; `{language}` is the name of the main one."""
    offer: str = "I'm sorry for the trouble. If you would rather talk to a colleague, just say so."
    """An annoyed customer is served, and this is said before it."""
