"""Words that stand in and around people's names, in the languages magazines here are written in.

General lists, no person's name among them. Everything is in small letters and compared so, without full stops.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Before a name.
HONORIFICS = _words("""
    dr prof professor sir dame lord lady baroness baron rev revd reverend fr father sr sister mr mrs ms
    miss mx hon rt judge justice rabbi imam sheikh capt captain col colonel gen general sgt sergeant
    herr frau mme mlle don doña dom dott ing mag phd
""")
# Some of them are given names as well: these are titles only where a full stop says so, as in “Gen. Ada Quill”.
GIVEN_NAMES_TOO = _words("""
    baron col dom don gen hon imam ing judge justice mag sheikh
""")
# Said of one of a couple: Mrs Humphry Ward is not Humphry Ward, and who Mme Curie is, nobody can say by the name.
OF_A_COUPLE = _words("mrs mme frau")
# Behind a name.
SUFFIXES = _words("""
    jr sr ii iii iv phd ph.d md m.d mp msp ms am td kc qc sc obe mbe cbe kbe dbe om frs esq bsc msc ba
    ma dphil jd llb rn cpa
""")
# Some of them are surnames as well: these are titles only behind a comma or with full stops. Jack Ma has no degree by it.
SURNAMES_TOO = _words("ma ba am om sc td ms md rn")
# Degrees that are known by their own letters, however they are written.
DEGREES = _words("phd dphil bsc msc esq")
# What tells a father from a son.
GENERATIONS = _words("jr sr junior senior ii iii iv filho neto")
# Particles with which a surname is filed under what follows them: Beauvoir, Simone de.
FILED_BEHIND = _words("""
    de du des d von zu zum zur vom den af av til ten ter van der
""")
# Particles that belong to the surname in filing: Al-Khalili, Bin Laden, Le Guin, Della Rovere, Mac Lane.
FILED_WITH = _words("""
    al el la le les lo los las della delle dello degli di da dal dalla das do dos ibn bin binti bint abu
    abd ap mac mc fitz o ben bat san saint st ní ni nic ua uí ó
""")
PARTICLES = FILED_BEHIND | FILED_WITH
JOINING = _words("y i")  # José Ortega y Gasset is filed under Ortega.
# Words that only the names of bodies have.
BODIES = _words("""
    agency agencia agence association associated board bureau collective comité committee company council desk
    department editors fondation foundation fundación gmbh group gruppe inc institute institut kollektiv llc
    ltd magazine ministry network newsroom office organisation organization press project redacción redaktion
    rédaction society staff team union universität université university universidad verein
""")
# The last word of what somebody is, behind a name: “Ada Quill Science correspondent”.
JOBS = _words("""
    columnist correspondent critic director economist editor fellow journalist korrespondent korrespondentin
    lecturer photographer producer professor publisher redakteur redakteurin reporter researcher reviewer
    writer
""")
