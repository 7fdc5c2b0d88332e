"""Promises that are not worded "we will …": a state, a passive, a noun, an invitation; over folded sentences."""

from __future__ import annotations

import re
from typing import Final

_WE = (
    r"(?:\b(?:i|we)|\b(?:the|my|our) (?:manager|management|supervisor|boss|team(?: lead(?:er)?)?|head office"
    r"|warehouse|bank"
    r"|company|shop))"
)
_WILLING = (
    rf"{_WE}(?:'m|'re|'ve|'s| am| are| is| have| has)? ?(?:just |also |now |already |very |really |more than )?"
    r"(?:happy|glad|pleased|delighted|prepared|willing|ready|agreed|decided|chosen|authori[sz]ed|allowed) to "
)
_MONEY = r"(?:refund|money|reimbursement|repayment|credit|compensation|voucher|coupon|gift card|discount|payout)"
_COMING = (
    r"(?:is|are|'s)(?: now| already| all)? (?:on (?:its|the|their) way|under ?way|coming|waiting for you|yours"
    r"|confirmed"
    r"|approved|guaranteed|in the post)"
)
_GRANTED = (
    r"(?:doubled|tripled|waived|reduced|lowered|halved|extended|upgraded|approved|accepted|covered|written off"
    r"|forgiven"
    r"|frozen|cleared|reinstated|honou?red|matched)"
)

FORMS: Final[dict[str, re.Pattern[str]]] = {
    "refund": re.compile(
        rf"\b(?:refund|money|reimbursement|repayment)\b[^.;!?\n]{{0,20}} {_COMING}"
        rf"|{_WILLING}[^.;!?\n]{{0,25}}(?:refund|reimburse|pay (?:you )?back|return (?:your|the) money)"
        r"|\byou(?:'ll| will)(?: \w+)? (?:get|see|have|receive) (?:back )?(?:every|each|all)\b[^.;!?\n]{0,20}"
        r"\b(?:cent|penny|of it|money|amount)"
        r"|\b(?:we|i)(?:'ll| will) (?:still|even|simply|just|fully|gladly) (?:refund|reimburse|repay)"
    ),
    "discount": re.compile(
        rf"\b(?:voucher|coupon|discount|gift card)\b[^.;!?\n]{{0,30}} (?:{_COMING}|on (?:its|the) way)"
        rf"|{_WILLING}[^.;!?\n]{{0,25}}(?:discount|voucher|% off|coupon|reduc)"
        r"|\blet(?:'s| us) (?:say|make it|call it|agree on)\b|\b(?:we|i)(?:'ll| will) match (?:any|every|that"
        r"|the|your)"
    ),
    "compensation": re.compile(
        rf"\bplease accept\b|\bthrow in\b|{_WILLING}[^.;!?\n]{{0,25}}(?:compensate|credit (?:you|your)|gift)"
        r"|\byou(?:'re| are) entitled to (?:a |some |full )?(?:compensation|damages|credit|goodwill)"
        r"|\b(?:we|i)(?:'ll| will) (?:write off|forgive|waive|absorb|bear)\b"
    ),
    "free": re.compile(
        r"\byou(?:'ll| will)? (?:won't|will not|never|not|don't|do not)(?: ever)? (?:have to |need to |be asked to )?"
        r"(?:pay|be charged|be billed)\b"
        r"|\b(?:nothing|no (?:fee|charge|cost)s?) (?:will|is going to|are going to) (?:be|apply)\b"
        rf"|{_WILLING}[^.;!?\n]{{0,30}}(?:free|gratis|for nothing)"
    ),
    "deadline": re.compile(
        r"\b(?:will|'ll|shall|should|going to)\b[^.;!?\n]{0,30}\b(?:at your (?:door|home|house|place|address)"
        r"|with you|arrive"
        r"|show up|appear|round|there)\b[^.;!?\n]{0,15}\b(?:today|tomorrow|tonight|(?:at|around|from|by) \d"
        r"|in (?:\d+|a|one|two"
        r"|three|five) (?:minute|hour|day|week)s?|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|this (?:after"
        r"|fore)noon|this week)"
    ),
    "callback": re.compile(
        r"\b(?:i|we)(?:'ll| will| are going to|'re going to) (?:send|get|have) (?:someone|somebody"
        r"|a (?:technician|colleague"
        r"|fitter|courier|specialist|person|man|team))\b"
    ),
    "guarantee": re.compile(
        r"\b(?:whatever happens|no matter what|come what may|in any event)\b[^.;!?\n]{0,60}\b(?:we|i|you"
        r"|it)(?:'ll| will)\b"
        r"|\b(?:we|i|you|it)(?:'ll| will)\b[^.;!?\n]{0,60}\b(?:no matter what|come what may|whatever happens)\b"
        r"|\b(?:my|our) (?:personal )?guarantee\b|\brest assured[, ]+(?:that )?(?:you|we|i|it|your \w+)(?:'ll"
        r"| will)\b"
    ),
    "exception": re.compile(
        rf"\b(?:your|the) (?:[\w-]+ ){{1,3}}(?:will be|will get|is going to be|are going to be"
        rf"|'ll be)(?: \w+)? {_GRANTED}\b"
    ),
}
"""Kind (as in ``promise_words``) to pattern."""

__all__ = ["FORMS"]
