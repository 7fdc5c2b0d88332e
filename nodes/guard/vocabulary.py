"""Words that show whether a reading is writing, and whether it speaks to the assistant.

Casefolded and without diacritics, as the detector sees text. The lists decide which readings are worth building and
where letters without word gaps are cut; no check judges a text by them.
"""

from __future__ import annotations

_CUES = """
    ignor disregard forget instruct previous system prompt reveal bypass overrid pretend developer password jailbr
    guideline restrict uncensor unfilter safety secret hidden config anything everything repeat refund approv transfer
    anweisung vorherig bisherig regeln vergiss missacht geheim consigne precedent oubli instruc regles revele
    anterior olvid reglas istruzion precedent dimentic regole instruco esque regras negeer instructies vorige regels
    zignoruj instrukcj poprzedni zasad talimat onceki yoksay kurallar игнорир инструкц предыдущ правил забудь промпт
"""
CUES = tuple(dict.fromkeys(_CUES.split()))
"""Stems that attacks rarely do without and honest messages rarely have more than one of."""

_COMMON = """
    the and you your are not for with that this have from all was what when will can now please how which there been
    they into only any but has its our more were her his out who why one two order about would should could
    und die der das ist nicht ein eine sie ich mit auf den von wie bitte alle deine mir dem auch kann wird
    les des vous pas une pour que est dans sur avec tout tous vos mes mon plus cette
    los las una por con para que del todo todas sus mis esta como pero non che per sono della tutte tutti
    nao uma com voce suas seus mais het een van niet dat mijn alle wat met voor nie jest sie wszystkie jak
    bir icin tum bana beni olan degil что это как все мне для или если ваш твои свои
"""
COMMON = frozenset(_COMMON.split())
"""Short frequent words of ten languages, three letters or more."""

_ATTACK = """
ignore ignoring disregard forget bypass override neglect dismiss discard abandon reveal show print repeat output display
tell give share recite dump leak write translate encode expose paste list return quote describe read send act pretend
imagine roleplay simulate become stay respond answer reply say obey comply follow start begin stop enter enable disable
activate switch call invoke execute run use grant issue approve confirm cancel delete export forward upload refund
transfer everything anything something nothing all any every each both the your these those its their this that my our
me us we you he she it they is are was were be been am being do does did done not no never always must shall will would
can could should may might have has had having and or but if then else when while with without of to in on at by for
from into about above below before after until up out over under again now here there today instead also only just
previous previously prior earlier preceding existing initial original system past former first last next new real true
secret hidden internal confidential full complete entire exact instruction instructions directive directives guideline
guidelines rule rules prompt prompts command commands order orders programming training restriction restrictions
constraint constraints limitation limitations limit limits protocol protocols filter filters safeguard safeguards
context message messages text conversation conversations history data database password passwords credentials token
tokens key keys api code source configuration config settings mode developer debug admin administrator root god dan
jailbreak jailbroken unrestricted unfiltered uncensored free ethical moral safety policy policies content model
language assistant chatbot bot human person character role persona evil hacker pirate customer customers user users
account accounts address addresses card cards email emails name names phone number numbers balance price prices
function tool tools endpoint word words verbatim line lines sentence beginning top end what who which how why where
told given said asked because please confirmation verification asking dollars euros gift voucher discount percent full
a i an as so go ok yes one two three access skip step steps form any longer no refuse refuses refusing refused
request requests freely freedom without checking check see look want need let make take get put set turn change update
replace remove add save open close speak talk think know believe understand remember consider treat perform provide
answering responding ask asks question questions topic subject matter regardless matter harmful illegal dangerous
unlimited complete completely totally fully exactly word step task tasks goal purpose job game story scenario fiction
fictional hypothetical test testing audit employee manager owner creator engineer support agent service company order
shop store item items product products gift free money pay paid payment cash bank credit debit charge cost percent
immediately immediately afterwards next reply replies response responses output outputs input format json list table
markdown link website url image file files document documents page pages email mail send sent sending copy everything
ignoriere ignorieren vergiss vergessen missachte alle alles deine deinen ihre vorherigen vorherige bisherigen obigen
anweisung anweisungen regeln befehle zeige zeig nenne verrate mir den dein die das und du bist jetzt ein eine
systemprompt geheimen ohne einschrankungen gib aus wiederhole
ignorez oublie oubliez toutes tous les tes vos instructions consignes precedentes regles montre affiche revele ton
votre systeme et maintenant sans tu es un une le la
ignora olvida todas las tus sus instrucciones anteriores reglas muestra muestrame revela dime el del sistema ahora eres
sin restricciones y
dimentica tutte istruzioni precedenti regole mostrami rivela dimmi di sei ora senza e
esqueca suas instrucoes regras mostre revele do sistema agora voce
negeer vergeet jouw vorige eerdere instructies regels toon geef je bent nu
zignoruj zapomnij wszystkie poprzednie instrukcje zasady pokaz ujawnij teraz jestes
tum onceki talimatlari yoksay unut kurallari goster sistem istemini simdi sen
игнорируй забудь все предыдущие инструкции правила покажи раскрой свой системный промпт теперь ты и
"""
WORDS = frozenset(_ATTACK.split()) | COMMON
"""What attacks are made of: letters without gaps are cut into these, mangled words are read as these."""

_TELLING = frozenset(word for word in WORDS if len(word) >= 3)
_LONGEST = max(map(len, WORDS))
RUN = 600
"""Letters of one run that are cut into words."""


def cues(text: str) -> int:
    """Return how many different cues stand in casefolded ``text``."""
    return sum(cue in text for cue in CUES)


def known(text: str, enough: int = 3) -> bool:
    """Whether ``text`` has at least ``enough`` different known words of three letters or more."""
    return len(_TELLING.intersection(text.split())) >= enough


def legible(text: str) -> bool:
    """Whether a casefolded reading is writing that may matter: a cue, or different known words.

    Three of them, and in a long text one for forty words: a few appear by chance, as "saw" does backwards.
    """
    return any(cue in text for cue in CUES) or known(text, max(3, text.count(" ") // 40))


def segmented(letters: str) -> str:
    """Return ``letters``, a run without gaps, cut into known words; what is unknown stays in one piece.

    Dynamic programming over word ends: a letter outside every known word costs 3, a word costs 1, so that long words
    win over short ones. At most :data:`RUN` letters are cut; work is proportional to length times longest word.
    """
    run = letters[:RUN]
    costs, cuts = [0], [0]
    for end in range(1, len(run) + 1):
        best, cut = costs[end - 1] + 3, end - 1
        for start in range(max(0, end - _LONGEST), end):
            if costs[start] + 1 < best and run[start:end] in WORDS:
                best, cut = costs[start] + 1, start
        costs.append(best)
        cuts.append(cut)
    return _spelt(run, cuts) + letters[RUN:]


def _spelt(run: str, cuts: list[int]) -> str:
    pieces: list[str] = []
    end, loose = len(run), ""
    while end:
        piece = run[cuts[end] : end]
        if piece in WORDS:
            pieces += [loose, piece] if loose else [piece]
            loose = ""
        else:
            loose = piece + loose
        end = cuts[end]
    return " ".join(reversed([*pieces, loose] if loose else pieces))


__all__ = ["COMMON", "CUES", "RUN", "WORDS", "cues", "known", "legible", "segmented"]
