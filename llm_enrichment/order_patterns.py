"""The plain orders to a labeller, known by their words, and the markup of chats.

Belongs here: what no employee writes about their own work, whoever reads the text.
Does not belong here: orders known by statistics (offline/order_words.py), what of a text is read
(sanitise.py).
"""

import re
from collections.abc import Iterator

from llm_enrichment.normalise import Folded, fold

# Folded. Each alternative is something that an employee does not write about their own work.
_ORDER = re.compile(
    r"""(?x)
    # What begins with a word: asked for once, that takes a third of the time.
    \b(?:
    (?:ignore[sz]?|oublie[sz]?|disregard|forget|neglige[sz]?|overrid\w+|ne\ tiens\ pas\ compte|
        ne\ tenez\ pas\ compte)\b .{0,30}
        \b(?:instruction\w*|consigne\w*|prompt\w*|rules?|previous|above|prior|dessus|system\w*|
        rubri\w+|everything|tout\ ce)
    | (?:new|nouvelles?|prior|previous|system)\ (?:instructions?|consignes?|prompts?|orders?)\b
    | human[_\ -]value\b | rule[_\ -]based\b | rule[_\ -]share\b | is[_\ -]waiting\b
    | undetermined\b | tagged[_\ ]by\b | task[_\ ]text\b
    | (?:nature|label|etiquette|classification|confidence|confiance)
        \ *(?:est|is|doit|must|should|egale?|equals?)\b
    | (?:classe[sz]?|classifie[sz]?|classify|etiquette[sz]?|label|tag|tague[sz]?|marque[sz]?|mark|
        rate|note[sz]|considere[sz]?|consider|treat|traite[sz]?)\ *
        (?:-?(?:moi|la|le|les)\ )?
        (?:this|that|me|moi|cette?|ceci|cela|ca|la\ tache|le\ texte|the\ (?:task|text|item))\b
    | (?:classe[sz]?|etiquette[sz]?|label|tag|marque[sz]?|mark|mets|mettez|put|set|
        choisis(?:sez)?|choose|pick|select|attribue[sz]?|assign)\b .{0,40}
        \b(?:etiquette|nature|valeur\ humaine|human|humaine?|rules?|mixed|mixte|
        confidence|confiance)\b
    | (?:reponds|repondez|respond|answer|reply)\ (?:uniquement|seulement|only|juste|simply|just|
        simplement|toujours|always|exactement|exactly|par|with|que|moi|yes|no|oui|non)\b
    | (?:reponds|repondez|respond|answer|reply|output|print|return|renvoie[sz]?|retourne[sz]?|
        affiche[sz]?|ecris|ecrivez)\ (?:uniquement|seulement|only|just|simplement|simply|
        the\ word|le\ mot|json|exactement|exactly)\b
    | (?:tu\ es|vous\ etes|you\ are)\b .{0,20} \b(?:ai|ia|assistant|modele|model|llm|chatgpt|gpt|
        bot|robot|classif\w+|now|desormais|maintenant|expert)\b
    | (?:joue\ le\ role|play\ the\ role)\b
    | (?:act\ as|agis\ comme|pretend|fais\ comme\ si)\b .{0,25}
        \b(?:ai|ia|assistant|model\w*|bot|robot|classif\w+|system\w*)\b
    | (?:as\ an?|en\ tant\ qu\W{0,2}e?)\ *(?:ia|ai|assistant|modele|model|language\ model|llm)\b
    | (?:reveal|revele[sz]?|repeat|repete[sz]?)\b.{0,25}\b(?:prompt|instructions?|consignes?)\b
    | (?:tu\ dois|vous\ devez|you\ must|you\ should|you\ have\ to|il\ faut\ que\ tu|merci\ de)\b
        .{0,30}\b(?:class\w*|label|etiquet\w*|tag|repond\w*|respond|answer|choisi\w*|choose|output)
    | (?:jailbreak|developer\ mode|mode\ developpeur|dan\ mode|begin\ system|end\ of\ prompt)\b
    | (?:bonne|seule|right|correct|only\ valid)\ (?:reponse|answer|label|etiquette)\ (?:est|is)\b
    | (?:to\ the|dear|hey|chere?|note\ (?:pour|to|for|au|a)(?:\ the|\ l[e']?)?)\W*
        (?:ai|ia|model|modele|llm|chatgpt|gpt|assistant|classif\w+|correcteur|annotat\w+|robot)\b
    | (?:ai|ia|modele|llm|machine|personne|whoever)\ (?:qui\ li(?:t|ra)|reading|reads)\b
    | (?:must|should|has\ to|doit|devra|devrait)\ (?:be\ |etre\ )
        (?:classifi\w+|classee?|label+ed|tagged|etiquet\w+)\ (?:as|comme|en|mixed|mixte|hum\w+)\b
    | (?:cette\ (?:ligne|tache|reponse)|this\ (?:line|task|answer))\ (?:est|is|releve)\b
        .{0,15}\b(?:valeur\ humaine|humaine?|human|mixte|mixed)\b
    | from\ now\ on\b .{0,30}\b(?:undetermined|mixed|human|rule)\b
    | (?:interdi\w+|forbidden|defense)\ (?:de|to)\ (?:class\w+|label|etiquet\w+|tag)\b
    | (?:reponse\ attendue|expected\ (?:answer|label))\b | abstiens-toi\b
    | (?:system|assistant)\ *:
    )
    # Imperatives: at the start of a clause, where no "je" or "on" speaks of the work.
    | (?:^|,)\W*(?:do\ not|don'?t|never|n|ne)\W{1,2}(?:follow|apply|applique[sz]?|suis|suivez)\b
        .{0,12} \b(?:rubric|grille|rules?|regles?|consignes?|instructions?)\b
    | (?:^|,)\W*(?:always\ |just\ |simply\ |please\ |svp\ )?(?:say|dis|dites|choose|choisis\w*|
        call\ (?:it|this|that))\b .{0,25}
        \b(?:humaine?|human|mixed|mixte|creative|creati[fv]e?|jugement|judge?ment|rule[\ -]based)\b
    | (?:^|,)\W*(?:mets|mettez|give|donne[sz]?)\b .{0,25} \b(?:part|%|percent|share)\b
        .{0,12}\b(?:regles?|rules?)\b
    | ^\W*(?:systeme|user|instructions?|prompt|admin|developer|override|answer)\ *:
    """
)
CHAT_MARKUP = re.compile(
    r"<\|[^|>]*\|?>|</?(?:system|user|assistant|instructions?|s)>|\[/?INST\]", re.IGNORECASE
)
_DIGITS_AS_LETTERS = re.compile(r"(?<![\w])(?=\w*[a-z]\w*[0-9]|\w*[0-9][a-z]+\w*[a-z])\w+")
_LETTERS_OF_DIGITS = str.maketrans("013457", "oieast")


def holds_orders(text: str) -> bool:
    """Whether a plain order to a model stands in `text`, which need not be a task."""
    return bool(_ORDER.search(fold(text)) or CHAT_MARKUP.search(text))


def spans_of_orders(sentence: str) -> Iterator[tuple[int, int]]:
    """Yield the bounds of each plain order in `sentence`, digits also read as letters."""
    as_written = fold(sentence)
    for reading in {as_written, _with_letters_for_digits(as_written)}:
        if _ORDER.search(reading):
            folded = Folded(sentence)
            if len(folded.text) == len(reading):
                yield from (folded.span(*match.span()) for match in _ORDER.finditer(reading))
            else:
                yield 0, len(sentence)


def _with_letters_for_digits(folded: str) -> str:
    return _DIGITS_AS_LETTERS.sub(lambda w: w.group().translate(_LETTERS_OF_DIGITS), folded)
