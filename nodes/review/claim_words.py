"""What a claim of action sounds like ("I've cancelled your order"), and which tools could have done it."""

from __future__ import annotations

import re
from typing import Final

_ADV = (
    r"(?: (?:now|just|already|also|gone ahead and|successfully|since|all|both|manually|personally|immediately"
    r"|been)){0,3}"
)

FAMILIES: Final[dict[str, str]] = {
    "cancel": r"cancel(?:l?ed|ling)|storniert|annul\w+|cancelad[oa]|cancelamos|annullat[oa]|geannuleerd"
    r"|cancelei|cancelou",
    "refund": r"refunded|reimbursed|credited|erstattet|gutgeschrieben|r[üu]ckerstattet|rembours[ée]\w*"
    r"|reembolsad[oa]|reembolsamos|rimborsat[oa]"
    r"|terugbetaald|reembolsei",
    "return": r"registered (?:the|your) return|returned|retourniert",
    "exchange": r"exchanged|replaced|swapped|umgetauscht|[ée]chang[ée]\w*|cambiad[oa]|sostituit[oa]|omgeruild"
    r"|trocad[oa]",
    "update": r"changed|updated|corrected|amended|modified|redirected|rerouted|ge[äa]ndert|modifi[ée]\w*|cambiado"
    r"|actualizad[oa]|modificat[oa]|gewijzigd|alterad[oa]|atualizad[oa]|alterei|atualizei",
    "order": r"ordered|placed|reserved|booked|scheduled|arranged|rescheduled|organi[sz]ed|bestellt|gebucht"
    r"|command[ée]\w*|r[ée]serv[ée]\w*|reservad[oa]|prenotat[oa]|besteld|geboekt|reservad[oa]",
    "issue": r"issued|upgraded|processed|initiated|triggered|approved|authori[sz]ed|granted|applied|added|activated"
    r"|submitted|filed|created|opened|registered|requested|waived|extended|removed|deleted|erased|blocked"
    r"|unblocked|unlocked|activated|reactivated|reversed|postponed|deferred"
    r"|paid|transferred|deducted",
    "send": r"sent|emailed|e-mailed|mailed|posted|dispatched|shipped|verschickt|versendet|geschickt|envoy[ée]\w*"
    r"|enviad[oa]|enviei|inviat[oa]|spedit[oa]|verzonden|gestuurd",
    "tell": r"informed|notified|contacted|escalated|forwarded|passed|alerted|told|asked|spoken|logged|reported"
    r"|weitergeleitet|informiert|transmis|inform[ée]|informad[oa]|informat[oa]|doorgestuurd|encaminhad[oa]",
}
"""Family to its participles. The name of a tool that did it has the family's stem, see :data:`STEMS`."""

STEMS: Final[dict[str, tuple[str, ...]]] = {
    "cancel": ("cancel",),
    "refund": ("refund", "return", "cancel", "credit"),
    "return": ("return",),
    "exchange": ("exchange", "replace", "swap"),
    "update": ("update", "change", "edit", "set", "address"),
    "order": ("order", "book", "reserve", "schedule"),
    "issue": (),
    "send": ("send", "mail", "return", "exchange"),
    "tell": ("ticket", "escalate", "notify"),
}
"""Family to parts of the names of tools; none: any writing tool."""

_ALL = "|".join(FAMILIES.values())
_HAVE_ICH = (
    r"\b(?:ich habe|wir haben|j'ai|je (?:vous|te|l'|les) ?ai|je l'ai|nous (?:vous |l'|les )?avons|he|hemos|ho"
    r"|abbiamo|ik heb|we hebben|wij hebben|eu"
    r"|j[áa])\b[^.;!?\n]{0,60}? "
)

_OTHER = (
    r"(?!(?:checked|looked|searched|noted|noticed|received|listed|tried|mentioned|explained|viewed|reviewed|compared"
    r"|located|verified|gathered|counted|calculated|summari[sz]ed|translated|learned|listened|needed|wanted|asked"
    r"|understood|misunderstood|confused|missed|overlooked|been|seen|given|taken|shown|written|known|spoken|forgotten"
    r"|chosen|answered|described|quoted|linked|included|attached|guessed|assumed|identified|opened|considered|worked"
    r"|discussed|named|displayed|used|limited|focused|covered|helped|pasted|highlighted)\b)"
    r"(?:\w{3,}ed|put|set|made|let|cut|bought|brought|built|paid|sold|shut|given up|thrown|frozen|withdrawn)"
)
"""What else somebody may claim to have done; not what is done by looking and speaking."""
CLAIM: Final = re.compile(
    rf"\b(?:i|we)(?:'ve| have| had)?{_ADV} (?P<active>{_ALL})\b"
    rf"|{_HAVE_ICH}(?P<foreign>{_ALL})\b"
    rf"|(?:\b(?:your|the (?:order|refund|return|address|discount|amount|cancellation|exchange|item"
    rf"|money|payment)|order|it|everything|all of it)|(?:^|[,;:] )(?:this|that))\b"
    rf"(?:(?! (?:be|not|if|when|once|after|until|unless|that"
    rf"|who)\b)[^.,;:!?\n]){{0,40}}?"
    rf" (?:has|have|was|were)(?: been)?{_ADV} (?P<passive>{_ALL})\b"
    rf"|\b(?:the|all|any) (?:[\w-]+ ){{0,2}}(?:fees?|charges?|costs?|balance|debt|payments?|points|voucher|gift card"
    rf"|replacement|claim|complaint|limit|warranty|subscription|appointment|technician|courier|entry|loan)"
    rf" (?:has|have|was|were)(?: been)?{_ADV} (?P<charge>{_ALL})\b"
    rf"|\b(?:wurden?|a [ée]t[ée]|ont [ée]t[ée]|ha sido|han sido|[èe] stat[oa]|foi"
    rf"|foram)(?: \w+){{0,2}} (?P<was>{_ALL})\b"
    rf"|\b(?P<past>cancelei|reembolsei|alterei|atualizei|enviei)\b"
    rf"|\bi(?:'ve| have){_ADV} (?P<other>{_OTHER})(?: (?:up|out|back|off|in))? (?:you|your|the|that|this|it|an?"
    rf"|all|them"
    rf"|everything|another)\b"
    rf"|\b(?:your|this) (?:order|refund|return|address|appointment|subscription"
    rf"|booking)(?: [\w<>#-]+)? is(?: now| already){_ADV} (?P<now>{_ALL})\b"
)
"""A claim; the group that matched is the participle."""

DONE: Final = re.compile(
    r"^\W*(?:(?:okay|ok|great|perfect|sure|alright|good news)[,!. ]+)?(?:(?:it's |it is |that's |that is "
    r"|all )?(?:all )?(?:done|sorted|taken care of|settled)\b(?! (?:by|via|in|with|at)\b)|all set\b"
    r"|consider it done)"
)
"""The whole answer says that it is done."""

__all__ = ["CLAIM", "DONE", "FAMILIES", "STEMS"]
