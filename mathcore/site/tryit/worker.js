/* The prover in a thread of its own: Pyodide with the libraries of mathcore, everything from the folder of this file. */
import { loadPyodide } from "./pyodide.mjs";

const HERE = new URL(".", import.meta.url).href;
const PREFIX = "mathcore-tryit-";
const SIGALRM = 14;

/* Python in a browser has no interval timer. It looks now and then for a signal that the page sent; here it finds one
   when the time is up. A look at the clock costs less than a microsecond, one look comes after some fifty steps. */
let due = Infinity, again = 0;
const signals = {
  get 0() {
    if (performance.now() < due) return 0;
    due = again ? performance.now() + again : Infinity;
    return SIGALRM;
  },
  set 0(_) {},
};

function setitimer(seconds, interval) {
  const left = due === Infinity ? 0 : Math.max(1e-6, (due - performance.now()) / 1000);
  const before = [left, again / 1000];
  due = seconds ? performance.now() + 1000 * seconds : Infinity;
  again = 1000 * interval;
  return before;
}

let store = null;

async function part(name, key) {
  const url = new URL(`${name}?${key}`, HERE).href;
  const kept = store && (await store.match(url));
  const response = kept || (await fetch(url));
  if (!response.ok) throw new Error(`${name}: the server answers ${response.status}`);
  const chunks = [];
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    postMessage({ bytes: value.length, kept: Boolean(kept) });
  }
  const blob = new Blob(chunks, { type: "application/octet-stream" });
  if (store && !kept) await store.put(url, new Response(blob)).catch(() => (store = null));
  return blob;
}

async function opened(version) {
  if (!self.caches) return;
  try {
    for (const name of await caches.keys()) if (name.startsWith(PREFIX) && name !== PREFIX + version) await caches.delete(name);
    store = await caches.open(PREFIX + version);
  } catch {
    store = null;
  }
}

const bytes = async (blob) => new Uint8Array(await (await blob).arrayBuffer());

async function start({ version, parts }) {
  await opened(version);
  const blobs = {};
  for (const { file, key } of parts) blobs[file] = part(file, key);
  const plain = self.fetch;
  self.fetch = async (url, options) => {
    const name = String(url.url || url).split("/").pop();
    if (name === "pyodide.asm.wasm") {
      const unpacked = (await blobs[`${name}.gz`]).stream().pipeThrough(new DecompressionStream("gzip"));
      return new Response(unpacked, { headers: { "Content-Type": "application/wasm" } });
    }
    return name in blobs ? new Response(await blobs[name]) : plain(url, options);
  };
  const python = await loadPyodide({ indexURL: HERE });
  postMessage({ stage: "libraries" });
  python.FS.mkdirTree("/lib/mathcore");
  python.FS.writeFile("/lib/mathcore/libraries.zip", await bytes(blobs["libraries.zip"]));
  for (const name of ["flint.zip", "mathcore.zip"]) python.unpackArchive(await bytes(blobs[name]), "zip", { extractDir: "/lib/mathcore" });
  python.runPython("import sys; sys.path[:0] = ['/lib/mathcore', '/lib/mathcore/libraries.zip']");
  python.setInterruptBuffer(signals);
  self.fetch = plain;
  const browser = python.pyimport("mathcore.browser");
  browser.begin(setitimer);
  return browser.answer;
}

let answer = null;

self.onmessage = async ({ data }) => {
  try {
    if (data.start) {
      answer = await start(data.start);
      postMessage({ ready: true });
    } else {
      postMessage({ id: data.id, value: JSON.parse(answer(JSON.stringify(data.ask))) });
    }
  } catch (error) {
    due = Infinity;
    postMessage({ id: data.id, failed: String(error.message || error) });
  }
};
