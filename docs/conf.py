"""These pages as a site with search, in light and dark: `pip install ".[docs]"`, then `python -m sphinx docs build/site`."""

import re

from mathcore.formulas import load, names

project = "mathcore"
root_doc = "contents"
extensions = ["myst_parser", "sphinx_copybutton", "sphinx.ext.autodoc", "numpydoc", "mathcore.sphinxext"]
mathcore_evidence = "."  # pages of formulas are made from docs/evidence
exclude_patterns = ["evidence", "tutorials/grading"]
myst_fence_as_directive = ["math"]  # mathematics is spelled as code hosts do: ```math fences and $`..`$
myst_heading_anchors = 4  # links lead to headings, as on any reader of Markdown
html_theme = "furo"
html_title = "mathcore"
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
autodoc_typehints = "none"  # the sections of numpydoc say what goes in and comes out
numpydoc_show_class_members = False
default_role = "literal"  # of docstrings: `z` is a name
nitpick_ignore_regex = [("py:class", r"numpy\..*")]  # its pages are elsewhere
suppress_warnings = ["myst.xref_missing"]  # files beside the pages: speed.json


def setup(app):
    """Reads $`..`$ as the role that MyST has for it."""

    def spell(app, name, source):
        source[0] = re.sub(r"\$`([^`]+)`\$", r"{math}`\1`", source[0])

    app.connect("source-read", spell)
    app.connect("autodoc-process-docstring", _as_prose, priority=600)  # after numpydoc


def _as_prose(app, what, name, obj, options, lines):
    """Docstrings are plain words: |x| is an absolute value, and `x_` no target. At their end stands the formula's page."""
    lines[:] = [line if ">>>" in line else re.sub(r"(?<![`\\])\||(?<=\w)_(?=[\W]|$)(?!`)", r"\\\g<0>", line) for line in lines]
    cards = [card for card in map(load, names()) if card.numeric == f"mathcore.numeric.{name.rpartition('.')[2]}"]
    if what == "function" and name.startswith("mathcore.numeric.") and cards:
        lines += ["", f".. seealso:: the formula, its proofs and its evidence: :card:`{cards[0].name}`"]
