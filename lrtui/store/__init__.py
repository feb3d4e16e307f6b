"""Reviews on disk: append-only journals in a library folder, and the caches beside them.

A review is a folder of journals, one file per author. A journal is text, one JSON object per line; a line puts fields
on a document, and all lines of all journals, folded in order of time, are the review. Nothing that was written is
ever changed: deleting is a field, undoing is another line. So two copies are merged by putting their files together.

    journal   the lines, and their fold into documents: pure
    undo      which operation is undone next, and the fields that undo it: pure
    storage   one review as a TinyDB database over its journals, durable line by line
    files     writing so that a crash leaves either the old or the new; errors of the disk as sentences
    author    whose journal this is
    library   the folder of reviews: where it is, what is in it, how a review is found by a part of its name
    lock      one writer at a time
    drafts    half-typed text, kept over a crash
"""
