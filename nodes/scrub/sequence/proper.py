"""Proper names that are nobody's: countries, large towns, days and holidays, brands and carriers.

A modest list, written for this project: what customers of shops and banks mention. All in lower case.
"""

from __future__ import annotations

from collections.abc import Iterator

_COUNTRIES = """
afghanistan|albania|algeria|andorra|angola|argentina|armenia|australia|austria|azerbaijan|bahrain|bangladesh|belarus
|belgium|bolivia|bosnia|botswana|brazil|brunei|bulgaria|cambodia|cameroon|canada|chile|china|colombia|congo|costa rica
|croatia|cuba|cyprus|czechia|czech republic|denmark|ecuador|egypt|england|estonia|ethiopia|finland|france|germany|ghana
|great britain|greece|guatemala|honduras|hong kong|hungary|iceland|india|indonesia|iran|iraq|ireland|israel|italy
|jamaica|japan|kazakhstan|kenya|kosovo|kuwait|latvia|lebanon|libya|liechtenstein|lithuania|luxembourg|macao|malaysia
|malta|mauritius|mexico|moldova|monaco|mongolia|montenegro|morocco|mozambique|namibia|nepal|netherlands|holland
|new zealand|nicaragua|nigeria|north macedonia|northern ireland|norway|oman|pakistan|panama|paraguay|peru|philippines
|poland|portugal|puerto rico|qatar|romania|russia|rwanda|saudi arabia|scotland|senegal|serbia|singapore|slovakia
|slovenia|somalia|south africa|south korea|spain|sri lanka|sudan|sweden|switzerland|syria|taiwan|tanzania|thailand
|tunisia|turkey|uganda|ukraine|united arab emirates|united kingdom|united states|uruguay|uzbekistan|venezuela|vietnam
|wales|yemen|zambia|zimbabwe|uk|usa|us|uae|eu|europe|asia|africa|america
|deutschland|österreich|schweiz|frankreich|italien|spanien|belgien|niederlande|luxemburg|polen|tschechien|ungarn
|dänemark|schweden|norwegen|finnland|griechenland|türkei|großbritannien|irland|rumänien|bulgarien|kroatien|slowenien
|slowakei|russland|europa|brasilien|indien|kanada|japan
|allemagne|autriche|suisse|belgique|espagne|italie|angleterre|royaume-uni|écosse|irlande|pays-bas|luxembourg|pologne
|hongrie|danemark|suède|norvège|finlande|grèce|turquie|roumanie|croatie|maroc|tunisie|algérie|états-unis|chine|brésil
|alemania|bélgica|españa|francia|inglaterra|reino unido|irlanda|países bajos|holanda|luxemburgo|polonia|hungría
|dinamarca|suecia|noruega|finlandia|grecia|turquía|rumanía|croacia|suiza|marruecos|estados unidos|méxico|perú|brasil
|germania|belgio|spagna|inghilterra|regno unito|paesi bassi|olanda|lussemburgo|ungheria|danimarca|svezia|norvegia
|turchia|romania|croazia|svizzera|austria|marocco|stati uniti|cina|giappone
|duitsland|oostenrijk|zwitserland|frankrijk|spanje|italië|portugal|engeland|verenigd koninkrijk|schotland|ierland
|nederland|denemarken|zweden|noorwegen|griekenland|turkije|roemenië|kroatië|hongarije|tsjechië|belgië|marokko
|alemanha|áustria|bélgica|espanha|frança|inglaterra|reino unido|países baixos|polônia|polónia|hungria|dinamarca
|suécia|noruega|finlândia|grécia|turquia|romênia|croácia|suíça|itália|marrocos|japão|angola|moçambique
"""
_TOWNS = """
london|manchester|birmingham|leeds|liverpool|bristol|sheffield|edinburgh|glasgow|cardiff|belfast|dublin|cork|galway
|nottingham|leicester|newcastle|brighton|plymouth|southampton|portsmouth|oxford|cambridge|york|bath|reading|aberdeen
|new york|los angeles|chicago|houston|phoenix|philadelphia|san antonio|san diego|dallas|san jose|austin|san francisco
|seattle|denver|washington|boston|nashville|detroit|portland|las vegas|memphis|baltimore|milwaukee|albuquerque|tucson
|sacramento|atlanta|miami|minneapolis|oakland|tampa|new orleans|cleveland|honolulu|pittsburgh|cincinnati|orlando
|st louis|salt lake city|toronto|montreal|montréal|vancouver|ottawa|calgary|edmonton|winnipeg|quebec|québec|sydney
|melbourne|brisbane|perth|adelaide|canberra|auckland|wellington|christchurch
|berlin|hamburg|münchen|munich|köln|cologne|frankfurt|stuttgart|düsseldorf|leipzig|dortmund|essen|bremen|dresden
|hannover|nürnberg|duisburg|bochum|wuppertal|bielefeld|bonn|münster|mannheim|karlsruhe|augsburg|wiesbaden|kiel|aachen
|freiburg|mainz|rostock|kassel|potsdam|heidelberg|ulm|wien|vienna|graz|linz|salzburg|innsbruck|zürich|zurich|genf
|genève|geneva|basel|bern|lausanne|luzern|winterthur
|paris|marseille|lyon|toulouse|nice|nantes|montpellier|strasbourg|bordeaux|lille|rennes|reims|toulon|grenoble|dijon
|angers|nîmes|tours|orléans|rouen|caen|nancy|metz|brest|bruxelles|brussels|brussel|liège|luik|namur|anvers|antwerpen
|antwerp|gent|gand|brugge|bruges|leuven|charleroi
|madrid|barcelona|valencia|sevilla|seville|zaragoza|málaga|malaga|murcia|palma|bilbao|alicante|córdoba|valladolid|vigo
|gijón|granada|oviedo|pamplona|san sebastián|santander|salamanca|cádiz|toledo|buenos aires|bogotá|medellín|lima
|santiago
|ciudad de méxico|mexico city|guadalajara|monterrey|quito|caracas|montevideo
|roma|rome|milano|milan|napoli|naples|torino|turin|palermo|genova|genoa|bologna|firenze|florence|bari|catania|venezia
|venice|verona|messina|padova|trieste|brescia|parma|modena|perugia|livorno|cagliari|rimini|salerno|bergamo|pisa|siena
|amsterdam|rotterdam|den haag|the hague|utrecht|eindhoven|groningen|tilburg|almere|breda|nijmegen|arnhem|haarlem
|enschede|amersfoort|apeldoorn|maastricht|leiden|delft|zwolle|leeuwarden|den bosch
|lisboa|lisbon|porto|braga|coimbra|faro|setúbal|aveiro|évora|funchal|são paulo|rio de janeiro|brasília|salvador
|fortaleza|belo horizonte|curitiba|recife|porto alegre|manaus|belém|goiânia|campinas|florianópolis
|copenhagen|københavn|stockholm|gothenburg|malmö|oslo|bergen|helsinki|tallinn|riga|vilnius|warsaw|krakow|kraków|gdansk
|prague|brno|bratislava|budapest|bucharest|sofia|belgrade|zagreb|ljubljana|sarajevo|athens|thessaloniki|istanbul|ankara
|izmir|moscow|st petersburg|kyiv|kiev|odessa|minsk|cairo|casablanca|tunis|lagos|nairobi|johannesburg|cape town|dubai
|abu dhabi|doha|riyadh|tel aviv|jerusalem|beirut|mumbai|delhi|new delhi|bangalore|chennai|kolkata|hyderabad|karachi
|lahore|dhaka|bangkok|jakarta|manila|kuala lumpur|hanoi|tokyo|osaka|kyoto|seoul|beijing|shanghai|taipei
"""
_REGIONS = """
corse|corsica|korsika|córcega|la réunion|martinique|guadeloupe|bretagne|normandie|provence|alsace|sicilia|sardegna
|toscana
|lombardia|veneto|puglia|canarias|baleares|mallorca|ibiza|tenerife|andalucía|cataluña|galicia|madeira|açores|algarve
|sylt
|rügen|bayern|hessen|sachsen|tirol|texel|curaçao|aruba|limburg|zeeland|friesland|california|texas|florida|hawaii|alaska
"""
_DAYS = """
monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend
|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado
|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag
|segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira|segunda|terça|quarta|quinta|sexta
|january|february|march|july|september|october|november|december|januar|februar|märz|oktober|dezember|janvier
|février|avril|juillet|août|septembre|octobre|novembre|décembre|enero|febrero|marzo|junio|septiembre|octubre
|noviembre|diciembre|gennaio|febbraio|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|dicembre|januari|februari
|maart|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro
|easter|good friday|christmas|christmas eve|christmas day|xmas|boxing day|new year|new year's eve|new year's day
|labor day|labour day|memorial day|thanksgiving|halloween|black friday|cyber monday|independence day|veterans day
|presidents day|columbus day|martin luther king day|st patrick's day|st. patrick's day|valentine's day|valentines day
|mother's day|mothers day|father's day|fathers day|whit monday|ascension day|ramadan|eid|diwali|hanukkah|passover
|pentecost|carnival|victoria day|canada day|anzac day|bastille day|bank holiday|ostern|ostermontag|karfreitag|pfingsten
|weihnachten|heiligabend|neujahr|himmelfahrt|allerheiligen|pâques|toussaint|pentecôte|nouvel an|navidad
|semana santa|año nuevo|nochebuena|natale|pasqua|pasquetta|ferragosto|capodanno|epifania|kerst|pasen|pinksteren
|sinterklaas|koningsdag|hemelvaart|natal|páscoa|carnaval|ano novo
"""
_BRANDS = """
samsung|sony|apple|google|microsoft|amazon|amazon prime|amazon pay|apple pay|google pay|samsung pay|visa|mastercard
|maestro|american express|amex|discover|paypal|klarna|afterpay|stripe|revolut|monzo|starling|n26|wise|barclays|lloyds
|natwest|hsbc|santander|halifax|nationwide|citi|citibank|capital one|wells fargo|bank of america|chase|venmo|zelle
|cash app|western union|moneygram|sofort|giropay|bizum|ideal|bancontact|multibanco|pix|satispay|postepay|sparkasse
|deutsche bank|commerzbank|volksbank|ing|rabobank|abn amro|bnp paribas|société générale|crédit agricole
|la banque postale
|caixabank|bbva|sabadell|unicredit|intesa sanpaolo|nubank|itaú|bradesco|caixa
|philips|philips hue|hue|bosch|siemens|miele|dyson|aeg|whirlpool|electrolux|tefal|braun|krups|kenwood|delonghi|makita
|dewalt|black and decker|black & decker|kärcher|stihl|husqvarna|lego|playmobil|nintendo|playstation|xbox|iphone|ipad
|macbook|galaxy|android|windows|huawei|xiaomi|nokia|motorola|lg|panasonic|sharp|toshiba|lenovo|dell|asus|acer|hp|canon
|nikon|gopro|garmin|fitbit|alexa|siri|sonos|bose|logitech|netflix|spotify|disney|youtube|facebook|instagram|whatsapp
|twitter|tiktok|linkedin|uber|lyft|airbnb|booking.com|expedia|ryanair|easyjet|lufthansa|british airways|air france
|iberia|delta|emirates|nike|adidas|puma|zara|h&m|primark|uniqlo|levi's|ikea|wayfair|argos|john lewis|marks & spencer
|tesco|sainsbury's|asda|aldi|lidl|rewe|edeka|obi|hornbach|mediamarkt|saturn|otto|zalando|carrefour|leclerc|fnac|darty
|leroy merlin|conforama|el corte inglés|mercadona|esselunga|coop|albert heijn|hema|bol.com|walmart|target|costco|ebay
|etsy|best buy|home depot|macy's|starbucks|mcdonald's|subway|tesla|ford|bmw|audi|volkswagen|toyota|honda|renault
|peugeot|fiat|netgear|fritzbox|kindle|roomba|nespresso|tupperware|bluetooth|wifi|usb
"""
_CARRIERS = """
dhl|hermes|ups|fedex|dpd|gls|royal mail|evri|tnt|usps|postnl|yodel|parcelforce|australia post|canada post|purolator
|ontrac|aramex|deutsche post|la poste|colissimo|chronopost|mondial relay|correos|seur|mrw|nacex|poste italiane|brt
|bartolini|sda|bpost|ctt|an post|amazon logistics|postnord|bring|posti|swiss post|österreichische post
"""


_GIVEN = """
sofia|siena|sydney|florence|paris|austin|dallas|houston|phoenix|orlando|adelaide|nancy|valencia|santiago|salvador
|denver
|cleveland|milan|milano|asia|israel|india|kenya|france|roma|geneva|verona|wellington|memphis|wise|chase|otto|alexa
|siri|zara
|dell|ford|delta|bose|hema|braun|lloyds|starling|sharp|discover|discovery|bring|ideal
"""


def _listed(*texts: str) -> Iterator[str]:
    for text in texts:
        yield from (" ".join(name.split()) for name in text.replace("\n|", "|").split("|"))


PLACES = frozenset(_listed(_COUNTRIES, _TOWNS, _REGIONS))
"""Countries, large towns and some regions, in seven languages."""
DAYS = frozenset(_listed(_DAYS))
"""Weekdays, holidays, and the months that are no given names."""
BRANDS = frozenset(_listed(_BRANDS, _CARRIERS))
"""Brands of goods, shops, banks and means of payment; carriers."""
GREETINGS = frozenset(
    f"{first} {second}"
    for first in ("good", "happy", "merry")
    for second in ("morning", "afternoon", "evening", "day", "night")
)
"""Openings whose first word is a family's name, too."""
GIVEN = frozenset(_listed(_GIVEN))
"""Those of them that people are called too."""
