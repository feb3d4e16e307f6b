"""`python -m lrtui` is `lrtui`."""

from lrtui.cli.main import run

run()
