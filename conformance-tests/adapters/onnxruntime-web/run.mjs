// Runs a model on onnxruntime-web's WebAssembly backend without AIIS: node run.mjs MODEL FEEDS, where FEEDS is JSON: {"x": {"type": "float32",
// "dims": [2], "data": ["1", "-Infinity"]}}. Prints its outputs in the same form. For the reproductions in ../findings.

import fs from 'node:fs';
import * as ort from 'onnxruntime-web';

ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'error';
const [model, given] = process.argv.slice(2);
const feeds = {};
for (const [name, { type, dims, data }] of Object.entries(JSON.parse(given))) {
  const number = type === 'string' ? String : type.endsWith('64') && type !== 'float64' ? BigInt : Number;
  feeds[name] = new ort.Tensor(type, data.map(number), dims);
}
try {
  const session = await ort.InferenceSession.create(fs.readFileSync(model), { executionProviders: ['wasm'] });
  const outputs = await session.run(feeds);
  // JSON has no infinity, no NaN and no 64-bit integers: numbers go as text.
  const told = Object.entries(outputs).map(([name, { type, dims, data }]) => [name, { type, dims, data: Array.from(data, String) }]);
  console.log(JSON.stringify(Object.fromEntries(told)));
} catch (e) {
  console.log(`refused: ${e.message}`);
}
process.exit(0);
