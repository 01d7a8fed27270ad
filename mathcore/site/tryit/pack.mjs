// node pack.mjs PYODIDE IN OUT pack.py: runs pack.py in the interpreter that will later run in the browser.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [pyodide, source, target, program] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${pyodide}/pyodide.mjs`));
const python = await loadPyodide({ indexURL: pyodide });
python.mountNodeFS("/in", source);
python.mountNodeFS("/out", target);
python.runPython(readFileSync(program, "utf8"));
