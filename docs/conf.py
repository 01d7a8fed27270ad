"""These pages as a site: `mathcore site` builds it in every language; `python -m sphinx docs build/site` in one."""

import os
import re

import mathcore
from mathcore.formulas import load, names

project = "mathcore"
author = "mathcore contributors"
release = mathcore.__version__
language = os.environ.get("MATHCORE_LANGUAGE", "en")
root_doc = "index"
extensions = [
    "myst_parser",
    "sphinx_copybutton",
    "sphinx_design",
    "sphinx.ext.autodoc",
    "numpydoc",
    "mathcore.sphinxext",
    "mathcore.site.extension",
]
mathcore_evidence = "."  # pages of formulas are made from docs/evidence
exclude_patterns = ["evidence", "accuracy", "tutorials/grading", "locale"]
nitpicky = True
myst_fence_as_directive = ["math"]  # mathematics is spelled as code hosts do: ```math fences and $`..`$
locale_dirs = ["locale"]  # other languages: `python -m sphinx -D language=ko docs build/site/ko`
gettext_compact = False
myst_heading_anchors = 4  # links lead to headings, as on any reader of Markdown
suppress_warnings = ["myst.xref_missing", "misc.highlighting_failure"]  # files beside the pages: speed.json
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
templates_path = ["_templates"]
html_theme = "furo"
html_title = "mathcore"
html_static_path = ["_static"]
html_favicon = "_static/favicon.svg"
html_css_files = ["site.css"]
html_js_files = [("site.js", {"defer": "defer"})]
html_copy_source = False
html_show_sourcelink = False
html_use_index = False
html_domain_indices = False
mathjax_path = "mathematics.js"  # it loads MathJax from this site
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "sidebar/search.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "sidebar/scroll-end.html",
    ]
}
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#0b57a4", "color-brand-content": "#0b57a4", "color-brand-visited": "#6b3fa0"},
    "dark_css_variables": {"color-brand-primary": "#7db8ff", "color-brand-content": "#7db8ff", "color-brand-visited": "#c3a6f5"},
}
autodoc_typehints = "none"  # the sections of numpydoc say what goes in and comes out
numpydoc_show_class_members = False
default_role = "literal"  # of docstrings: `z` is a name
nitpick_ignore_regex = [("py:class", r"numpy\..*")]  # its pages are elsewhere


def setup(app):
    app.connect("autodoc-process-docstring", _as_prose, priority=600)  # after numpydoc


def _as_prose(app, what, name, obj, options, lines):
    """Docstrings are plain words: |x| is an absolute value, and `x_` no target. At their end stands the formula's page."""
    lines[:] = [line if ">>>" in line else re.sub(r"(?<![`\\])\||(?<=\w)_(?=[\W]|$)(?!`)", r"\\\g<0>", line) for line in lines]
    cards = [card for card in map(load, names()) if card.numeric == f"mathcore.numeric.{name.rpartition('.')[2]}"]
    if what == "function" and name.startswith("mathcore.numeric.") and cards:
        lines += ["", f".. seealso:: the formula, its proofs and its evidence: :card:`{cards[0].name}`"]
