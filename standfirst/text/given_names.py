"""How one given name may stand for another: an initial, a short form, another spelling.

English short forms come from `nicknames`. For other languages there is a list of those whose letters don't show it; the
rest (Dan for Danilo, Niko for Nicholas, Bea for Beatrice) show by how they begin.
"""

import re
from functools import lru_cache

from nicknames import NickNamer
from rapidfuzz.distance import OSA

# One line for each family of names: the full ones, and short forms that don't begin as they do.
_FAMILIES = """
aleksandr alexander alexandr alessandro alejandro alexandre alexandra aleksandra sasha sascha sacha shura xander sander sandro sandra jandro
aleksei alexei alexey alexej aliosha alyosha lyosha
ana anna anne ann anja anya anushka anouk annika
anastasia anastasiya nastia nastya asya
antonio anthony anton antoine toni tony toño
carlos carlo charles karl carl charlie chuck carlitos
concepcion concha conchita
consuelo chelo
cornelis cornelius cees kees
dmitri dmitry dmitriy dmitrij dima mitya
dolores lola
eduardo edward edvard eduard edu lalo ed ted
ekaterina yekaterina katherine catherine katarina caterina katja katya katia karin karen kaisa
elena helena helen yelena elene ellen lena lenka nelly
elisabeth elizabeth elisabetta isabel isabelle isabella elsa elise lisa liesbeth bettina betty bess lies els ilse
enrique henry heinrich henri hendrik henrik enrico heinz heiner hank harry rik quique kike
evgeny evgeni yevgeny evgenii eugene eugen eugenio jevgeni zhenya
francisco francis francesco franz frans francois paco pancho pako kiko curro chico frank fran cisco cesc
friedrich frederick frederic federico frits fritz fred fede rico
gennady gennadi gena
georg george georges giorgio jorge jurgen joris jurij yuri yury juri georgi goran jordi
gertrud gertrude trude trudy
giovanni john johannes johann johan jan jean juan ivan ian joao jens hans hannes jannis yannis ioannis janos gianni vanni nino evan sean shane jaan jon jack vanya juanito hansi
giuseppe joseph josef jose jozef josip yosef yusuf iosif pepe pepito peppe beppe beppo joe josep pep sepp jos osip zeca
grigory grigori gregory gregor grisha
guillaume william wilhelm guillermo guglielmo willem vilhelm bill wim willy memo guille liam
ignacio ignatius nacho iñigo
ilya ilia ilja elias elijah ilyusha
jakob jacob jacques james jaime jakub giacomo tiago diego santiago iago jaap kobus jacobus jim jimmy
jesus chus chuy suso
joachim joaquin quim ximo quino jochen achim
konstantin constantin constantine kostya kostas costas
leonid lyonya leo
lev leo lew leon
lorenzo laurence lawrence lorenz lars enzo renzo rens
luis louis ludwig luigi lodewijk lajos gigi lutz lou
manuel emmanuel emanuel manolo manu lolo
margarita margaret margarete marguerite grete gretchen rita greta peggy meg daisy margot maggie
maria marie mary mariya marija ma masha mascha marusya maruja mitzi ria mia mieke miriam mimi
mehmet mohamed mohammed mohamad mohammad muhammad muhammed mohammud muhamad mahomet mamadou mehmed md mo
mercedes merche
michael michel mikhail mikhael miguel michele mikael mihail mihai mischa misha mike mick miki
mikolaj nicholas nicolas nikolai nikolaus nicola niccolo nikola nikolay niko kolya klaus claus niels nils klas kolja colin
natalia natalya nataliya natalie natasha natascha tasha
oleksandr oleksander sashko olexandr
olga olya helga
pablo paul paolo pavel paulo pawel pal pasha pavlo poul
pedro peter pietro pierre petr pyotr piotr petro pieter petrus piet per pelle petya perico
pilar pili
richard ricardo riccardo rick dick rico
robert roberto rob bob bert beto robin
rosario charo
sergei sergey serge sergio sergiy serhii serhiy seryozha serjoscha checo
sofia sophia sophie sofie sofya zofia sonja sonya fifi
stefan stephen steven stephan etienne esteban stefano stepan istvan szczepan steffen steve pista
svetlana sveta lana
tatiana tatyana tanja tanya tania
teresa therese theresia resi tere terezia
theodor theodore teodoro fyodor fedor fjodor feodor fedya ted dorus theo
tomas thomas tommaso tomasz tom maas tommy
valentina valya
victoria viktoria vika vicky
viktor victor vitya
vladimir volodymyr vova volodya wladimir vladek
vyacheslav slava
yakov yaakov jakov yasha
yosef yossi joseph
zinaida zina
""".strip().splitlines()


def relation(a: str, b: str) -> str | None:
    """How one given name may be the other: "" if it is, a sentence if it could be, None if it is another."""
    if a == b:
        return ""
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) == 1:
        return "One has an initial for the given name." if longer.startswith(shorter) else None
    if are_short_forms(a, b):
        return "One given name is a usual short form of the other, or both are forms of one name."
    if len(shorter) >= 3 and longer.startswith(shorter):
        return "One given name begins with the other."
    if is_near(a, b):
        return "The given names differ by a letter."
    if len(shorter) >= 5 and OSA.distance(sound_of(a), sound_of(b), score_cutoff=1) <= 1:
        return "The given names sound alike."
    if 3 <= len(shorter) <= 5 and len(longer) >= len(shorter) + 2 and _may_be_pet_name(shorter, longer):
        return "One given name may be a short form of the other."
    return None


@lru_cache(maxsize=8192)
def are_short_forms(a: str, b: str) -> bool:
    """Whether one given name is a usual form of the other, or both are forms of a third."""
    return not forms_of(a).isdisjoint(forms_of(b))


@lru_cache(maxsize=8192)
def forms_of(name: str) -> frozenset[str]:
    """What a given name is looked up by: itself, the names it may be short for, and the families it belongs to."""
    return frozenset({name, *_namer().canonicals_of(name), *_families().get(name, ())})


def is_near(a: str, b: str) -> bool:
    """One letter's difference (or two neighbours exchanged) in words long enough for that to be a slip."""
    return min(len(a), len(b)) >= 4 and OSA.distance(a, b, score_cutoff=1) <= 1


def _may_be_pet_name(shorter: str, longer: str) -> bool:
    """As in Niko for Nicholas, Suzy for Suzanne: they begin alike, and the short one ends in a vowel."""
    return shorter[:2] == longer[:2] and shorter[-1] in "aeiouy"


@lru_cache(maxsize=8192)
def sound_of(name: str) -> str:
    """A name as it sounds, roughly: Stephen as Steven, Catherine as Katherine, Geoffrey as Jeffrey."""
    for written, heard in _SOUNDS:
        name = written.sub(heard, name)
    return name


_SOUNDS = tuple(
    (re.compile(written), heard)
    for written, heard in (
        (r"tsch|tch|cz", "ch"),
        (r"ph|v|w", "f"),
        (r"\Age(?=o)|\Aj|\Ag(?=[ei])", "j"),
        (r"c(?=[eiy])|z", "s"),
        (r"ck|ch|c|q", "k"),
        (r"x", "ks"),
        (r"y", "i"),
        (r"(?<=.)h", ""),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=1)
def _families() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for family in _FAMILIES:
        full, *others = family.split()
        for name in (full, *others):
            found.setdefault(name, set()).add(f"family of {full}")
    return {name: frozenset(families) for name, families in found.items()}


@lru_cache(maxsize=1)
def _namer() -> NickNamer:
    return NickNamer()
