// Shows stimuli of AIIS to onnxruntime-web's WebAssembly backend: node worker.mjs [--optimization all|disabled]
//
// The WebAssembly build holds one provider, ONNX Runtime's CPU kernels on one thread, and nothing to fall back on: the placement is that of
// a runtime with one executor.

import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as ort from 'onnxruntime-web';
import { Death, NotDriven, Rejection, oneExecutor, serve } from './aiis-worker.mjs';

const { values: options } = parseArgs({
  options: { optimization: { type: 'string', default: 'all' } },
});
const PROVIDER = 'WasmExecutionProvider';
const folder = path.dirname(fileURLToPath(import.meta.resolve('onnxruntime-web')));
const WASM = 'ort-wasm-simd-threaded.wasm';

ort.env.wasm.numThreads = 1;
ort.env.wasm.proxy = false;
ort.env.logLevel = 'error';

const ARRAYS = {
  float32: Float32Array, uint8: Uint8Array, int8: Int8Array, uint16: Uint16Array, int16: Int16Array, int32: Int32Array,
  int64: BigInt64Array, bool: Uint8Array, float16: Uint16Array, float64: Float64Array, uint32: Uint32Array,
  uint64: BigUint64Array,
};

function sha256(file) {
  return crypto.createHash('sha256').update(fs.readFileSync(path.join(folder, file))).digest('hex');
}

const entry = path.basename(fileURLToPath(import.meta.resolve('onnxruntime-web')));
const sut = {
  name: 'ONNX Runtime Web',
  vendor: 'Microsoft',
  version: ort.env.versions.web ?? ort.env.versions.common,
  backend: 'onnxruntime-web',
  provider: PROVIDER,
  libraries: { [WASM]: sha256(WASM), [entry]: sha256(entry) },
  properties: { node: process.versions.node, threads: '1', placement: 'one executor', 'graph-optimization': options.optimization },
};

/** A trap leaves the WebAssembly instance in pieces, as a signal leaves a process: there is nothing to go on with. */
function told(e) {
  if (e instanceof NotDriven) throw e;
  if (e instanceof WebAssembly.RuntimeError || /abort/i.test(String(e?.message ?? e))) {
    throw new Death(`the WebAssembly instance died: ${e?.message ?? e}`);
  }
  const message = String(e?.message ?? e);
  const code = /ERROR_CODE: (\d+)/.exec(message) ?? /error code = (\d+)/i.exec(message);
  throw new Rejection(code ? `ORT_${code[1]}` : (e?.name ?? 'ERROR'), message);
}

function made({ type, shape, data, strings }) {
  if (type === 'string') return new ort.Tensor('string', strings, shape);
  const Elements = ARRAYS[type];
  if (!Elements) throw new NotDriven(`onnxruntime-web has no tensors of ${type}`);
  return new ort.Tensor(type, new Elements(data.buffer, data.byteOffset, data.byteLength / Elements.BYTES_PER_ELEMENT), shape);
}

function read(name, tensor) {
  if (tensor?.type === 'string') return { type: 'string', shape: [...tensor.dims], data: new Uint8Array(0), strings: [...tensor.data] };
  if (!ARRAYS[tensor?.type]) throw new NotDriven(`output '${name}' is of type ${tensor?.type}, which this worker cannot send`);
  const { buffer, byteOffset, byteLength } = tensor.data;
  return { type: tensor.type, shape: [...tensor.dims], data: new Uint8Array(buffer, byteOffset, byteLength), strings: [] };
}

async function created(model, more) {
  try {
    return await ort.InferenceSession.create(model, {
      executionProviders: ['wasm'],
      graphOptimizationLevel: options.optimization,
      ...more,
    });
  } catch (e) {
    return told(e);
  }
}

await serve({
  sut: () => sut,
  load: (bytes) => created(bytes),
  /**
   * onnxruntime-web looks for external data among the files that its caller names (`externalData`), and in no file system. It is given
   * all files of the model's folder, as a page that serves the folder would, by their paths from the model: never by what the model
   * says, which this program does not read. Whether a location is one of them is the runtime's decision.
   */
  loadFolder(folder, file, files) {
    const home = path.dirname(path.join(folder, file));
    const beside = files.map((name) => path.relative(home, path.join(folder, name))).filter((name) => !name.startsWith('../'));
    const externalData = beside.map((name) => ({ path: name, data: path.join(home, name) }));
    return created(path.join(folder, file), { externalData });
  },
  async run(session, inputs, wanted) {
    let outputs;
    try {
      const feeds = Object.fromEntries([...inputs].map(([name, tensor]) => [name, made(tensor)]));
      outputs = await (wanted ? session.run(feeds, wanted) : session.run(feeds));
    } catch (e) {
      return told(e);
    }
    return new Map(Object.entries(outputs).map(([name, tensor]) => [name, read(name, tensor)]));
  },
  async close(session) {
    try {
      await session.release();
    } catch (e) {
      told(e);
    }
  },
  placement: (bytes) => oneExecutor(bytes, PROVIDER),
});
