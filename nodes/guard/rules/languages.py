"""Override, extraction and persona in German, Dutch, Polish and Russian, and a few phrases in Chinese and Japanese.

Written as the detector sees text: casefolded, without diacritics (Cyrillic letters keep theirs).
"""

from __future__ import annotations

from frontdesk.nodes.guard.rules.rule import HINT, MEDIUM, STRONG, family

_DE = family(
    "de",
    [
        (
            "override",
            STRONG,
            "ignorier vergiss vergessen missacht",
            r"\b(?:ignoriere?n?|vergiss|vergessen|missachte?n?)(?: sie| du| bitte| nun| jetzt| doch| mal)* "
            r"(?:(?:alle|alles|deine|ihre|samtliche|die|den|das) )*(?:(?:vorherigen?|bisherigen?|"
            r"vorangehenden?|vorangegangenen?|"
            r"obigen?|fruheren?|vorigen?|urspr\w+) (?:\w+ )?(?:an\w*weisung\w*|befehl\w*|instruktion\w*|"
            r"regel\w*|aufgabe\w*|information\w*|"
            r"aufforderung\w*|auftrag\w*|prompts?|text\w*|angaben)|(?:davor|zuvor|vorher)\b|was (?:wir|du|"
            r"sie) (?:vorher|zuvor|bisher))",
        ),
        (
            "all",
            STRONG,
            "ignorier vergiss vergessen",
            r"\b(?:ignoriere?n?|vergiss|vergessen sie) (?:bitte )?(?:alle|deine|"
            r"samtliche)(?: \w+)? (?:anweisung|befehl|instruktion|regel|aufgabe)\w*",
        ),
        (
            "above",
            STRONG,
            "ignorier",
            r"\b(?:obigen?|vorherigen?|bisherigen?) (?:\w+ )?(?:ignorier|vergess|ausser acht)\w*|"
            r"\babweichend (?:zu|von) (?:den )?vorherigen\b",
        ),
        (
            "behind",
            STRONG,
            "hinter",
            r"\blass\w*(?: sie)? (?:\w+ ){0,2}(?:vorherig|bisherig)\w* \w+ hinter (?:sich|dir)\b",
        ),
        (
            "newtask",
            MEDIUM,
            "aufgabe",
            r"\b(?:neue[nr]?|weitere) aufgaben?\b[^.]{0,40}\b(?:folgen|zu|konzentrier\w*|lautet|ist)|"
            r"\bkonzentrier\w+ (?:dich|sie sich) (?:nun )?auf (?:die|deine|ihre) neue",
        ),
        (
            "extract",
            STRONG,
            "prompt anweisung instruktion",
            r"\b(?:zeig\w*|nenn\w*|verrat\w*|verrate|gib|wiederhol\w*|was sind|wie lauten|ausgeben|druck\w*|"
            r"schreib\w*)\b[^.?!\n]{0,30}\b(?:system-?prompt|prompt-?texte?|deine (?:\w+ )?(?:anweisungen|"
            r"instruktionen|prompts)|ihre? (?:urspr\w+|internen|geheimen) (?:anweisungen|instruktionen))",
        ),
        (
            "persona",
            MEDIUM,
            "tu als stell fungier rolle verhalt",
            r"\b(?:tu(?:e)? so,? als|stell dir vor,? du (?:bist|seist|warst)|(?:sie|"
            r"du) als [\w -]{3,60} (?:fungier|agier)|(?:handle|agiere|fungiere|verhalte dich) (?:\w+ )?(?:als|"
            r"wie) ein|(?:du bist|sie sind) (?:jetzt|nun|ab sofort) (?:ein|der|die|das|kein))",
        ),
    ],
)
_NL = family(
    "nl",
    [
        (
            "override",
            STRONG,
            "negeer vergeet",
            r"\b(?:negeer|vergeet) (?:(?:alle|al|je|jouw|uw|de|deze) )+(?:\w+ )?(?:instructies|regels|"
            r"opdrachten|aanwijzingen|richtlijnen|prompts?)",
        ),
        (
            "extract",
            STRONG,
            "prompt instructies",
            r"\b(?:toon|laat|geef|herhaal|wat zijn|vertel)\b[^.?!\n]{0,30}\b(?:systeemprompt|(?:je|jouw|"
            r"uw) (?:\w+ )?instructies(?! (?:voor|over|om)))",
        ),
        ("persona", MEDIUM, "doe alsof", r"\bdoe alsof je\b|\bje bent nu een\b"),
    ],
)
_PL = family(
    "pl",
    [
        (
            "override",
            STRONG,
            "zignoruj ignoruj zapomnij",
            r"\b(?:z?ignoruj|zapomnij(?: o)?) (?:\w+ ){0,2}(?:instrukcj\w+|polece\w+|zasad\w*|regul\w+)",
        ),
        (
            "extract",
            STRONG,
            "prompt instrukcj",
            r"\b(?:pokaz|ujawnij|powtorz|jakie sa)\b[^.?!\n]{0,20}\b(?:prompt systemowy|twoje instrukcje)",
        ),
    ],
)
_RU = family(
    "ru",
    [
        (
            "override",
            STRONG,
            "игнорир забуд",
            r"(?:про)?игнорируй(?:те)? (?:\w+ ){0,3}(?:инструкц|указан|правил|команд)\w*|"
            r"забудь(?:те)? (?:\w+ ){0,2}(?:инструкц|указан|правил|команд)\w*",
        ),
        (
            "extract",
            STRONG,
            "промпт инструкц",
            r"(?:покажи|раскрой|повтори|выведи|назови)(?:те)? (?:\w+ ){0,3}(?:системн\w+ промпт|"
            r"сво\w+ инструкц|системн\w+ инструкц)",
        ),
        (
            "persona",
            MEDIUM,
            "притвор представь",
            r"притворись,? (?:что ты|\w+)|теперь ты (?:не )?(?:хакер|бот|злой|dan)",
        ),
    ],
)
_OTHER = family(
    "other",
    [
        (
            "zh",
            STRONG,
            "忽略 无视 忘记 無視 忘記",
            r"(?:忽略|无视|忘记|無視|忘記)[^。,,]{0,8}(?:指令|指示|提示|规则|規則|说明)",
        ),
        (
            "zh_extract",
            STRONG,
            "系统提示 系統提示",
            r"(?:显示|告诉|输出|透露|重复|打印|顯示|輸出)[^。]{0,8}(?:系统提示|系統提示)",
        ),
        ("ja", STRONG, "指示 命令", r"(?:以前|前|これまで|上記|すべて)[^。]{0,8}(?:指示|命令)[^。]{0,4}(?:無視|忘れ)"),
        (
            "mixed",
            HINT,
            "prompt",
            r"\b(?:systemprompt|prompt systeme|prompt del sistema|prompt di sistema|prompt do sistema)\b",
        ),
    ],
)

RULES = (*_DE, *_NL, *_PL, *_RU, *_OTHER)

__all__ = ["RULES"]
