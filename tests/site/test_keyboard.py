"""Three pages by keyboard alone: the front door, a formula, the search."""

import pytest

from tests.site.browser import NARROW, opened

pytestmark = pytest.mark.browser
HERE = "document.activeElement"


def step_to(shown, wanted: str, most: int = 400) -> None:
    for _ in range(most):
        shown.keyboard.press("Tab")
        if shown.evaluate(f"{HERE}.matches({wanted!r})"):
            return
    raise AssertionError(f"{wanted} is not reached by Tab")


def test_the_front_door_leads_to_a_formula_through_the_graph(site, browser):
    with opened(browser, site) as found:
        shown = found.go("index.html")
        shown.keyboard.press("Tab")
        assert shown.evaluate(f"{HERE}.className").startswith("skip-to-content")
        shown.keyboard.press("Enter")
        step_to(shown, "svg.rests-on a[data-name=softmax]")
        assert shown.evaluate("document.querySelectorAll('.rests-on path.on').length") > 5
        shown.keyboard.press("Enter")
        shown.wait_for_url("**/formulas/softmax.html")


def test_a_line_opens_to_its_reason_and_to_its_address(site, browser):
    with opened(browser, site) as found:
        shown = found.go("formulas/softmax.html#the-jacobian")
        shown.focus("#softmax-jacobian summary >> nth=0")
        shown.keyboard.press("Enter")
        told = shown.inner_text("#softmax-jacobian-1 details")
        assert "definition" in told and "proved" in told.lower()
        step_to(shown, "a[href='#softmax-jacobian-1']", 5)
        shown.keyboard.press("Enter")
        shown.wait_for_url("**#softmax-jacobian-1")


def test_the_pages_open_on_a_narrow_screen(site, browser):
    with opened(browser, site, NARROW) as found:
        shown = found.go("search.html")
        step_to(shown, "button[data-opens=__navigation]", 10)
        shown.keyboard.press("Enter")
        assert shown.get_attribute("button[data-opens=__navigation]", "aria-expanded") == "true"
        shown.wait_for_function("document.querySelector('.sidebar-drawer').getBoundingClientRect().left >= 0")
        shown.keyboard.press("Escape")
        assert shown.get_attribute("button[data-opens=__navigation]", "aria-expanded") == "false"
