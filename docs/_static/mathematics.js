// MathJax, from this site and from nowhere else; where it lies is found from the address of this file.
(function () {
  "use strict";
  var here = document.currentScript.src.replace(/[^/]*$/, "") + (document.documentElement.dataset.shared || "") + "mathjax";
  var root = document.documentElement;
  root.classList.add("typesetting"); // until it is typeset a formula is not shown as its source
  var finish = function () {
    root.classList.remove("typesetting");
    root.classList.add("typeset");
    document.dispatchEvent(new Event("mathcore:typeset"));
  };
  window.MathJax = {
    loader: { paths: { mathjax: here }, load: ["core", "input/tex-base", "[tex]/ams", "output/chtml", "a11y/assistive-mml"] },
    tex: { packages: { "[+]": ["ams"] }, inlineMath: [["\\(", "\\)"]], displayMath: [["\\[", "\\]"]], processEnvironments: false },
    output: { fontPath: here + "/font", displayOverflow: "scroll", linebreaks: { inline: true }, matchFontHeight: false, scale: 1.08 },
    options: {
      processHtmlClass: "math",
      ignoreHtmlClass: "no-mathematics",
      enableAssistiveMml: true,
    },
    startup: {
      ready: function () {
        delete MathJax.config.options.menuOptions; // set by a11y/assistive-mml for a menu that is not here
        MathJax.startup.defaultReady();
      },
      elements: [".math"],
      pageReady: function () {
        return MathJax.startup.defaultPageReady().then(finish, function (error) {
          finish();
          throw error;
        });
      },
    },
  };
  var script = document.createElement("script");
  script.src = here + "/startup.js";
  script.onerror = finish;
  document.head.appendChild(script);
})();
