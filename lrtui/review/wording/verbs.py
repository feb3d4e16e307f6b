"""The verbs and turns of speech that several rules share, as parts of patterns; a space stands for a run of spaces."""

from __future__ import annotations


def either(*words: str) -> str:
    """Return a pattern for one of these words; a text is several, parted by spaces."""
    return f"(?:{'|'.join(word for text in words for word in text.split())})"


ADVERB = (
    r"(?:\w+ly|also|just|still|already|at least|at the very least|never|then|all|perhaps|maybe|instead|even|first"
    r"|either|now|long since|at that point|in hindsight|of course|both|better|indeed|too)"
)
NOT = "(?:n't|nt| not)?"
HAVE = r"(?: have| of|'ve)"
END = r"(?= ?(?:[.,;!?\n)]|\Z))"

_IRREGULAR = either(
    "been begun bitten broken brought built bought caught chosen come dealt done drawn driven fallen felt fought",
    "found forgotten gone got gotten given grown had heard held hidden kept laid led let made meant met overridden",
    "overseen paid put quit rebuilt redone rerun rethought rewritten rung said sat seen sent shown shut slept sold",
    "spent spoken spun stood stuck taken taught thought thrown told understood undone withdrawn withheld woken won",
    "worn",
)
# Participles that often stand before a noun: “we should have detailed runbooks” regrets nothing
_BEFORE_NOUNS = either(
    r"read set run cut left lost split reset hit written known proven \w+i[sz]ed automated dedicated detailed",
    "shared improved increased limited managed documented defined scheduled isolated reduced distributed",
    "restricted trained named fixed advanced required agreed planned expected needed designated separated",
    "replicated versioned signed encrypted cached tested staged structured prepared assigned integrated combined",
    "enhanced extended elevated guaranteed repeated continued unlimited related skilled experienced motivated",
    "updated monitored approved graded layered nested paired privileged reserved mixed varied",
)
_NO_NOUN = either(
    "the an? this that these those it them him her us me you our my his its their your all both each every some",
    "any another more one what who whom how why which whether if when where while before after until since because",
    "as than so and or but to for on in at by with from into onto over under up down out off away back about",
    r"around through earlier sooner later first better \w+ly instead then there here again straight right too",
    "already anyway everything something anything everyone someone somebody anybody everybody",
)
PARTICIPLE = (
    rf"(?P<verb>{_BEFORE_NOUNS}(?= {_NO_NOUN}\b| ?(?:[.,;:!?()\n\0/]|\Z)| [–—-] )"
    rf"|(?!{_BEFORE_NOUNS}\b)(?:{_IRREGULAR}|(?!{either('need speed feed seed bed red indeed hundred embed')}\b)"
    r"(?:[a-z]+-)?[a-z]{2,}ed))\b(?!-)"
)

_OBJECT = either(
    "the both it that this an? our my all everything his her your us me him each every one two three someone",
    "somebody",
)
MACHINE = (
    r"(?:been\b(?! (?:told|asked|informed|consulted|warned|trained|involved|more|better|on the call|in the room)\b)"
    "|(?:"
    + either(
        "be ran gone come came caught shown had worked happened matched propagated fired expired finished",
        r"completed retried recovered processed sync\w* returned failed crashed died timed cached logged alerted",
        "connected blocked prevented exited rejected accepted evicted queued rebalanced replicated backed begun",
        "grown received responded protected contained included converged rendered displayed",
    )
    + "|"
    + either(
        "run shut triggered drained rotated scaled loaded started stopped restarted closed opened terminated",
        "refreshed cleared used kept sent changes? restarts? starts? stops? drops? runs? takes? drains? scales?",
        "keeps? sends? uses? changing restarting starting stopping dropping running taking draining scaling",
        "keeping sending using",
    )
    + rf"\b(?! {_OBJECT}\b| (?:down|off|up) {_OBJECT}\b)|"
    + either(
        "return crash fail die expire time disappear spike trigger fire come get go hang stall exit recover work",
        "respond connect match reach retry load sync contain include have need receive show report behave appear",
        "happen exist end stay remain look seem differ flap perform query resolve execute handle process write",
        "point hold belong emit produce apply default serve store log",
    )
    + r"(?:s|n?ing|p?ing)?)\b)"
)
UNDERGONE = (
    r"(?:received|gotten|got|experienced|encountered|recovered|access\w*|lost|hit|run into)\b"
    r"|(?:seen|noticed|had|found|felt) (?:an?|some|any|no|errors?|warnings?|slow\w*|degraded|higher|more|increased"
    r"|\w+ (?:errors?|messages?))\b"
    r"|been (?:able|affected|logged|redirected|charged|notified|signed|prompted|asked|impacted|unaffected|migrated)\b"
)

NOTICE = (
    r"(?:(?:(?:double|re|cross)(?:-| )?)?check|notice|spot|catch|follow|read|verify|validate|test"
    r"|look (?:at|into|in|closely|carefully|properly|up|hard enough|further|twice)"
    r"|pay (?:any |enough |much |close |full )?attention|think (?:about|to|of|it through)|bother|remember"
    r"|ask(?! for (?!help))|tell|mention|escalate|communicate|warn|inform|listen|consider)"
)
NOTICED = (
    r"(?:(?:(?:double|re|cross)(?:-| )?)?checked|noticed|spotted|caught|followed|read|verified|validated|tested"
    r"|looked(?: (?:at|into|in|closely|carefully|properly|up|further|twice))?)"
)
TOLD = (
    r"(?:paid (?:any |enough |much |close )?attention|thought (?:about|to|of|it through)|bothered|remembered|asked|told"
    r"|mentioned|escalated|warned|listened|considered)"
)
NOTHING = r"(?! (?:any|anything|much|an? (?:impact|effect|difference|change|drop|issue|problem))\b)"

# To fail at these is an attempt that did not succeed, no neglect
ATTEMPT = either(
    "connect reach access log login sign authenticate load open start restart reboot boot deploy build compile",
    "install upgrade run execute reproduce replicate recover restore fix resolve mitigate find locate contact get",
    "retrieve fetch download upload pull push serve process deliver provide meet keep return handle complete",
    "finish succeed scale render receive make pay buy checkout submit save sync migrate convince work live stop",
    "prevent obtain gain achieve create reconcile elect failover apply launch join register resize import export",
    "bring establish maintain exit take absorb cope withstand survive sustain accommodate hold",
)
HUMANLY = either(
    "notice follow check realise realize recognise recognize consider communicate inform tell escalate ask mention",
    "document account anticipate appreciate understand look remember coordinate plan think",
)
OPERATE = either(
    "restart reboot roll revert run add remove check use call page ask click set do turn delete push pull bump",
    "flip copy change fix follow look read switch scale deploy redeploy rename retry update wait disable enable",
    "kill type press go put",
)

NEGATED = r"(?:\b(?:not|never|no|nobody|nobody's|nor|neither|without|rather than|instead of|more than|beyond|less)|n't)"
DENIED = rf"{NEGATED}(?: (?:just|simply|only|really|about|an?|the|any|your|being|by|due to|caused by|because of))* ?\Z"
DENIED_BEFORE = rf"(?:{NEGATED}|no matter|regardless|interested in|avoid\w*|stop)\b"
SUPPOSED = r"\b(?:if|unless|whenever|in case|whether|would|wouldn't) ?\Z"
ENSURED = r"\b(?:ensur\w+|mak\w+ sure|so|if|when|where|sure)(?: that)? ?\Z"
