/* The prover in the reader's own browser: "change a line" at every derivation, claims, pages and exercises.
   Nothing is loaded before the reader asks, nothing is sent anywhere, nothing is kept but the files of the prover. */
"use strict";
(function () {
  const SCRIPT = document.currentScript.src;
  const STATIC = SCRIPT.replace(/tryit\/[^/]*$/, "") + (document.documentElement.dataset.shared || "");
  const HERE = new URL("tryit/", STATIC).href;
  const PATIENCE = 9000; // ms: the prover itself stops after 5 s, unless a single step of it takes longer
  const READING = 30000; // for what is only read
  const settings = window.mathcoreTryit;
  const { parts, words } = settings;
  const total = parts.reduce((sum, part) => sum + part.bytes, 0);
  const megabytes = (bytes) => Math.round(bytes / 1e6);
  const say = (key, fields = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => fields[name]);

  const make = (tag, fields = {}, ...children) => {
    const { data, ...rest } = fields;
    const node = Object.assign(document.createElement(tag), rest);
    for (const name in data) node.setAttribute(name, data[name]);
    node.append(...children.filter((child) => child != null));
    return node;
  };
  let number = 0;
  const unique = () => `tryit-${++number}`;

  // the prover --------------------------------------------------------------------------------------------------------

  const listeners = new Set();
  const prover = { state: "off", loaded: 0, why: "" };
  let worker = null, began = null, queue = Promise.resolve(), waiting = null;

  const tell = (change) => {
    Object.assign(prover, change);
    for (const hear of listeners) hear(prover);
  };

  function cannot() {
    if (location.protocol === "file:") return say("file");
    if (!window.Worker || !window.WebAssembly || !window.DecompressionStream) return say("old");
    return "";
  }

  function start() {
    if (began) return began;
    tell({ state: "loading", loaded: 0, why: "" });
    began = new Promise((ready, failed) => {
      worker = new Worker(HERE + "worker.js", { type: "module" });
      worker.onerror = (event) => failed(new Error(event.message || say("unreachable")));
      worker.onmessage = ({ data }) => {
        if (data.bytes) tell({ loaded: prover.loaded + data.bytes });
        else if (data.stage) tell({ state: "starting" });
        else if (data.ready) ready(tell({ state: "ready" }));
        else if (waiting && data.id === waiting.id) waiting.done(data);
        else if (data.failed) failed(new Error(data.failed));
      };
      worker.postMessage({ start: parts });
    });
    began.catch((error) => {
      if (prover.state !== "off") stop();
      tell({ state: "failed", why: error.message });
    });
    return began;
  }

  function stop() {
    if (worker) worker.terminate();
    worker = began = null;
    if (waiting) waiting.done({ value: { word: "not decided", why: say("stopped") } });
    tell({ state: "off" });
  }

  /* One question after the other; what takes too long ends the worker, and another one is started from what is kept. */
  function ask(question) {
    const answered = queue.then(() => start()).then(
      () =>
        new Promise((done) => {
          const id = unique();
          const timer = setTimeout(() => {
            stop();
            start().catch(() => {});
          }, settings.patience || (["chain", "page"].includes(question.ask) ? READING : PATIENCE));
          waiting = {
            id,
            done(data) {
              clearTimeout(timer);
              waiting = null;
              done(data.value || { word: "not understood", why: data.failed });
            },
          };
          worker.postMessage({ id, ask: { ...question, language: document.documentElement.lang } });
        }),
    );
    queue = answered.catch(() => {});
    return answered;
  }

  settings.ask = ask;

  // what is shown -----------------------------------------------------------------------------------------------------

  const SIGNS = { follows: "✓", proved: "✓", "false, as it says": "✓", wrong: "✗", refuted: "✗", "not decided": "?", unknown: "?", conditional: "◐" };
  const NAMES = {
    "false, as it says": "as_said",
    follows: "follows", wrong: "wrong", "not decided": "open", "not understood": "unread", "not judged here": "local",
    proved: "proved", refuted: "refuted", unknown: "open", conditional: "conditional",
  };

  function verdict(place, word, ...details) {
    const sign = make("span", { className: "tryit-sign", data: { "aria-hidden": "true" } }, SIGNS[word] || "!");
    const shown = details.filter(Boolean).map((text) => make("span", { className: "tryit-detail" }, text));
    place.className = `tryit-result tryit-${NAMES[word] || "unread"}`;
    place.replaceChildren(sign, make("strong", {}, say(NAMES[word] || "unread")), ...shown);
  }

  function explained(answer) {
    if (answer.word === "follows") {
      return [answer.where && answer.where.length ? say("where", { where: answer.where.join(", ") }) : "",
        answer.lemmas && answer.lemmas.length ? say("lemmas", { lemmas: answer.lemmas.join(", ") }) : ""];
    }
    if (answer.word === "wrong") return [answer.point ? say("point", { point: answer.point }) : answer.why];
    return [answer.why, answer.column ? say("column", { column: answer.column }) : ""];
  }

  const waits = (place) => {
    place.className = "tryit-result tryit-waits";
    place.textContent = say(prover.state === "ready" ? "judging" : "waiting");
  };

  /* A line is judged first; what went wrong in it is looked for after that has been said. */
  async function judged(place, question, slip) {
    waits(place);
    const answer = await ask(question).catch((error) => ({ word: "not understood", why: error.message }));
    verdict(place, answer.word, ...explained(answer));
    if (answer.word !== "wrong" || !slip) return answer;
    const more = make("span", { className: "tryit-detail" }, say("looking"));
    place.append(more);
    const { said, lacks } = await ask(slip).catch(() => ({}));
    more.textContent = said ? say("slip", { slip: said }) : lacks ? say("lacks", { lacks }) : "";
    if (!more.textContent) more.remove();
    return answer;
  }

  // where the prover is started ---------------------------------------------------------------------------------------

  /* What stands in `build()` appears when the prover runs; before that the reader is told what it costs. */
  function gate(box, build) {
    const why = cannot();
    if (why) return box.append(make("p", { className: "tryit-note" }, why));
    const status = make("p", { className: "tryit-note", data: { role: "status" } });
    const bar = make("progress", { max: total, value: 0, hidden: true, data: { "aria-label": say("progress") } });
    const go = make("button", { type: "button" });
    const halt = make("button", { type: "button", hidden: true }, say("stop"));
    const row = make("div", { className: "tryit-row" }, go, halt, bar);
    box.append(status, row);
    let built = false;
    go.onclick = () => start().catch(() => {});
    halt.onclick = () => {
      stop();
      go.focus();
    };
    const hear = ({ state, loaded, why: reason }) => {
      const busy = state === "loading" || state === "starting";
      const size = say("size", { size: megabytes(total) });
      const said = {
        off: say("cost", { size: megabytes(total) }), loading: say("loading", { size: megabytes(total) }),
        starting: say("starting"), failed: say("failed", { why: reason }), ready: say("ready"),
      }[state];
      if (status.textContent !== said) status.textContent = said;
      go.textContent = `${say(state === "failed" ? "again" : "start")} (${size})`;
      const away = document.activeElement === go && busy;
      go.hidden = busy || state === "ready";
      halt.hidden = !busy;
      if (away) halt.focus();
      bar.hidden = !busy;
      if (state === "loading") bar.value = loaded;
      else bar.removeAttribute("value");
      if (state === "ready" && !built) {
        built = true;
        const inside = document.activeElement === halt;
        row.hidden = true;
        const first = build(box);
        if (inside && first) first.focus();
      }
      if (built) row.hidden = state === "ready";
    };
    listeners.add(hear);
    hear(prover);
  }

  const written = (text, rows, label, hint) => {
    const id = unique();
    const data = { style: `--rows: ${rows}` };
    const area = make("textarea", { id, value: text, rows: Math.max(rows, tall(text)), data, spellcheck: false, autocapitalize: "off", autocomplete: "off", className: "tryit-text" });
    const told = hint ? make("small", { id: `${id}-hint` }, hint) : null;
    if (told) area.setAttribute("aria-describedby", told.id);
    return { area, node: make("div", { className: "tryit-field" }, make("label", { htmlFor: id }, label), area, told) };
  };
  const result = () => make("div", { data: { role: "status" } });
  const button = (text, act) => make("button", { type: "button", onclick: act }, text);
  const submits = (area, act) => area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) act();
  });
  const tall = (text) => Math.min(8, Math.max(1, ...[Math.ceil(text.length / 60) + text.split("\n").length - 1]));

  // at a derivation: change a line, or write all of it ----------------------------------------------------------------

  function change(box, card, derivation, found) {
    const list = make("ol", { className: "tryit-lines" });
    let first = null;
    found.lines.forEach((text, place) => {
      const { area, node } = written(text, 1, say("line", { number: place + 1 }));
      const shown = result();
      const question = { card, derivation, place };
      const act = () => judged(shown, { ask: "line", ...question, text: area.value }, { ask: "slip", ...question, text: area.value });
      submits(area, act);
      const back = button(say("back"), () => {
        area.value = text;
        shown.replaceChildren();
        area.focus();
      });
      const named = (node_, word) => {
        node_.setAttribute("aria-label", `${word}, ${say("line", { number: place + 1 })}`);
        return node_;
      };
      node.append(make("div", { className: "tryit-row" }, named(button(say("judge"), act), say("judge")), named(back, say("back"))), shown);
      list.append(make("li", {}, node));
      first = first || area;
    });
    box.append(make("p", {}, say("begins"), " ", make("code", {}, found.first)), list);
    if (found.given) box.append(make("p", { className: "tryit-note" }, say("given"), " ", make("code", {}, found.given)));
    return first;
  }

  function own(box, card, derivation, found) {
    const { area, node } = written("", 5, say("own", { claim: found.claim }), say("own_hint", { first: found.first }));
    const list = make("ol", { className: "tryit-lines" }), shown = result();
    const act = async () => {
      const lines = area.value.split("\n").map((text) => text.trim()).filter(Boolean);
      list.replaceChildren();
      shown.replaceChildren();
      let right = lines.length > 0;
      for (let place = 0; place < lines.length; place++) {
        const one = result();
        list.append(make("li", {}, make("code", {}, lines[place]), one));
        const question = { card, derivation, lines, place };
        const answer = await judged(one, { ask: "attempt", ...question }, right ? { ask: "attempt slip", ...question } : null);
        right = right && answer.word === "follows";
      }
      const { word, why } = right ? await ask({ ask: "arrives", card, derivation, lines }) : {};
      shown.className = "tryit-result";
      if (word) verdict(shown, word, why);
      else shown.textContent = lines.length ? say("not_yet") : say("nothing");
    };
    submits(area, act);
    box.append(node, make("div", { className: "tryit-row" }, button(say("judge_all"), act)), list, shown);
    return area;
  }

  const tool = (title, kind, fill) => {
    const inside = make("div", { className: "tryit-inside" });
    const box = make("details", { className: `tryit tryit-${kind}` }, make("summary", {}, title), inside);
    box.addEventListener("toggle", () => {
      if (box.open && !inside.childNodes.length) fill(inside);
    });
    return box;
  };

  /* Shows the derivation of a card in a box of its own, once the prover runs. */
  const showing = (show, card, derivation) => (box) => gate(box, (inside) => {
    const space = make("div");
    inside.append(space);
    ask({ ask: "chain", card, derivation }).then((found) => {
      if (found.word) verdict(space.appendChild(result()), found.word, found.why);
      else show(space, card, derivation, found);
    });
  });

  function atChain(chain) {
    const [card, ...rest] = chain.id.split("-");
    const derivation = rest.join("-");
    if (!derivation) return;
    const tools = make("div", { className: "tryit-tools" });
    tools.append(tool(say("change"), "change", showing(change, card, derivation)));
    tools.append(tool(say("write"), "write", showing(own, card, derivation)));
    chain.after(tools);
  }

  // pages of their own ------------------------------------------------------------------------------------------------

  function claims(box) {
    const examples = [...box.querySelectorAll("[data-claim]")].map((node) => ({ node, ...node.dataset }));
    const frame = make("div", { className: "tryit-inside" });
    box.append(frame);
    gate(frame, (inside) => {
      const one = written(examples.length ? examples[0].claim : "", 2, say("claim"));
      const two = written(examples.length ? examples[0].given : "", 2, say("given"), say("given_hint"));
      const shown = result(), told = make("dl", { className: "tryit-told" });
      const act = async () => {
        told.replaceChildren();
        waits(shown);
        const found = await ask({ ask: "claim", text: one.area.value, given: two.area.value }).catch((e) => ({ word: "not understood", why: e.message }));
        verdict(shown, found.level || found.word, found.level ? "" : found.why, found.column ? say("column", { column: found.column }) : "");
        for (const [name, text] of found.told || []) told.append(make("dt", {}, name), make("dd", {}, text));
      };
      submits(one.area, act);
      submits(two.area, act);
      for (const { node, claim, given } of examples) {
        const offer = button(say("try"), () => {
          one.area.value = claim;
          two.area.value = given;
          act();
          shown.scrollIntoView({ block: "nearest" });
        });
        offer.setAttribute("aria-label", `${say("try")}: ${claim}`);
        node.after(" ", offer);
      }
      inside.append(one.node, two.node, make("div", { className: "tryit-row" }, button(say("prove"), act)), shown, told);
      return one.area;
    });
  }

  function pages(box) {
    const example = (box.querySelector("pre") || { textContent: "" }).textContent.trim();
    const frame = make("div", { className: "tryit-inside" });
    box.append(frame);
    gate(frame, (inside) => {
      const { area, node } = written(example, 18, say("page"));
      const shown = result(), list = make("ol", { className: "tryit-page" });
      let run = 0;
      const act = async () => {
        const mine = ++run, text = area.value;
        list.replaceChildren();
        waits(shown);
        const read = await ask({ ask: "page", text });
        if (mine !== run) return;
        if (read.word) {
          verdict(shown, read.word, read.problems ? "" : read.why);
          for (const p of read.problems || []) list.append(make("li", { value: p.line }, say("at", p), " ", p.message));
          return;
        }
        const counts = {};
        for (const piece of read.pieces) {
          if (mine !== run) return;
          const one = result();
          list.append(make("li", { value: piece.line }, make("span", {}, say("at_line", piece)), " ", make("code", {}, piece.text), one));
          const question = { text, piece: piece.number };
          const answer = await judged(one, { ask: "piece", ...question }, piece.place === null ? null : { ask: "piece slip", ...question });
          counts[answer.word] = (counts[answer.word] || 0) + 1;
        }
        shown.className = "tryit-result";
        shown.textContent = Object.entries(counts).map(([word, count]) => `${count} × ${say(NAMES[word] || "unread")}`).join(", ") || say("no_pieces");
        if (read.notes.length) shown.append(make("span", { className: "tryit-detail" }, read.notes.join(" ")));
      };
      submits(area, act);
      const halt = button(say("stop"), () => {
        run++;
        stop();
        start().catch(() => {});
      });
      inside.append(node, make("div", { className: "tryit-row" }, button(say("judge_page"), act), halt), shown, list);
      return area;
    });
  }

  const formula = (card, derivation) => (box) => gate(box, (inside) => {
    const { area, node } = written("", 2, say("answer"), say("answer_hint"));
    const shown = result();
    const question = () => ({ card, derivation, text: area.value });
    const act = () => judged(shown, { ask: "formula", ...question() }, { ask: "formula slip", ...question() });
    submits(area, act);
    inside.append(node, make("div", { className: "tryit-row" }, button(say("judge"), act)), shown);
    return area;
  });

  function begin() {
    const each = (kind, act) => document.querySelectorAll(`[data-tryit=${kind}]`).forEach((box) => act(box, box.dataset));
    document.querySelectorAll(".mathcore-chain[id]").forEach(atChain);
    each("claim", claims);
    each("page", pages);
    each("formula", (box, { card, derivation }) => box.append(tool(say("solve"), "solve", formula(card, derivation))));
    each("derivation", (box, { card, derivation }) => box.append(tool(say("write"), "write", showing(own, card, derivation))));
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
