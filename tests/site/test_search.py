"""What people ask for is found, and found first, without a server."""

import pytest

from tests.site.browser import compressed, opened

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("folder", "question", "first"),
    [
        ("", "cross entropy", "formulas/crossentropy.html"),
        ("", "crossentropy", "formulas/crossentropy.html"),
        ("", "softmax derivative", "formulas/softmax.html#the-jacobian"),
        ("", "softmax", "formulas/softmax.html"),
        ("", "Entropy", "formulas/entropy.html"),
        ("", "kl divergence", "formulas/kl_divergence.html"),
        ("", "gradient descent", "formulas/gradient_descent.html"),
        ("", "엔트로피", "formulas/entropy.html"),
        ("ko/", "엔트로피", "formulas/entropy.html"),
        ("ko/", "교차 엔트로피", "formulas/crossentropy.html"),
        ("ko/", "소프트맥스", "formulas/softmax.html"),
    ],
)
def test_what_is_asked_for_is_found_first(site, browser, folder, question, first):
    with opened(browser, site) as found:
        shown = found.go(f"{folder}search.html")
        shown.fill(".search-form input", question)
        assert shown.get_attribute("#search-results a >> nth=0", "href").endswith(first)


@pytest.mark.parametrize("folder", ["", "ko/"])
def test_the_index_of_all_words_is_small(site, folder):
    assert compressed(site / folder / "_static" / "search-index.js") < 110


def test_the_box_beside_every_page_leads_to_the_results(site, browser):
    with opened(browser, site) as found:
        shown = found.go("formulas/softmax.html")
        shown.fill(".sidebar-search", "entropy")
        shown.press(".sidebar-search", "Enter")
        shown.wait_for_selector("#search-results a")
        assert shown.input_value(".search-form input") == "entropy"


def test_nothing_is_said_to_be_found_where_nothing_is(site, browser):
    with opened(browser, site) as found:
        shown = found.go("search.html")
        shown.fill(".search-form input", "xyzzyx")
        assert shown.inner_text("#search-said").startswith("Nothing found")
