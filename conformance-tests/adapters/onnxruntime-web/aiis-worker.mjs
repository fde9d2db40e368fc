// The worker protocol of AIIS (spec/worker-protocol.md, version 1) for a runtime in JavaScript. Needs Node.js alone.
//
// serve({sut, load, run, close, placement}):
//   sut()                 {name, vendor, version, backend, provider, libraries, properties}
//   load(bytes)                   a session
//   run(session, inputs, wanted)  Map of name to tensor, in and out; names of the outputs that are asked for, null for all
//   close(session)                frees it
//   loadFolder(folder, path, files)  a session from the model at `path` of `folder`, where `files`, a list of paths, were written; may be left out
//   placement(bytes)              list of {node, state, by}, told when a profiled model is closed; may be left out
// A tensor is {type, shape, data: Uint8Array (little-endian), strings: list of text}. Throw Rejection for what the runtime refused, with
// its code, NotDriven for what the binding cannot show to it, Death where the runtime is beyond use and its process has to go. Whatever
// else is thrown is the adapter's own fault, `not-driven`.

import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

export class NotDriven extends Error {}
export class Death extends Error {}
export class Rejection extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}
class Violation extends Error {}

const WIDTH = {
  float32: 4, uint8: 1, int8: 1, uint16: 2, int16: 2, int32: 4, int64: 8, string: 0, bool: 1, float16: 2, float64: 8,
  uint32: 4, uint64: 8, bfloat16: 2, float8e4m3fn: 1, float8e4m3fnuz: 1, float8e5m2: 1, float8e5m2fnuz: 1, float8e8m0: 1,
  float4e2m1: 1, uint4: 1, int4: 1, uint2: 1, int2: 1,
};
const MAGIC = 0x53494941;
const LIMIT = Number(process.env.AIIS_FRAME_LIMIT ?? 512 * 1024 * 1024);
const HEADER_LIMIT = 16 * 1024 * 1024;
const ANSWERS = Number(process.env.AIIS_ANSWERS_FD ?? 1);

function demand(right, message) {
  if (!right) throw new Violation(message);
}

// ---- frames ----

/** The next bytes of standard input; null where it ends. Waits in the read: nothing else is to be done meanwhile. */
function read(count) {
  const bytes = Buffer.allocUnsafe(count);
  for (let at = 0; at < count; ) {
    const n = fs.readSync(0, bytes, at, count - at, null);
    if (n === 0) return null;
    at += n;
  }
  return bytes;
}

const crcTable = Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n >>> 0;
});

/** ISO-HDLC. Newer versions of Node.js have it in zlib. */
function crc32(bytes) {
  if (zlib.crc32) return zlib.crc32(bytes);
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = crcTable[(crc ^ bytes[i]) & 255] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function receive() {
  const preamble = read(12);
  if (preamble === null) return null;
  demand(preamble.readUInt32LE(0) === MAGIC, 'wrong magic');
  const length = preamble.readUInt32LE(4);
  demand(length >= 8 && length <= LIMIT, `a payload of ${length} bytes`);
  const payload = read(length);
  if (payload === null) return null;
  demand(crc32(payload) === preamble.readUInt32LE(8), 'wrong CRC-32');
  let at = 0;
  const number = () => {
    demand(payload.length - at >= 4, 'the payload is too short');
    at += 4;
    return payload.readUInt32LE(at - 4);
  };
  const take = (most) => {
    const n = number();
    demand(n <= Math.min(most, payload.length - at), 'a length over what is left');
    at += n;
    return payload.subarray(at - n, at);
  };
  const header = take(HEADER_LIMIT);
  const count = number();
  demand(count <= Math.min(65536, (payload.length - at) / 4), `${count} attachments`);
  const attachments = Array.from({ length: count }, () => take(LIMIT));
  demand(at === payload.length, 'bytes behind the last attachment');
  return { header: parse(header), attachments };
}

function send(header, attachments) {
  const text = Buffer.from(JSON.stringify(header));
  const size = attachments.reduce((sum, a) => sum + 4 + a.length, 8 + text.length);
  if (size > LIMIT) {
    return send({ id: header.id, answer: { kind: 'not-driven', reason: `an answer of ${size} bytes is over the limit` } }, []);
  }
  const frame = Buffer.allocUnsafe(12 + size);
  let at = 12;
  const put = (bytes) => {
    at = frame.writeUInt32LE(bytes.length, at);
    frame.set(bytes, at);
    at += bytes.length;
  };
  put(text);
  at = frame.writeUInt32LE(attachments.length, at);
  attachments.forEach(put);
  frame.writeUInt32LE(MAGIC, 0);
  frame.writeUInt32LE(size, 4);
  frame.writeUInt32LE(crc32(frame.subarray(12)), 8);
  for (let done = 0; done < frame.length; ) done += fs.writeSync(ANSWERS, frame, done);
}

// ---- headers ----

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function text(bytes) {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new Violation('text that is not UTF-8');
  }
}

/** JSON that names a member twice is refused: JSON.parse drops the first, so that it then has fewer than the text. */
function parse(bytes) {
  const header = text(bytes);
  let value;
  try {
    value = JSON.parse(header);
  } catch (e) {
    throw new Violation(`the header is not JSON: ${e.message}`);
  }
  let written = 0;
  for (const token of header.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/gs)) written += token[1] ? 1 : 0;
  demand(written === members(value, 0), 'a member is given twice');
  return value;
}

function members(value, depth) {
  demand(depth <= 100, 'JSON nested deeper than 100');
  if (value === null || typeof value !== 'object') return 0;
  const inside = Object.values(value).reduce((sum, v) => sum + members(v, depth + 1), 0);
  return inside + (Array.isArray(value) ? 0 : Object.keys(value).length);
}

const is = {
  text: (v) => typeof v === 'string',
  number: (v) => Number.isSafeInteger(v) && v >= 0,
  flag: (v) => typeof v === 'boolean',
  map: (v) => v !== null && typeof v === 'object' && !Array.isArray(v),
  texts: (v) => Array.isArray(v) && v.every(is.text),
  textMap: (v) => is.map(v) && Object.values(v).every(is.text),
  numbers: (v) => is.map(v) && Object.values(v).every(is.number),
  maps: (v) => Array.isArray(v) && v.every(is.map),
};
const EMPTY = new Map([[is.map, {}], [is.texts, []], [is.textMap, {}], [is.numbers, {}], [is.maps, []]]);
const STEPS = {
  describe: { protocol: is.number },
  load: { model: is.text, bytes: is.number, profiled: is.flag },
  'load-folder': { model: is.text, path: is.text, files: is.numbers },
  'load-path': { model: is.text, path: is.text, profiled: is.flag },
  put: { tensor: is.text, value: (v) => is.map(v) },
  run: { model: is.text, inputs: is.map, kept: is.textMap, keep: is.textMap, fetch: is.texts },
  get: { tensor: is.text },
  drop: { tensor: is.text },
  close: { model: is.text },
  measure: { model: is.text, samples: is.maps, settings: (v) => is.map(v) },
};

/** An object of exactly these members; those that may be empty may be missing. */
function checked(object, form) {
  demand(is.map(object), 'no object where one is expected');
  for (const name of Object.keys(object)) demand(Object.hasOwn(form, name), `unknown member '${name}'`);
  const whole = {};
  for (const [name, fits] of Object.entries(form)) {
    const value = Object.hasOwn(object, name) ? object[name] : EMPTY.get(fits);
    demand(value !== undefined && fits(value), `member '${name}' is missing or of another kind`);
    whole[name] = value;
  }
  return whole;
}

/** Hands each attachment out once. */
class Attachments {
  constructor(list) {
    this.list = list;
    this.used = new Set();
  }

  bytes(index) {
    demand(index < this.list.length && !this.used.has(index), `attachment ${index} is not there, or used twice`);
    this.used.add(index);
    return this.list[index];
  }

  tensor(reference) {
    const form = { type: is.text, shape: (v) => Array.isArray(v) && v.every(is.number), attachment: is.number };
    const { type, shape, attachment } = checked(reference, form);
    demand(Object.hasOwn(WIDTH, type) && shape.length <= 64, `type '${type}', rank ${shape.length}`);
    const size = shape.reduce((product, extent) => product * extent, 1);
    demand(size < 2 ** 31, 'more than 2^31 - 1 elements');
    const bytes = this.bytes(attachment);
    if (type !== 'string') {
      demand(bytes.length === size * WIDTH[type], 'a tensor that does not fit its attachment');
      // A copy: the frame is larger, and views of wider elements have to be aligned.
      return { type, shape, data: Uint8Array.prototype.slice.call(bytes), strings: [] };
    }
    const strings = [];
    for (let at = 0; at < bytes.length; ) {
      demand(bytes.length - at >= 4 && bytes.readUInt32LE(at) <= bytes.length - at - 4, 'a string is too long');
      const n = bytes.readUInt32LE(at);
      strings.push(text(bytes.subarray(at + 4, at + 4 + n)));
      at += 4 + n;
    }
    demand(strings.length === size, 'a tensor that does not fit its attachment');
    return { type, shape, data: new Uint8Array(0), strings };
  }

  allUsed() {
    demand(this.used.size === this.list.length, 'an attachment that nothing uses');
  }
}

function content(tensor) {
  if (tensor.type !== 'string') return tensor.data;
  return Buffer.concat(
    tensor.strings.flatMap((s) => {
      const bytes = Buffer.from(s);
      const length = Buffer.alloc(4);
      length.writeUInt32LE(bytes.length);
      return [length, bytes];
    }),
  );
}

// ---- models ----

const RANDOM = /^(RandomNormal|RandomUniform)(Like)?$|^(Bernoulli|Multinomial|Dropout)$/;

/**
 * The placement that the protocol allows to a runtime with one executor: each node that depends on an input, or is random, was run by it; one
 * of constants alone may have been folded. An unnamed node is #i/Op. Fields by number, from ONNX's onnx.proto.
 */
export function oneExecutor(model, provider) {
  const graph = fields(model, 7)[0] ?? new Uint8Array(0);
  const constant = new Set(fields(graph, 5).map((tensor) => text(fields(tensor, 8)[0] ?? NONE)));
  const varying = new Set(fields(graph, 11).map(nameOf).filter((name) => !constant.has(name)));
  return fields(graph, 1).map((node, i) => {
    const operator = text(fields(node, 4)[0] ?? NONE);
    const runs = RANDOM.test(operator) || used(node).some((name) => varying.has(name));
    if (runs) fields(node, 2).forEach((output) => varying.add(text(output)));
    const name = text(fields(node, 3)[0] ?? NONE) || `#${i}/${operator}`;
    return { node: name, state: runs ? 'PROVIDER' : 'FOLDED', by: provider };
  });
}

const NONE = new Uint8Array(0);
const nameOf = (value) => text(fields(value, 1)[0] ?? NONE);

/** What a node reads, with what the graphs in its attributes read from outside. */
function used(node) {
  const graphs = fields(node, 5).flatMap((attribute) => [...fields(attribute, 6), ...fields(attribute, 11)]);
  const inside = graphs.flatMap((graph) => [...fields(graph, 1).flatMap(used), ...fields(graph, 12).map(nameOf)]);
  return [...fields(node, 1).map(text), ...inside];
}

/** The contents of all fields of that number that carry a length. */
function fields(message, wanted) {
  const found = [];
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = message[at++];
      if (byte === undefined) throw new RangeError('the model breaks off');
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const tag = varint();
    const kind = tag % 8;
    const length = kind === 2 ? varint() : kind === 1 ? 8 : kind === 5 ? 4 : (varint(), 0);
    if (Math.floor(tag / 8) === wanted && kind === 2) found.push(message.subarray(at, at + length));
    at += length;
  }
  return found;
}

// ---- files ----

const PLAIN = /^(?!\.+(\/|$))[A-Za-z0-9._-]+(\/(?!\.+(\/|$))[A-Za-z0-9._-]+){0,7}$/;

/** Whether the files of load-folder are those that the protocol allows: 64, paths of 255 characters and 8 names, none of dots alone. */
function checkFiles(files, model) {
  const paths = Object.keys(files);
  demand(paths.length <= 64, `load-folder of ${paths.length} files`);
  for (const name of paths) demand(name.length <= 255 && PLAIN.test(name), `load-folder with a path that is not plain: ${name}`);
  demand(Object.hasOwn(files, model), `load-folder without its model, ${model}`);
}

/** Writes them into a new folder within this one, the worker's scratch folder, which the suite deletes. Answers the folder. */
function written(files) {
  const folder = fs.mkdtempSync(path.join(process.cwd(), 'folder-'));
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), content);
  }
  return folder;
}

// ---- steps ----

/** Nothing, where the runtime took bytes that this program cannot read as a model. */
function told(runtime, bytes) {
  try {
    return runtime.placement?.(bytes) ?? [];
  } catch (e) {
    if (e instanceof RangeError) return [];
    throw e;
  }
}

export async function serve(runtime) {
  const models = new Map();
  const tensors = new Map();
  const held = (map, handle) => {
    if (!map.has(handle)) throw new NotDriven(`nothing is held under '${handle}'`);
    return map.get(handle);
  };
  const close = async (model) => runtime.close?.(model.session);
  const steps = {
    async load({ model, bytes, profiled }) {
      const session = await runtime.load(bytes);
      const before = models.get(model);
      models.set(model, { session, placement: profiled ? told(runtime, bytes) : [] });
      if (before) await close(before);
      return {};
    },
    async 'load-folder'({ model, path, files }) {
      if (!runtime.loadFolder) throw new NotDriven('this worker loads no files');
      const session = await runtime.loadFolder(written(files), path, Object.keys(files));
      const before = models.get(model);
      models.set(model, { session, placement: [] });
      if (before) await close(before);
      return {};
    },
    // The suite's folder is flat: the files beside the model are those that it may read.
    async 'load-path'({ model, path: file, profiled }) {
      if (!runtime.loadFolder) throw new NotDriven('this worker loads no files');
      const folder = path.dirname(file);
      const beside = fs.readdirSync(folder).filter((name) => name === path.basename(file) || !name.endsWith('.onnx'));
      const session = await runtime.loadFolder(folder, path.basename(file), beside);
      const before = models.get(model);
      models.set(model, { session, placement: profiled ? told(runtime, fs.readFileSync(file)) : [] });
      if (before) await close(before);
      return {};
    },
    put({ tensor, value }) {
      tensors.set(tensor, value);
      return {};
    },
    async run({ model, inputs, kept, keep, fetch }) {
      const feeds = new Map(Object.entries(inputs));
      for (const [name, handle] of Object.entries(kept)) feeds.set(name, held(tensors, handle));
      const wanted = [...new Set([...fetch, ...Object.keys(keep)])];
      const outputs = await runtime.run(held(models, model).session, feeds, wanted.length ? wanted : null);
      const output = (name) => {
        if (!outputs.has(name)) throw new NotDriven(`the runtime was asked for output '${name}' and neither gave nor refused it`);
        return outputs.get(name);
      };
      const stay = Object.entries(keep).map(([name, handle]) => [handle, output(name)]);
      const back = fetch.length + stay.length === 0 ? outputs : new Map(fetch.map((name) => [name, output(name)]));
      stay.forEach(([handle, value]) => tensors.set(handle, value));
      return { values: back };
    },
    get: ({ tensor }) => ({ values: new Map([[tensor, held(tensors, tensor)]]) }),
    drop({ tensor }) {
      tensors.delete(tensor);
      return {};
    },
    async close({ model }) {
      const { session, placement } = held(models, model);
      models.delete(model);
      await close({ session });
      return { placement };
    },
    measure() {
      throw new NotDriven('this worker runs no loads');
    },
  };
  const phases = { load: 'LOAD', 'load-folder': 'LOAD', 'load-path': 'LOAD', close: 'CLOSE' };

  async function answer(name, request) {
    if (name === 'describe') {
      if (request.protocol !== 1) return { kind: 'refused', message: `this worker speaks protocol 1, not ${request.protocol}` };
      const { properties, ...sut } = runtime.sut();
      const steps = runtime.loadFolder ? { steps: 'folder,path' } : {};
      return { kind: 'described', protocol: 1, sut: { ...sut, properties: { ...properties, ...steps } } };
    }
    try {
      const { values = new Map(), placement = [] } = await steps[name](request);
      return { kind: 'outputs', values, placement };
    } catch (e) {
      if (e instanceof Violation || e instanceof Death) throw e;
      if (e instanceof Rejection) return { kind: 'rejected', phase: phases[name] ?? 'RUN', code: e.code, message: e.message };
      if (e instanceof NotDriven) return { kind: 'not-driven', reason: e.message };
      console.error(e);
      return { kind: 'not-driven', reason: `the adapter itself failed: ${e}` };
    }
  }

  function request(frame) {
    const { id, request } = checked(frame.header, { id: is.number, request: (v) => is.map(v) });
    const { step, ...rest } = request;
    demand(is.text(step) && Object.hasOwn(STEPS, step), `unknown step '${step}'`);
    const whole = checked(rest, STEPS[step]);
    const from = new Attachments(frame.attachments);
    const each = (map) => Object.fromEntries(Object.entries(map).map(([name, reference]) => [name, from.tensor(reference)]));
    if (step === 'load') whole.bytes = Uint8Array.prototype.slice.call(from.bytes(whole.bytes));
    if (step === 'load-folder') {
      whole.files = Object.fromEntries(Object.entries(whole.files).map(([name, index]) => [name, from.bytes(index)]));
      checkFiles(whole.files, whole.path);
    }
    if (step === 'put') whole.value = from.tensor(whole.value);
    if (step === 'run') whole.inputs = each(whole.inputs);
    if (step === 'measure') whole.samples = whole.samples.map(each);
    from.allUsed();
    return { id, step, whole };
  }

  try {
    for (let frame = receive(); frame !== null; frame = receive()) {
      const { id, step, whole } = request(frame);
      const body = await answer(step, whole);
      const attachments = [];
      if (body.values) {
        body.values = Object.fromEntries(
          [...body.values].map(([name, t]) => [name, { type: t.type, shape: t.shape, attachment: attachments.push(content(t)) - 1 }]),
        );
      }
      send({ id, answer: body }, attachments);
    }
  } catch (e) {
    console.error(e instanceof Violation ? `the suite broke the protocol: ${e.message}` : e);
    process.exit(e instanceof Death ? 134 : 1);
  }
  process.exit(0);
}
