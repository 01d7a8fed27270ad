/* The prover in a thread of its own: Pyodide with the libraries of mathcore, everything from the folder of this file. */
import { loadPyodide } from "./pyodide.mjs";

const HERE = new URL(".", import.meta.url).href;
const SIGALRM = 14;
const IDLE = 500; // ms, in which a first question may come

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
const address = (name, key) => new URL(`${name}?${key}`, HERE).href;

async function part(name, key) {
  const url = address(name, key);
  const kept = store && (await store.match(url));
  const response = kept || (await fetch(url));
  if (!response.ok) throw new Error(`${name}: the server answers ${response.status}`);
  const chunks = [];
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    postMessage({ bytes: value.length });
  }
  const blob = new Blob(chunks, { type: "application/octet-stream" });
  if (store && !kept) await store.put(url, new Response(blob)).catch(() => (store = null));
  return blob;
}

/* Files are kept by what is in them: after a change only those that changed are loaded again. */
async function opened(parts) {
  if (!self.caches) return;
  try {
    store = await caches.open("mathcore-tryit");
    const wanted = new Set(parts.map(({ file, key }) => address(file, key)));
    for (const { url } of await store.keys()) if (url.startsWith(HERE) && !wanted.has(url)) await store.delete(url);
  } catch {
    store = null;
  }
}

const bytes = async (blob) => new Uint8Array(await (await blob).arrayBuffer());

async function start(parts) {
  await opened(parts);
  const blobs = {};
  for (const { file, key } of parts) blobs[file] = part(file, key);
  const unpacked = async (name, type) => {
    const stream = (await blobs[`${name}.gz`]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream, { headers: { "Content-Type": type } });
  };
  const plain = self.fetch;
  self.fetch = async (url, options) => {
    const name = String(url.url || url).split("/").pop();
    if (name === "pyodide.asm.wasm") return unpacked(name, "application/wasm");
    return name in blobs ? new Response(await blobs[name]) : plain(url, options);
  };
  const script = URL.createObjectURL(await (await unpacked("pyodide.asm.mjs", "text/javascript")).blob());
  const { default: createPyodideModule } = await import(script);
  const python = await loadPyodide({ indexURL: HERE, createPyodideModule });
  postMessage({ stage: "libraries" });
  python.FS.mkdirTree("/lib/mathcore");
  python.FS.writeFile("/lib/mathcore/libraries.zip", await bytes(blobs["libraries.zip"]));
  for (const name of ["flint.zip", "mathcore.zip"]) python.unpackArchive(await bytes(blobs[name]), "zip", { extractDir: "/lib/mathcore" });
  python.runPython("import sys; sys.path[:0] = ['/lib/mathcore', '/lib/mathcore/libraries.zip']");
  python.setInterruptBuffer(signals);
  self.fetch = plain;
  const browser = python.pyimport("mathcore.browser");
  browser.begin(setitimer);
  return browser;
}

let browser = null;

self.onmessage = async ({ data }) => {
  try {
    if (data.start) {
      browser = await start(data.start);
      postMessage({ ready: true });
      setTimeout(() => browser.warm(), IDLE);
    } else {
      postMessage({ id: data.id, value: JSON.parse(browser.answer(JSON.stringify(data.ask))) });
    }
  } catch (error) {
    due = Infinity;
    postMessage({ id: data.id, failed: String(error.message || error) });
  }
};
