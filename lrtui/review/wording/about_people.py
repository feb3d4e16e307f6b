"""What is said about people: what they would have done, did not do, are, did always; and questions that accuse."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from lrtui.review.hint_class import HintClass
from lrtui.review.wording.rule import Place, Rule
from lrtui.review.wording.subjects import Sort, spaced
from lrtui.review.wording.verbs import (
    ADVERB,
    ATTEMPT,
    DENIED,
    DENIED_BEFORE,
    END,
    ENSURED,
    HAVE,
    HUMANLY,
    NEGATED,
    NOT,
    NOTHING,
    NOTICE,
    NOTICED,
    PARTICIPLE,
    SUPPOSED,
    TOLD,
    either,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_OTHERWISE = "What did people have in front of them at that moment, and what did they do with it?"
_ATTENTION = "Where was the attention just then, and what would usually bring this to mind?"
_EXCEPTION = "When did it go another way, and what was different that time?"
_SINCE = "Which of this was known at the time, and which only since?"

_ADVERBS = rf"(?: {ADVERB}){{0,6}}"
_OTHERS = Sort.ONE | Sort.YOU | Sort.NONE | Sort.ANYONE | Sort.UNCLEAR

# Where a sentence speaks of such words and does not use them: “it is easy to say that …”
_REFUSED = (
    r"\b(?:(?:easy|tempting|unfair|pointless|wrong|useless|idle) to (?:say|think|claim|argue|conclude|add|ask|judge)"
    r"|(?:not|n't|never|without|instead of|rather than) (?:say|saying|asking|about|ask|mean|meaning|to say|claim"
    r"|claiming|think|talk about|discussing))\b"
)
# What a machine owed us, however it is put: “we should have got an alert”, “we should have seen the errors drop”
_AWAITED = (
    r"received|got(?:ten)? (?:(?:an?|the|any|some|more) )?(?:[\w-]+ )?"
    r"(?:alert|page|notification|e?mail|error|warning|message|response|answer|reply)s?\b"
    r"|seen (?:an?|some|errors?|traffic|load|latency|recovery|improvements?)\b"
    r"|seen the (?:\w+ ){0,2}(?:errors?|traffic|load|rates?|latency|queue|count|number|cpu|memory|lag|requests?|pods?"
    r"|connections?|metrics?) (?:drop|fall|go|come|rise|recover|decrease|increase|start|stop|return|clear|drain)\b"
)
# What could have happened to us, and what is meant as a possibility or a courtesy
_HAPPENING = (
    r"(?:lost|suffered|experienced|ended|hoped|wished|wanted|imagined|dreamed|sworn|asked for|caused|missed"
    r"|run (?:out|into)|gone (?:unnoticed|wrong|offline|down)|had (?:an?|much|serious|worse|data)|been \w+ing"
    r"|been (?:hit|affected|compromised|attacked|hacked|breached|exposed|down|offline|worse|unable|impacted|in|on|out"
    r"|off|away|asleep|much|left))\b"
)
_POLITE = (
    r"(?:expected|liked|loved|preferred|thought|hoped|guessed|assumed|imagined|wished|needed|required|wanted|said"
    r"|appreciated|had to|been (?:happy|glad|nice|great|useful|helpful|interested))\b"
)
_THE_SAME = (
    r"(?:done|made|chosen|taken|said|drawn|reacted|acted|gone) (?:exactly |just |much )?"
    r"(?:the same|so|likewise|that too|as \w+ did)\b"
)
_EXCUSING = (
    either("known predicted foreseen anticipated guessed expected imagined prevented made done fallen run") + r"\b"
)
# Of “they” only these: others are told of services and of plans
_THEIRS = (
    "(?!"
    + either(
        "noticed seen known caught checked called stopped rolled asked told spotted reali[sz]ed paged waited",
        "escalated tested done read followed",
    )
    + r")\w"
)
_NOTED = either(
    "asked called paged phoned rolled waited checked double-checked escalated told said looked reverted noticed read",
    "communicated declared informed tested followed thought listened spoken warned talked slept handed",
)


def about_people() -> Iterator[Rule]:
    """Yield the rules about people; of two that find the same words the first one counts."""
    yield from _interrogating()
    yield from _should_have_known()
    yield from _counterfactual()
    yield from _lamenting()
    yield from _absolute()
    yield from _omission()
    yield from _not_noticing()
    yield from _character()
    yield from _fault()


def _should_have_known() -> Iterator[Rule]:
    rule = partial(Rule, HintClass.HINDSIGHT, _SINCE)
    known = rf"\b(?:should{_ADVERBS}(?:{HAVE}|a)|ought to{HAVE}){_ADVERBS} known(?: better)?\b"
    yield rule(spaced(known), Place.BEFORE, shared=True)
    yield rule(spaced(r"\bshould(?:n't)?"), Place.BEHIND, then=spaced(rf"{NOT}{HAVE}{_ADVERBS} known\b"))


def _counterfactual() -> Iterator[Rule]:
    rule = partial(Rule, HintClass.COUNTERFACTUAL, _OTHERWISE)
    done = partial(rule, place=Place.BEFORE, shared=True, unless=spaced(_REFUSED))
    supposed = partial(rule, place=Place.BEFORE, shared=True, unless=spaced(rf"{_REFUSED}|\bif ?\Z"))
    happening, polite = (Sort.ANY, spaced(_HAPPENING)), (Sort.ANY, spaced(_POLITE))

    should = rf"\b(?:should{NOT}{_ADVERBS}(?:{HAVE}|a)|(?:ought(?:n't| not)? to|oughtt?a){HAVE})(?: not)?{_ADVERBS}"
    fine = (Sort.ANY, spaced(r"been (?:fine|ok|okay|safe|unaffected)\b"))
    allowed = (Sort.ANY & ~Sort.US & ~Sort.SELF, spaced("been able"))
    yield done(spaced(f"{should} {PARTICIPLE}"), spare=(fine, allowed, (Sort.ANY, spaced(_AWAITED))))
    # As one notes it down: “should have asked”
    yield rule(spaced(rf"{should} {_NOTED}\b"), where=spaced(rf"\A(?: ?{ADVERB})? ?\Z"))

    would = rf"(?:\bwould{NOT}{_ADVERBS}(?:{HAVE}|a)|'d(?: {ADVERB}| not){{0,6}}{HAVE})(?: not)?{_ADVERBS}"
    harmless = (happening, polite, (Sort.ANY, spaced(_THE_SAME)), (Sort.UNCLEAR, spaced(_THEIRS)))
    yield supposed(spaced(f"{would} {PARTICIPLE}"), spare=harmless)

    could = rf"\bcould{_ADVERBS}(?:{HAVE}|a){_ADVERBS}"
    excusing = (Sort.NONE | Sort.ANYONE, spaced(_EXCUSING))
    yield supposed(spaced(f"{could} {PARTICIPLE}"), spare=(happening, excusing))

    asked = spaced(rf"{NOT}{_ADVERBS}{HAVE}{_ADVERBS} {PARTICIPLE}")
    yield rule(spaced(r"\b(?:should|could|would)(?:n't)?"), Place.BEHIND, then=asked, spare=(happening, polite))


def _lamenting() -> Iterator[Rule]:
    rule = partial(Rule, HintClass.COUNTERFACTUAL, _OTHERWISE)
    had = r"(?: (?:had(?:n't)?|could(?:n't)?|would|were|was|knew|did(?:n't)?)|'d)\b"
    yield rule(spaced(r"\bif only"), Place.BEHIND, then=spaced(had))
    # At the beginning, and without a consequence behind it, it laments also where it speaks of a thing
    thing = (
        r"(?:the|that|this|there|it|our|my)\b[^.,;:!?\n\0]{0,40}?(?: had(?:n't)?| were(?:n't)?|'d)\b(?![^.!?\n\0]*,)"
    )
    yield rule(spaced(rf"\bif only {thing}"), where=spaced(r"\A ?\Z"))


def _omission() -> Iterator[Rule]:
    rule = partial(Rule, HintClass.OMISSION, _ATTENTION, place=Place.BEFORE, unless=spaced(SUPPOSED))
    had = rf"(?:\b|(?='))(?:(?:(?:had|have|has)|'(?:d|ve)){_ADVERBS} )?"
    theirs = (Sort.UNCLEAR, spaced(rf"(?!{HUMANLY}\b)\w"))
    service = (Sort.US | Sort.ANYONE, spaced(r"(?:respond|send|create|delete|detect)\b"))
    yield rule(spaced(rf"{had}failed to (?:\w+ly )?(?!\w+ly |{ATTEMPT}\b)(?P<verb>\w+)"), spare=(theirs, service))

    thing = rf"(?: (?:to|about|that|it|the|this|an?|one|our|my|his|her|their|we|there|\w+ing)\b| ?{END})"
    forgot = rf"(?:{had}(?:forgot|forgotten)|\b(?:keep|keeps|kept) forgetting){thing}"
    yield rule(spaced(forgot), shared=True, dropped=True)
    yield rule(spaced(rf"{had}(?:neglected|overlooked)\b(?! by)"), shared=True)


def _not_noticing() -> Iterator[Rule]:
    rule = partial(Rule, HintClass.OMISSION, _ATTENTION)
    before = partial(rule, place=Place.BEFORE, unless=spaced(SUPPOSED))
    programs = (
        r"(?:catch (?:(?:the|all|any|this|an?) )?(?:exceptions?|errors?|signals?)|check for"
        r"|test (?:for|positive)|read (?:from|the (?:file|value|header|config\w*))"
        r"|follow (?:up|redirects?|the (?:redirect|spec|pattern|standard|format|link))"
        r"|(?:validate|verify|check) (?:\w+ ){0,3}(?:signatures?|certificates?|certs?|tokens?|checksums?|hash|hosts?"
        r"|identity|input|headers?|length|size|type|schema|exit|status|return|permissions?))\b"
    )
    ours = (Sort.US | Sort.UNCLEAR, spaced(programs))  # as in code: “we did not check the return value”
    theirs = (Sort.UNCLEAR, spaced(r"catch\b"))
    notice = rf"{_ADVERBS} (?P<verb>{NOTICE})\b{NOTHING}"
    yield before(spaced(rf"\b(?:didn't|didnt|did not){notice}"), shared=True, spare=(ours, theirs))
    hadnt = rf"(?:\b(?:hadn't|had not)|'d not){_ADVERBS} (?P<verb>{NOTICED}|{TOLD})\b{NOTHING}"
    yield before(spaced(hadnt), shared=True)
    watching = r"(?P<verb>watching|checking|looking at|paying attention|listening)\b"
    yield before(spaced(rf"(?:\b(?:were|was)(?:n't| not)|'(?:s|re) not) {watching}"), shared=True)
    noticed = rf"\b(?P<verb>(?!read (?:it|this|that) )(?:{NOTICED})|was (?:watching|checking|looking))\b{NOTHING}"
    yield before(spaced(noticed), of=Sort.NONE)

    behind = partial(rule, place=Place.BEHIND)
    yield behind(spaced(r"\bdidn't"), then=spaced(notice))
    yield behind(spaced(r"\bdid"), of=Sort.NONE, then=spaced(notice))
    forget = rf" (?:not (?P<verb>{NOTICE})\b{NOTHING}|(?:forget|fail) to\b)"
    yield behind(spaced(r"\bdid"), then=spaced(forget))


def _character() -> Iterator[Rule]:
    rule = partial(
        Rule,
        HintClass.JUDGEMENT,
        "What took place, at what time, and what shows it?",
        unless=spaced(DENIED),
    )
    yield rule(
        spaced(
            r"\b(?:careless(?:ly|ness)?|negligent(?:ly)?|negligence(?! or)|reckless(?:ly|ness)?|irresponsibl[ey]"
            r"|incompeten(?:t|ce)|sloppiness|laziness|stupidity)\b"
        )
    )
    very = r"(?: (?:\w+ly|so|too|very|a bit|a little|rather|pretty|just|being|kind of|sort of|quite)){0,6}"
    bad = "(?:lazy|stupid|dumb|idiotic|sloppy|clumsy|foolish|silly)"
    technical = r"(?! (?:load|eval|init|read|delet|quorum|counter)\w*)"
    being = r"(?:\b(?:was|were|is|are|am|got|been)|'(?:s|re|m))"
    yield rule(spaced(rf"{being}{very} {bad}\b{technical}"), Place.BEFORE, of=Sort.CLEAR)

    deed = either("mistakes? errors? decisions? moves? oversights? shortcuts?")
    whose = r"of (?:me|him|her|us|them|you)|thing (?:for \w+ )?to do"
    yield rule(spaced(rf"\b{bad} (?:\w+ )?(?:{deed}|{whose})\b|\b(?:by|for|from|of|just|was) being{very} {bad}\b"))
    that = rf"\b(?:that|this|it)(?: was|'s| is){very} (?:stupid|dumb|idiotic)(?:{END}|(?= (?:of|to)\b))"
    lazy = rf"\b(?:that|this)(?: was|'s| is){very} lazy{END}|\blazy (?:fix|hack|workaround|shortcut|way out|solution)\b"
    yield rule(spaced(f"{that}|{lazy}"))
    work = either(
        "work code review reviewing change deploy deployment rollout testing merge handover job typing process fix",
    )
    sloppy = rf"{being}{very} sloppy(?:{END}|(?= of\b))|\bsloppy (?:\w+ )?{work}\b"
    yield rule(spaced(sloppy))


def _fault() -> Iterator[Rule]:
    rule = partial(Rule, HintClass.JUDGEMENT, "What made this easy to do, for anyone in that seat?")
    # Not where the words are about the future or about machines: “to lower the risk of human error”, “error rate”
    warded = (
        rf"(?:{NEGATED}|\b(?:risks?|chances?|possibility|potential|likelihood|opportunit(?:y|ies)|room|scope|prone|open"
        r"|susceptible|vulnerable|reduc\w+|prevent\w*|avoid\w*|eliminat\w+|minimi[sz]\w+|guard\w*|protect\w*|remov\w+"
        r"|toleran\w+|resilien\w+|robust|handl\w+|mitigat\w+|limit\w*|account\w* for|catch\w*|the term|the label"
        r"|call\w* it)\b)(?: (?:of|for|to|the|an?|any|against|from|just|simply|only|more|future|manual|possible|us"
        r"|caused by|due to|because of))* ?\Z"
    )
    counted = either("logs? rates? messages? codes? handling metrics? counts? budgets? tolerance detection")
    refuted = rf"(?! {counted}\b| (?:is|was|are|were)(?: not|n't| never| no)\b)"
    yield rule(spaced(rf"\b(?:human|operator|pilot)(?: |-)?(?:error|mistake)s?\b{refuted}"), unless=spaced(warded))
    thing = either(
        "toleran domain zone line inject isolat rate handl code message detect report budget log cod management",
        "find state type",
    )
    own = either(r"own big first second biggest silly stupid honest dumb bloody typing copy-paste \w+ing")
    fault = rf"(?: {own}){{0,3}} (?:mistake|fault|blunder|screw-?up|cock-?up)\b(?!(?: |-)?{thing}\w*)"
    denied = spaced(DENIED)
    yield rule(spaced(rf"\b(?:my|your|his|her|their|our){fault}"), unless=denied)
    yield rule(spaced(rf"(?:'s|s'|'){fault}"), Place.BEFORE, of=Sort.ONE | Sort.UNCLEAR, unless=denied)
    by = r"\b(?:mistake|error|blunder)s? (?:(?:made|committed) by|on the part of|by)|\b(?:fault|mistake) of"
    yield rule(spaced(by), Place.BEHIND, of=Sort.ONE | Sort.SELF | Sort.UNCLEAR)
    wholly = "(?: (?:all|entirely|totally|completely|really))?"
    on_me = rf"\b(?:that|this|it|that one|this one)(?:'s| was| is){wholly} on (?:me|you|him|her|us)\b{END}"
    yield rule(spaced(rf"\bmy bad\b{END}|{on_me}"), unless=denied)
    erred = (
        r"\b(?:had )?(?:made|make|makes) (?:an?|the|this|that|such an?|some|my|his|her|their|our|one) (?:[\w-]+ ){0,2}?"
        r"mistakes?\b|\b(?:messed|screwed|cocked|stuffed|fucked|botched)(?: (?:it|that|this|things|everything))? up\b"
        r"|\b(?:botched|bungled) (?:the|it|this|that)\b|\bdropped the ball\b"
        r"|(?:\b(?:is|was|were|are|am)|'(?:m|s|re)) (?:\w+ly )?(?:to blame|at fault)\b"
    )
    anyone = Sort.ANY & ~Sort.NONE
    yield rule(spaced(erred), Place.BEFORE, of=anyone, shared=True, unless=spaced(SUPPOSED))
    blame = spaced(r"\b(?:blame|blames|blamed)")
    yield rule(blame, Place.BEHIND, of=Sort.ONE | Sort.YOU, unless=spaced(DENIED_BEFORE))


def _interrogating() -> Iterator[Rule]:
    rule = partial(
        Rule,
        HintClass.INTERROGATION,
        "How did it look from there, and what was expected to happen?",
        place=Place.BEHIND,
    )
    why = r"\b(?:why(?: on earth| the hell| the heck| exactly| then|,? \w+ly)?|how come)"
    reacting = either(
        "speak say roll page call stop see realise realize know act do react intervene step raise fix respond pick",
        "care object want bother think",
    )
    users = (Sort.NONE | Sort.ANYONE, spaced(rf"(?!{NOTICE}|{reacting})\w"))
    anything = spaced(rf"(?=(?: not| {ADVERB}| go and| bother to){{0,6}} (?P<verb>\w+))")
    did = rf"{why} (?:did(?:n't| not)?|wouldn't|would|hadn't|haven't|hasn't|didnt)"
    yield rule(spaced(rf"{did}|\bwhy'd"), of=_OTHERS, then=anything, spare=(users,))
    never = spaced(r"(?: didn't| did not| never| hadn't) (?P<verb>\w+)")
    yield rule(spaced(r"\bhow come"), of=_OTHERS, then=never)
    doing = spaced(rf"(?: not| {ADVERB}){{0,6}} (?P<verb>(?!being\b)\w+ing)")
    yield rule(spaced(rf"{why} (?:was|were|is|are)(?:n't)?"), of=_OTHERS, then=doing)
    ours = rf"{_ADVERBS} (?P<verb>{NOTICE}|roll|page|wait|stop|revert|see|realise|realize|know)\b"
    we = Sort.US | Sort.SELF
    yield rule(spaced(rf"{why} (?:didn't|did not|didnt|hadn't)"), of=we, then=spaced(ours))
    yield rule(spaced(rf"{why} did"), of=we, then=spaced(f" not{ours}"))
    how = spaced(r"\bhow (?:could|on earth could|on earth did)")
    able = spaced(r"(?: \w+ly| even)? (?P<verb>not|have|let|miss|do|overlook|forget|ignore)\b")
    yield rule(how, of=_OTHERS, then=able)
    yield from _asking_who()


def _asking_who() -> Iterator[Rule]:
    rule = partial(Rule, HintClass.INTERROGATION, "What made this possible, whoever was at the keyboard?")
    refused = spaced(DENIED_BEFORE)
    begun = "(?:and|so|but|ok|okay|well|then|right|now|hang on|wait)"
    asking = r"(?:\A|[,(–—-]|\b(?:know|find out|ask|asked|see|tell me|wonder|out|clear|about))"
    was_it = r"(?: the hell| on earth| exactly| actually| was it (?:that|who)|(?:'s| is| was) the one (?:that|who))?"
    work = either(r"deploy\w* change release merge restart rollout migration failover update")
    deed = (
        r"(?:(?:caused|broke|screwed|messed|fucked|killed|let)\b"
        rf"|did (?:this|that|it|such|the (?:\w+ )?{work})\b"
        r"|(?:pushed|merged|approved|deployed|deleted|changed|disabled|touched|signed off|forgot|turned off)\b"
        r"(?=[^.!\n\0]*\?))"
    )
    open_ = r"(?![^.?!\n]* (?:is|was|remains) (?:still )?(?:not|un\w+|open)\b)"
    yield rule(spaced(rf"\bwho{was_it} {deed}{open_}"), where=spaced(rf"{asking} ?(?:{begun},? )*\Z"), unless=refused)
    whose = r"\bwhose (?:fault|mistake|bright idea|idea) (?:is|was) (?:it|this|that)\b"
    yield rule(spaced(rf"{whose}|\bwho(?: is|'s| was) (?:to blame|at fault)\b"), unless=refused)


def _absolute() -> Iterator[Rule]:
    rule = partial(Rule, HintClass.ABSOLUTE, _EXCEPTION, place=Place.BEFORE)
    # “Never” with a verb of the past tells of one time: “I never got the page”
    once = either(
        r"\w+ed got saw heard came went had was were knew took made found gave left sent did said felt met ran",
        "understood built bought chose drew drove fell flew grew hid rose shut slept spoke spent stuck threw woke",
        "wore began lost paid brought became seen been wrote stood meant kept held won",
    )
    no_verb = either(r"mind know be been again to the an? in on") + r"\b"
    noticed = f"(?:{NOTICED}|{TOLD})"
    never = rf"\bnever(?: ever| really| even| actually)? (?P<verb>{noticed}|(?!{once}\b)(?!{no_verb})\w+)\b"
    no_habit = (
        r"(?!(?:be|on|up|there|at|in|the|an?|to|(?:have|need|want|has|needs) to)\b|been|available|able|known|had)"
    )
    always = rf"\balways (?:just |really )?(?P<verb>{no_habit}\w+)\b"
    # Of “we” only conduct: a company also says what it does by policy, “we never store …”
    conduct = either(
        "test check look talk document plan read practi have know learn clean fix find finish get update review",
        "rehears drill follow listen writ think question verif tell notic forget miss skip ignor rush assum leav",
        "wait end blam push say do postpon put overlook underestimat struggl fall fail trust spot catch remember",
    )
    ours = (Sort.US | Sort.ANYONE, spaced(rf"(?!{conduct}|{noticed}\b)\w|have to\b"))
    mine = (Sort.SELF, spaced(r"(?:want|expect|intend|mean|love|like|enjoy|thank|appreciat|wonder)\w*"))
    ensured = spaced(ENSURED)
    for word in (never, always):
        yield rule(spaced(word), of=Sort.ANY & ~Sort.NONE, spare=(ours, mine), unless=ensured)
    trait = r"(?P<verb>\w+ing|late|busy|wrong|right|the one|too|so|in a|slow|careful)\b"
    yield rule(
        spaced(rf"(?:\b(?:is|are|was|were)|'(?:s|re)) (?:always|never) {trait}"), of=Sort.ONE | Sort.YOU | Sort.UNCLEAR
    )
    yield rule(spaced(r"\bever (?P<verb>\w+)\b"), of=Sort.NONE, unless=ensured)
    yield rule(spaced(r"\b(?:don't|doesn't) ever (?P<verb>\w+)\b"), of=Sort.ANY & ~Sort.NONE)
    known = (
        r"\b(?:(?:everyone|everybody)(?: here| else| on the team| in the team)?(?: \w+ly)? (?:knows|knew|should know)"
        r"|we all (?:know|knew))\b(?! (?:their|his|her|our|(?:what|who|where|how|when) to)\b)"
    )
    wished = (
        r"\b(?:ensur\w+|mak\w+ sure|so|if|when|where|whether|until|once|unless|before|not|now|that|sure|confirm\w*) ?\Z"
    )
    yield Rule(HintClass.ABSOLUTE, _EXCEPTION, spaced(known), unless=spaced(wished))
