"""Words worth noticing, and what a facilitator may ask instead or next.

A hint is for the facilitator alone and proposes a question; it changes no word and is never shown in the room.
Precision goes before recall, since a wrong hint shames someone: what is a hint and what is none is kept in the corpora
beside the tests, in `tests/review/wording/`. Everything is read in text that `own_words` has blanked.
"""
