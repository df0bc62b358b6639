"""Take out of a task text what tries to give orders to whoever labels it.

Task texts are data. The part of a text that addresses a model (commands, label names, roles of a
chat) is cut off before any provider sees it, so that it changes no label; what is left is labelled.
Patterns know the plain orders, word statistics (offline/orders.py) the polite and roundabout ones.
Does not belong here: redaction of people, which ingestion does.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from llm_enrichment.normalise import content_tokens, fold, readable
from llm_enrichment.offline.orders import order_chances

_SEGMENT = re.compile(r"[^.;:!?\n|()\[\]{}<>#*`/\\=]+(?:[.;:!?\n|()\[\]{}<>#*`/\\=]+|$)")
_JSON_KEY = re.compile(r"\"?\s*[{,\[]\s*\"\w+\"\s*:\s*\"?")
_PIECE = re.compile(r"(?:,|\s[-–—→>]+)\s*")
# Above which a part is an order; what commas part needs more, and a text of one part, of which
# nothing would be left;
# beside an order, less is enough, as little as leaves some work.
_ORDER_CHANCE, _PIECE_CHANCE, _WHOLE_CHANCE = 0.5, 0.7, 0.9
_COMPANION_CHANCES = (0.15, 0.25, 0.35, _ORDER_CHANCE)

# Folded. Each alternative is something that an employee does not write about their own work.
_ORDER = re.compile(
    r"""(?x)
    \b(?:ignore[sz]?|oublie[sz]?|disregard|forget|neglige[sz]?|overrid\w+|ne\ tiens\ pas\ compte|
        ne\ tenez\ pas\ compte)\b .{0,30}
        \b(?:instruction\w*|consigne\w*|prompt\w*|rules?|previous|above|prior|dessus|system\w*|
        rubri\w+|everything|tout\ ce)
    | \b(?:new|nouvelles?|prior|previous|system)\ (?:instructions?|consignes?|prompts?|orders?)\b
    | \bhuman[_\ -]value\b | \brule[_\ -]based\b | \brule[_\ -]share\b | \bis[_\ -]waiting\b
    | \bundetermined\b | \btagged[_\ ]by\b | \btask[_\ ]text\b
    | \b(?:nature|label|etiquette|classification|confidence|confiance)
        \ *(?:est|is|doit|must|should|egale?|equals?)\b
    | \b(?:classe[sz]?|classifie[sz]?|classify|etiquette[sz]?|label|tag|tague[sz]?|marque[sz]?|mark|
        rate|note[sz]|considere[sz]?|consider|treat|traite[sz]?)\ *
        (?:-?(?:moi|la|le|les)\ )?
        (?:this|that|me|moi|cette?|ceci|cela|ca|la\ tache|le\ texte|the\ (?:task|text|item))\b
    | \b(?:classe[sz]?|etiquette[sz]?|label|tag|marque[sz]?|mark|mets|mettez|put|set|
        choisis(?:sez)?|choose|pick|select|attribue[sz]?|assign)\b .{0,40}
        \b(?:etiquette|nature|valeur\ humaine|human|humaine?|rules?|mixed|mixte|
        confidence|confiance)\b
    | \b(?:reponds|repondez|respond|answer|reply)\ (?:uniquement|seulement|only|juste|simply|just|
        simplement|toujours|always|exactement|exactly|par|with|que|moi|yes|no|oui|non)\b
    | \b(?:reponds|repondez|respond|answer|reply|output|print|return|renvoie[sz]?|retourne[sz]?|
        affiche[sz]?|ecris|ecrivez)\ (?:uniquement|seulement|only|just|simplement|simply|
        the\ word|le\ mot|json|exactement|exactly)\b
    | \b(?:tu\ es|vous\ etes|you\ are)\b .{0,20} \b(?:ai|ia|assistant|modele|model|llm|chatgpt|gpt|
        bot|robot|classif\w+|now|desormais|maintenant|expert)\b
    | \b(?:joue\ le\ role|play\ the\ role)\b
    | \b(?:act\ as|agis\ comme|pretend|fais\ comme\ si)\b .{0,25}
        \b(?:ai|ia|assistant|model\w*|bot|robot|classif\w+|system\w*)\b
    | \b(?:as\ an?|en\ tant\ qu\W{0,2}e?)\ *(?:ia|ai|assistant|modele|model|language\ model|llm)\b
    | \b(?:reveal|revele[sz]?|repeat|repete[sz]?)\b.{0,25}\b(?:prompt|instructions?|consignes?)\b
    | \b(?:tu\ dois|vous\ devez|you\ must|you\ should|you\ have\ to|il\ faut\ que\ tu|merci\ de)\b
        .{0,30}\b(?:class\w*|label|etiquet\w*|tag|repond\w*|respond|answer|choisi\w*|choose|output)
    | \b(?:jailbreak|developer\ mode|mode\ developpeur|dan\ mode|begin\ system|end\ of\ prompt)\b
    | \b(?:bonne|seule|right|correct|only\ valid)\ (?:reponse|answer|label|etiquette)\ (?:est|is)\b
    | \b(?:to\ the|dear|hey|chere?|note\ (?:pour|to|for|au|a)(?:\ the|\ l[e']?)?)\W*
        (?:ai|ia|model|modele|llm|chatgpt|gpt|assistant|classif\w+|correcteur|annotat\w+|robot)\b
    | \b(?:ai|ia|modele|llm|machine|personne|whoever)\ (?:qui\ li(?:t|ra)|reading|reads)\b
    # Imperatives: at the start of a clause, where no "je" or "on" speaks of the work.
    | (?:^|,)\W*(?:do\ not|don'?t|never|n|ne)\W{1,2}(?:follow|apply|applique[sz]?|suis|suivez)\b
        .{0,12} \b(?:rubric|grille|rules?|regles?|consignes?|instructions?)\b
    | (?:^|,)\W*(?:always\ |just\ |simply\ |please\ |svp\ )?(?:say|dis|dites|choose|choisis\w*|
        call\ (?:it|this|that))\b .{0,25}
        \b(?:humaine?|human|mixed|mixte|creative|creati[fv]e?|jugement|judge?ment|rule[\ -]based)\b
    | (?:^|,)\W*(?:mets|mettez|give|donne[sz]?)\b .{0,25} \b(?:part|%|percent|share)\b
        .{0,12}\b(?:regles?|rules?)\b
    | \b(?:must|should|has\ to|doit|devra|devrait)\ (?:be\ |etre\ )
        (?:classifi\w+|classee?|label+ed|tagged|etiquet\w+)\ (?:as|comme|en|mixed|mixte|hum\w+)\b
    | \b(?:cette\ (?:ligne|tache|reponse)|this\ (?:line|task|answer))\ (?:est|is|releve)\b
        .{0,15}\b(?:valeur\ humaine|humaine?|human|mixte|mixed)\b
    | \bfrom\ now\ on\b .{0,30}\b(?:undetermined|mixed|human|rule)\b
    | \b(?:interdi\w+|forbidden|defense)\ (?:de|to)\ (?:class\w+|label|etiquet\w+|tag)\b
    | \b(?:reponse\ attendue|expected\ (?:answer|label))\b | \babstiens-toi\b
    | ^\W*(?:systeme|user|instructions?|prompt|admin|developer|override|answer)\ *:
    | \b(?:system|assistant)\ *:
    """
)
_EDGES = " .;:,-|/\\\"'()[]{}<>=*#`!→"
_SPELT_OUT = re.compile(r"\b(?:\w[-._ ]){3,}\w\b")
# Letters of other alphabets that pass for Latin ones.
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕАВЕКМНОРСТХοαΑΒΕΗΙΚΜΝΟΡΤΧ", "aeopcyxijsABEKMHOPCTXoaABEHIKMNOPTX"
)
_CHAT_MARKUP = re.compile(
    r"<\|[^|>]*\|?>|</?(?:system|user|assistant|instructions?|s)>|\[/?INST\]", re.IGNORECASE
)


@dataclass(frozen=True)
class SanitisedText:
    """A text without orders; `has_orders` says whether something was cut off."""

    text: str
    has_orders: bool


def holds_orders(text: str) -> bool:
    """Whether a plain order to a model stands in `text`, which need not be a task."""
    return bool(_ORDER.search(fold(text)) or _CHAT_MARKUP.search(text))


def sanitise(texts: Sequence[str | None]) -> list[SanitisedText]:
    """Return each text on one readable line, without the parts that address a model."""
    cut = [_segments(text) for text in texts]
    whole = [part for segments, _ in cut for s in segments for part in (s, _plain(s))]
    parts = sorted({part for text in whole for part in (text, *_pieces(text))})
    chances = dict(zip(parts, order_chances(parts).tolist(), strict=True))
    return [_without_orders(segments, has_markup, chances) for segments, has_markup in cut]


def _segments(text: str | None) -> tuple[list[str], bool]:
    lines = [readable(line) for line in (text or "").translate(_LOOKALIKES).splitlines()]
    bare = "\n".join(line for line in lines if line)
    bare = _SPELT_OUT.sub(lambda word: re.sub(r"[-._ ]", "", word.group()), bare)
    bare = _JSON_KEY.sub("\n", bare)
    marked = _CHAT_MARKUP.sub("\nsystem:\n", bare)
    return _SEGMENT.findall(marked), marked != bare


def _pieces(segment: str) -> list[str]:
    """Return the parts of a segment between its commas and dashes, each with what ends it."""
    ends = [match.end() for match in _PIECE.finditer(segment)]
    bounds = [0, *ends, len(segment)]
    return [segment[a:b] for a, b in pairwise(bounds) if a < b]


def _without_orders(
    segments: Sequence[str], has_markup: bool, chances: Mapping[str, float]
) -> SanitisedText:
    bar = _ORDER_CHANCE if len(segments) > 1 else _WHOLE_CHANCE
    kept = [_before_order(segment, bar, chances) for segment in segments]
    if not has_markup and kept == list(segments):
        return SanitisedText(_tidy(segments), False)
    for most in _COMPANION_CHANCES:
        if work := _first_run(segments, kept, most, chances):
            return SanitisedText(_tidy(work), True)
    return SanitisedText("", True)


def _first_run(
    segments: Sequence[str], kept: Sequence[str], most: float, chances: Mapping[str, float]
) -> list[str]:
    """Return the work that stands before the first order, else that between or after orders.

    What surrounds an order belongs to it, unless it reads as work.
    """
    run: list[str] = []
    work_end = 0  # one word after work calls for attention to the order that follows
    for segment, left in zip(segments, kept, strict=True):
        is_cut = left != segment
        is_broken_off = is_cut and not left.endswith(tuple(_PIECE.findall(segment)))
        if chances.get(left, 1.0) < most and not (is_broken_off and work_end):
            run.append(left)
            work_end = len(run) if len(content_tokens(left)) > 1 else work_end
        if is_cut and work_end:
            if not left and work_end > 1 and run[work_end - 1].rstrip().endswith((":", "=")):
                work_end -= 1  # what announces the order
            break
        if is_cut:
            run = []
    return run[:work_end]


def _before_order(segment: str, bar: float, chances: Mapping[str, float]) -> str:
    """Return what stands in `segment` before its first order; all of it where there is none."""
    if (plain := _plain(segment)) != segment:
        *work, last = _pieces(plain) or [""]
        starts_order = len(content_tokens(last)) < 2 or chances[last] >= _COMPANION_CHANCES[0]
        return "".join(work) if work and starts_order else plain
    if chances[segment] >= bar:
        pieces = _pieces(segment)
        start = next((n for n, piece in enumerate(pieces) if chances[piece] >= _ORDER_CHANCE), 0)
        return "".join(pieces[:start])
    pieces = _pieces(segment)
    for number, piece in enumerate(pieces[1:], start=1):
        if chances[piece] >= _PIECE_CHANCE and len(content_tokens(piece)) > 1:
            return "".join(pieces[:number])
    return segment


def _plain(segment: str) -> str:
    """Return what stands in `segment` before a plain order."""
    order = _ORDER.search(fold(segment))
    if order is None:
        return segment
    # Folding may lengthen a text: cut at the same place in the original.
    return segment[: max(0, order.start() - _growth(segment, order.start()))]


def _tidy(segments: Sequence[str]) -> str:
    return " ".join("".join(segments).split()).strip(_EDGES)


def _growth(segment: str, end: int) -> int:
    return sum(len(fold(c)) - 1 for c in segment[:end] if len(fold(c)) > 1)
