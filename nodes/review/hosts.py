"""Which links a reply may hold, and what looks like a host: names, numbers, tricks with dots and slashes.

Hosts are compared as they are written: no folding, no decoding, no prefix or suffix match.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from frontdesk.graph.placeholders import PLACEHOLDER

_ALLOWED = re.compile(
    r"https://([a-z0-9.-]+)(?::443)?((?:/[a-z0-9._~!$&'()*+,;=@%-]*)*)(\?[^\s\\<>#]*)?(#[a-z0-9_-]{0,40})?",
    re.IGNORECASE,
)
_PATH = re.compile(r"//|%2f|%5c|%3a|%40|%2e%2e|\.\.|[a-z0-9+/=_%-]{41,}", re.IGNORECASE)
_QUERY = re.compile(r"\?[a-z_]{1,20}=[a-z0-9._+-]{0,24}(?:&[a-z_]{1,20}=[a-z0-9._+-]{0,24}){0,3}", re.IGNORECASE)
_DOTTED = re.compile(r"=[^&]*\.[a-z]{2}", re.IGNORECASE)

_WORDS = (
    "academy|accountants?|actor|adult|apartments|army|associates|attorney|auction|audio|autos?|baby|band|bargains|"
    "beauty|beer|berlin|bike|bingo|bio|black|blue|boats|boo|boutique|builders|business|cab|cafe|cam|camera|camp|"
    "capital|cards|care|careers|cars|casa|casino|catering|ceo|charity|cheap|church|city|claims|cleaning|clinic|"
    "clothing|codes|coffee|community|computer|condos|construction|consulting|contact|contractors|cooking|cool|"
    "country|coupons|courses|credit|creditcard|cricket|cruises|dad|dance|date|dating|day|deals|degree|delivery|"
    "democrat|dental|dentist|diamonds|diet|direct|directory|discount|diy|doctor|dog|domains|earth|education|energy|"
    "engineer|engineering|enterprises|equipment|estate|events|exchange|expert|exposed|express|fail|faith|family|"
    "fans?|farm|fashion|film|financial|fish|fishing|fit|fitness|flights|florist|flowers|football|forex|forsale|"
    "forum|foundation|fund|furniture|futbol|fyi|gallery|garden|gifts?|gives|glass|gmbh|gold|golf|gratis|gripe|"
    "guide|guitars|guru|hair|hamburg|haus|health|healthcare|help|hiphop|hockey|holdings|holiday|homes|horse|"
    "hospital|hosting|hotel|house|how|immo|immobilien|industries|ink|institute|insure|international|investments|"
    "jetzt|jewelry|juegos|kaufen|kim|kitchen|koeln|land|lat|law|lawyer|lease|legal|lgbt|lighting|limited|limo|"
    "loans|locker|london|lotto|love|ltda|luxury|maison|makeup|management|market|marketing|mba|meme|memorial|men|"
    "menu|miami|moda|mom|mortgage|motorcycles|movie|new|ngo|nyc|okinawa|ong|onl|ooo|organic|paris|partners|parts|"
    "party|pet|phd|photo|photography|photos|pics|pictures|pink|pizza|place|plumbing|plus|poker|porn|productions|"
    "prof|promo|properties|property|protection|pub|racing|realestate|realty|recipes|red|rehab|reise|reisen|rent|"
    "rentals|repair|report|republican|restaurant|reviews?|rich|rip|rodeo|rsvp|ruhr|run|sale|salon|sarl|school|"
    "schule|science|sex|sexy|shoes|shopping|show|singles|ski|skin|soccer|software|solar|soy|spa|srl|storage|stream|"
    "study|style|sucks|supplies|supply|surf|surgery|tattoo|tax|taxi|technology|tennis|theater|theatre|tickets|"
    "tienda|tips|tires|tokyo|tools|tours|town|toys|trade|trading|training|university|vacations|vegas|ventures|"
    "versicherung|vet|viajes|video|villas|vin|vision|vodka|vote|voto|voyage|wang|watch|webcam|wedding|wien|wine|"
    "works|wtf|yachts|yoga|zuerich"
)
"""Endings that are words: not where one begins a sentence after a missing blank, "the sofa.Delivery is free"."""
TOPS = (
    # generic
    "com|net|org|edu|gov|mil|int|info|biz|name|pro|aero|coop|museum|jobs|mobi|travel|tel|cat|asia|post|xxx|"
    "app|dev|page|web|site|online|store|shop|cloud|click|live|link|club|top|xyz|icu|vip|win|bid|loan|work|world|today|space|"
    "website|tech|host|press|fun|life|digital|agency|email|network|systems|solutions|services|support|media|news|blog|wiki|"
    "zone|company|center|studio|design|art|games|social|chat|download|security|finance|bank|money|cash|group|team|rocks|ninja|"
    "zip|mov|foo|nexus|bar|cyou|sbs|monster|quest|rest|buzz|best|gay|lol|moe|cfd|bond|ltd|llc|inc|"
    # countries
    "ac|ad|ae|af|ag|ai|al|am|ao|aq|ar|at|au|aw|ax|az|ba|bb|bd|be|bf|bg|bh|bi|bj|bm|bn|bo|br|bs|bt|bw|by|bz|ca|cc|cd|cf|cg|ch|"
    "ci|ck|cl|cm|cn|co|cr|cu|cv|cw|cx|cy|cz|de|dj|dk|dm|do|dz|ec|ee|eg|er|es|et|eu|fi|fj|fk|fm|fo|fr|ga|gd|ge|gf|gg|gh|gi|gl|"
    "gm|gn|gp|gq|gr|gs|gt|gu|gw|gy|hk|hm|hn|hr|ht|hu|id|ie|il|im|in|io|iq|ir|is|it|je|jm|jo|jp|ke|kg|kh|ki|km|kn|kp|kr|kw|ky|"
    "kz|la|lb|lc|li|lk|lr|ls|lt|lu|lv|ly|ma|mc|md|me|mg|mh|mk|ml|mm|mn|mo|mp|mq|mr|ms|mt|mu|mv|mw|mx|my|mz|na|nc|ne|nf|ng|ni|"
    "nl|no|np|nr|nu|nz|om|pa|pe|pf|pg|ph|pk|pl|pm|pn|pr|ps|pt|pw|py|qa|re|ro|rs|ru|rw|sa|sb|sc|sd|se|sg|sh|si|sk|sl|sm|sn|so|"
    "sr|ss|st|su|sv|sx|sy|sz|tc|td|tf|tg|th|tj|tk|tl|tm|tn|to|tr|tt|tv|tw|tz|ua|ug|uk|us|uy|uz|va|vc|ve|vg|vi|vn|vu|wf|ws|ye|"
    "yt|za|zm|zw|рф|укр|бел|срб|ελ|中国|公司|网络|在线|한국|"
    # reserved, and names inside a network
    "example|test|invalid|localhost|local|internal|intranet|lan|home|corp|onion|eth|dnslog|xn--[a-z0-9-]+"
)
"""Endings of host names, as a pattern."""

_REST = r"(?:[^\s<>\"'`()\[\]{}|]|<[A-Z][A-Z0-9_]*>)*"
_DOT = r"(?:[.。．｡․‧]|\s?\[\s?\.\s?\]|\s?\(\s?\.\s?\)|\s?\[dot\]\s?|\s?\(dot\)\s?|\s?\{dot\}\s?|\\\.)"
_OCTET = r"(?:0x[0-9a-f]{1,2}|25[0-5]|2[0-4]\d|[01]?\d?\d)"
_LABEL = r"[\w-]{1,63}"
_FILES = "pdf|png|jpe?g|gif|heic|webp|svg|txt|csv|docx?|xlsx?|pptx?|odt|zip|mp[34]|json|xml|html?|js|ts|py"
_WIDELY = "com|net|org|io|ru|cn|xyz|info|biz|top|de|fr|es|co|app|dev|site|example"

SCHEMED = re.compile(
    r"(?:[a-z0-9+.-]{0,40}?(?::|&colon;|%3a|：)(?:[/\\]|%2f|%5c|&sol;|／|⁄|∕){2,}"
    r"|\b(?:h(?:tt|xx)ps?|ftps?|wss?|gopher|ldap|javascript|vbscript|livescript|mailto|sms|smsto|blob|intent|about|chrome|"
    r"whatsapp|skype|facetime|ms-[a-z]+|view-source|jar|callto|sip|geo|magnet|data(?=:[a-z]*[/;,]))(?::|&colon;|%3a)(?=[^\s])"
    r"|\b(?:tel|file)(?::|&colon;|%3a)(?=[+/\\\d*#])"
    r"|(?:(?<![\w:/\\])|(?<=[\w:][/\\]))[/\\]{2,}+(?=[\w%-]+[.:@/]|\[|%)|(?<![\w:])[／⁄∕]{2}(?=\w))"
    r"(?:\[[0-9a-f:.%]*\])?" + _REST,
    re.IGNORECASE,
)
"""A URL: any scheme before two slashes, a known one before a colon, or two slashes alone."""
BARE = re.compile(
    rf"(?<![\w@.\-/])(?:{_LABEL}{_DOT}){{1,12}}(?:{TOPS}|(?!(?-i:[A-Z][a-z]))(?:{_WORDS}))(?![\w@-])(?:[:/?#\\]{_REST})?"
    rf"|(?<![\w@.\-/])www\d?{_DOT}(?:{_LABEL}{_DOT}){{0,8}}{_LABEL}{_REST}"
    rf"|(?<![\w@.\-/])(?:[a-z0-9-]{{1,63}}\.){{1,8}}(?!(?:{_FILES})/)[a-z]{{2,24}}"
    rf"(?::\d{{2,5}}|[/?#](?=\S{{0,200}}[=%?&])|/(?=[\w~])){_REST}"
    rf"|(?<![\w.\-/])(?:{_OCTET}\.){{3}}{_OCTET}(?![\w.]\d|\w)(?::\d+)?(?:[/?#]{_REST})?"
    rf"|(?<![\w.\-/])0x[0-9a-f]{{8}}(?=[/:?#\s]|$){_REST}"
    r"|(?<![\w:])\[[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}\]" + _REST,
    re.IGNORECASE,
)
"""A host without a scheme: a name with a known ending, a port or a path, ``www.``, an IPv4, IPv6 or hex address."""
SPOKEN = re.compile(
    rf"\b{_LABEL}(?:\s(?:dot|punkt|point|punto)\s{_LABEL}){{0,4}}\s(?:dot|punkt|point|punto)\s"
    rf"(?:{_WIDELY})\b(?:\s(?:slash|/)\s?\S+)?"
    rf"|\b(?:{_LABEL}\s\.\s?){{1,5}}(?:{_WIDELY})\b(?:\s?(?:slash|/)\s?\S+)?",
    re.IGNORECASE,
)
"""A host in words, or pulled apart: ``evil dot com slash x``, ``evil . com / x``."""
MAIL = re.compile(
    rf"(?<![\w.+%-])[\w.+%!#$&'*=?^`{{|}}~-]{{1,64}}@((?:{_LABEL}\.){{1,8}}[\w-]{{2,24}})(?:\?\S*)?", re.I
)
"""An e-mail address; its host as group 1."""
MIXED = re.compile(r"(?<![\w@.\-/])(?:[\w-]{1,63}\.){1,8}[\w-]{2,24}(?![\w@-])")
"""Anything dotted: looked at for labels that mix alphabets."""
VERSION = re.compile(r"(?:version|firmware|release|software|update|ver\.?|v)\s*$", re.IGNORECASE)
_FILE = re.compile(r"[\w-]+\.(?:zip|mov|md|py|sh|pl|rs|ps|ai|so|bar|cat)", re.IGNORECASE)
_LATIN, _OTHER = re.compile(r"[a-z]", re.IGNORECASE), re.compile(r"[\u0370-\u03ff\u0400-\u052f\u0530-\u058f]")


def allowed(url: str, hosts: Collection[str]) -> bool:
    """Whether ``url`` is https, to exactly one of ``hosts`` (lower case), on its usual port, without user or value.

    A path that could hold another URL or a piece of data, and a query beyond a few short plain values, are refused
    too: an open redirect or a log on the desk's own host is a way out.
    """
    match = _ALLOWED.fullmatch(url)
    if match is None or match[1].lower() not in hosts or PLACEHOLDER.search(url):
        return False
    path, query = match[2] or "", match[3] or ""
    if _PATH.search(path) or len(path) > 120:
        return False
    return not query or (_QUERY.fullmatch(query) is not None and not _DOTTED.search(query))


def is_file(text: str) -> bool:
    """Whether a bare name is rather a file's: ``photos.zip`` and not ``a.b.zip`` or ``photos.zip/x``."""
    return _FILE.fullmatch(text) is not None


def mixes(text: str) -> bool:
    """Whether one label has letters of two alphabets that look alike: a forged host."""
    return any(_LATIN.search(label) and _OTHER.search(label) for label in text.split("."))


def mail_hosts(hosts: Collection[str]) -> frozenset[str]:
    """Return the hosts of addresses that a reply may name: the desk's, without ``www.``."""
    return frozenset({*hosts, *(host.removeprefix("www.") for host in hosts)})


__all__ = ["BARE", "MAIL", "MIXED", "SCHEMED", "SPOKEN", "VERSION", "allowed", "is_file", "mail_hosts", "mixes"]
