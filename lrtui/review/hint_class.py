"""The classes of hints on wording. Apart from the rules, which are many: whoever reads the settings needs no rule."""

from __future__ import annotations

from enum import StrEnum


class HintClass(StrEnum):
    """A class of words to notice; each can be switched off."""

    COUNTERFACTUAL = "counterfactual"
    OMISSION = "omission"
    JUDGEMENT = "judgement"
    INTERROGATION = "interrogation"
    HINDSIGHT = "hindsight"
    MINIMISER = "minimiser"
    SINGLE_CAUSE = "single cause"
    WEAK_ACTION = "weak action"
    VAGUE_ACTION = "vague action"
    ABSOLUTE = "absolute"

    @property
    def about(self) -> str:
        """What the class is about, for whoever switches it on or off."""
        return _ABOUT[self]


_ABOUT = {
    HintClass.COUNTERFACTUAL: "What somebody should, could or would have done",
    HintClass.OMISSION: "What somebody failed to do, forgot or did not notice",
    HintClass.JUDGEMENT: "Verdicts on people: careless, human error, my fault",
    HintClass.INTERROGATION: "Questions that accuse: why didn't you, who broke it",
    HintClass.HINDSIGHT: "What looks obvious only afterwards",
    HintClass.MINIMISER: "What makes work sound small: just, simply, only had to",
    HintClass.SINGLE_CAUSE: "One cause for everything; once per review",
    HintClass.WEAK_ACTION: "Actions that ask people to take more care",
    HintClass.VAGUE_ACTION: "Actions that are only a verb: improve, look into",
    HintClass.ABSOLUTE: "Always and never, said about people",
}

ON_BY_DEFAULT = frozenset(HintClass) - {HintClass.MINIMISER}
ONCE = frozenset({HintClass.SINGLE_CAUSE})  # offered once in a review
