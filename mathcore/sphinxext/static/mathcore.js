/* A link to a line opens the line. Everything else works without this file. */
"use strict";
(function () {
  function open() {
    const line = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const details = line && line.classList.contains("mathcore-step") && line.querySelector("details");
    if (details) details.open = true;
  }
  window.addEventListener("hashchange", open);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", open);
  else open();
})();
