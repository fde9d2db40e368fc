// Opens a page of `aiis check --page` in Chromium, does what a reader does, and prints how long the browser says that it took.
// An optional tool: no build needs it. It takes Node 18 or later, a Chromium, and nothing else: the two talk over a pipe.
//
//   node page-in-browser.mjs PAGE.html [--chromium PATH] [--size 1400x900] [--shots DIR] [--limit MS]
//
// Figures are the browser's own, each the longest of an action, in milliseconds:
//   task   a task of the page's main thread, by the clock, from 50 ms on (the browser's long tasks)
//   cpu    a task of the page's main thread, in processor time: what the page itself costs, whatever else the machine does
//   code   the page's own code at an input event, by the clock
//   event  from an input event to the frame that shows what it did, by the clock
//   frame  between two frames, by the clock
// Exit code 1 where a task after the page has opened takes more processor time than the limit: 100 ms where nothing is said. From
// 200 ms between an event and its frame on web.dev calls a page no longer responsive; half of it is left for what draws.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const options = { chromium: 'chromium', size: '1400x900', shots: '', limit: '100' };
let page = '';
for (let i = 2; i < process.argv.length; i++) {
  const name = process.argv[i].replace(/^--/, '');
  if (process.argv[i].startsWith('--') && name in options) { options[name] = process.argv[++i] ?? ''; } else { page = process.argv[i]; }
}
const [width, height] = options.size.split('x').map(Number);
const limit = Number(options.limit);
if (!page || !(width > 0) || !(height > 0) || !(limit > 0)) {
  console.error('usage: node page-in-browser.mjs PAGE.html [--chromium PATH] [--size 1400x900] [--shots DIR] [--limit MS]');
  process.exit(2);
}

class Browser {
  #process; #waiting = new Map(); #listening = new Map(); #last = 0; #rest = '';
  traced = [];
  profile = mkdtempSync(join(tmpdir(), 'aiis-page-'));

  constructor(path) {
    this.#process = spawn(path, ['--headless=new', '--no-sandbox', '--disable-gpu', '--remote-debugging-pipe', '--user-data-dir=' + this.profile,
      '--window-size=' + width + ',' + height, '--hide-scrollbars', 'about:blank'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    this.#process.on('error', e => { console.error(path + ' does not start: ' + e.message); process.exit(2); });
    this.#process.stdio[4].setEncoding('utf8').on('data', text => {
      const messages = (this.#rest + text).split('\0');
      this.#rest = messages.pop();
      messages.forEach(m => this.#take(JSON.parse(m)));
    });
  }

  #take(message) {
    const waiting = this.#waiting.get(message.id);
    if (waiting) {
      this.#waiting.delete(message.id);
      message.error ? waiting.reject(new Error(message.error.message)) : waiting.resolve(message.result);
    } else if (message.method === 'Tracing.dataCollected') {
      this.traced.push(...message.params.value);
    } else if (this.#listening.has(message.method)) {
      this.#listening.get(message.method)(message.params);
      this.#listening.delete(message.method);
    }
  }

  send(method, params = {}) {
    const id = ++this.#last;
    this.#process.stdio[3].write(JSON.stringify({ id, method, params, ...(this.session ? { sessionId: this.session } : {}) }) + '\0');
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  once(event) { return new Promise(resolve => this.#listening.set(event, resolve)); }

  async evaluate(expression) {
    const answer = await this.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (answer.exceptionDetails) { throw new Error(expression + ': ' + answer.exceptionDetails.text); }
    return answer.result.value;
  }

  async end() {
    const over = new Promise(resolve => this.#process.on('exit', resolve));
    this.session = undefined;
    this.send('Browser.close').catch(() => {});
    await over;
    rmSync(this.profile, { recursive: true, force: true });
  }
}

// The longest task of the page's main thread while something is done, in milliseconds of processor time.
async function busy(act) {
  browser.traced = [];
  await browser.send('Tracing.start', { traceConfig: { includedCategories: ['toplevel'] }, transferMode: 'ReportEvents' });
  await act();
  const over = browser.once('Tracing.tracingComplete');
  await browser.send('Tracing.end');
  await over;
  const main = browser.traced.find(e => e.name === 'thread_name' && e.args.name === 'CrRendererMain');
  const tasks = browser.traced.filter(e => e.ph === 'X' && main && e.pid === main.pid && e.tid === main.tid && e.tdur !== undefined);
  if (!tasks.length) { throw new Error('this browser does not tell the processor time of tasks'); }
  return largest(tasks.map(e => e.tdur / 1000));
}

// In the page: what the browser notes, and the gaps between frames.
const OBSERVING = `window.aiisSeen = { tasks: [], events: [], gaps: [] };
new PerformanceObserver(l => l.getEntries().forEach(e => aiisSeen.tasks.push(e.duration))).observe({ type: 'longtask', buffered: true });
new PerformanceObserver(l => l.getEntries().forEach(e => aiisSeen.events.push([e.name, e.duration, e.processingEnd - e.processingStart]))).observe({ type: 'event', durationThreshold: 16, buffered: true });
(function () { var last = performance.now(); function next(now) { aiisSeen.gaps.push(now - last); last = now; requestAnimationFrame(next); } requestAnimationFrame(next); })();`;
const SETTLED = `new Promise(done => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 300))), 200))`;

const browser = new Browser(options.chromium);
const { targetInfos } = await browser.send('Target.getTargets');
const { targetId } = targetInfos.find(t => t.type === 'page');
browser.session = (await browser.send('Target.attachToTarget', { targetId, flatten: true })).sessionId;
await browser.send('Page.enable');
await browser.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
await browser.send('Page.addScriptToEvaluateOnNewDocument', { source: OBSERVING });

let late = 0, actions = 0;
const largest = numbers => numbers.length ? Math.max(...numbers) : 0;
const told = value => value ? value.toFixed(0).padStart(6) : '     –';
async function noted(what, act) {
  await browser.evaluate('aiisSeen.tasks.length = aiisSeen.events.length = aiisSeen.gaps.length = 0');
  const cpu = await busy(async () => { await act(); await browser.evaluate(SETTLED); });
  const seen = await browser.evaluate('aiisSeen');
  const task = largest(seen.tasks), event = largest(seen.events.map(e => e[1])), handler = largest(seen.events.map(e => e[2])), gap = largest(seen.gaps);
  actions++;
  if (cpu > limit) { late++; }
  console.log(what.padEnd(44) + [task, cpu, handler, event, gap].map(told).join(''));
}
async function shot(name) {
  if (options.shots) {
    const { data } = await browser.send('Page.captureScreenshot', { format: 'png' });
    writeFileSync(join(options.shots, name + '.png'), Buffer.from(data, 'base64'));
  }
}
async function middle(selector) {
  return browser.evaluate(`(function () { var e = document.querySelector(${JSON.stringify(selector)}); e.scrollIntoView({ block: 'center' }); var b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()`);
}
async function click(selector) {
  const [x, y] = await middle(selector);
  for (const type of ['mousePressed', 'mouseReleased']) { await browser.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 }); }
}
async function key(code, times = 1) {
  const numbers = { ArrowDown: 40, ArrowRight: 39, ArrowLeft: 37, PageDown: 34, Home: 36, End: 35, Backspace: 8 };
  for (let i = 0; i < times; i++) {
    for (const type of ['rawKeyDown', 'keyUp']) { await browser.send('Input.dispatchKeyEvent', { type, key: code, code, windowsVirtualKeyCode: numbers[code] }); }
  }
}
async function wheel(selector, deltaY, times) {
  const [x, y] = await middle(selector);
  for (let i = 0; i < times; i++) {
    await browser.send('Input.dispatchMouseEvent', { type: 'mouseWheel', x, y, deltaX: 0, deltaY });
    await new Promise(done => setTimeout(done, 16));
  }
}
async function choose(value) {
  await browser.evaluate(`(function () { var s = document.querySelector('#show'); s.value = '${value}'; s.dispatchEvent(new Event('change', { bubbles: true })); })()`);
}

const { product } = await browser.send('Browser.getVersion');
console.log(product + ', ' + options.size + ', ' + page);
const opening = await busy(async () => {
  const loaded = browser.once('Page.loadEventFired');
  await browser.send('Page.navigate', { url: pathToFileURL(resolve(page)).href });
  await loaded;
  await browser.evaluate(SETTLED);
});
const opened = await browser.evaluate(`(function () { var n = performance.getEntriesByType('navigation')[0], p = performance.getEntriesByName('first-contentful-paint')[0];
  return { parsed: n.domContentLoadedEventEnd, painted: p ? p.startTime : 0, tasks: aiisSeen.tasks, count: document.querySelector('#count').textContent, elements: document.getElementsByTagName('*').length }; })()`);
console.log(`${opened.count}; parsed and laid out after ${opened.parsed.toFixed(0)} ms, painted after ${opened.painted.toFixed(0)} ms, longest task ${largest(opened.tasks).toFixed(0)} ms, in processor time ${opening.toFixed(0)} ms, ${opened.elements} elements`);
console.log('milliseconds at most'.padEnd(44) + '  task   cpu  code event frame');
await shot('top');
await noted('scroll the page', () => wheel('main', 400, 20));
await noted('choose a place in the chart', () => click('#plot svg'));
await shot('chosen');
await noted('open all', () => click('#open'));
await shot('opened');
await noted('scroll the graph', () => wheel('#tree', 900, 60));
await noted('one row down, thirty times', async () => { await click('#tree'); await key('ArrowDown', 30); });
await noted('page down, twenty times', () => key('PageDown', 20));
await noted('to the end', () => key('End'));
await noted('to the beginning', () => key('Home'));
await noted('fold all', () => click('#close'));
await noted('open a group', async () => { await browser.evaluate(`document.querySelector('#tree').focus()`); await key('Home'); await key('ArrowRight'); });
await shot('folded');
await noted('fold it', () => key('ArrowLeft'));
await noted('type in the search', async () => {
  await click('#find');
  for (const letter of 'conv') { await browser.send('Input.dispatchKeyEvent', { type: 'char', text: letter }); await new Promise(done => setTimeout(done, 60)); }
});
await shot('searched');
await noted('scroll what was found', () => wheel('#tree', 900, 30));
await noted('empty the search', async () => { await click('#find'); await key('Backspace', 4); });
await noted('only what is over', () => choose('over'));
await noted('only the way of the error', () => choose('way'));
await noted('all again', () => choose('all'));
await noted('to the source', () => click('#to-source'));
await shot('source');
const elements = await browser.evaluate(`document.getElementsByTagName('*').length`);
console.log(`${elements} elements now; ${late} of ${actions} actions over ${limit} ms of processor time`);
await browser.end();
process.exit(late ? 1 : 0);
