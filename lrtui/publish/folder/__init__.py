"""The publish folder: a page for each review, pages that collect from all of them, and if wanted a site of HTML.

look         what somebody has chosen for the folder: its title, addresses, audience
brief        what the collected pages need of a review
corrections  what of a page counts as a correction of it
names        which file belongs to which review, tag, service
manifest     what was written, so that ours can be told from anybody else's
disk         the folder itself: one publish at a time, what is in it, writing to it
kept         what is remembered from the last time, so that only what changed is read and written: a cache
draft        a collected page while it is written, as Markdown and as HTML
collected    the collected pages
review_page  the page of a review
feed         the Atom feed
together     all that is made from several reviews, where it has changed
publication  all of it, one publish
"""
