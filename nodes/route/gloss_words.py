"""Words of a shop's or a bank's customers with an English word for each; general knowledge, taken from no data set."""

from __future__ import annotations

_TABLES = {
    "de": """
 bestellung order bestellungen orders bestellt ordered paket parcel sendung parcel lieferung delivery liefern deliver
 geliefert delivered versand shipping versandkosten delivery_cost lieferzeit delivery_time
 lieferadresse delivery_address adresse address anschrift address rechnung invoice zahlung payment bezahlen pay
 zahlen pay ratenzahlung instalments karte card konto account passwort password kennwort password erstattung refund
 rückerstattung refund geld money zurück back rückgabe return zurückgeben return zurückschicken return
 zurücksenden return retoure return stornieren cancel storniere cancel stornierung cancel abbestellen cancel
 umtauschen exchange umtausch exchange tauschen exchange ändern change gutschein voucher geschenkkarte gift_card
 geschenkkarten gift_cards garantie warranty kaputt broken defekt broken beschädigt damaged zerbrochen broken
 fehlt missing fehlen missing falsch wrong falschen wrong artikel item teil part teile parts geschäft shop laden shop
 filiale shop filialen shops öffnungszeiten opening_hours geöffnet open offen open öffnet open schließt close
 wann when wo where wohin where bleibt is warum why wie how was what wer who welche which viel much viele many
 lange long kostet cost kosten cost preis price punkte points habe have ich i mein my meine my meinen my meinem my
 meiner my ist is kann can möchte want will want brauche need etwas something jemand somebody jemandem somebody
 mensch person menschen person mitarbeiter person mitarbeiterin person person person sprechen talk reden talk
 hilfe help hallo hello guten good tag hello danke thanks vielen many tschüss goodbye schön nice und and oder or
 aber but nicht not der the die the das the den the dem the ein a eine a einen a von from für for mit with
 bitte please kommt come an here sie you es it lampe lamp teppich rug sofa sofa stuhl chair tisch table bett bed
 möbel furniture alte old alten old mitnehmen take_away ausland abroad größe size farbe colour heute today
 sonntag sunday sonntags sunday samstag saturday samstags saturday express express daten data löschen delete
 verfügbar in_stock in in hat has
 """,
    "fr": """
 commande order commandes orders commandé ordered colis parcel livraison delivery livrer deliver livrez deliver
 livré delivered expédition shipping frais cost adresse address facture invoice paiement payment payer pay carte card
 compte account passe password remboursement refund rembourser refund remboursé refund argent money retour return
 retourner return renvoyer return rendre return annuler cancel annulation cancel annulez cancel échanger exchange
 échange exchange changer change modifier change bon voucher cadeau gift cadeaux gift garantie warranty cassé broken
 cassée broken abîmé damaged défectueux faulty manque missing mauvais wrong article item articles items pièce part
 magasin shop boutique shop horaires opening_hours ouvert open ouverte open ouvre open ouvrez open ferme close
 quand when où where pourquoi why comment how quel what quelle what quels what qui who combien how_much coûte cost
 coûtent cost prix price points points ai have j'ai i_have je i mon my ma my mes my est is puis can peux can
 voudrais want veux want souhaite want besoin need quelque some chose thing quelqu'un somebody personne person
 conseiller person humain person parler talk aide help bonjour hello salut hello merci thanks revoir goodbye et and
 ou or mais but pas not le the la the les the un a une a de of du of des of à to pour for avec with s'il please
 vous you arrive arrive lampe lamp tapis rug canapé sofa chaise chair table table lit bed meubles furniture
 étranger abroad taille size couleur colour dimanche sunday samedi saturday express express données data
 supprimer delete stock stock
 """,
    "es": """
 pedido order pedidos orders pedí ordered paquete parcel envío delivery entrega delivery enviar send entregar deliver
 entregado delivered gastos cost dirección address factura invoice pago payment pagar pay tarjeta card cuenta account
 contraseña password reembolso refund reembolsar refund dinero money devolución return devolver return cancelar cancel
 anular cancel cambiar change cambio exchange vale voucher regalo gift garantía warranty roto broken rota broken
 dañado damaged defectuoso faulty falta missing equivocado wrong artículo item artículos items producto item
 pieza part tienda shop horario opening_hours abierto open abierta open abren open cierran close cuándo when
 cuando when dónde where donde where por_qué why cómo how qué what cuál which quién who cuánto how_much cuesta cost
 cuestan cost precio price cuántos how_many cuántas how_many puntos points tengo do_i_have tienen do_you_have mi my
 mis my está is es is puedo can quiero want quisiera want necesito need algo something alguien somebody persona person
 agente person humano person hablar talk ayuda help hola hello gracias thanks adiós goodbye y and o or pero but no not
 el the la the los the las the un a una a de of para for con with favor please llega arrive llegar arrive lámpara lamp
 alfombra rug sofá sofa silla chair mesa table cama bed muebles furniture extranjero abroad talla size color colour
 domingo sunday sábado saturday urgente express datos data borrar delete
 """,
    "it": """
 ordine order ordini orders pacco parcel consegna delivery spedizione shipping indirizzo address fattura invoice
 pagamento payment pagare pay carta card rimborso refund soldi money reso return restituire return annullare cancel
 cambiare change cambio exchange buono voucher regalo gift garanzia warranty rotto broken danneggiato damaged
 manca missing sbagliato wrong articolo item negozio shop orari opening_hours aperto open aprite open quando when
 dov'è where_is dove where come how quanto how_much costa cost prezzo price punti points ho i_have mio my mia my è is
 posso can vorrei want voglio want qualcosa something persona person operatore person parlare talk aiuto help
 ciao hello grazie thanks arrivederci goodbye e and lampada lamp tappeto rug divano sofa sedia chair arriva arrive
 il the la the lo the un a una a di of
 """,
    "nl": """
 bestelling order bestellingen orders pakket parcel levering delivery bezorging delivery verzendkosten delivery_cost
 adres address factuur invoice betaling payment betalen pay kaart card terugbetaling refund geld money retour return
 terugsturen return annuleren cancel ruilen exchange omruilen exchange wijzigen change bon voucher cadeaubon gift_card
 garantie warranty kapot broken beschadigd damaged ontbreekt missing verkeerd wrong artikel item winkel shop
 openingstijden opening_hours open open wanneer when waar where hoe how hoeveel how_much kost cost kosten cost
 prijs price punten points heb have ik i mijn my is is kan can wil want graag like iets something iemand somebody
 mens person medewerker person spreken talk praten talk hulp help hallo hello bedankt thanks dank thanks doei goodbye
 en and lamp lamp tapijt rug bank sofa stoel chair komt come de the het the een a van of
 """,
    "pt": """
 pedido order pedidos orders encomenda order encomendas orders pacote parcel entrega delivery envio shipping
 morada address endereço address fatura invoice pagamento payment pagar pay cartão card reembolso refund
 dinheiro money devolução return devolver return cancelar cancel trocar exchange troca exchange alterar change
 mudar change vale voucher garantia warranty partido broken quebrado broken danificado damaged falta missing
 errado wrong artigo item produto item loja shop horário opening_hours aberto open aberta open abre open quando when
 onde where como how quanto how_much custa cost preço price quantos how_many pontos points tenho do_i_have meu my
 minha my é is está is posso can quero want queria want preciso need algo something alguém somebody pessoa person
 falar talk ajuda help olá hello obrigado thanks obrigada thanks adeus goodbye e and candeeiro lamp tapete rug
 cadeira chair mesa table chega arrive o the a the um a uma a de of
 """,
}

GLOSSES: dict[str, dict[str, str]] = {}
"""By language, a lower-case word to its English."""
for _language, _words in _TABLES.items():
    _pairs = _words.split()
    GLOSSES[_language] = {
        word: english.replace("_", " ") for word, english in zip(_pairs[::2], _pairs[1::2], strict=True)
    }
