/* Figures of mathcore: letters that a reader moves, values computed from printed formulas, marks drawn as SVG. */
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text) => String(text).replace(/[&<>"]/g, (c) => ESCAPES[c]);
const figures = new Map();

/* Values ------------------------------------------------------------------------------------------------------------ */

function place(v, at) {
  if (at === "" || !isNaN(at)) return Number(at);
  const found = /^(\w+)(?:\[([\d,\s]+)\])?$/.exec(at);
  let value = v[found[1]];
  if (found[2]) for (const index of found[2].split(",")) value = value[index - 1];
  return value;
}

function number(x, how = "g3") {
  if (typeof x !== "number") return String(x);
  if (Number.isNaN(x)) return "undefined";
  if (!Number.isFinite(x)) return x < 0 ? "−∞" : "∞";
  const percent = how[0] === "%", digits = Number(how.replace(/\D/g, "")) || 0;
  let text;
  if (how[0] === "g") text = x !== 0 && (Math.abs(x) >= 1e6 || Math.abs(x) < 1e-4) ? x.toExponential(digits - 1) : String(Number(x.toPrecision(digits)));
  else text = Math.abs(x) >= 1e9 ? x.toExponential(2) : (percent ? 100 * x : x).toFixed(digits);
  if (Number(text) === 0) text = text.replace("-", "");
  return text.replaceAll("-", "−") + (percent ? "%" : "");
}

function filled(words, v, figure) {
  return words.replace(/\{([^{}:]+)(?::([^{}]+))?\}/g, (all, at, how) => {
    const value = place(v, at);
    if (how !== "name") return number(value, how);
    return figure.sliders.find((s) => s.letter === at).names[value - 1];
  });
}

function holds(condition, v) {
  if (!condition) return true;
  const [left, op, right] = condition.split(" "), a = place(v, left), b = place(v, right);
  return { "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "==": a === b }[op];
}

function told(figure, v) {
  const sentences = figure.says.map((s) => (typeof s === "string" ? s : (s.find((c) => holds(c[0], v)) || ["", ""])[1]));
  return filled(sentences.filter(Boolean).join(" "), v, figure);
}

function started(figure) {
  const v = structuredClone(figure.fixed);
  for (const s of figure.sliders) move(v, s.letter, s.start);
  return v;
}

function move(v, letter, x) {
  const [, base, entry] = /^(\w+)(?:\[(\d+)\])?$/.exec(letter);
  if (!entry) v[base] = x;
  else (v[base] = v[base] || [])[entry - 1] = x;
}

function computed(figure, v) {
  for (const step of figure.steps) {
    if (typeof step === "string") v[step] = figure.f[step](v);
    else {
      const inner = { ...v }, paths = step.moving.map(([letter]) => [(inner[letter] = figure.f["start " + letter](v))]);
      for (let t = 1; t <= step.steps; t++) {
        if (step.count) inner[step.count] = t;
        const next = step.moving.map(([letter]) => figure.f["then " + letter](inner));
        step.moving.forEach(([letter], i) => paths[i].push((inner[letter] = next[i])));
      }
      step.moving.forEach(([, path], i) => (v[path] = paths[i]));
    }
  }
  return v;
}

/* Marks: each returns SVG as text ------------------------------------------------------------------------------------ */

const r = (x) => Math.round(x * 100) / 100;

function line(points) {
  let d = "", pen = false;
  for (const [x, y] of points) {
    if (Number.isFinite(x) && Number.isFinite(y)) d += (pen ? "L" : "M") + r(x) + " " + r(Math.max(-5000, Math.min(5000, y)));
    pen = Number.isFinite(x) && Number.isFinite(y);
  }
  return d;
}

const inked = (m, kind, more = "") => `class="i${m.ink} ${kind}${m.dashed ? " dashed" : ""}${more}"`;
const list = (x) => (Array.isArray(x) ? x : [x]);
const text = (x, y, words, anchor = "middle", kind = "") =>
  `<text x="${r(x)}" y="${r(y)}" text-anchor="${anchor}" class="${kind}">${escaped(words)}</text>`;

function heat(m, p) {
  const f = p.figure.f[m.function], uses = p.figure.uses[m.function], key = JSON.stringify([p.width, uses.map((u) => p.v[u])]);
  if (m.kept && m.kept[0] === key) return m.kept[1];
  const N = 56, grid = [], x = (i) => p.x.low + (i / N) * (p.x.high - p.x.low), y = (j) => p.y.low + (j / N) * (p.y.high - p.y.low);
  const z = (i, j) => (f(x(i), y(j), p.v) - m.low) / (m.high - m.low) * m.bands;
  for (let j = 0; j <= N; j++) grid.push(Array.from({ length: N + 1 }, (q, i) => z(i, j)));
  let lines = "";
  const bands = Array(m.bands + 1).fill(""), top = (p.Y(y(1)) - p.Y(y(0))), wide = p.X(x(1)) - p.X(x(0));
  for (let j = 0; j < N; j++) {
    const row = grid[j].map((a, i) => (a + grid[j + 1][i]) / 2), Y = p.Y(y(j + 1));
    const band = (a) => (Number.isNaN(a) ? -1 : Math.max(0, Math.min(m.bands - 1, Math.floor(a))));
    let from = 0, now = band(row[0]);
    const close = (to) => { if (now >= 0 && to > from) bands[now] += `M${r(p.X(x(from)))} ${r(Y)}h${r((to - from) * wide)}v${r(-top)}h${r(-(to - from) * wide)}z`; from = to; };
    for (let i = 1; i <= N; i++) {
      const next = band(row[i]);
      while (next !== now) {
        if (now < 0 || next < 0) { close(now < 0 ? i : i - 1); now = next; break; }
        const edge = next > now ? now + 1 : now;
        close(Math.max(from, i - 1 + (edge - row[i - 1]) / (row[i] - row[i - 1])));
        now += next > now ? 1 : -1;
      }
    }
    close(N);
    for (let i = 0; i < N; i++) {
      const c = [[i, j], [i + 1, j], [i + 1, j + 1], [i, j + 1]].map(([a, b]) => [a, b, grid[b][a]]);
      const values = c.map((q) => q[2]), high = Math.min(m.bands - 1, Math.floor(Math.max(...values)));
      for (let level = Math.max(1, Math.ceil(Math.min(...values))); level <= high; level++) {
        const ends = [];
        c.forEach(([a, b, u], k) => {
          const [a2, b2, u2] = c[(k + 1) % 4], s = (level - u) / (u2 - u);
          if ((u < level) !== (u2 < level)) ends.push([p.X(x(a + s * (a2 - a))), p.Y(y(b + s * (b2 - b)))]);
        });
        for (let k = 0; k + 1 < ends.length; k += 2) lines += line([ends[k], ends[k + 1]]);
      }
    }
  }
  const cut = m.corners.length ? ` clip-path="url(#${p.id}t)"` : "";
  const corners = m.corners.map(([a, b]) => r(p.X(a)) + "," + r(p.Y(b))).join(" ");
  const svg = (cut ? `<clipPath id="${p.id}t"><polygon points="${corners}"/></clipPath>` : "") + `<g${cut}>` +
    bands.map((d, k) => (d ? `<path d="${d}" class="i${m.ink} heat" fill-opacity="${r(0.04 + (0.72 * k) / m.bands)}"/>` : "")).join("") +
    `<path d="${lines}" class="i0 contour"/></g>` + (cut ? `<polygon points="${corners}" class="frame"/>` : "");
  m.kept = [key, svg];
  return svg;
}

const draw = {
  curve(m, p) {
    const low = m.low ? place(p.v, m.low) : p.x.low, high = m.high ? place(p.v, m.high) : p.x.high, f = p.figure.f[m.function];
    const points = Array.from({ length: 241 }, (q, k) => low + (k / 240) * (high - low)).map((x) => [p.X(x), p.Y(f(x, p.v))]);
    return `<path d="${line(points)}" ${inked(m, "line")}/>`;
  },
  bars(m, p) {
    const values = place(p.v, m.values), wide = 0.72 / m.groups, zero = p.Y(Math.max(p.y.low, Math.min(p.y.high, 0)));
    return values.map((value, k) => {
      const left = p.X(k + 1 - 0.36 + m.place * wide), right = p.X(k + 1 - 0.36 + (m.place + 1) * wide) - (m.groups > 1 ? 2 : 0);
      const end = p.Y(Math.max(p.y.low, Math.min(p.y.high, value))), up = value >= 0;
      return `<rect x="${r(left)}" y="${r(Math.min(zero, end))}" width="${r(right - left)}" height="${r(Math.abs(zero - end))}" ${inked(m, "bar")}/>` +
        (m.digits < 0 ? "" : text((left + right) / 2, end + (up ? -5 : 14), number(value, String(m.digits)), "middle", "value"));
    }).join("");
  },
  dots(m, p) {
    const xs = list(place(p.v, m.x)), ys = list(place(p.v, m.y)), label = m.label ? list(place(p.v, m.label)) : [];
    return xs.map((x, k) => {
      const X = r(p.X(x)), Y = r(p.Y(ys[k])), s = m.size;
      if (!Number.isFinite(X + Y)) return "";
      return label[k] ? `<rect x="${X - s}" y="${Y - s}" width="${2 * s}" height="${2 * s}" class="i${m.ink + 1} dot"/>` : `<circle cx="${X}" cy="${Y}" r="${s}" ${inked(m, "dot")}/>`;
    }).join("");
  },
  path(m, p) {
    const upto = m.upto ? place(p.v, m.upto) + 1 : undefined, ys = place(p.v, m.y);
    const points = place(p.v, m.x).map((x, k) => [p.X(x), p.Y(ys[k])]).slice(0, upto);
    const dots = m.dots ? points.filter(([x, y]) => Math.abs(x) + Math.abs(y) < 5000).map(([x, y]) => `<circle cx="${r(x)}" cy="${r(y)}" r="2.6" class="i${m.ink} dot"/>`).join("") : "";
    return `<path d="${line(points)}" ${inked(m, "line thin")}/>` + dots;
  },
  segment(m, p) {
    const [x, y, u, w] = [m.x, m.y, m.to_x, m.to_y].map((at) => list(place(p.v, at))), n = Math.max(x.length, y.length, u.length, w.length);
    const at = (a, k) => a[a.length > 1 ? k : 0];
    return Array.from({ length: n }, (q, k) => {
      const from = [p.X(at(x, k)), p.Y(at(y, k))], to = [p.X(at(u, k)), p.Y(at(w, k))], d = line([from, to]);
      let tip = "";
      const a = Math.atan2(to[1] - from[1], to[0] - from[0]);
      if (m.arrow && Math.hypot(to[0] - from[0], to[1] - from[1]) > 4)
        tip = line([-0.45, 0, 0.45].map((s) => (s ? [to[0] - 9 * Math.cos(a + s), to[1] - 9 * Math.sin(a + s)] : to)));
      return d && `<path d="${d}" ${inked(m, "line thin")}/>` + (tip && `<path d="${tip}" class="i${m.ink} line thin"/>`);
    }).join("");
  },
  heat,
  handle(m, p) {
    const x = p.X(place(p.v, m.x)), y = p.Y(place(p.v, m.y));
    if (!Number.isFinite(x + y)) return "";
    p.handles.push([m, x, y]);
    const moves = m.moves.some(Boolean);
    return (moves ? `<circle cx="${r(x)}" cy="${r(y)}" r="15" class="i${m.ink} grip"/>` : "") + `<circle cx="${r(x)}" cy="${r(y)}" r="${moves ? 7 : 5}" ${inked(m, "knob")}/>`;
  },
  note: (m, p) => text(p.X(place(p.v, m.x)), p.Y(place(p.v, m.y)) + 4, filled(m.words, p.v, p.figure), m.anchor, `t${m.ink} halo`),
  cells(m, p) {
    const rows = place(p.v, m.values), most = Math.max(1e-9, ...rows.flat().map(Math.abs)), columns = rows[0].length;
    const left = p.left + (m.rows.length ? 8 : 0), top = p.top + (m.columns.length ? 4 : 0);
    const w = (p.right - left) / columns, h = (p.bottom - top) / rows.length;
    let out = m.columns.map((c, k) => text(left + (k + 0.5) * w, top - 8, c)).join("");
    rows.forEach((row, j) => {
      if (m.rows.length) out += text(left - 8, top + (j + 0.5) * h + 4, filled(m.rows[j], p.v, p.figure), "end");
      row.forEach((value, k) => {
        out += `<rect x="${r(left + k * w + 1)}" y="${r(top + j * h + 1)}" width="${r(w - 2)}" height="${r(h - 2)}" class="i${value < 0 ? m.ink + 1 : m.ink} cell" fill-opacity="${r(0.05 + (0.5 * Math.abs(value)) / most)}"/>` +
          text(left + (k + 0.5) * w, top + (j + 0.5) * h + 5, number(value, String(m.digits)), "middle", "value");
      });
    });
    return out;
  },
  network(m, p) {
    const at = (n) => [p.X(n.x), p.Y(n.y)];
    let out = "", over = "";
    for (const l of m.links) {
      const [x, y] = at(m.nodes[l.start]), [u, w] = at(m.nodes[l.end]), weight = place(p.v, l.weight), s = l.at;
      out += `<path d="${line([[x, y], [u, w]])}" class="i${weight < 0 ? 2 : 1} line${weight < 0 ? " dashed" : ""}" style="stroke-width:${r(Math.min(7, 0.7 + 1.6 * Math.abs(weight)))}"/>`;
      if (l.words) over += text(x + s * (u - x), y + s * (w - y) + 4, filled(l.words, p.v, p.figure), "middle", "halo small");
    }
    for (const n of m.nodes) {
      const [x, y] = at(n);
      over += `<circle cx="${r(x)}" cy="${r(y)}" r="21" class="i${n.ink} node"/>` + (n.value ? text(x, y + 4, filled(n.value, p.v, p.figure), "middle", "small") : "") +
        text(x, n.above ? y - 27 : y + 35, filled(n.words, p.v, p.figure), "middle", "halo small");
    }
    return out + over;
  },
  box(m, p) {
    const balls = place(p.v, m.counts).flatMap((n, k) => Array(Math.round(n)).fill(k)), each = 6, size = Math.min((p.right - p.left) / each, (p.bottom - p.top) / 4);
    const left = (p.left + p.right - each * size) / 2;
    let out = `<path d="M${r(left - 4)} ${r(p.bottom - 4 * size)}V${r(p.bottom + 3)}H${r(left + each * size + 4)}V${r(p.bottom - 4 * size)}" class="frame"/>`;
    balls.forEach((k, n) => {
      const x = left + ((n % each) + 0.5) * size, y = p.bottom - (Math.floor(n / each) + 0.5) * size;
      out += `<circle cx="${r(x)}" cy="${r(y)}" r="${r(size / 2 - 2)}" class="i${m.inks[k]} ball"/>` + text(x, y + 4, m.letters[k], "middle", "small");
    });
    return out;
  },
};

/* Drawing a panel ----------------------------------------------------------------------------------------------------- */

function ticks(axis) {
  if (axis.ticks) return axis.ticks.map((t) => (Array.isArray(t) ? t : [t, number(t, "g4")]));
  const rough = (axis.high - axis.low) / 5, ten = 10 ** Math.floor(Math.log10(rough));
  const step = ten * [1, 2, 5, 10].find((s) => s * ten >= rough * 0.999), found = [];
  for (let k = Math.ceil(axis.low / step - 1e-9); k * step <= axis.high + step * 1e-9; k++) found.push([k * step, number(k * step, "g4")]);
  return found;
}

function panel(figure, q, v, width, id) {
  const { x, y } = q.panel, cells = q.panel.marks.find((m) => m.kind === "cells");
  const height = Math.round(width * q.panel.tall), p = { figure, v, x, y, id, width, handles: [] };
  p.left = q.panel.bare ? (cells && cells.rows.length ? 84 : 12) : 42;
  p.right = width - 12;
  p.top = q.panel.bare ? (cells && cells.columns.length ? 26 : 12) : y.words ? 26 : 12;
  p.bottom = height - (q.panel.bare ? 12 : x.words ? 40 : 24);
  p.X = (a) => p.left + ((a - x.low) / (x.high - x.low)) * (p.right - p.left);
  p.Y = (b) => p.bottom - ((b - y.low) / (y.high - y.low)) * (p.bottom - p.top);
  let axes = "", under = "", over = "";
  if (!q.panel.bare) {
    for (const [a, name] of ticks(x)) axes += `<path d="M${r(p.X(a))} ${p.top}V${p.bottom}" class="grid"/>` + text(p.X(a), p.bottom + 16, name);
    for (const [b, name] of ticks(y)) axes += `<path d="M${p.left} ${r(p.Y(b))}H${p.right}" class="grid"/>` + text(p.left - 6, p.Y(b) + 4, name, "end");
    axes += `<path d="M${p.left} ${p.top}V${p.bottom}H${p.right}" class="frame"/>`;
    if (x.words) axes += text((p.left + p.right) / 2, height - 6, x.words);
    if (y.words) axes += text(4, 14, y.words, "start");
  }
  for (const m of q.panel.marks) {
    const free = ["note", "handle", "cells", "network", "box", "bars"].includes(m.kind);
    if (free) over += draw[m.kind](m, p);
    else under += draw[m.kind](m, p);
  }
  q.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  q.svg.innerHTML = `<clipPath id="${id}"><rect x="${p.left}" y="${p.top}" width="${p.right - p.left}" height="${p.bottom - p.top}"/></clipPath>` +
    axes + `<g${q.panel.bare ? "" : ` clip-path="url(#${id})"`}>${under}</g>${over}`;
  q.p = p;
}

/* A figure in the page ------------------------------------------------------------------------------------------------ */

function made(tag, attributes = {}, ...inside) {
  const e = document.createElement(tag);
  for (const [k, value] of Object.entries(attributes)) e.setAttribute(k, value);
  e.append(...inside);
  return e;
}

const position = (s, x) => (s.logarithmic ? 200 * Math.log(x / s.low) / Math.log(s.high / s.low) : x);
const rounded = (s, x) => Math.max(s.low, Math.min(s.high, s.logarithmic ? Number(x.toPrecision(3)) : Number((Math.round((x - s.low) / s.step) * s.step + s.low).toPrecision(12))));

function legend(marks) {
  const named = marks.filter((m) => m.words && m.kind !== "note");
  if (!named.length) return "";
  return named.map((m) => {
    const sign = ["bars", "heat"].includes(m.kind) ? `<rect x="3" y="2" width="18" height="9" class="i${m.ink} bar"/>` :
      m.kind === "dots" ? `<circle cx="12" cy="6" r="4" class="i${m.ink} dot"/>` : `<path d="M1 6H23" ${inked(m, "line")}/>`;
    return `<span><svg width="24" height="12" aria-hidden="true">${sign}</svg>${escaped(m.words)}</span>`;
  }).join("");
}

let count = 0;

function mount(element, figure) {
  if (element.mathcore) return;
  element.mathcore = true;
  const number_ = ++count, live = made("div", { class: `mathcore-live${figure.panels.length === 1 ? " mathcore-one" : ""}` }), panels = made("div", { class: "mathcore-panels" });
  const controls = made("div", { class: "mathcore-controls", role: "group", "aria-label": figure.title });
  const says = made("p", { class: "mathcore-says", "aria-live": "polite" });
  let v = started(figure);
  const views = figure.panels.map((panel) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), key = made("div", { class: "mathcore-legend" });
    const view = { panel: { ...panel, marks: panel.marks.map((m) => ({ ...m })) }, svg };
    svg.setAttribute("role", "img");
    key.innerHTML = legend(panel.marks);
    const box = made("div", { class: "mathcore-panel" });
    if (panel.words) box.append(made("p", { class: "mathcore-head" }, panel.words));
    box.append(key, svg);
    panels.append(box);
    drag(view);
    return view;
  });
  const inputs = figure.sliders.map((s, k) => {
    const id = `mathcore-${number_}-${k}`;
    let input;
    if (s.names.length) {
      input = made("select", { id }, ...s.names.map((name, i) => made("option", { value: i + 1 }, name)));
    } else {
      input = made("input", { id, type: "range", min: position(s, s.low), max: position(s, s.high), step: s.logarithmic ? 1 : s.step });
    }
    const shown = made("output", { for: id });
    controls.append(made("div", { class: "mathcore-control" }, made("label", { for: id }, s.words), input, s.names.length ? "" : shown));
    input.addEventListener("input", () => set(s, s.logarithmic ? s.low * (s.high / s.low) ** (input.value / 200) : Number(input.value)));
    return { s, input, shown };
  });
  const again = made("button", { type: "button", class: "mathcore-again" }, figure.again);
  again.addEventListener("click", () => { v = started(figure); update(); });
  if (inputs.length) controls.append(again);

  function set(s, x) {
    move(v, s.letter, rounded(s, x));
    update();
  }

  function drag(view) {
    let held = null;
    const where = (event) => {
      const box = view.svg.getBoundingClientRect(), scale = view.p.width / box.width;
      return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
    };
    view.svg.addEventListener("pointerdown", (event) => {
      const [x, y] = where(event), near = view.p.handles.filter(([m]) => m.moves.some(Boolean)).map(([m, a, b]) => [Math.hypot(a - x, b - y), m]).sort((a, b) => a[0] - b[0])[0];
      if (!near || near[0] > 26) return;
      held = near[1];
      view.svg.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    view.svg.addEventListener("pointermove", (event) => {
      if (!held) return;
      const [x, y] = where(event), p = view.p;
      const to = [p.x.low + ((x - p.left) / (p.right - p.left)) * (p.x.high - p.x.low), p.y.low + ((p.bottom - y) / (p.bottom - p.top)) * (p.y.high - p.y.low)];
      held.moves.forEach((letter, k) => {
        const s = figure.sliders.find((one) => one.letter === letter);
        if (s) move(v, letter, rounded(s, to[k]));
      });
      update();
    });
    for (const end of ["pointerup", "pointercancel"]) view.svg.addEventListener(end, () => (held = null));
  }

  let later = 0, asked = false;
  function paint() {
    asked = false;
    const words = told(figure, v);
    views.forEach((view, k) => {
      panel(figure, view, v, Math.max(240, Math.round(view.svg.parentElement.clientWidth) || 340), `mathcore-${number_}-p${k}`);
      view.svg.setAttribute("aria-label", (view.panel.words || figure.title) + (k ? "" : `. ${figure.sees} ${words}`));
    });
    clearTimeout(later);
    later = setTimeout(() => { if (says.textContent !== words) says.textContent = words; }, says.textContent ? 120 : 0);
    for (const { s, input, shown } of inputs) {
      const x = place(v, s.letter);
      input.value = position(s, x);
      shown.textContent = number(x, "g4");
      if (!s.names.length) input.setAttribute("aria-valuetext", shown.textContent);
    }
  }

  function update() {
    computed(figure, v);
    if (!asked) requestAnimationFrame(paint);
    asked = true;
  }

  live.append(panels, made("div", {}, controls, says));
  element.querySelectorAll(".mathcore-static, .mathcore-says").forEach((e) => e.remove());
  element.insertBefore(live, element.querySelector("figcaption"));
  computed(figure, v);
  paint();
  new ResizeObserver(update).observe(panels);
}

/* Exact values: what differs by more than 1e-12 of the range of its figure --------------------------------------------- */

function differs(got, exact, range, name, found) {
  if (Array.isArray(exact)) {
    if (!Array.isArray(got) || got.length !== exact.length) found.push([name, got, exact]);
    else exact.forEach((e, k) => differs(got[k], e, range, `${name}[${k + 1}]`, found));
  } else {
    const e = Number(exact), close = e === got || Math.abs(got - e) <= 1e-12 * Math.max(range, Math.abs(e) > range ? Math.abs(e) : 0);
    if (!close) found.push([name, got, exact]);
  }
}

function selftest() {
  const failures = [];
  for (const [name, figure] of figures) {
    if (!figure.exact.length) failures.push({ figure: name, value: "nothing is compared" });
    for (const point of figure.exact) {
      const v = started(figure), found = [];
      for (const [letter, x] of Object.entries(point.at)) move(v, letter, x);
      computed(figure, v);
      for (const [letter, exact] of Object.entries(point.values)) differs(place(v, letter), exact, figure.range, letter, found);
      for (const [f, args, exact] of point.functions) differs(figure.f[f](...args, v), exact, figure.range, `${f}(${args})`, found);
      for (const [value, got, exact] of found) failures.push({ figure: name, at: point.at, value, got, exact });
    }
  }
  return failures;
}

function add(...all) {
  for (const figure of all) {
    figure.f = figure.functions(_);
    figures.set(figure.name, figure);
    if (typeof document !== "undefined")
      document.querySelectorAll(`figure.mathcore-figure[data-figure="${figure.name}"]`).forEach((element) => mount(element, figure));
  }
}

const waiting = Array.isArray(globalThis.mathcoreFigures) ? globalThis.mathcoreFigures : [];
globalThis.mathcoreFigures = { push: add, selftest, names: () => [...figures.keys()], told: (name, at = {}) => {
  const v = started(figures.get(name));
  for (const [letter, x] of Object.entries(at)) move(v, letter, x);
  return told(figures.get(name), computed(figures.get(name), v));
} };
if (typeof document !== "undefined" && document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => add(...waiting));
else add(...waiting);
