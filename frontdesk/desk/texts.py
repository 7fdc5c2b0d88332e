"""The fixed wordings of a desk."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

TextName = Literal[
    "greeting", "refuse", "clarify", "out_of_scope", "handoff", "returned", "unavailable", "unsure", "done", "rejected",
    "dropped", "withdrawn", "no_handoff", "expired", "spent", "waiting", "later", "resume", "language", "offer",
    "noted", "noted_here", "noted_allow", "noted_sign_in", "noted_only", "handoff_channel",
    "recalled", "recalled_done", "recalled_before", "recalled_source", "recalled_memory",
    "uncovered", "nearest", "person",
    "verify", "approval", "approval_done", "approval_refused", "approval_unknown", "approval_denied",
    "approval_expired",
    "plan", "plan_apart", "plan_halted", "plan_partial",
    "step_done", "step_undone", "step_undo_unknown", "step_unknown", "step_not_run",
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
    noted: str = "Thank you, I have noted that, also for next time. You can ask me what I remember of you."
    """The customer only told something of themselves, and it is kept as a memory."""
    noted_here: str = "Thank you. I keep that in mind for this conversation only."
    """The same, and it is not kept."""
    noted_allow: str = 'If you would like me to remember such things next time, say "you may remember me".'
    """Follows `noted_here` where the customer's consent is missing and can be given in the chat."""
    noted_sign_in: str = "I remember such things for next time only of customers who have signed in."
    """Follows `noted_here` for a caller who has not signed in, where it would be kept otherwise."""
    noted_only: str = "It is a note for our conversations: your orders and your account stay as they are."
    """Follows the above where what was told sounds like a change (an address, a place for deliveries)."""
    recalled: str = "You told me: {what}"
    """The customer asks what they said earlier in the conversation; `{what}` is that, as they said it."""
    recalled_done: str = "Done in this conversation: {what}"
    """The customer asks what was done earlier in the conversation; `{what}` are the changes."""
    recalled_before: str = "When you were last here: {what}"
    """The customer asks what they came for last time; `{what}` is what is remembered of it."""
    recalled_memory: str = "What I remember of you that may fit: {what}"
    """The customer asks whether one thing is known of them; `{what}` are memories of earlier conversations."""
    recalled_source: str = "It stands on this page: {what}"
    """The customer asks where that is written; `{what}` are title and link of the page that was cited."""
    uncovered: str = "I have nothing on that in our pages, so I would rather not guess."
    """No page covers what was asked."""
    nearest: str = "What comes nearest is {page}; it may not answer your question."
    """Follows `uncovered` where a page comes near; `{page}` is its title and link."""
    person: str = "If you would like a colleague to answer it, just say so."
    """Follows both: the offer of a person."""
    handoff_channel: str = "They will see that you prefer to be contacted by {channel}."
    """Follows `handoff` where the customer's preferred way of contact is remembered: `{channel}`, such as email."""
    verify: str = (
        "For that I need to be sure that it is you. Please verify your identity in your account, then come back and "
        'say "done". I keep your request until then.'
    )
    """The request needs a surer sign-in than the customer's; say here how they verify."""
    approval: str = "Thank you. A colleague has to approve this before it is done. I will tell you here what they say."
    """After the customer's yes, where a second person has to approve."""
    approval_done: str = "About what you asked for (“{question}”): it was approved, and it is done."
    """Begins a reply, once; `{question}` is what the customer said yes to."""
    approval_refused: str = (
        "About what you asked for (“{question}”): it was approved, but it is no longer possible. Nothing was changed."
    )
    """The same; the state of things had changed meanwhile."""
    approval_unknown: str = (
        "About what you asked for (“{question}”): it was approved, and I could not find out whether it went through. "
        "A colleague has to check."
    )
    """The same; nobody knows whether it happened."""
    approval_denied: str = "About what you asked for (“{question}”): it was not approved, so nothing was changed."
    """The same; the second person said no."""
    approval_expired: str = (
        "About what you asked for (“{question}”): nobody approved it in time, so nothing was changed. Tell me again if "
        "you still want it."
    )
    """The same; `gateway.approval_minutes` were over."""
    plan: str = "These changes would be made together, in this order:\n{steps}\nShall I make all of them?"
    """Asks for one yes to several changes; `{steps}` is the numbered list of what each would be asked with."""
    plan_apart: str = "A colleague has to approve this one, so it stands alone. Ask me for the rest afterwards."
    """Follows the question about a change that was one of several, where a second person has to approve it."""
    plan_halted: str = "That did not work as a whole, so none of it is in force:\n{steps}"
    """Several changes were confirmed, and one of them was not possible; `{steps}` says what became of each."""
    plan_partial: str = (
        "Not all of that went through, so a colleague has to look at it. This is how it stands:\n{steps}"
    )
    """The same, where something stands that should not, or nobody knows. `handoff` follows."""
    step_done: str = "Done."
    """What became of one of several changes."""
    step_undone: str = "Done, and undone again."
    """The same."""
    step_undo_unknown: str = "Done; it is not clear whether it was undone again."
    """The same."""
    step_unknown: str = "It is not clear whether this went through."
    """The same."""
    step_not_run: str = "Not done."
    """The same. What was refused is told in the words of the refusal."""
