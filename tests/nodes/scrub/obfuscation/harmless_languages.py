"""Ordinary sentences in which nobody is named: in other languages, and of products, brands, towns and days.

None of them is worded like a training template (``frontdesk/training/templates``).
"""

from __future__ import annotations

_TEXTS = {
    "German": """
Der Karton war aufgerissen und die Folie fehlte.
Auf der Rückseite ist ein langer Kratzer zu sehen.
Unsere Nachbarin hat das Paket versehentlich angenommen.
Mir wurde ein falscher Betrag vom Girokonto abgezogen.
Beim Einloggen erscheint immer eine Fehlermeldung.
Wieso dauert die Rückzahlung so lange?
Seit Donnerstag kann ich mich nicht mehr anmelden.
Lässt sich das Bett auch ohne Werkzeug aufstellen?
Die Glühbirne flackert, sobald der Dimmer läuft.
Ihre Hotline legt nach fünf Minuten einfach auf.
Kommt der Monteur vormittags oder nachmittags?
Sind die Stoffmuster kostenlos?
Zwei Griffe und ein Scharnier waren nicht dabei.
Ich hätte lieber Nussbaum statt Kiefer.
Muss ich beim Empfang unterschreiben?
Darf mein Mann die Ware abholen?
Meine Mutter braucht einen höheren Sessel.
Warum steht in der App noch der alte Saldo?
Habe aus Versehen zwei Stück in den Warenkorb gelegt.
Liefern Sie auch auf Inseln wie Sylt oder Rügen?
Das Lager in Hamburg meldet sich nicht.
Zahlung per Klarna schlägt fehl
DHL behauptet, niemand war zu Hause
Gilt das Angebot bis Ostermontag?
Entspricht Größe M der Vierzig?
Vielen Dank, das hilft mir weiter!
Schönen Feierabend und bis bald
""",
    "French": """
Le carton était ouvert et il manquait le plastique.
On voit une longue rayure au dos du meuble.
Notre voisine a pris le colis par erreur.
On m'a prélevé une somme incorrecte ce matin.
Une erreur s'affiche dès que je valide.
Pourquoi le remboursement prend-il autant de temps ?
Depuis jeudi, impossible d'ouvrir l'application.
Faut-il des outils pour assembler le lit ?
L'ampoule clignote quand je baisse la lumière.
Votre standard raccroche au bout de cinq minutes.
Le technicien passe le matin ou l'après-midi ?
Les échantillons de tissu sont-ils gratuits ?
Deux poignées et une charnière étaient absentes.
Je préfère le noyer au sapin.
Dois-je signer à la réception ?
Mon mari peut-il venir chercher la marchandise ?
Ma mère cherche un siège plus haut.
Le solde affiché date de la semaine dernière.
J'ai mis deux exemplaires dans le panier par mégarde.
Expédiez-vous en Corse ou à La Réunion ?
L'entrepôt de Marseille ne répond pas.
Paiement par Klarna impossible
Chronopost dit que personne n'était là
L'offre est-elle valable jusqu'au lundi de Pâques ?
Super, merci, ça m'aide beaucoup !
Passez une excellente soirée
Et pour la facture, comment fait-on ?
""",
    "Spanish": """
La caja venía abierta y faltaba el plástico.
Se ve un arañazo largo en la parte de atrás.
La vecina recogió el paquete por error.
Me han descontado una cantidad incorrecta esta mañana.
Sale un mensaje de error al confirmar.
¿Por qué tarda tanto el reembolso?
Desde el jueves la aplicación no abre.
¿Hacen falta herramientas para armar la cama?
La bombilla parpadea cuando bajo la luz.
Su teléfono cuelga a los cinco minutos.
¿El técnico viene por la mañana o por la tarde?
¿Son gratis las muestras de tela?
Dos tiradores y una bisagra no venían.
Prefiero nogal antes que pino.
¿Tengo que firmar al recibirlo?
¿Puede mi marido pasar a buscarlo?
Mi madre necesita un asiento más alto.
El saldo que aparece es antiguo.
Puse dos unidades en la cesta sin querer.
¿Mandan cosas a Canarias o a Ceuta?
El almacén de Sevilla no contesta.
Pagar con Bizum da fallo
Correos dice que no había nadie
¿La oferta vale hasta Semana Santa?
Perfecto, gracias, me sirve mucho
Que tengan buena tarde
Entonces, ¿qué hago con la factura?
""",
    "Italian": """
La scatola era aperta e mancava la plastica.
Si vede un lungo graffio sul retro.
La vicina ha preso il pacco per sbaglio.
Stamattina mi hanno prelevato una somma errata.
Esce un errore appena confermo.
Perché il rimborso richiede così tanto?
Da giovedì l'applicazione non si apre.
Servono attrezzi per assemblare il letto?
La lampadina sfarfalla quando abbasso la luce.
Il vostro centralino riattacca dopo cinque minuti.
Il tecnico passa la mattina o il pomeriggio?
I campioni di stoffa sono gratuiti?
Due pomelli e una cerniera non c'erano.
Preferisco il noce al pino.
Devo firmare alla consegna?
Mio marito può venire a prenderlo?
Mia madre cerca una seduta più alta.
Il saldo che vedo è vecchio.
Ho messo due pezzi nel carrello per errore.
Inviate anche in Sardegna o in Sicilia?
Il deposito di Bologna non risponde.
Pagamento con Satispay fallito
Bartolini dice che non c'era nessuno
L'offerta vale fino a Pasquetta?
Perfetto, grazie, mi aiuta molto
Vi auguro una buona serata
Allora come faccio con la ricevuta?
""",
    "Dutch": """
De doos was open en het plastic ontbrak.
Op de achterkant zit een lange kras.
Onze buurvrouw nam het pakje per ongeluk aan.
Vanmorgen is er een verkeerd bedrag afgeboekt.
Zodra ik bevestig, verschijnt er een foutmelding.
Waarom duurt het terugstorten zo lang?
Sinds donderdag gaat de app niet meer open.
Is er gereedschap nodig om het bed op te bouwen?
Het lampje knippert als ik dim.
Jullie telefoonlijn hangt na vijf minuten op.
Komt de monteur 's ochtends of 's middags?
Zijn de stofstalen gratis?
Twee handgrepen en een scharnier zaten er niet bij.
Liever notenhout dan grenen.
Moet ik tekenen bij ontvangst?
Mag mijn man het komen halen?
Mijn moeder zoekt een hogere zetel.
Het saldo dat ik zie is oud.
Per ongeluk twee stuks in het mandje gelegd.
Sturen jullie ook naar Texel of Curaçao?
Het depot in Rotterdam reageert niet.
Betalen met Bancontact mislukt
PostNL zegt dat er niemand thuis was
Geldt de aanbieding tot tweede paasdag?
Top, bedankt, daar kan ik mee verder
Prettige avond gewenst
En hoe zit het dan met de bon?
""",
    "Portuguese": """
A caixa vinha aberta e faltava o plástico.
Vê-se um risco comprido na parte de trás.
A vizinha ficou com o embrulho por engano.
Hoje de manhã debitaram um montante errado.
Aparece um erro assim que confirmo.
Por que o reembolso demora tanto?
Desde quinta a aplicação não abre.
São precisas ferramentas para armar a cama?
A luz pisca quando diminuo a intensidade.
A linha de apoio desliga ao fim de cinco minutos.
O técnico vem de manhã ou de tarde?
As amostras de tecido são grátis?
Dois puxadores e uma dobradiça não vinham.
Prefiro nogueira a pinho.
Tenho de assinar na receção?
Meu marido pode passar para buscar?
Minha mãe precisa de um assento mais alto.
O saldo que aparece é antigo.
Pus duas unidades no carrinho sem querer.
Mandam coisas para os Açores ou para a Madeira?
O depósito de Braga não responde.
Pagar com Multibanco dá falha
Os CTT dizem que não estava ninguém
A promoção vale até à Páscoa?
Perfeito, obrigada, ajuda bastante
Tenham uma ótima noite
Então como faço com o recibo?
""",
    "goods and places": """
Could the Ember floor lamp be posted to Belgium
Has the Meadow runner been restocked yet
One Oak sideboard turned up with a dent
are Philips Hue starter kits in the sale
would Klarna work for the Willow headboard
The Bosch kettle I got last month leaks already
is the Chase sapphire card free abroad
Any Cyber Monday price for the Aurora daybed?
a Samsung fridge was delivered instead of the LG
Will the Berlin outlet be closed on Whit Monday
Could I swap the Linden desk for a Heather one
Apparently Hermes dropped it over the fence
DPD keeps rescheduling
Monzo shows it as pending, Revolut does not
Do Amazon Prime members get free returns
The Jasper mirror came cracked
Which of your Robin bookcases is tallest
the olive green Hazel throw is gone from the site
Can the Florence wardrobe be mounted on a wall
We picked the Stanley tool chest up in Leeds
Where do I find the manual of the Oscar recliner
your Manchester warehouse still has three left
Shall I wait for Boxing Day or buy now
the week before Easter would suit us
Parcel has been sitting in Rotterdam since Tuesday
Is VAT included when shipping to Norway
A Dyson filter doesn't fit the old model
Returned it through Evri ten days ago
Was debited twice at Tesco in Cardiff
The Victoria bench is lower than the Austin bench
Atlas shelves and Nova hooks, do they match
Harbour blue or Sage green for the Iris sofa
Apple Pay declined at a Shell garage in Lyon
Thanksgiving delivery slots, anything left
Can a Logan stool hold 120 kg
""",
}

OTHERS = {kind: text.strip().splitlines() for kind, text in _TEXTS.items()}
"""Kind to sentences."""
