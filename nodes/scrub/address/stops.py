"""Ordinary words that end an address, whether they begin with a capital or not."""

from __future__ import annotations

_WORDS = """
a aber abito about above across actually after again ago ai al all alla alle already als also although always among
anche any anyone anything anyway aquí are around as asap ask así attn au auch auf aus aussi available avec avez away
back be because been before being believe below ben beside best between bij bin bis bitte bonjour both bring buenas
buongiorno but by c'est call called can can't cannot ce ces cette che cheers ci ciao com come coming comme como con
contact correct cosa could couldn't cual cuando dal dalla danke dann dans das dass dat date dear dein deine deliver
delivered delivery desde deze did didn't die dir dit do doch does doesn't don't donc donde dove down du during e-mail
each ed een ein eine einen einer either ela ele ella elle ellos else email en error es est estoy está et eu even ever
every everything fax few find fino first for found from fue further für geen gegen geht get gets getting give gli go
goes going gone got graag gracias grazie grüße ha habe haben had hallo happened has hasn't hasta hat have haven't
having hay he heb heeft hello help her here hey hi hier hij him his ho hoe hola how however http https i i'd i'll i'm
i've ich if ihr ihre ik il ils immediately instead into io is isn't ist isto it it's its j'ai j'habite ja je jetzt jij
jusqu'à just kan kann keep kein kind kindly know können las last lately later least left less let lieferung like live
lived lives living lo long look loro los ma maar made mais make many may maybe me meanwhile mein meine merci mes meu
mi mia mich might mij mijn mine minha mio mir mis mit mobile mon more morning moro most move moved much must muy my
más naar nach ne need needs nein neither nella never next nice nicht niet night no noch nog non none nor nos nosotros
not nothing notre nous now nun nur não o ob obrigada obrigado oder ok okay on once onde one only ons onze ook or other
ou our ours out over own où par para parcel pas pelo per perché perhaps pero phone piace più please pls poi por porque
possible pour pourquoi price probably pues quando que quel quelle quem questo qui quiero quite rather re really
receive received regards remain returned sa said saludos same sans say schon se see seen sehr sei sein seit sem send
sending sent ser ses seu shall she ship shipped shipping should show si sie sin since sincerely sind so sobre soll
some someone something son sono sont soon sorry soy still stop su sua subject such suis suo sure sus sí take también
tel tengo thank thanks that that's the their them then there there's these they they're thing things think this those
though through till time today together tomorrow tonight too took total tout toward tra tried très tu tutto two um un
una under une unless uns unser until up update urgent us use used usted vers very vielen vivo von voor vor vorrei vos
votre vous waar wait wann want wants warum was wasn't wat way we we're web website wegen well wenn went wer werden
were weren't what what's whatever when where where's whether which while who whom whose why wie wil will wir wird wish
with within without wo wohne wohnt won't woon worden work works would wouldn't wrong www ya yes yesterday yet yo you
you're your yours zijn zu être über
"""

STOP = frozenset(_WORDS.split())
"""In small letters."""
