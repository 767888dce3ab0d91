"""Classes of English words by which a sentence is cut; none of them is a name."""

from __future__ import annotations

from geoline.reading.english.words.event_verbs import verb_forms

__all__ = [
    "ADVERBS",
    "AUXILIARIES",
    "BE",
    "CLASHES",
    "COORDINATORS",
    "DETERMINERS",
    "DIRECTIONS",
    "FINITE",
    "FORCES",
    "HELPING",
    "HOLDING",
    "HOURS",
    "LIST_OPENERS",
    "NEGATIONS",
    "ORGANISATIONS",
    "PARTIAL",
    "POSSESSIVES",
    "PREPOSITIONS",
    "QUANTITIES",
    "REGION_NOUNS",
    "RELATIVES",
    "SIGNS",
    "SPEECH",
    "SPOKESMEN",
    "STRIKES",
    "SUBORDINATORS",
    "TYPES",
    "VERBS",
    "word_set",
]


def word_set(text: str) -> frozenset[str]:
    """Give the words of a text, parted by blanks."""
    return frozenset(text.split())


BE = word_set("is are was were be been being got gets get 's am")
NEGATIONS = word_set(
    "not n't never no neither nor cannot without hardly barely yet didn't hasn't haven't hadn't "
    "wasn't weren't isn't aren't don't doesn't couldn't won't can't wouldn't"
)
AUXILIARIES = BE | word_set(
    "has have had having do does did will would could can may might shall should must to 've 'd "
    "'ll cannot able managed proceeded"
)
ADVERBS = word_set(
    "also already now then later soon fully completely finally reportedly allegedly apparently "
    "quickly swiftly briefly effectively again just still even recently formally "
    "officially entirely partially successfully nearly almost largely reported once "
    "eventually earlier meanwhile subsequently immediately first long gradually "
    "purportedly presumably probably likely possibly perhaps thus therefore hence indeed "
    "simultaneously temporarily initially previously easily rapidly lately however firmly today "
    "yesterday instead unexpectedly well ago yet today morning evening afternoon night late early "
    "further similarly additionally separately consequently ultimately jointly locally "
    "simply"
)
FINITE = AUXILIARIES - {"to"}
COORDINATORS = frozenset({",", "and", "&", "or", "plus"})
SIGNS = frozenset({";", "—", "?", "!", ".", "–", "|", "…"})
RELATIVES = word_set("which who whom that whose where")
SUBORDINATORS = word_set(
    "after before as while when because although though if unless once until till since whereas "
    "whether despite following amid upon so lest provided how why what"
)
PREPOSITIONS = word_set(
    "from by against with to of for between near on in than at into around outside towards toward "
    "over under behind among inside through beyond via overlooking linking connecting above onto "
    "alongside along until across beside within off opposite below about "
    "throughout facing per without"
)
DIRECTIONS = word_set(
    "north south east west north-west north-east south-west south-east northwest northeast "
    "southwest southeast northwards southwards"
)
DETERMINERS = word_set("the a an this that these those its their his her our both all each every")
POSSESSIVES = frozenset({"its", "their", "whose"})
# Behind "by": before an hour of the day.
HOURS = word_set("dusk dawn noon midday midnight nightfall sunset daybreak evening night")
# Words behind which names are listed.
LIST_OPENERS = word_set(
    "including namely notably especially particularly mainly like includes include included : viz"
)
PARTIAL = word_set(
    "parts part most half some much outskirts outskirt edge edges suburbs quarters neighborhoods "
    "neighbourhoods districts portion portions section sections third quarter percent % buildings "
    "streets neighbourhood neighborhood vicinity surroundings perimeter hills heights axis corner "
    "side flank entrance gates gate halls hall position positions defenses defences third approach "
    "approaches fronts front stretch environs farmland frontline frontlines"
)
QUANTITIES = word_set(
    "dozen dozens hundreds scores tens number several many few two three four five six seven eight "
    "nine ten eleven twelve string series all most control hold grip one each pair cluster rest "
    "some half much lot total remainder whole"
)
# Nouns for armed men whose side the words before them tell; alone they are whoever was named last.
FORCES = word_set(
    "forces force troops fighters soldiers units troop armies militias militia militiamen gunmen "
    "group groups factions faction alliance allies coalition commandos brigades brigade infantry "
    "tanks convoys convoy side men columns detachments paratroopers elements members gangs gang "
    "heroes division regiment corps guards mercenaries unit attackers defenders"
)
# Nouns that a side's name may stand before without being who acts.
SPOKESMEN = word_set(
    "spokesman spokesperson spokeswoman source sources media activist activists official officials "
    "commander commanders channel channels agency television "
    "tv radio newspaper pages page accounts "
    "minister ministry president statement officer officers general reporter positions position "
    "artillery aircraft warplanes jets helicopters shelling bombardment strikes airstrikes fire "
    "convoy checkpoint checkpoints territory areas area town village city stronghold bastion lines "
    "line attempts attempt defenses defences correspondent analyst analysts leader leaders "
    "supporters enclave claims reports map flag leadership planes "
    "drones aviation losses raids rockets missiles sites "
    "site outlet outlets district districts region base bases post posts command stance side's"
)
TYPES = word_set(
    "quarter village villages town towns city cities hamlet hamlets area areas hill hills hilltop "
    "hilltops "
    "district suburb farm farms settlement settlements base bases locality localities airbase "
    "airport camp checkpoint checkpoints crossing junction stronghold strongholds mountain "
    "communities community municipality enclave point points bastion region regions place places "
    "positions position districts suburbs neighborhoods neighbourhoods neighborhood neighbourhood"
)
CLASHES = word_set("clashes fighting battles battle clash combat firefights gunbattles skirmishes")
STRIKES = word_set(
    "shelling bombardment airstrikes airstrike strikes raids raid bombing bombings "
    "air-raids barrage shells"
)


def _forms(verbs: str) -> frozenset[str]:
    return frozenset(form for verb in verbs.split() for form, _ in verb_forms(verb))


# Verbs of saying: a clause may follow them.
SPEECH = _forms(
    "say report announce claim confirm state tell add tweet acknowledge admit declare note affirm "
    "stress explain reveal document indicate insist argue warn believe deny monitor observe "
    "reiterate mention relate recount concede dispute reject quote cite point know think clarify"
) - {
    "report",
    "claim",
    "reports",
    "document",
    "documents",
    "state",
    "states",
    "point",
    "points",
    "note",
    "monitor",
}
# Other verbs of the news, so that a clause is seen to begin.
VERBS = _forms(
    "continue launch start begin try attempt fail manage repel foil thwart kill wound die destroy "
    "carry hold keep face remain become lie stand "
    "sit link connect overlook separate lead make give "
    "go come run live flee arrive return send deploy mobilise mobilize mass reinforce respond "
    "retaliate support back help want need hope plan "
    "expect aim seek intend vow threaten demand ask "
    "call urge agree sign meet talk discuss condemn "
    "accuse blame warn fear displace drop fire shoot "
    "land use show see find mark bring mean allow enable force leave suffer sustain inflict score "
    "achieve follow precede end resume pause stop halt prevent stay wait prepare set build dig lay "
    "dismantle comb lay search arrest detain release exchange trade negotiate hand deliver "
    "result culminate serve "
    "distribute suspend close operate work belong include contain cover extend stretch rise grow "
    "increase decrease drop escalate intensify flare erupt rage break burn collapse crumble refuse "
    "reject decline rule promise pledge consider regard describe call identify name list hail "
    "celebrate congratulate visit walk drive fly cross "
    "pass reach head succeed fight attack assault "
    "ambush raid defend protect resist confront face shut think let"
) - word_set(
    "cover "
    "backs force forces fire fires mine mines land lands face faces name names list lists plan "
    "plans attack attacks raid raids assault assaults ambush support end set base fight fights "
    "talk talks trade work works drive drives head heads need hope hopes back mass call calls "
    "lead link links launch fear fears drop rise increase search close exchange demand visit "
    "march start mark pause attempt attempts score scores lay mean living hand hands "
    "reinforcements rule show break halt pass cross release shut use aim aims resort bring ask "
    "report warning fighting shelling including separate meeting building landing following "
)
# Nouns behind a region's name; words by which a place or a side is held or helped; words in the
# names of offices and organisations.
REGION_NOUNS = word_set(
    "province governorate countryside region provinces governorates muhafazah front pocket plain "
    "de-escalation area's"
)
ORGANISATIONS = word_set(
    "observatory agency ministry council nations office party union university tv television radio "
    "news president general colonel minister street hospital human rights secretary federation"
)
HOLDING = frozenset({"held", "controlled", "run", "occupied", "dominated", "ruled"})
HELPING = frozenset({"backed", "led", "allied", "aligned", "supported", "linked", "affiliated"})
