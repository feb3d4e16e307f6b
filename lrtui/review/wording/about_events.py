"""What is said about what happened, and about what to do: hindsight, one cause, small words, actions that are none."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from lrtui.review.hint_class import HintClass
from lrtui.review.wording.rule import Place, Rule
from lrtui.review.wording.subjects import Sort, spaced
from lrtui.review.wording.verbs import DENIED, DENIED_BEFORE, HAVE, NEGATED, NOT, OPERATE, either

if TYPE_CHECKING:
    from collections.abc import Iterator

_SINCE = "Which of this was known at the time, and which only since?"
_SOMEBODY = "(?:I|we|you|he|she|they|someone|somebody|nobody|everyone|everybody|anyone|people)"
_PAST = either(
    "was were had did could would fell broke went came got knew ran took made lost saw began died forgot gave kept",
    r"left meant put sent shut stood thought told understood woke wrote \w{3,}ed",
)
# What is always so may well be obvious; it is hindsight only where something is told, or somebody is meant
_TOLD = rf"(?:(?= {_SOMEBODY}\b)|(?=[^.!?\n\0]{{0,80}}?\b(?:{_PAST}|\w+n't)\b))"
_TELLING = rf"\b(?:{_PAST}|\w+n't)\b[^.!?\n]{{0,60}}\Z"
_START = r"(?:\A|(?<=[\n\0]))"  # of a line, an item, a cell


def about_events() -> Iterator[Rule]:
    """Yield the rules about events and actions; of two that find the same words the first one counts."""
    yield from _hindsight()
    yield from _clearly()
    yield from _single_cause()
    yield from _weak_action()
    yield from _vague_action()
    yield from _minimiser()


def _hindsight() -> Iterator[Rule]:
    rule = partial(Rule, HintClass.HINDSIGHT, _SINCE)
    described = spaced(
        r"(?:\b(?:nothing|anything|something|an?|the|some|any|with|of|for|these|those|more|most|less|as|so|how|if|when"
        rf"|returned|returning|immediately)|{NEGATED}) ?\Z"
    )
    seen = r"(?! (?:(?:wrong|incorrect|broken|bad|invalid|different) \w|(?:with|only|for|if|in|on|from|present)\b))"
    yield rule(spaced(rf"\bobviously\b{seen},?{_TOLD}"), unless=described)
    yield rule(spaced(rf"\bobviously\b{seen}"), where=spaced(_TELLING), unless=described)

    courtesy = either(
        r"sorry apolog\w+ thank\w* grateful happy glad welcome free proud luck\w* also will can may want hope plan",
    )
    course = rf"\bof course\b(?! of\b)(?!! ?(?:\Z|\n))(?!,? (?:\w+ ){{0,4}}{courtesy}\b)"
    agreed = r"\b(?:matter|yes|but|are|is|am|will),? ?\Z|'(?:re|m|ll) ?\Z"
    yield rule(spaced(rf"{course},?{_TOLD}"), unless=spaced(agreed))
    yield rule(spaced(course), where=spaced(_TELLING), unless=spaced(rf"{agreed}|\band ?\Z"))

    yield rule(spaced(rf"\b(?:it|that|this)(?: really)? should(?:{HAVE}|a) been (?:\w+ly )?obvious\b"))
    nearly = r"(?:\w+ly |pretty much |all but |just |almost |quite )?"
    fate = (
        rf"\b(?:was|were|seems|seemed|looks|looked|been|felt) {nearly}inevitable\b"
        r"|\bthe inevitable\b(?= (?:happened|outage|failure|crash|result|came|\w+ down))"
        r"|\b(?:was|were) bound to happen\b"
    )
    yield rule(spaced(fate), unless=spaced(DENIED))


def _clearly() -> Iterator[Rule]:
    rule = partial(Rule, HintClass.HINDSIGHT, _SINCE)
    # As a manner it is harmless, clearly labelled, and as a wish: this clearly needs a limit
    manner = either(
        "visible marked documented defined labell?ed stated separated communicated written understood shown seen",
        r"explained identif\w+ specif\w+ document define label state[sd]? shows? showed indicat\w+ see sees saw",
        r"communicate[sd]? demonstrat\w+ say says said explains? describ\w+ mark separate show named scoped owned",
        r"outlined delineated articulat\w+ distinguish\w* correlat\w+ present\w* link\w* assign\w* establish\w*",
        r"allocat\w+ recorded logged listed highlighted worded signposted laid set announced posted reflected",
        "tracked reported captured expressed readable legible flagged",
    )
    wished = r"(?:not |un)?(?:acceptable|good enough|ideal|what)|isn't|need|needs|should|must|room|there (?:is|are)"
    clearly = rf"\bclearly\b,?(?!-)(?! (?:\w+ly ){{0,3}}(?:{manner}|{wished}|\w+er than)\b)"
    refuted = spaced(rf"{NEGATED} ?\Z")
    subject = either(
        "the an? it this that there these those our my your his her their its no not nothing something was were",
        "wasn't weren't had didn't",
    )
    opening = spaced(r"(?:\A|,|\b(?:and|but|so|because)) ?\Z")
    yield rule(spaced(rf"{clearly}(?= (?:{subject}|{_SOMEBODY})\b)"), where=opening, unless=refuted)
    no_adverb = r"(?! (?:and|as|in|to|at|on|for|enough|so)\b)"
    yield rule(spaced(clearly + no_adverb), where=spaced(r"\b(?:was|were|had) ?\Z"), unless=refuted)
    yield rule(spaced(rf"{clearly}(?= (?:{_PAST}|\w+n't)\b)"), where=spaced(r"\b(?:that|which|it|this) ?\Z"))
    yield rule(spaced(rf"{clearly} (?P<verb>\w+)"), Place.BEFORE, of=Sort.CLEAR)
    minded = r"(?= (?:had no idea|did(?:n't| not)|thought|knew|wanted|assumed|forgot|missed)\b)"
    yield rule(spaced(rf"\bclearly{minded}"), Place.BEFORE, of=Sort.UNCLEAR)


def _single_cause() -> Iterator[Rule]:
    rule = partial(Rule, HintClass.SINGLE_CAUSE, "Which other conditions came together for this?")
    root = r"(?:[\w-]+ ){0,2}?root(?: |-)cause\b(?! analys)"
    open_ = (
        r"(?! (?:not|un\w+|still|being|yet|never|under|currently|hard|difficult|determined|in the process"
        r"|to be (?:determined|confirmed|found|established|investigated))\b|n't)"
    )
    sought = spaced(
        r"\b(?:if|whether|what|once|until|when|unless|while|where|why|no|not|than|find|finding|understand\w*"
        r"|determin\w+|identif\w+|locat\w+|investigat\w+|discover\w*|isolat\w+|trac\w+|for|into|know|about|believe the)"
        r" ?\Z"
    )
    refused = spaced(DENIED_BEFORE)
    behind = r"(?: (?:of|for|behind|here)\b[^.,;:!?\n\0]{0,90}?)?(?: [\w-]+ly)?"
    verb = "(?:was|is|turned out|seems?|appears?|came down|lies|lay)"
    yield rule(
        spaced(rf"\b(?:the|our|its|one) {root}{behind}(?: {verb}\b{open_}|'s\b{open_}|(?: then| here)? ?[:=])"),
        unless=sought,
    )
    yield rule(spaced(rf"(?:\b(?:is|was|be|as|been|became)|'s)(?: [\w-]+ly){{0,3}} the {root}"), unless=refused)
    found = either("found know knew identified pinned nailed established confirmed determined pinpointed have got see")
    yield rule(spaced(rf"\b{found}(?: down)? the {root}|\bwhat(?:'s| is| was) the {root}"), unless=refused)
    only = either(
        "only single sole ultimate real actual underlying direct immediate main primary proximate true one whole",
    )
    of = r"(?: (?:of|for) (?!(?:concern|alarm|death)\b)[^.,;:!?\n\0]{1,70}?)?"
    yield rule(spaced(rf"\bthe (?:{only} ){{0,2}}cause{of} (?:was|is|turned out)\b{open_}"), unless=sought)


def _weak_action() -> Iterator[Rule]:
    rule = partial(
        Rule,
        HintClass.WEAK_ACTION,
        "What can be built or changed so that nobody has to think of it?",
        unless=spaced(
            r"\b(?:so(?: that)? (?:nobody|no one|people (?:don't|need not)|we (?:don't|need not))|without|instead of"
            r"|rather than|remove|drop|replace|automate|no longer|rel(?:y|ies|ying) on|avoid\w*|no need"
            r"|not (?:have|need)|(?:doesn't|don't|didn't) (?:have|need))\b"
            rf"|{NEGATED} ?\Z"
        ),
    )
    people = r"(?:(?:the|all|our|every|any|new|junior|those|these|whole|on-call|entire) )*(?:\w+ )?" + either(
        r"teams? staff engineers? people persons? on-?call\w* everyone everybody operators? developers? devs",
        "responders? contractors? colleagues admins? him her them agents crew members? employees?",
    )
    more = "(?:more|extra|a bit more|a lot more|much more|even more|way more|doubly)"
    attention = r"pay (?:(?:more|closer|close|better|extra|special|careful|greater) )?attention"
    careful = "(?:careful|vigilant|cautious|mindful|attentive|diligent|alert|thorough)"
    heed = (
        rf"(?:be {more} {careful}|{attention}|take (?:more|extra|greater|better) care|(?:double|triple)(?: |-)?check"
        rf"|remember to|re-?train {people}|not forget|try harder)\b"
    )
    also = " ?(?:(?:all|also|just|really|simply|please|always|in future,?|next time,?|going forward,?|from now on,?) )*"
    must = r"\b(?:will|should|must|needs? to|have to|has to|going to|let's|gotta|got to|ought to|please|'ll|always)"
    yield rule(spaced(rf"(?:{_START}|{must}){also}{heed}"))
    yield rule(spaced(rf"\b(?:to |just )?be {more} (?:careful|vigilant|cautious)\b"))

    asked = r"(?:remind|tell|ask|urge|encourage|instruct|get) (?:\w+ ){1,4}?"
    group = "(?:everyone|people|teams?|engineers?|staff|developers|devs|on-?call)"
    told = rf"\b(?:{group}|{asked}) ?to|\bmak(?:e|ing) sure (?:\w+ ){{1,4}}?"
    yield rule(spaced(rf"(?:{told}){also}{heed}"), action=True)
    loose = (
        r"\b(?:be (?:very |really |so )?(?:careful|vigilant|cautious|mindful)|pays? (?:\w+ )?attention|remembers? to"
        r"|takes? (?:more|extra|greater|better) care|(?:don't|do not|never) forget"
        rf"|re-?train(?:ing)? (?:(?:for|of) )?{people})\b"
    )
    modal = "(?: (?:should|must|to|will))?"
    checking = rf"{_START} ?(?:{people}{modal} )?(?:(?:always|please) )?(?:double|triple)(?: |-)?checks?\b"
    yield rule(spaced(rf"{loose}|{checking}|{_START} ?remind {people}\b"), action=True)
    yield rule(spaced(r"\bre-?train(?:ing)?"), Place.BEHIND, action=True)


def _vague_action() -> Iterator[Rule]:
    verb = (
        "(?:improve|enhance|review|investigate|look (?:in ?to|at)|consider|explore|think about|revisit|discuss|examine"
        "|re-?consider)"
    )
    exact = either(
        "to so by until till with from whether that which when if how why what who before after because per every",
        "instead not",
    )
    tokens = r"(?: (?:@|#|!|\^|due:|ref:|team:)\S+)*"
    someone = "(?:we|team|someone|somebody|everyone|ops|devs)"
    begun = f"(?:{someone} )?(?:(?:should|must|will|to|need to|needs to|let's|please|could) )?"
    few = rf"(?: (?!{exact}\b)[^\s\0\d;:#@!^]+){{0,6}}"
    yield Rule(
        HintClass.VAGUE_ACTION,
        "Which change to which thing, and how will we see that it is done?",
        spaced(rf"{_START}{tokens} ?(?:a:|\[ ?\])? ?{begun}{verb}\b{few}{tokens}[.! ]*(?=\n|\Z)"),
        action=True,
    )


def _minimiser() -> Iterator[Rule]:
    rule = partial(Rule, HintClass.MINIMISER, "What does that take in practice, at that hour and under that pressure?")
    small = r"(?:just|simply|merely)\b(?!-)"
    yield rule(spaced(rf"\b(?:only|{small}) (?:had|have|has|need|needs|needed|got) to\b"), Place.BEFORE)
    might = r"(?:\b(?:should|could|can|would|might|need to|have to|had to)|'d)"
    yield rule(spaced(rf"{might}{NOT}(?: have|'ve)? {small}(?: have)? (?P<verb>\w+)"), Place.BEFORE, shared=True)
    others = Sort.US | Sort.YOU | Sort.ONE | Sort.ANYONE | Sort.UNCLEAR
    yield rule(spaced(rf"\b{small} (?P<verb>{OPERATE})\b"), Place.BEFORE, of=others)
    thing = either("change restart flag line command click config fix typo deploy rollback query button")
    yield rule(
        spaced(
            r"\ball (?:I|we|you|he|she|they|anyone|someone) (?:have|had|has|need|needed) to do (?:is|was)\b"
            rf"|\b(?:only|{small}) a matter of\b"
            rf"|\b(?:it|that|this)(?:'s| is| was) (?:only|{small}) (?:an?|one) (?:\w+ ){{0,2}}?{thing}\b"
            rf"|{_START} ?(?:you )?{small} {OPERATE}\b"
        )
    )
