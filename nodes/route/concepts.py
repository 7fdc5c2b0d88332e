"""English words of everyday business that often stand for one another, so that a wording never seen is less foreign.

A plain list from general knowledge, taken from no data set. It widens the features and decides nothing: how much a
group says of an intent is learnt from the desk's utterances like every other term. Words of other languages pass
unchanged.
"""

from __future__ import annotations

import Stemmer

_GROUPS = """
buy purchase order | cancel annul revoke stop terminate abort undo | broken damaged faulty defective cracked smashed
| money cash fund | phone mobile cell telephone smartphone | change modify edit alter update switch adjust | wrong
incorrect mistake error inaccurate | fix repair mend resolve | lost lose missing misplaced disappeared vanished |
stolen theft steal robbed thief | refund reimburse reimbursement repay | price cost charge fee expensive rate
pricing | delivery shipping ship deliver shipment dispatch postage | arrive come receive get | parcel package item |
find locate search | show display list see view tell | need want wish like | help assist assistance support | begin
start commence initiate launch | end finish conclude complete | big large huge | small tiny little | quick fast
rapid soon quickly | slow late delayed delay pending waiting | talk speak chat conversation | ask question inquire |
client customer | employee worker staff | boss manager supervisor | job work occupation career employment | vacation
holiday leave pto | trip travel journey | car vehicle automobile auto | gas fuel petrol | food meal dish eat |
restaurant diner cafe eatery | film movie | song music track tune | picture photo image | house home apartment
residence | doctor physician | hospital clinic | shop store | hour time schedule | reserve book reservation booking
appointment | flight plane airplane airline | hotel motel lodging | baggage luggage suitcase | country nation abroad
international overseas foreign | currency exchange | convert conversion translate | pay payment paid | bill invoice
| salary wage income paycheck earnings | tax taxes | bank account | card credit debit | verify confirm check
validate | identity id identification | password passcode pin code | login signin | delete remove erase clear | add
include put insert | create make open setup | close shut deactivate | block freeze lock suspend | decline reject
refuse deny | allow permit let accept | able can could | limit maximum max cap | minimum least lowest | transfer
send wire move | withdraw withdrawal | deposit topup | fail unsuccessful failed | reason why | definition meaning
mean define | spell spelling | joke funny | hello hi hey greetings | bye goodbye farewell | thanks thank grateful
appreciate | yes yeah yep sure | no nope | weather forecast temperature | alarm wake | remind reminder | calendar
date day | distance far | direction route way | address location place | guarantee warranty | insurance insured
coverage | discount coupon voucher promo promotion | complain complaint unhappy | colour color | size measurement
dimension | available availability stock | clean wash | assemble assembly build | kind type sort | current present
now | recently lately last recent | history past previous | quantity amount number many much | physical actual real
| virtual online digital | person human agent representative | name called | expire expiration expired valid | age
old | language english | calorie nutrition healthy health | recipe cook | volume loud | repeat again | brochure
catalogue catalog leaflet | chair armchair stool seat | sofa couch settee | wardrobe closet | bed mattress | lamp
light bulb | table desk | mirror glass | stain spot mark | screw bolt part component piece | box carton packaging |
instruction manual guide | warehouse depot | courier carrier driver | receipt proof | business company firm | child
kid baby | teach learn course lesson | message text sms | internet wifi network connection | computer laptop pc |
crash hang | screen monitor | subscription membership plan | email mail | website site page | document file paper |
sign signature | rent lease | medicine drug pill | ticket pass
"""


def _by_stem() -> dict[str, str]:
    stemmer = Stemmer.Stemmer("english")
    concepts: dict[str, str] = {}
    for number, group in enumerate(_GROUPS.split("|")):
        for word in stemmer.stemWords(group.split()):
            concepts.setdefault(word, f"#{number}")
    groups = list(concepts.values())
    return {word: group for word, group in concepts.items() if groups.count(group) > 1}


WORDS = tuple(_GROUPS.replace("|", " ").split())
"""All words of the groups."""
CONCEPTS = _by_stem()
"""Stem to the name of its group; a word in several groups belongs to the first."""
