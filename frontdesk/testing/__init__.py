"""Doubles that frontdesk publishes, for tests of a desk or of an application around it.

:class:`ScriptedModel` plays a chat model's answers; :func:`scripted_models` puts it behind every role of a desk::

    model = ScriptedModel("Our shops open at nine. [stores]")
    async with open_desk(desk, settings, models=scripted_models(model)) as fd:
        reply = await fd.chat("when do you open?")
    model.assert_complete()

:class:`OpenAIServer` speaks OpenAI's chat-completions protocol on a loopback port, faults included; its script is made
of :class:`Reply`, :func:`call` and :func:`error`; its moderations of :func:`flagged`. :class:`ObedientServer` speaks it
too, with a model that obeys every instruction that it sees.
"""

from frontdesk.testing.obedient import ObedientServer, Way, obey
from frontdesk.testing.openai_server import OpenAIServer, Request
from frontdesk.testing.replies import Reply, call, error, flagged
from frontdesk.testing.scripted import ModelCall, ScriptedModel, ScriptError, scripted_models

__all__ = [
    "ModelCall",
    "ObedientServer",
    "OpenAIServer",
    "Reply",
    "Request",
    "ScriptError",
    "ScriptedModel",
    "Way",
    "call",
    "error",
    "flagged",
    "obey",
    "scripted_models",
]
