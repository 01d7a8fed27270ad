// Looks in the words of all pages, in the browser alone. window.mathcoreSearch is called by search-index.js.
"use strict";
(function () {
  // What people ask for, and what the pages call it.
  var SAME = {
    derivative: ["jacobian", "gradient", "slope", "slopes", "derivative"],
    gradient: ["gradient", "slope", "slopes", "jacobian"],
    loss: ["loss", "crossentropy"],
    kl: ["kullback-leibler", "kullback"],
    mse: ["squared"],
    mae: ["absolute"],
    lse: ["log-sum-exp"],
    nll: ["likelihood"],
    sgd: ["mini-batches", "descent"],
    bce: ["binary"],
    swish: ["silu"],
    logistic: ["logistic", "sigmoid"],
    미분: ["야코비안", "기울기", "미분"],
    교차엔트로피: ["crossentropy"],
  };
  var plain = function (text) {
    return text.normalize("NFC").toLowerCase();
  };
  var words = function (text) {
    return plain(text).split(/[^\p{L}\p{N}'-]+/u).filter(Boolean);
  };
  // Each word of the question with all that it may stand for; two words may be written as one, and so may parts of one.
  var asked = function (text) {
    var single = words(text);
    var found = single.map(function (word) {
      return { forms: [word].concat(SAME[word] || [], word.indexOf("-") > 0 ? [word.replace(/-/g, "")] : []) };
    });
    for (var i = 0; i + 1 < single.length; i++) {
      var together = single[i] + single[i + 1];
      found[i].forms.push(together, single[i] + "-" + single[i + 1]);
      found[i + 1].forms.push(together);
    }
    return found;
  };
  // How well a word of the page answers: as a whole, at its beginning, or (where words have endings, as in Korean) inside.
  var close = function (word, form) {
    if (word === form) return 1;
    if (word.replace(/-/g, "") === form) return 0.95;
    if (form.length > 2 && word.indexOf(form) === 0) return 0.5 + (0.4 * form.length) / word.length;
    if (/[^\x00-\x7f]/.test(form) && word.indexOf(form) >= 0) return 0.5;
    if (form.length > 4 && form.length - word.length <= 2 && word.length > 3 && form.indexOf(word) === 0) return 0.45;
    return 0;
  };
  // A name without blanks, hyphens and what stands in brackets: as a whole it is what was asked for, or not.
  var bare = function (text) {
    return words(text.replace(/\(.*?\)/g, " ")).join("").replace(/-/g, "");
  };
  var meant = function (word, forms) {
    return forms.reduce(function (top, form, place) { return Math.max(top, close(word, form) * (place ? 0.9 : 1)); }, 0);
  };
  var best = function (list, forms) {
    var top = 0;
    list.forEach(function (word) { top = Math.max(top, meant(word, forms)); });
    return top;
  };
  var rank = function (pages, places, text) {
    var question = asked(text);
    var found = [];
    if (!question.length) return found;
    question.forEach(function (one) {
      one.at = new Map(); // how well each section answers by its own words, of which the index keeps the beginnings
      var beginnings = one.forms.map(function (form) { return form.slice(0, /^[\x00-\x7f]*$/.test(form) ? 12 : 3); });
      places.forEach(function (sections, word) {
        var value = meant(word, beginnings);
        if (value) sections.forEach(function (number) { one.at.set(number, Math.max(value, one.at.get(number) || 0)); });
      });
    });
    pages.forEach(function (page) {
      var parts = page.sections;
      var title = page.titles[0];
      var top = null;
      parts.forEach(function (part, place) {
        var score = 0, held = 0;
        question.forEach(function (one) {
          var inTitle = best(title, one.forms), inHeading = place ? best(page.titles[place], one.forms) : 0;
          var also = best(page.words, one.forms), inText = one.at.get(part.number) || 0;
          var value = Math.max(12 * inTitle, 9 * inHeading, 5 * also, inText);
          if (inTitle && inHeading > 0.8) value += 2;
          held += value > 0.4;
          score += value;
        });
        if (held < question.length) return;
        // A title that says nothing else is what was asked for.
        var said = page.names.indexOf(bare(text)) >= 0 ? 1.5 : title.length === question.length ? 0.5 : 0;
        score += (place ? 0 : 2 + 6 * said) - 0.3 * title.length - (place ? 0.1 * page.titles[place].length : 0);
        score += page.formula ? 2 : 0;
        if (!top || score > top.score) top = { score: score, page: page, part: part, place: place };
      });
      if (top) found.push(top);
    });
    return found.sort(function (a, b) { return b.score - a.score || (a.page.page < b.page.page ? -1 : 1); });
  };
  window.mathcoreSearch = function (index, rows) {
    var number = 0, places = new Map();
    var pages = index.map(function (page) {
      return {
        page: page[0],
        formula: page[0].indexOf("formulas/") === 0,
        words: words(page[1]),
        names: page[1].split("|").concat(page[2].length ? [page[2][0][0]] : []).map(bare),
        titles: page[2].map(function (part) { return words(part[0]); }),
        sections: page[2].map(function (part) { return { title: part[0], anchor: part[1], number: number++ }; }),
      };
    });
    rows.split("\n").forEach(function (row) {
      var parts = row.split(" "), at = 0;
      places.set(parts[0], parts.slice(1).map(function (distance) { return (at += parseInt(distance, 36)); }));
    });
    var list = document.getElementById("search-results"), said = document.getElementById("search-said");
    var box = document.querySelector(".search-form input");
    var root = document.documentElement.dataset.content_root || "./";
    var show = function (text) {
      var found = rank(pages, places, text).slice(0, 30);
      list.textContent = "";
      found.forEach(function (one) {
        var item = document.createElement("li"), link = document.createElement("a");
        link.href = root + one.page.page + (one.place ? "#" + one.part.anchor : "");
        link.textContent = one.page.sections[0].title + (one.place ? " › " + one.part.title : "");
        item.appendChild(link);
        list.appendChild(item);
      });
      var many = found.length === 1 ? said.dataset.one : said.dataset.many.replace("{}", String(found.length));
      said.textContent = !words(text).length ? "" : found.length ? many : said.dataset.none;
    };
    box.value = new URLSearchParams(location.search).get("q") || "";
    box.addEventListener("input", function () { show(box.value); });
    show(box.value);
  };
})();
