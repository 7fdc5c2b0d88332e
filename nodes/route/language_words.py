"""Words that customers of a shop or a bank use, by language: they tell short messages that have no function word."""

from __future__ import annotations

_WORDS = {
    "en": """
 order orders parcel package delivery deliver refund return cancel cancelled account password address invoice payment
 pay card help track tracking number customer service shop store item items broken damaged late lost exchange change
 thanks thank yes please hello opening hours stock price cost shipping money back wrong missing voucher warranty human
 agent person someone received arrive arrived buy bought size colour color want need still today tomorrow yesterday
 week when open show tell know find check first second one other another book sign log status product product's works
 """,
    "de": """
 bestellung bestellungen paket lieferung liefern erstattung rückerstattung rückgabe rücksendung zurückgeben zurück
 stornieren storno konto kennwort passwort adresse anschrift rechnung zahlung bezahlen karte hilfe sendung verfolgen
 sendungsverfolgung nummer kunde kundendienst kundenservice laden geschäft filiale artikel kaputt beschädigt verloren
 umtausch umtauschen ändern danke ja nein guten tag morgen heute gestern woche öffnungszeiten preis kosten kostet
 versand
 geld falsch fehlt gutschein garantie mensch mitarbeiter jemand erhalten angekommen kaufen gekauft größe farbe will
 brauche mehr offen zeigen finden erste zweite andere bestellnummer verspätet geöffnet gerne deutsch sprechen lampe
 teppich stuhl tisch sofa retoure widerruf lieferzeit lieferstatus bestellstatus stimmt abgeholt hab nix
 """,
    "fr": """
 commande commandes colis livraison livrer remboursement rembourser retour retourner renvoyer annuler annulation compte
 mot passe adresse facture paiement payer carte aide suivi suivre numéro client service magasin boutique article
 articles cassé abîmé retard perdu échange échanger changer merci oui non bonjour demain aujourd'hui hier semaine
 horaires ouverture prix coûte frais argent mauvais manque bon garantie humain conseiller quelqu'un reçu arrivé acheter
 acheté taille couleur veux besoin encore ouvert montrer trouver premier première deuxième lampe tapis chaise table
 canapé français parler commandé expédié modifier livré
 """,
    "es": """
 pedido pedidos paquete entrega entregar envío enviar reembolso devolución devolver cancelar anular cuenta contraseña
 dirección factura pago pagar tarjeta ayuda seguimiento seguir número cliente atención tienda artículo artículos roto
 dañado tarde perdido cambio cambiar gracias sí hola mañana ayer semana horario abierto precio cuesta gastos dinero
 equivocado falta cupón garantía persona humano agente alguien recibido llegado llega comprar comprado talla color
 quiero necesito todavía mostrar encontrar primero primera segundo segunda lámpara alfombra silla mesa español hablar
 dinero vuelta compra llegará abren
 """,
    "it": """
 ordine ordini pacco consegna consegnare spedizione spedire rimborso reso restituire restituzione annullare annulla
 account conto password indirizzo fattura pagamento pagare carta aiuto tracciare tracciamento numero cliente servizio
 negozio articolo articoli rotto danneggiato ritardo perso cambio cambiare grazie sì ciao domani oggi ieri settimana
 orari apertura aperto prezzo costa soldi sbagliato manca buono garanzia persona umano operatore qualcuno ricevuto
 arrivato arriva comprare comprato taglia colore bisogno ancora mostrare trovare primo prima secondo seconda lampada
 tappeto sedia tavolo divano italiano parlare ordinato indietro aprite
 """,
    "nl": """
 bestelling bestellingen pakket pakketje levering bezorging bezorgd bezorgen terugbetaling retour retourneren
 terugsturen annuleren annulering rekening wachtwoord adres factuur betaling betalen kaart hulp volgen nummer klant
 klantenservice winkel artikel artikelen kapot beschadigd laat kwijt ruilen omruilen wijzigen veranderen bedankt dank
 ja nee hallo morgen vandaag gisteren week openingstijden prijs kosten kost verzending geld verkeerd ontbreekt
 kortingscode garantie mens medewerker iemand ontvangen aangekomen kopen gekocht maat kleur nodig open tonen vinden
 eerste tweede andere lamp tapijt stoel tafel bank nederlands praten geleverd besteld
 """,
    "pt": """
 pedido pedidos encomenda encomendas pacote entrega entregar envio enviar reembolso devolução devolver cancelar conta
 senha morada endereço fatura pagamento pagar cartão ajuda rastrear rastreio número cliente atendimento loja artigo
 artigos produto partido quebrado danificado atrasado perdido troca trocar mudar alterar obrigado obrigada sim não olá
 amanhã hoje ontem semana horário aberto preço custa dinheiro errado falta vale garantia pessoa humano atendente alguém
 recebi chegou chega comprar comprei tamanho cor quero preciso ainda mostrar encontrar primeiro primeira segundo
 segunda candeeiro luminária tapete cadeira mesa sofá português falar volta
 """,
}

CUSTOMER_WORDS: dict[str, tuple[str, ...]] = {}
"""Lower-case word to the languages that have it."""
for _language, _words in _WORDS.items():
    for _word in dict.fromkeys(_words.split()):
        CUSTOMER_WORDS[_word] = (*CUSTOMER_WORDS.get(_word, ()), _language)
