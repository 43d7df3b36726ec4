"""Lemmas beside the dictionaries: those that they leave out, and those that they should not have.

They give a form to one word only: Croatian ``učenici`` to ``učenica`` alone, French ``lit`` to the bed and not to the
reader, Romanian ``copii`` to copies and not to children. Rules say which endings point to which; what they make counts
only where it is a lemma of the dictionary. Single words stand in tables.
"""

from __future__ import annotations

from clavet.languages import CODES
from clavet.search.analysis.folding import fold
from clavet.search.analysis.lemmas import is_known, is_lemma, lemmas_of

SHORTEST = 5

# Folded ending of a form or of a lemma, and the endings that a lemma of the same word, or of the other sex, may have.
RULES: dict[str, dict[str, str]] = {
    "es": {"triz": "tor dor", "esa": "e"},
    "fr": {
        "elle": "el",
        "elles": "el",
        "ive": "if",
        "ives": "if",
        "trice": "teur",
        "trices": "teur",
        "euse": "eur",
        "euses": "eur",
        "iere": "ier",
        "enne": "en",
    },
    "it": {"trice": "tore", "trici": "tore", "essa": "e a o", "esse": "e a o"},
    "el": {
        "τρια": "τησ",
        "σεισ": "ση",
        "σεων": "ση",
        "σεωσ": "ση",
        "ξεισ": "ξη",
        "ξεων": "ξη",
        "ψεισ": "ψη",
        "ψεων": "ψη",
        "ισσα": "ησ",
    },
    "hr": {
        "nici": "nik",
        "nica": "nik",
        "teljica": "telj",
        "teljski": "telj",
        "ginja": "g",
        "kinja": "k",
        "telji": "telj",
        "ivati": "iti ati",
        "avati": "iti ati",
        "cati": "titi",
    },
    "nl": {"as": "a", "os": "o", "ster": "er", "sters": "er", "ses": "s"},
    "ro": {"oara": "or", "oare": "or", "easa": "", "ese": ""},
}

# Lemma: forms of it, as they are written.
TABLE = {
    "en": """
        break: broke broken leave: left find: found person: people persons lead: led feel: felt see: saw
        good: better best bad: worse worst bear: born lie: lay lain bind: bound wind: wound shoot: shot
        grind: ground rise: rose strike: struck wear: worn tear: torn child: children datum: data medium: media
        think: thought win: won life: lives half: halves shelf: shelves
    """,
    "es": """
        elegir: elige eligen elijo elija elijan eligir elegido elegida elegidos elegidas hacer: hecho hecha
        hechos hechas ver: visto vista vistos vistas decir: dicho dicha dichos dichas escribir: escrito escrita
        escritos escritas abrir: abierto abierta abiertos abiertas poner: puesto puesta puestos puestas
        volver: vuelto vuelta vueltas niño: niña niñas vecino: vecina vecinas compañero: compañera compañeras
        abuelo: abuela abuelas hijo: hija hijas maestro: maestra maestras contar: cuenta cuentan
        mostrar: muestra muestran empezar: empiece venir: vino
    """,
    "fr": """
        lire: lit lu lue lus lues offrir: offre offres offert offerte offerts offertes suivre: suit suivi suivie
        suivis suivies sortir: sort sors partir: part parts servir: sert sers réussir: réussite réussites
        apprendre: apprenant apprenante apprenants apprenantes vivre: vit vécu voir: vu vue vus vues
        tenir: tient conduire: conduit conduite produire: produit produits commune: communal communale communaux
        communales permettre: permis permise écrire: écrit écrite écrits écrites ouvrir: ouvert ouverte ouverts
        ouvertes découvrir: découvert découverte accueillir: accueil été: étés
    """,
    "it": """
        leggere: legge leggi lesse letto letta letti lette scegliere: scelta scelte vedere: vista viste
        offrire: offerta offerte uomo: uomini prendere: presa prese porre: posto posta poste dire: detto detta
        chiedere: chiese scrivere: scritto scritta scritti scritte aprire: aperto aperta aperti aperte
        svolgere: svolto svolta
    """,
    "el": """
        γονέας: γονείς γονέων γονιός γονιού γονιοί παιδί: παιδιά παιδιών πόλη: πόλεις πόλεων πόλεως φέρνω: έφερε
        έφεραν υποστηρίζω: υποστήριξη υποστήριξης καλός: καλύτερα
    """,
    "hr": """
        dijete: djeca djece djeci djecu djecom čovjek: ljudi ljude ljudima jesti: jedem jedeš jede jedu jela
        jeli jele otac: očevi očeva očevima pomoći: pomagati pomaže pomažu pomogli brat: braća braće braći braću
        vidjeti: vidim vidi vide dobar: bolji bolja bolje moći: mogu može gospodin: gospoda ići: ide idu išli
        htjeti: hoće žele polaznik: polaznici polaznicima sin: sinovi sinova gost: gosti riješiti: rješavati
        rješava rješavaju pripremiti: pripremati priprema pripremaju napustiti: napuštati napušta napuštaju
        volonter: volonterka volonterke odgojitelj: odgojiteljica odgojiteljice
    """,
    "nl": """
        lezen: las lazen meten: mat maten geven: gaf gaven nemen: nam namen zien: zag zagen komen: kwam kwamen
        leraar: lerares leraressen doen: deed deden kind: kinderen weten: wist wisten zitten: zat zaten
        kiezen: koos kozen sluiten: sloot sloten bieden: bood boden rijden: reed reden eten: at aten
        opleiden: leidt lid: leden aanbieden: aanbod
    """,
    "ro": """
        copil: copii copiii mamă: mamele mamelor elev: elevă eleve elevei elevele elevelor om: oameni oamenii
        soră: surori seară: seri serile bunic: bunici bunicii bunicilor student: studentă studente
        consilier: consilieră consiliere nou: noi sprijini: sprijin
    """,
}

# Lemmas that forms have in a dictionary and nobody means: nouns that happen to be forms of a verb, by which two nouns
# with nothing in common would be one word.
NOT_MEANT = {
    "es": """
        casar: casa caso casas casos librar: libro libre libra libros libres contar: cuento cuentos
        marcar: marco marcos cargar: cargo cargos partir: parto partos mediar: medio medios plazar: plaza plazo
        plazas plazos
    """,
    "it": """
        casare: casa caso case casi contare: conto conti portare: porto porti pastare: pasta pasto
    """,
    "fr": """
        courser: cours course courses poster: poste postes être: été étés
    """,
}


def read(lines: str, language: str) -> dict[str, tuple[str, ...]]:
    """A table turned round: each folded form with its folded lemmas."""
    found: dict[str, tuple[str, ...]] = {}
    lemma = ""
    for word in lines.split():
        folded = fold(word.removesuffix(":"), language)
        if word.endswith(":"):
            lemma = folded
        else:
            found[folded] = (*found.get(folded, ()), lemma)
    return found


FORMS = {language: read(TABLE.get(language, ""), language) for language in CODES}
EXCEPT = {language: read(NOT_MEANT.get(language, ""), language) for language in CODES}


def meant_lemmas(surface: str, language: str) -> set[str]:
    """The folded lemmas that a folded word can be meant as; empty for a word that is not known."""
    words = {surface, *lemmas_of(surface, language)}.difference(EXCEPT[language].get(surface, ()))
    found = set(words) if is_known(surface, language) else set()
    for word in words:
        found = found.union(FORMS[language].get(word, ()), by_rule(word, language))
    return found if is_lemma(surface, language) else found - {surface}


def by_rule(word: str, language: str) -> set[str]:
    """What the rules of a language make of a folded word, as far as the dictionary has it as a lemma."""
    if len(word) < SHORTEST:
        return set()
    rules = RULES.get(language, {})
    found: set[str] = set()
    for length in range(2, min(len(word) - 2, 7) + 1):
        endings = rules[word[-length:]].split(" ") if word[-length:] in rules else ()
        found |= {word[:-length] + ending for ending in endings}
    return {lemma for lemma in found if len(lemma) >= SHORTEST - 1 and is_lemma(lemma, language)}
