"""The prover on the pages of the site: it starts in every language from what all of them share, and its answers can be read."""

import pytest

from mathcore.site.languages import LANGUAGES
from tests.site.browser import NARROW, opened, served

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("prover")]
START = 120_000  # ms, on a busy machine
SAYS = {
    "en": ("Start the prover", "Prove or refute", "Proved", "Refuted"),
    "ko": ("증명기 시작", "증명 또는 반박", "증명됨", "반박됨"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_claim_is_proved_and_another_refuted(site, browser, language):
    start, prove, proved, refuted = SAYS[language]
    with served(site) as own, opened(browser, site, NARROW) as found:
        shown = found.page
        shown.goto(f"{own}/{LANGUAGES[language].folder}prove-it.html")
        shown.get_by_role("button", name=start).click()
        shown.get_by_role("button", name=prove).wait_for(timeout=START)
        shown.get_by_role("button", name=prove).click()
        shown.locator("[data-tryit=claim] .tryit-proved", has_text=proved).wait_for(timeout=30_000)
        shown.locator("[data-tryit=claim] li button").last.click()
        shown.locator("[data-tryit=claim] .tryit-refuted", has_text=refuted).wait_for(timeout=30_000)
        assert shown.locator("[data-tryit=claim] li button").count() == 5
        for scheme in ("light", "dark"):
            shown.emulate_media(color_scheme=scheme)
            assert found.violations() == []
        assert shown.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
        assert [url for url in found.asked if not url.startswith((own, "data:", "blob:"))] == []
        assert found.said == []
