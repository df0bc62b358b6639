"""Everyday words that are surnames or first names too: alone, they need a capital to be a name.

Belongs here: folded words, French and English, also those that stand for roles and rooms where a
person is asked for. Does not belong here: names of anybody.
"""

_WORDS = """
abbe agate ambre ami amour ange anis argent art aurore avril azur baie bain baker banc barbe baron
bas basalte beau bel bell belle berger bijou bill bishop black blanc blanche bleu blond bloom bois
bon bond bonne bonnet bouche boucher boulanger bourg bout brand bras brook brown brun brune bush
butin calme camp capucine carpenter carre carriere cartier celeste cerise champ chance chant
chapelle charbon charme charron chase chat chateau chef chemin chene cheval chevalier church clair
claire clay clement clerc cliff cloche colin colombe comte constant cook cooper corail cordier
costa coupe cour court courtois cousin couture couvreur cristal croix crystal cuisinier daisy dale
dame dawn day dean desire diamant diamond dieu dimanche dior dolly domaine don doux drew droit duc
duke dupe earl east ecrin emeraude encre epine ermite espoir etoile europe evrard faith faure
faveur felix fer ferme ferrand feu feuille fevrier fidele field fier fisher fleur fleury flore
florence fontaine ford forest foret fort fortune fou four fournier fox fraise franc france
francois frank frere friday froid gaillard galene galet garance garde gardener garnier gay gemme
gene geste girard gite givre glen gneiss gold grace grand grange granit grant gras gravier green
grenat grey gris gros guerin guerre guide guy hall hardi haricot harmonie hazel heather heureux
hill hiver homme hope house hugo humble hunt hunter hussard iris ivoire ivy jack jade jardin jaspe
jasper jaune jay jean jet jeudi jeune joie joli jolie jouet jour joy joyeux juillet juin jules
june juste justice king knight la lac lake lance lane langue lapis large laurier lavande lee leger
lemoine leonard leroy leveque lilas lily lion lis little long lord louis loup love luce lumiere
lundi lune magasin mai maigre main maison maitre malin marais marble marbre marc marchand mardi
marechal marguerite marin marine marion mark marron mars martin mason masse masson matin maure max
may melodie menu mercier mercredi mere merle mica michel midi miel mignon miles mill mille miller
mine mineur minute moine mois monde mont montagne moon moreau morel moulin mouton muller muscat
musique myrte navarre neige neuf noble noel noir noire nord normand north nouveau nuit oak oiseau
olive olivier ombre onyx opal opale or orage orange ours ouvrard page paillard paix palais palme
pape paques paradis parent parfait paris parker pasteur pat paul payen pays pearl peche pelletier
penard penny pensee pepper perle perrier personne petit petite pie pied pierre pilon pin pinson
piper place plage plaine plume poirier poisson pont poppy port porte porter potier poulain prairie
precieux premier prevost price prieur prince princesse printemps provost prudence prune puits
pyrite quartz quentin rang rapide rat ray reed reine remi renard rene reponse rey rich richard
riche riviere rob robert robin roc roche rocher rock roger roi romain roman ronce rond rose rosier
rossignol rouge rousse rousseau roussel route roux royal rubis ruby ruelle ruisseau rusty sable
sage saison salle samedi samson sandy saphir saule sauvage savon schiste scott sel serein sergent
serpent serrurier sharp shepherd short silex simple sky smith snow soir solaire soldat soleil
solide source star stone storm sud sue suisse summer sunny sureau sylvestre tailleur talc taylor
terre texte tissot titan tom tonnelier topaze tour tournier toussaint travers tremblay tresor
trinite tuile turner vaillant val valentin valet vallee vase vendredi vent verdier verite vert
vial vicomte victoire victor vidal vie vieux vif vigne vigneron ville vincent violet violette
vivier voisin volant walker ward water way weaver west white will willow winter wise wood woods
xavier young zinc
"""
ORDINARY_WORDS = frozenset(_WORDS.split())
# What accounts, rooms and devices are called, and jobs, contracts, titles and pronouns beside or
# instead of a name.
_ROLES_AND_ROOMS = """
account achat achats admin administrateur administration agence agency alternance alternant
alternante and android anonyme anonymous apprenti apprentie assistant assistante atelier avec
bureau cdd cdi chef cheffe client cliente clients commercial commerciale communication compta
comptabilite compte conference conge conseil consultant consultante contact content creatif
creation creative default del den depart der des designer dev developpeur device digital directeur
direction directrice dos editorial elle equipe evenementiel external externe finance france free
freelance general generic generique graphiste group groupe guest her him house il inconnu inconnue
info interim interimaire intern interne intervenant intervenante interview interviewer
intervieweur intervieweuse invite invitee ipad iphone junior lance lead les locuteur lui macbook
madame manager marketing media meeting mi miss mlle mme mobile monsieur montage motion mr mrs ms
nouveau nouvelle office paris participant participante partiel photo planning plein poste pour
prestataire print prod production produit project projet rdv recherche redacteur redaction
redactrice remplacant remplacante retraite reunion rh room salle samsung senior service services
she social speaker stage stagiaire strategie strategique strategy studio support team technique
temp temps test the they tool total traffic trafic training unknown user utilisateur van video von
web
"""
NO_NAMES = frozenset(_ROLES_AND_ROOMS.split())
