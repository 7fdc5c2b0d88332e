"""Microsoft Presidio (MIT): its pattern recognisers, and with a spaCy model its names too.

Source of the labels: presidio_analyzer/predefined_recognizers, 2.2.366.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from frontdesk.desk.scrubbing import OptionalDetector
from frontdesk.errors import ConfigurationError
from frontdesk.nodes.scrub.detection import Detector
from frontdesk.nodes.scrub.optional.adapter import Found, adapted, library, translation

NAME = "presidio"
_NATIONAL = """
AU_MEDICARE AU_TFN CA_SIN DE_ID_CARD DE_SOCIAL_SECURITY DE_TAX_ID ES_NIE ES_NIF FI_PERSONAL_IDENTITY_CODE IN_AADHAAR
IN_PAN IT_FISCAL_CODE IT_IDENTITY_CARD KR_RRN NG_NIN PL_PESEL SE_PERSONNUMMER SG_NRIC_FIN TH_TNIN TR_NATIONAL_ID UK_NHS
UK_NINO US_ITIN US_MBI US_SSN ZA_ID_NUMBER
"""
_PASSPORTS = "DE_PASSPORT ES_PASSPORT IN_PASSPORT IT_PASSPORT KR_PASSPORT UK_PASSPORT US_PASSPORT ZA_PASSPORT"
_LICENCES = (
    "DE_FUEHRERSCHEIN IT_DRIVER_LICENSE KR_DRIVER_LICENSE UK_DRIVING_LICENCE US_DRIVER_LICENSE ZA_DRIVER_LICENSE"
)
TABLE = {
    "PERSON": "NAME",
    "EMAIL_ADDRESS": "EMAIL",
    "PHONE_NUMBER": "PHONE",
    "CREDIT_CARD": "CARD",
    "IBAN_CODE": "IBAN",
    "IP_ADDRESS": "IP",
    "MAC_ADDRESS": "MAC",
    "CRYPTO": "SECRET",
    "US_BANK_NUMBER": "NUMBER",
    "MEDICAL_LICENSE": "NUMBER",
    **dict.fromkeys(_NATIONAL.split(), "NATIONAL_ID"),
    **dict.fromkeys(_PASSPORTS.split(), "PASSPORT"),
    **dict.fromkeys(_LICENCES.split(), "LICENCE"),
}
"""Towns (``LOCATION``), dates, web addresses and nationalities are left readable: routing and answers need them."""


def build(options: OptionalDetector, labels: Collection[str]) -> Detector:
    """Return Presidio as a detector.

    Args:
        options: Of the desk.
        labels: Our labels.

    Raises:
        ConfigurationError: Presidio or the model is not installed, or a label is none of ours.
    """
    library(NAME, "presidio_analyzer")
    table = translation(NAME, TABLE, options, labels)
    engine = _analyzer(options)
    wanted = [entity for entity in engine.get_supported_entities(options.language) if entity in table]
    if not wanted:
        raise ConfigurationError(f"scrub.detectors.{NAME}.language: Presidio knows nothing for {options.language!r}")

    def search(text: str) -> Iterator[Found]:
        found = engine.analyze(text, language=options.language, entities=wanted, score_threshold=options.threshold)
        return (Found(item.start, item.end, item.entity_type, item.score) for item in found)

    return adapted(NAME, search, table, options)


def _analyzer(options: OptionalDetector) -> Any:
    import tldextract  # noqa: PLC0415 - Presidio's own dependency
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry  # noqa: PLC0415 - only where the extra is
    from presidio_analyzer.nlp_engine import SpacyNlpEngine  # noqa: PLC0415 - as above

    # its e-mail recogniser would fetch the list of public suffixes from the net; the copy inside the package will do
    tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    nlp = SpacyNlpEngine(models=[{"lang_code": options.language, "model_name": options.model}])
    nlp.nlp = {options.language: _spacy(options)}
    registry = RecognizerRegistry(supported_languages=[options.language])
    log = logging.getLogger("presidio-analyzer")
    level = log.level
    log.setLevel(logging.ERROR)  # it warns of every recogniser of another language
    registry.load_predefined_recognizers(languages=[options.language], nlp_engine=nlp)
    log.setLevel(level)
    return AnalyzerEngine(registry=registry, nlp_engine=nlp, supported_languages=[options.language])


def _spacy(options: OptionalDetector) -> Any:
    import spacy  # noqa: PLC0415 - as above

    if not options.model:
        return spacy.blank(options.language)
    # Presidio's own loader would download a model that is missing
    if not Path(options.model).is_dir() and (not options.model.isidentifier() or find_spec(options.model) is None):
        raise ConfigurationError(
            f"scrub.detectors.{NAME}.model: no spaCy model of that name is installed, and it is no folder; "
            "install the model's package, or leave `model` out for the patterns alone"
        )
    return spacy.load(options.model)
