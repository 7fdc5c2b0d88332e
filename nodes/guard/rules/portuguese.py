"""Override, extraction, persona and steering in Portuguese, as the detector sees it: casefolded, without accents."""

from __future__ import annotations

from frontdesk.nodes.guard.rules.rule import MEDIUM, STRONG, family

_TOLD = r"(?:instrucoes|regras|ordens|diretrizes|comandos|prompts?|restricoes|orientacoes)"
_ABOUT = r"(?! (?:de entrega|para|sobre|ao entregador|de montagem|de lavagem|que (?:dei|deixei)) ?)"

RULES = family(
    "pt",
    [
        (
            "override",
            STRONG,
            "ignor esque desconsider",
            r"\b(?:ignor(?:e|a|ar)|esque(?:ca|ce|cer)(?:-se)?|desconsider(?:e|a|ar)) (?:(?:todas?|todos|as|"
            r"os|suas?|seus?|"
            rf"tuas?|teus?|de|das|dos) )+(?:\w+ )?{_TOLD}\b{_ABOUT}",
        ),
        (
            "before",
            STRONG,
            "esque ignor",
            r"\b(?:esque(?:ca|ce)|ignore) tudo (?:o que (?:foi|te|lhe|voce|veio)|acima)\b",
        ),
        (
            "unbound",
            MEDIUM,
            "siga obedeca",
            rf"\bnao (?:siga|obedeca|respeite) (?:mais )?(?:as|os) (?:suas |tuas )?{_TOLD}\b{_ABOUT}",
        ),
        (
            "extract",
            STRONG,
            "prompt instrucoes",
            r"\b(?:mostre|mostra|revele|revela|diga|diz|repita|imprima|escreva|quais sao|qual e|"
            r"exiba)\b[^.?!\n]{0,30}\b"
            r"(?:prompt d[oe] sistema|system prompt|instrucoes d[oe] sistema|(?:suas|tuas) instrucoes(?: "
            r"(?:iniciais|secretas|"
            r"originais|ocultas))?(?! (?:para|de|sobre)))",
        ),
        (
            "persona",
            MEDIUM,
            "finja finge aja age agora",
            r"\b(?:finj[ae] (?:que|ser)|finge (?:que|ser)|aja como (?:se|um|uma)|agora (?:voce e|tu es|es) "
            r"(?:um|uma|o|a|dan)|"
            r"a partir de agora voce e)\b",
        ),
        (
            "unruly",
            STRONG,
            "sem",
            r"\b(?:assistente|ia|bot|chatbot|modelo|responda) (?:\w+ ){0,2}sem (?:nenhuma? |quaisquer |qualquer )?"
            r"(?:regras?|restric(?:ao|oes)|limites|filtros?|censura)\b",
        ),
        (
            "secrets",
            MEDIUM,
            "senha chave",
            r"\b(?:me de|de-me|diga|mostre|revele|envie)(?:-me| me)? (?:a|as|sua|suas) (?:senhas? (?:de |"
            r"do )?(?:admin\w*|sistema|"
            r"root)|chaves? (?:de |da )?api|chaves? secretas?)\b",
        ),
        (
            "unconfirmed",
            MEDIUM,
            "sem",
            r"\b(?:reembols|cancel|aprov|apag|exclu|alter|transfir)\w*\b[^.?!\n]{0,60}\bsem (?:pedir |nenhuma )?"
            r"(?:confirmacao|verificacao)\b",
        ),
        (
            "others",
            MEDIUM,
            "clientes",
            r"\b(?:mostre|liste|envie|exiba|diga|de)(?:-me)?\b[^.?!\n]{0,35}\b(?:todos os|de outros|dos "
            r"outros|outros) (?:\w+ )?"
            r"clientes\b",
        ),
    ],
)

__all__ = ["RULES"]
