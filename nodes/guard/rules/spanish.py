"""Override, extraction, persona and steering in Spanish, as the detector sees it: casefolded, without accents."""

from __future__ import annotations

from frontdesk.nodes.guard.rules.rule import MEDIUM, STRONG, family

_TOLD = r"(?:instruccion(?:es)?|indicaciones|reglas|ordenes|directrices|prompts?|restricciones|normas)"
_ABOUT = r"(?! (?:de entrega|de envio|para|sobre|al repartidor|de lavado|de montaje|que (?:di|deje|le di)) ?)"

RULES = family(
    "es",
    [
        (
            "override",
            STRONG,
            "ignor olvid omiso",
            r"\b(?:ignor(?:a|e|ar|en)|olvid(?:a|e|ar|ate|ese)(?: de)?|(?:haz|haga) caso omiso (?:de|a)) "
            r"(?:(?:todas?|todos|"
            rf"tus|sus|las|los|de) )+(?:\w+ )?{_TOLD}\b{_ABOUT}",
        ),
        (
            "before",
            STRONG,
            "olvid ignor",
            r"\b(?:olvid|ignor)(?:a|e|ar) todo (?:lo (?:anterior|que (?:te|le|sabes|sabe))|lo de arriba)\b",
        ),
        (
            "unbound",
            MEDIUM,
            "sigas siga obedezcas respetes",
            rf"\bno (?:sigas|siga|obedezcas|respetes|respete) (?:mas )?(?:las|tus|sus) {_TOLD}\b{_ABOUT}",
        ),
        (
            "extract",
            STRONG,
            "prompt instruccion",
            r"\b(?:muestra|muestrame|muestreme|revela|revele|dime|digame|dame|repite|repita|imprime|"
            r"escribe|cuales son|"
            r"cual es|ensename)\b[^.?!\n]{0,30}\b(?:prompt del sistema|system prompt|instrucciones del "
            r"sistema|(?:tus|"
            r"sus) instrucciones(?: (?:iniciales|secretas|originales|internas|ocultas))?(?! (?:para|de|sobre)))",
        ),
        (
            "persona",
            MEDIUM,
            "finge finja actua ahora",
            r"\b(?:finge (?:que|ser)|finja (?:que|ser)|actua como (?:si|un|una)|ahora eres (?:un|una|el|la|dan)|"
            r"eres ahora (?:un|una)|a partir de ahora eres)\b",
        ),
        (
            "unruly",
            STRONG,
            "sin",
            r"\b(?:asistente|ia|bot|chatbot|modelo|responde|contesta) (?:\w+ ){0,2}sin (?:ningun[ao]? |ninguna |"
            r"ningun tipo de )?(?:reglas?|restriccion(?:es)?|limites|filtros?|censura|normas)\b",
        ),
        (
            "secrets",
            MEDIUM,
            "contrasena clave",
            r"\b(?:dame|dime|muestrame|revela|enviame) (?:la|las|tu|tus|el) (?:contrasenas? (?:de(?:l)? "
            r")?(?:admin\w*|sistema|"
            r"la base|root)|claves? (?:de )?api|claves? secretas?)\b",
        ),
        (
            "unconfirmed",
            MEDIUM,
            "sin",
            r"\b(?:reembolsa|cancela|aprueba|borra|elimina|cambia|transfiere)\w*\b[^.?!\n]{0,60}\bsin "
            r"(?:pedir |pedirme |"
            r"ninguna )?(?:confirmacion|verificacion)\b",
        ),
        (
            "others",
            MEDIUM,
            "clientes",
            r"\b(?:muestra|muestrame|dame|lista|envia|enviame)\b[^.?!\n]{0,35}\b(?:todos los|de otros|los "
            r"demas|otros) "
            r"(?:\w+ )?clientes\b",
        ),
    ],
)

__all__ = ["RULES"]
