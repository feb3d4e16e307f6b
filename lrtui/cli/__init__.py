"""The command line: headless verbs over the same core; a screen is imported only when one opens."""
