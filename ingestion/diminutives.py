"""What people call somebody of a given name every day, in French and in English.

Belongs here: folded given names with their diminutives. Does not belong here: names of anybody.
"""

import re

_TABLE = """
adelaide: ade | adrien: adri | agathe: aga | alexandra: alex sandra alexa
alexandre: alex alexis | alexander: alex sandy | alexis: alex | alison: ali | amandine: amand
amelie: mel | andrew: andy drew | angelique: angie | anne: annie | anthony: tony anto
antoine: anto toine | antonin: anto | arnaud: nono | arthur: art | augustin: gus
aurelie: aurel lili | aurelien: aurel | barbara: barb | bastien: bast | benedicte: bene
benjamin: ben benji benj | benoit: ben beno | bernadette: berna | bernard: nanard
bertrand: bert | brigitte: bri | camille: cam cami | caroline: caro
catherine: cath cathy cathie kate | cecile: cec ceci | charlene: charl | charles: charlie charly
charlotte: charlie lotte | christelle: chris | christian: chris | christine: chris
christophe: chris tof | christopher: chris | clementine: clem | clement: clem | clotilde: clo
constance: co | coralie: coco | corentin: co | corinne: coco | daniel: dan dany danny
daniele: dany | david: dave | deborah: deb debbie | delphine: delph | dominique: dom domi
dorothee: doro | edouard: ed doudou | edward: ed eddie
elisabeth: babeth babette lisa elise beth zabeth | elizabeth: liz lizzie beth lisa
emilie: mimi emi | emma: em | emmanuel: manu | emmanuelle: manue manu | estelle: stella
eugenie: nini | fabien: fab | fabienne: fab | fabrice: fab | felicien: feli | florence: flo
florent: flo | florian: flo | francois: fanfan | francoise: fanfan | frederic: fred fredo
frederick: fred | frederique: fred | gabriel: gab gaby | gabrielle: gab gaby | genevieve: gege
gerard: gege | geraldine: gege | gilbert: gil | gregory: greg | gregoire: greg
guillaume: guigui guill | gwenaelle: gwen gwenn | henri: riton | isabelle: isa zaza
jacqueline: jacquie | jacques: jacquot | james: jim jimmy | jean: jeannot | jeanne: jeannette
jennifer: jen jenny | jeremy: jerem | jeremie: jerem | jerome: jeje | jessica: jess | joel: jo
johanna: jo | jonathan: jon jo nathan | joseph: joe jo | josephine: jo fifi | julien: ju juju
julie: ju juju | juliette: ju juju | justine: juju | katherine: kate kathy kath | kevin: kev
laetitia: laeti titi | laura: lau | laure: lolo | laurence: lolo lau | laurent: lolo lau
laurie: lau | leonard: leo | leonie: leo | leopold: leo | lionel: yoyo | louise: lou loulou
louis: loulou | ludivine: ludi lulu | ludovic: ludo | madeleine: mado | magali: mag maga
margaret: maggie meg | marguerite: margot | marie: mimi | marianne: manon | marilyne: lyne
marjorie: marj | marine: maryne | martine: titine | mathieu: mat matt math
mathilde: mathou thilde | matthew: matt | matthieu: mat matt math | maxence: max | maxime: max
maximilien: max | melanie: mel | melissa: mel | michael: mike mick micka | mickael: mick micka
michel: mich michou | michele: mimi mich | monique: momo | morgane: momo | muriel: mumu
myriam: mimi | nadege: nad | nadine: nad | natacha: nat | nathalie: nath nat | nathan: nat
nathanael: nat nath | nicholas: nick nicky | nicolas: nico | noemie: nono mimi | oceane: oce
olivia: liv | olivier: oliv oli | pascal: pasca | pascale: pasca | patricia: pat patou trish
patrice: pat | patrick: pat patou | penelope: penny | peter: pete | philippe: phil philou
philip: phil | pierre: pierrot | quentin: quent | rachel: rach | raphael: raph raf
raphaelle: raph raf | rebecca: becky | remi: rem | richard: rick dick rich
robert: rob bob bobby | robin: rob | roland: roro | romain: rom | roxane: rox | sabrina: sab
samuel: sam sammy | samantha: sam | samia: sam | sandrine: sandra sandy | sebastien: seb
sebastian: seb | serge: sergio | severine: sev | simon: sim | sophie: soph sofi
stephane: steph stef | stephanie: steph stef | stephen: steve | steven: steve | susan: sue suzie
suzanne: suzie | sylvain: syl | sylvie: syl | tatiana: tati | theodore: theo | theophile: theo
theresa: tess | therese: tess | thibault: thib tibo | thibaut: thib tibo | thierry: titi
thomas: tom toto | timothee: tim | timothy: tim | valentin: val | valentine: val
valerie: val valou | vanessa: vaness nessa | veronique: vero | victoire: vic | victor: vic
victoria: vicky vic | vincent: vince vinz | virginie: virg gigi | vivien: viv | vivienne: viv
walter: walt | william: will bill liam | xavier: xav | yannick: yann | yves: yvon
zacharie: zach | zoe: zozo
"""
DIMINUTIVES: dict[str, tuple[str, ...]] = {
    name: tuple(short.split())
    for entry in re.split(r"[|\n]", _TABLE.strip())
    for name, _, short in [entry.strip().partition(":")]
}
_WORDS = """
ade alexa alexis ali art bd ben bill bob bri cam ceci cm co coco cp dave dc dick dom drew dt ed
elise em emi emma fifi gab gil gus jo jon ju kate kg km lau leo liam lili lisa liv lotte lou
loulou mag manon margot mat math matt max mb mel mich mick mike momo ms nad nat nathan nono oli
pat pete pierrot pm pr px raf rem rh rich rick rob rom roro rox rp sab sam sandra sandy sev sim
stella sue syl tati theo tim titi tof tom toto tv val vf vic vince viv will
"""
# Everyday words, abbreviations and full names of others as well: they name somebody only beside the
# surname, or with a capital that nothing else explains.
AMBIGUOUS = frozenset(_WORDS.split())
