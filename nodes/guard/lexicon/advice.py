"""Advice that a desk does not give: medical, legal and on investments. One pattern or more per language."""

from __future__ import annotations

ROWS: dict[str, tuple[str, ...]] = {
    "medical": (
        r"\b(?:what|which|how (?:much|many)|can i take|should i take|is it safe to take|mix|"
        r"combine)\b.{0,40}\b(?:ibuprofen|paracetamol|aspirin|antibiotics?|painkillers?|medicine|medication|"
        r"antidepressants?|insulin|xanax|dose|dosage)\b",
        r"\b(?:symptoms? of|side effects? of|diagnose (?:me|my|this)|treatment for|cure for|home remed(?:y|ies)|am "
        r"i (?:pregnant|depressed|having a heart attack)|do i have (?:cancer|diabetes|covid|adhd|the flu|a "
        r"concussion))\b",
        r"\b(?:i have|i've got|my (?:child|son|daughter|baby) has)\b.{0,25}\b(?:fever|rash|chest pains?|a lump|a "
        r"headache|diarrh?oea)\b.{0,60}\b(?:what (?:should|can|could)|should i|is it|do i)\b|\bwhat (?:should|can) "
        r"i (?:do|take) (?:about|for|against) (?:a |my )?(?:fever|rash|chest pain|headache|migraine|high blood "
        r"pressure|sore throat)\b",
        r"\b(?:wie viel|wie viele|welche[sn]?|darf ich|kann ich)\b.{0,40}\b(?:ibuprofen|paracetamol|aspirin|"
        r"antibiotik\w+|medikamente?|schmerzmittel|tabletten)\b|\b(?:symptome (?:von|einer|eines)|nebenwirkungen "
        r"von)\b|\bwas hilft gegen (?:fieber|kopfschmerzen|husten|ausschlag|bluthochdruck)",
        r"\b(?:combien|quel\w*|puis-je|peut-on)\b.{0,40}\b(?:ibuprofene|paracetamol|doliprane|aspirine|"
        r"antibiotiques?|medicaments?)\b|\b(?:symptomes (?:de|du|d')|effets secondaires d)|\bque (?:faire|prendre) "
        r"(?:contre|pour) (?:la |une |le )?(?:fievre|toux|mal de)",
        r"\b(?:cuant[oa]s?|que|puedo)\b.{0,30}\b(?:ibuprofeno|paracetamol|aspirina|antibioticos?|medicamentos?|"
        r"pastillas)\b|\b(?:sintomas de|efectos secundarios de)\b|\bque (?:tomo|puedo tomar|hago) (?:para|contra) "
        r"(?:la |el )?(?:fiebre|dolor|tos)",
        r"\b(?:quant[oaie]|quale|posso)\b.{0,30}\b(?:ibuprofene|paracetamolo|tachipirina|aspirina|antibiotic[io]|"
        r"medicin[ae]|farmac[oi])\b|\b(?:sintomi d|effetti collaterali d)|\bcosa (?:prendo|posso prendere) (?:per|"
        r"contro) (?:la |il )?(?:febbre|mal di|tosse)",
        r"\b(?:quant[oa]s?|qual|posso)\b.{0,30}\b(?:ibuprofeno|paracetamol|dipirona|aspirina|antibioticos?|"
        r"remedios?|comprimidos)\b|\b(?:sintomas d[aeo]|efeitos colaterais)\b|\bo que (?:tomar|posso tomar|fazer) "
        r"(?:para|contra) (?:a |o )?(?:febre|dor|tosse)",
        r"\b(?:hoeveel|welke|mag ik|kan ik)\b.{0,30}\b(?:ibuprofen|paracetamol|aspirine|antibiotica|medicijn(?:en)?|"
        r"pijnstillers?)\b|\b(?:symptomen van|bijwerkingen van)\b|\bwat (?:helpt|kan ik doen) tegen (?:koorts|"
        r"hoofdpijn|hoest)",
    ),
    "legal": (
        r"\b(?:can|could|should|how (?:do|can|would)) i sue (?!you\b)|\b(?:give me|need|want|some|for) legal "
        r"advice\b|\bhow (?:do|can|to) (?:i )?(?:file (?:for divorce|a lawsuit|for bankruptcy)|get a divorce|write "
        r"a will|contest a will|evict|get custody|appeal a (?:fine|ticket))",
        r"\bis it (?:il)?legal (?:to|for|if)\b|\b(?:draft|write|draw up) (?:me )?(?:a|an|my) (?:\w+ )?(?:contract|"
        r"will|lease|nda|lawsuit|legal letter)\b|\b(?:my landlord|my employer|my ex)\b.{0,60}\b(?:sue|evict|legally|"
        r"custody|court|my rights)\b",
        r"\b(?:kann|soll|konnte) ich (?:\w+ ){1,4}verklagen\b|\b(?:rechtsberatung|rechtliche beratung)\b|\bwie "
        r"(?:reiche ich (?:die )?scheidung|schreibe ich (?:ein )?testament|bekomme ich das sorgerecht)|\bist es "
        r"(?:legal|illegal|strafbar|erlaubt),? .{0,40}(?:zu|wenn)\b",
        r"\b(?:conseils?|avis) juridiques?\b|\bcomment (?:divorcer|demander le divorce|rediger (?:un|mon) testament|"
        r"attaquer .{1,30} en justice)|\best-(?:ce|il) (?:que c'est )?(?:legal|illegal) d",
        r"\b(?:asesor(?:ia|amiento)|consejo) (?:legal|juridico)\b|\b(?:puedo|como) demand(?:ar|o) a mi|\bcomo (?:me "
        r"divorcio|pido el divorcio|hago un testamento)|\bes (?:legal|ilegal) (?:que|si|\w+r\b)",
        r"\b(?:consulenza|consiglio|parere) legale\b|\b(?:posso|come) (?:denuncio|denunciare|fare causa a)\b|\bcome "
        r"(?:chiedo il divorzio|divorziare|scrivo un testamento)|\be (?:legale|illegale) \w+re\b",
        r"\b(?:conselho|assessoria|orientacao|aconselhamento) (?:legal|juridic[oa])\b|\b(?:posso|como) processar "
        r"(?:o |a )?meu|\bcomo (?:peco|pedir) (?:o )?divorcio|\be (?:legal|ilegal) \w+r\b",
        r"\bjuridisch advies\b|\b(?:kan|moet) ik (?:mijn )?(?:\w+ ){1,3}aanklagen\b|\bhoe (?:vraag ik (?:een "
        r")?(?:echt)?scheiding|schrijf ik een testament)|\bis het (?:legaal|illegaal|strafbaar) om\b",
    ),
    "investment": (
        r"\b(?:should|shall|can|could) i (?:buy|sell|hold|invest|put)\b.{0,40}\b(?:stocks?(?! of)|shares|bitcoin|"
        r"crypto\w*|ethereum|etfs?|bonds|forex|dogecoin|tesla|nvidia|index funds?|my savings)\b|\b(?:which|what|"
        r"best) (?:\w+ )?(?:stocks|shares|crypto\w*|coins?|etfs?|funds|investments?) (?:should|to|will|would|are|"
        r"right now|for 20)",
        r"\b(?:bitcoin|crypto|ethereum|stock market|tesla (?:stock|shares)|nvidia)\b.{0,40}\b(?:price|predict\w*|"
        r"forecast|crash|rise|worth|moon|go up)\b|\b(?:price|forecast) (?:of|for) (?:bitcoin|ethereum|gold per)|"
        r"\bhow (?:do|can|should) i (?:invest|trade|get rich)\b|\binvestment advice\b",
        r"\b(?:soll|sollte|kann) ich (?:jetzt )?(?:in )?(?:\w+ )?(?:aktien|bitcoin|krypto\w*|etfs?|anleihen)\b|"
        r"\bwelche (?:aktien?|etfs?|kryptowahrung\w*)\b|\b(?:bitcoin|aktien)kurs\b|\bwie (?:lege|investiere) ich "
        r"(?:mein )?geld\b",
        r"\b(?:dois-je|devrais-je|faut-il|puis-je) (?:acheter|vendre|investir|placer)\b.{0,30}\b(?:actions|"
        r"bitcoins?|crypto\w*|etf|bourse)\b|\bquelles? (?:actions?|cryptos?\w*) acheter\b|\bcours du bitcoin\b|"
        r"\bcomment (?:investir|placer mon argent)",
        r"\b(?:debo|deberia|puedo|conviene) (?:comprar|vender|invertir)\b.{0,30}\b(?:acciones|bitcoins?|cripto\w*|"
        r"etf|bolsa)\b|\ben que (?:acciones|criptomonedas|fondos) (?:invierto|invertir)|\b(?:precio|cotizacion) "
        r"del? bitcoin\b|\bcomo invertir\b",
        r"\b(?:devo|dovrei|posso|conviene) (?:comprare|vendere|investire)\b.{0,30}\b(?:azioni|bitcoin|cripto\w*|etf|"
        r"borsa)\b|\bquali (?:azioni|criptovalute)\b|\b(?:prezzo|quotazione) del? bitcoin\b|\bcome (?:investire|"
        r"investo)\b",
        r"\b(?:devo|deveria|posso|vale a pena) (?:comprar|vender|investir)\b.{0,30}\b(?:acoes|bitcoins?|cripto\w*|"
        r"etf|bolsa)\b|\bquais (?:acoes|criptomoedas)\b|\b(?:preco|cotacao) do bitcoin\b|\bcomo investir\b",
        r"\b(?:moet|zal|kan) ik (?:nu )?(?:in )?(?:\w+ )?(?:aandelen|bitcoins?|crypto\w*|etf'?s)\b|\bwelke "
        r"(?:aandelen|crypto\w*|etf'?s)\b|\bbitcoin ?koers\b|\bhoe (?:beleg|investeer) ik\b",
    ),
}
"""Patterns by topic, for casefolded text without diacritics; en first, then de, fr, es, it, pt, nl."""

__all__ = ["ROWS"]
