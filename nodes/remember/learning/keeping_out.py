"""What is never kept as a memory, whoever says it: orders to the desk, claims to rights, ids, secrets. Pure."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import normalize

from frontdesk.graph.placeholders import PLACEHOLDER
from frontdesk.nodes.guard.characters import INVISIBLE, fold

SPECIAL: Final = frozenset({"health", "belief"})
"""First words of the keys of what reveals health or faith (GDPR, article 9)."""

_AUTHORITY = re.compile(
    r"\b(?:admin\w*|root|superuser|author[iy]\w*|authori[sz]\w*|approv\w*|confirm\w*|permission\w*"
    r"|permit\w*|allowed|entitle\w*|exempt\w*|privileg\w*"
    r"|refund\w*|reimburs\w*|discount\w*|rebate\w*|voucher\w*|credit note\w*|compensat\w*|free "
    r"of charge|waive\w*|customer (?:id|number|no)|account (?:id|number)"
    r"|scopes?|roles?|staff|employee|manager|supervisor|developer|vip|verified|identity|owner|on "
    r"behalf|system|prompt|instruct\w*|ignore|disregard"
    r"|override|bypass|assistant|chatbot|bot|tool\w*|without (?:asking|checking|confirmation|approval"
    r"|my yes)|say yes|yes to (?:every|all|any)|grant\w*"
    r"|trust\w*|delete|erase|cancel\w*|order\w* (?:of|for) others|administrator\w*|genehmig\w*"
    r"|bestätig\w*|erstatt\w*|rabatt\w*|mitarbeiter\w*|kundennummer"
    r"|autoris\w*|rembours\w*|remise|reembols\w*|descuento\w*|rimbors\w*|sconto|terugbetal\w*|korting"
    r"|desconto\w*|medewerker|dipendente|empleado|employé\w*)\b",
    re.I,
)
_ID = re.compile(r"\b[A-Z]{1,3}-?\d{3,}\b|\b\d{5,}\b|https?:|www\.|@", re.I)
_PROFILING = re.compile(
    r"\b(?:gay|lesbian|bisexual|homosexual|transgender|trans (?:man|woman)|sex life|labour|tory"
    r"|conservative|republican|democrat|socialist|communist"
    r"|trade union|union member|gewerkschaft\w*|syndicat|sindicato|sindacato|vakbond|party member"
    r"|muslim\w*|islam|christian\w*|jewish|jew|hindu|buddhist"
    r"|sikh|catholic|protestant|atheist|halal|kosher|church|mosque|synagogue|black man|black woman"
    r"|roma|romani|ethnic\w*|diabet\w*|pregnan\w*|schwanger"
    r"|enceinte|embarazada|incinta|zwanger|grávida|hiv|cancer|asthma\w*|allerg\w*|coeliac|celiac"
    r"|disab\w*|wheelchair|depress\w*|epilep\w*|dementia|autis\w*"
    r"|arthritis|blind|deaf|illness|sick|patient|medication|behindert|krank|chron\w*"
    r"|insulin|chemo\w*|dialysis|adhd|bipolar|schizo\w*|psychiatr\w*|psychotherap\w*|anxiety|ptsd|tumou?rs?"
    r"|alcoholi\w*|addict\w*|amput\w*|prosthe\w*|hearing aids?|crutches|miscarr\w*|ivf|menopaus\w*"
    r"|queer|lgbt\w*|non-?binary|asexual|vot(?:e|es|ed|ing) (?:for )?\w+|left-wing|right-wing"
    r"|refugee|asylum|immigrant|migrant|ramadan|sabbath|shabbat|mormon|orthodox|quaker"
    r"|prison|convict\w*|criminal record)\b",
    re.I,
)


def is_order(text: str) -> bool:
    """Whether a note would give orders, claim rights, or name an id: such a note is nobody's preference."""
    bare = PLACEHOLDER.sub(" ", text)
    return any(_AUTHORITY.search(each) or _ID.search(each) for each in (bare, _seen(bare)))


def is_special(about: str, text: str) -> bool:
    """Whether a note reveals health, belief, politics, union, sexual life or origin."""
    found = _PROFILING.search(text) or _PROFILING.search(_seen(text))
    return about.partition(".")[0] in SPECIAL or found is not None


def plain(text: str) -> str | None:
    """Return a text with placeholders as words, ``(email)``; None where nothing else of it is left to know."""
    rest = re.sub(r"\W+", "", PLACEHOLDER.sub("", text))
    return re.sub(r"<([A-Z]+(?:_[A-Z]+)*)_\d+>", _worded, text) if rest else None


def _seen(text: str) -> str:
    """Return a text as a reader sees it: without signs that nobody sees, look-alikes as what they look like."""
    return fold(normalize("NFKC", INVISIBLE.sub("", text)))


def _worded(found: re.Match[str]) -> str:
    return f"({found[1].replace('_', ' ').lower()})"


__all__ = ["SPECIAL", "is_order", "is_special", "plain"]
