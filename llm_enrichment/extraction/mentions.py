"""Who and what a sentence names: teams, the client, tools, how content people are with them.

Belongs here: aliases and word lists shared by several families of facts.
Does not belong here: patterns of one family.
"""

import re
from dataclasses import dataclass

from llm_enrichment.normalise import fold, label_key, stem, tokens, word_set

CLIENT = "client"

# Everyday names of agency functions; a team gets a set whose words its own name or id shares.
_FUNCTIONS = (
    "creation crea creas creatif creatifs creatives creative da das directeurs artistiques "
    "concepteurs redacteurs design designers",
    "strategie strategique planneur planneurs planneuse strat planners strategists strategy",
    "clientele commerciaux commerciale commerciales comptes account accounts cdp chefs de projet",
    "production prod studio exe execution maquettistes",
    "social community cm cms influence",
    "media trafficking traders acheteurs",
    "data analystes analysts analytics",
    "finance compta comptabilite daf facturation accounting accounts payable",
    "juridique legal juristes lawyers",
    "rh hr people ressources humaines",
    "dev devs developpement developpeurs developers web tech it informatique dsi",
    "rp pr presse relations publiques",
    "commercial newbiz new business developpement commercial",
)
# Words of team names that are ordinary words of work: alone they name no team.
_ORDINARY = word_set(
    """planning conseil projet projets plan de et du des la le les l d a and of the new
    business relations communication agence equipe pole service direction general generale
    it it comptes account accounts people strategique artistiques chefs directeurs
    ressources humaines payable developpement commercial design web social data media
    influence legal presse"""
)
# Ordinary words that do name a team once an article or "équipe" stands before them.
_ARTICLE = (
    r"(?:l'equipe|equipes?|le pole|l'agence|le service|les gens (?:de la|du|de l'|des)|the|"
    r"team|le|la|les|l'|du|des|de la|de l'|au|aux|a la|chez(?: la| les| le)?|from|by|with|"
    r"before|until)"
)
# "Media changes the formats": English needs no article, where a verb follows.
_ACTS = re.compile(
    r" (?:never|always|only|don't|doesn't|haven't|and (?:us|we)|\w+s (?:the|our|my|us|me))\b"
)
_CLIENTS = re.compile(r"\b(?:clients?|clientes?|annonceurs?|customers?)\b(?! ?(?:lead|service))")

# What is made, sent and counted at work.
DELIVERABLES = (
    r"posts?|visuels?|formats?|bannieres?|declinaisons?|campagnes?|rapports?|reportings?|"
    r"projets?|briefs?|appels? d'offres?|devis|factures?|articles?|videos?|films?|mails?|"
    r"e-mails?|comptes? rendus?|reunions?|presentations?|slides|pages?|fichiers?|"
    r"influenceurs?|commentaires?|maquettes?|recos?|communiques?|newsletters?|banners?|"
    r"reports?|projects?|invoices?|quotes?|meetings?|files?|comments?|emails?|decks?|"
    r"deliverables?|livrables?|tickets?|briefings?|pitches|competitions?|clients?|retouches?"
)

# Words of an agency's work, whatever is said of it; those of both languages stand once.
WORK = re.compile(
    rf"\b(?:{DELIVERABLES}|dossiers?|versions?|images?|photos?|logos?|chartes?|textes?|titres?|"
    r"legendes?|catalogues?|affiches?|annonces?|spots?|montages?|rushe?s|exports?|gabarits?|"
    r"modeles?|plannings?|calendriers?|agendas?|points?|validations?|signatures?|relectures?|"
    r"corrections?|epreuves?|impressions?|budgets?|bons? de commande|contrats?|tarifs?|prix|"
    r"marges?|"
    r"bilans?|tableaux?|chiffres?|donnees|data|requetes?|serveurs?|logiciels?|outils?|licences?|"
    r"acces|bases?|liens?|courriels?|messageries?|pieces? jointes?|disques?|ordinateurs?|postes?|"
    r"ecrans?|imprimantes?|plateformes?|interfaces?|sites?|journalistes?|presse|embargos?|"
    r"echantillons?|regies?|plans?|tags?|audiences?|encheres|equipes?|studio|agence|collegues?|"
    r"fournisseurs?|imprimeurs?|prestataires?|livraisons?|delais?|echeances?|taches?|travail|"
    r"boulot|demandes?|consignes?|retours?|feedbacks?|traductions?|polices|calques|maquettistes?|"
    r"saisies?|listes?|notes?|archives?|factur\w+|relances?|coupures|studios?|comptes?|"
    r"pictures?|copy|texts?|headlines?|captions?|catalogs?|posters?|ads?|adverts?|artwork|"
    r"layouts?|renders?|templates?|schedules?|calendars?|slots?|approvals?|sign-?offs?|proofs?|"
    r"prints?|purchase orders?|contracts?|rates?|prices?|spreadsheets?|sheets?|numbers|figures|"
    r"servers?|software|tools?|licen[cs]es?|logins?|passwords?|databases?|links?|attachments?|"
    r"inbox|laptops?|computers?|machines?|screens?|printers?|platforms?|websites?|press|"
    r"journalists?|"
    r"release|releases|samples?|media|teams?|colleagues?|suppliers?|vendors?|deliver\w+|deadlines?|"
    r"tasks?|work|jobs?|requests?|feedback|translations?|fonts?|layers?|assets?|footage|edits?|"
    r"shoots?|lists?|reconciliations?|timesheets?|charts?|dashboards?|queries|drafts?|"
    r"wording|interviews?|clippings|embargo|mailing|boss|producer|account|seating)\b"
)

KNOWN_TOOLS = tuple(
    """Photoshop|Illustrator|InDesign|Premiere|After Effects|Lightroom|Figma|Canva|Sketch|Excel|
    Google Sheets|PowerPoint|Keynote|Google Slides|Word|Google Docs|Outlook|Gmail|Slack|Teams|
    Notion|Trello|Asana|Monday|Jira|Confluence|Wrike|Workamajig|ClickUp|Airtable|Basecamp|
    Hootsuite|Sprout Social|Agorapulse|Swello|Buffer|Meta Business Suite|Meta Ads|Google Ads|
    DV360|Campaign Manager|The Trade Desk|Google Analytics|GA4|Looker Studio|Looker|Data Studio|
    Tableau Software|Power BI|Salesforce|HubSpot|Pipedrive|Brevo|Mailchimp|WordPress|Drupal|Shopify|
    Frame.io|DaVinci Resolve|CapCut|WeTransfer|Dropbox|Google Drive|SharePoint|OneDrive|Bynder|
    Cision|Meltwater|Talkwalker|Brandwatch|Onclusive|Kantar|Nielsen|Semrush|Ahrefs|Screaming Frog|
    Toggl|Clockify|Harvest|Kimai|Timely|Tempo|Sage|Pennylane|Lucca|DocuSign|Zoom|Miro|Mural|
    Typeform|Google Forms|Otter|Zapier|Make.com|Acrobat|Workfront|Furious|Akuiteo|Boond|
    Meta|Pinterest|Supermetrics|Google Sheet|Google Doc|
    Europresse|Augure|Muck Rack|Factiva|Avid|Final Cut|Pro Tools|Blender|
    Cinema 4D|Search Console|Planner|Linear|Matomo|Piano Analytics|Adobe Analytics|Criteo|Taboola|
    LinkedIn Ads|TikTok Ads|Amazon Ads|Meta Business Manager""".replace("\n    ", "").split("|")
)
AI_TOOLS = tuple(
    """ChatGPT|Copilot|Midjourney|Firefly|Claude|Gemini|Dall-E|Perplexity|Le Chat|Mistral|DeepL|
    Runway|Notion AI|Stable Diffusion|Jasper|Whisper|ElevenLabs|HeyGen|Sora|Grammarly""".replace(
        "\n    ", ""
    ).split("|")
)
# Tool names that are ordinary words: only with their capital letter.
_CASED = frozenset(
    """Word|Teams|Monday|Premiere|Sage|Make.com|Tempo|Harvest|Buffer|Sketch|Runway|Otter|Timely|
    Whisper|Furious|Claude|Keynote|Mural|Le Chat|Jasper|Mistral|Sora|Linear|
    Meta|Planner|Augure|Avid|Blender""".replace("\n    ", "").split("|")
)

# Where a tool's name is something else, with | in its place: "it's all in Jasper's head" names no
# tool, nor does "another Monday report".
_OF_A_PERSON = re.compile(r"\|'s\b|\|,? (?:qui|lui|who|he|she)\b|tete de \|")
_OF_A_WEEK = re.compile(
    r"\b(?:on|every|each|last|next|this|by|since|until|till|another|before|after|most) "
    r"\|(?!\.com| board)"
    r"|\| (?:mornings?|afternoons?|evenings?|nights?|reports?|meetings?|i|we|to|through)\b"
)
_NO_TOOL = {"Jasper": _OF_A_PERSON, "Claude": _OF_A_PERSON, "Monday": _OF_A_WEEK}


@dataclass(frozen=True)
class Mention:
    """A name found in folded text, with its place."""

    name: str
    start: int
    end: int


class TeamNames:
    """Finds the engagement's teams and its clients in folded text."""

    def __init__(self, teams: dict[str, str]) -> None:
        """Learn what the teams are called."""
        self._aliases = _aliases(teams)
        names = sorted(self._aliases, key=lambda name: (-len(name), name))
        self._pattern = (
            re.compile(rf"(?:\b{_ARTICLE} ?)?\b({'|'.join(map(re.escape, names))})\b")
            if names
            else None
        )

    def find(self, folded: str) -> list[Mention]:
        """Return the teams and clients named in `folded`, in order."""
        found = [Mention(CLIENT, m.start(), m.end()) for m in _CLIENTS.finditer(folded)]
        for match in self._pattern.finditer(folded) if self._pattern else ():
            alias = match.group(1)
            has_article = match.start() < match.start(1)
            is_subject = not match.start() and _ACTS.match(folded[match.end() :])
            if alias in _ORDINARY and not has_article and not is_subject:
                continue
            found.append(Mention(self._aliases[alias], match.start(1), match.end(1)))
        return sorted(found, key=lambda mention: (mention.start, mention.name))

    def names_of(self, team_id: str) -> list[str]:
        """Return the names under which `team_id` is found."""
        if team_id == CLIENT:
            return [
                "client",
                "clients",
                "cliente",
                "clientes",
                "annonceur",
                "annonceurs",
                "customer",
                "customers",
            ]
        return sorted(alias for alias, owner in self._aliases.items() if owner == team_id)


def _aliases(teams: dict[str, str]) -> dict[str, str]:
    owners: dict[str, set[str]] = {}

    def claim(alias: str, team_id: str) -> None:
        if len(alias) >= 2:
            owners.setdefault(alias, set()).add(team_id)

    whole = {label_key(name or team_id): team_id for team_id, name in teams.items()}
    for team_id, name in teams.items():
        own = set(tokens(name or "")) | set(tokens(team_id.replace("_", " ")))
        own -= {
            "et",
            "de",
            "du",
            "des",
            "la",
            "le",
            "l",
            "d",
            "and",
            "of",
            "the",
            "equipe",
            "pole",
            "service",
            "direction",
            "planning",
            "team",
            "agence",
        }
        claim(label_key(team_id), team_id)
        for word in own:
            claim(word, team_id)
        stems = {stem(word) for word in own}
        for function in _FUNCTIONS:
            if stems & {stem(word) for word in function.split()[:2]}:
                for word in function.split():
                    if word not in {
                        "de",
                        "humaines",
                        "artistiques",
                        "directeurs",
                        "new",
                        "business",
                        "publiques",
                        "relations",
                        "payable",
                    }:
                        claim(word, team_id)
    unique = {alias: next(iter(ids)) for alias, ids in owners.items() if len(ids) == 1}
    # Beside a "Social media", "media" is still the team "Média et data" whose id it is.
    return unique | {label_key(team_id): team_id for team_id in teams} | whole


class ToolNames:
    """Finds tools in a sentence: those known, and those that the forms name."""

    def __init__(self, declared: tuple[str, ...]) -> None:
        """Add the tools that the forms declare to the known ones."""
        names = {fold(name): name for name in (*declared, *KNOWN_TOOLS, *AI_TOOLS) if len(name) > 2}
        names |= {fold(name): name for name in (*KNOWN_TOOLS, *AI_TOOLS)}
        self._names = names
        ordered = sorted(names, key=lambda name: (-len(name), name))
        self._pattern = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, ordered))})(?![\w])")
        self._ai = {fold(name) for name in AI_TOOLS}

    def find(self, folded: str, original: str) -> list[Mention]:
        """Return the tools named, in order; `original` tells ordinary words by their capital."""
        found: list[Mention] = []
        for match in self._pattern.finditer(folded):
            name = self._names[match.group(1)]
            if name in _CASED and name not in original:
                continue
            something_else = _NO_TOOL.get(name)
            around = f"{folded[: match.start()]}|{folded[match.end() :]}"
            if something_else and something_else.search(around):
                continue
            found.append(Mention(name, match.start(), match.end()))
        return found

    def is_ai(self, name: str) -> bool:
        """Whether a tool is one of generative AI."""
        return fold(name) in self._ai
