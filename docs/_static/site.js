// Drawers that a keyboard opens, focus for what scrolls, and the lines of the graph.
"use strict";
(function () {
  // The drawers of a narrow page: furo keeps their state in a check box.
  document.querySelectorAll("[data-opens]").forEach(function (button) {
    var box = document.getElementById(button.dataset.opens);
    var say = function () { button.setAttribute("aria-expanded", String(box.checked)); };
    button.addEventListener("click", function () { box.checked = !box.checked; box.dispatchEvent(new Event("change")); });
    box.addEventListener("change", say);
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && box.checked) {
        box.checked = false;
        say();
        button.focus();
      }
    });
  });

  // All lines of a derivation at once.
  var say = (document.querySelector("main") || document.body).dataset;
  document.querySelectorAll(".mathcore-chain").forEach(function (chain) {
    var lines = Array.from(chain.querySelectorAll(":scope > .mathcore-step > details"));
    if (lines.length < 2) return;
    var button = document.createElement("button"), opened = false;
    button.type = "button";
    button.className = "mathcore-all";
    button.textContent = say.open;
    button.addEventListener("click", function () {
      opened = !opened;
      lines.forEach(function (line) { line.open = opened; });
      button.textContent = opened ? say.close : say.open;
    });
    chain.appendChild(button);
  });

  // What is wider than its place scrolls inside it, and can be reached by keyboard.
  var wide = ".mathcore-wide, mjx-container[display], mjx-container.wide, .table-wrapper, .scrolls, pre, .sidebar-scroll, .toc-scroll, .formulas .math";
  var reach = function () {
    // A formula inside a sentence that no line can hold.
    document.querySelectorAll("article mjx-container:not([display])").forEach(function (formula) {
      formula.classList.remove("wide");
      if (formula.getBoundingClientRect().right > document.documentElement.clientWidth) formula.classList.add("wide");
    });
    document.querySelectorAll(wide).forEach(function (place) {
      var scrolls = place.scrollWidth > place.clientWidth + 1 || place.scrollHeight > place.clientHeight + 1;
      if (scrolls && getComputedStyle(place).overflowX !== "visible") {
        place.tabIndex = 0;
      } else if (place.tabIndex === 0) {
        place.removeAttribute("tabindex"); // no stop on the way for what does not scroll
        if (place.getAttribute("role") === "region") {
          place.removeAttribute("role");
          place.removeAttribute("aria-label");
        }
      }
    });
  };
  reach();
  document.addEventListener("mathcore:typeset", reach);
  document.addEventListener("toggle", reach, true);
  window.addEventListener("resize", reach);

  // The graph: all that a formula rests on, and all that rests on it.
  document.querySelectorAll(".rests-on").forEach(function (graph) {
    var lines = Array.from(graph.querySelectorAll("path"));
    var follow = function (name, from, to, found) {
      lines.forEach(function (line) {
        if (line.dataset[from] === name) {
          found.lines.add(line);
          if (!found.names.has(line.dataset[to])) {
            found.names.add(line.dataset[to]);
            follow(line.dataset[to], from, to, found);
          }
        }
      });
    };
    var show = function (name) {
      var found = { names: new Set([name]), lines: new Set() };
      if (name) {
        follow(name, "to", "from", found);
        follow(name, "from", "to", found);
      }
      graph.classList.toggle("chosen", !!name);
      lines.forEach(function (line) { line.classList.toggle("on", found.lines.has(line)); });
      graph.querySelectorAll("a").forEach(function (box) { box.classList.toggle("on", found.names.has(box.dataset.name)); });
    };
    ["mouseover", "focusin"].forEach(function (event) {
      graph.addEventListener(event, function (at) {
        var box = at.target.closest("a");
        show(box ? box.dataset.name : "");
      });
    });
    ["mouseleave", "focusout"].forEach(function (event) { graph.addEventListener(event, function () { show(""); }); });
  });
})();
