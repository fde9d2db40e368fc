// In three tasks, so that none keeps the reader waiting: the data are read, put in order, laid out.
setTimeout(function () {
  'use strict';
  var read = JSON.parse(document.getElementById('data').textContent);
  setTimeout(function () { begin(read); }, 0);

  function begin(data) {
  var ROW = 26, HEAD = 31, LANES = 9, INNER = 5, LONG = 60, LANE = 8, EDGE = 8, INFINITE = 1e300, MOST_PRINTED = 200, MOST_LISTED = 40, AT_ONCE = 5000;
  var count = data.names.length, groupCount = data.groups.length;
  var $ = function (id) { return document.getElementById(id); };
  function el(tag, className, text) {
    var e = document.createElement(tag);
    if (className) { e.className = className; }
    if (text !== undefined) { e.textContent = text; }
    return e;
  }
  // Names break behind their slashes.
  function broken(e, text) {
    text.split('/').forEach(function (part, i) {
      if (i) { e.appendChild(document.createTextNode('/')); e.appendChild(el('wbr')); }
      e.appendChild(document.createTextNode(part));
    });
    return e;
  }
  function grouped(n) { return String(n).replace(/\B(?=(\d{3})+$)/g, ','); }
  function plural(n, one) { return grouped(n) + ' ' + one + (n === 1 ? '' : 's'); }

  // Items: a node is its number, a group is count + its number.
  var readAt = new Int32Array(count + 1), reads = Int32Array.from(data.reads);
  for (var n = 0; n < count; n++) { readAt[n + 1] = readAt[n] + data.readCounts[n]; }
  var constant = new Uint8Array(count), onWay = new Uint8Array(count);
  var constantOp = data.operators.indexOf('Constant');
  (data.before || []).concat(data.path || []).forEach(function (i) { onWay[i] = 1; });
  var parent = new Int32Array(count + groupCount), total = new Int32Array(groupCount), constants = new Int32Array(groupCount);
  var own = new Float64Array(count + groupCount), grown = new Float64Array(count + groupCount), share = new Float64Array(count + groupCount), nanos = new Float64Array(count + groupCount);
  var wrong = new Int32Array(count + groupCount);
  own.fill(-1); grown.fill(-1); share.fill(-1); nanos.fill(-1);
  var firstChild = new Int32Array(groupCount + 1).fill(-1), lastChild = new Int32Array(groupCount + 1).fill(-1), next = new Int32Array(count + groupCount).fill(-1);
  var made = new Uint8Array(groupCount), depth = new Uint8Array(groupCount);
  function hang(item, group) {
    var at = group < 0 ? groupCount : group;
    if (firstChild[at] < 0) { firstChild[at] = item; } else { next[lastChild[at]] = item; }
    lastChild[at] = item;
    parent[item] = group < 0 ? -1 : count + group;
  }
  // A group comes where its first node that is no constant comes.
  function grow(group) {
    if (group < 0 || made[group]) { return; }
    made[group] = 1;
    var around = data.groups[group][1];
    grow(around);
    depth[group] = around < 0 ? 0 : depth[around] + 1;
    hang(count + group, around);
  }
  for (n = 0; n < count; n++) {
    constant[n] = data.operator[n] === constantOp ? 1 : 0;
    if (!constant[n]) { grow(data.group[n]); }
  }
  for (n = 0; n < count; n++) {
    grow(data.group[n]);
    hang(n, data.group[n]);
    own[n] = data.own[n] === null ? -1 : data.own[n];
    grown[n] = data.grown[n] === null ? -1 : data.grown[n];
    share[n] = data.share[n] === null ? -1 : data.share[n];
    nanos[n] = data.nanos && data.nanos[n] !== null ? data.nanos[n] : -1;
    wrong[n] = data.verdicts.charAt(n) === 'f' ? 1 : 0;
    for (var g = data.group[n]; g >= 0; g = data.groups[g][1]) {
      var item = count + g;
      total[g]++;
      constants[g] += constant[n];
      wrong[item] += wrong[n];
      if (!constant[n]) {
        own[item] = Math.max(own[item], own[n]);
        grown[item] = Math.max(grown[item], grown[n]);
        share[item] = Math.max(share[item], share[n]);
      }
      if (nanos[n] >= 0) { nanos[item] = Math.max(0, nanos[item]) + nanos[n]; }
    }
  }
  var paths = [];
  for (g = 0; g < groupCount; g++) { paths.push((data.groups[g][1] < 0 ? '' : paths[data.groups[g][1]]) + '/' + data.groups[g][0]); }
  function leaf(i) { return data.names[i].slice(1); }
  function name(i) {
    return data.names[i].charAt(0) === '/' ? (data.group[i] < 0 ? '' : paths[data.group[i]]) + data.names[i] : leaf(i);
  }
  var searched = null;
  function searchable() {
    if (!searched) {
      searched = new Array(count);
      for (var i = 0; i < count; i++) { searched[i] = (name(i) + ' ' + data.operators[data.operator[i]]).toLowerCase(); }
    }
    return searched;
  }
  var readers = null, readersAt = null;
  function turn() {
    if (readers) { return; }
    readersAt = new Int32Array(count + 1);
    var i, k;
    for (k = 0; k < reads.length; k++) { readersAt[reads[k] + 1]++; }
    for (i = 0; i < count; i++) { readersAt[i + 1] += readersAt[i]; }
    readers = new Int32Array(reads.length);
    var fill = readersAt.slice();
    for (i = 0; i < count; i++) { for (k = readAt[i]; k < readAt[i + 1]; k++) { readers[fill[reads[k]]++] = i; } }
  }

  function figure(value) {
    if (value < 0) { return '–'; }
    if (value === 0) { return '0'; }
    if (value >= INFINITE) { return '∞'; }
    if (value >= 1e5 || value < 1e-3) { return value.toExponential(1).replace('e+', 'e'); }
    return String(Number(value.toPrecision(3)));
  }
  function duration(value) {
    if (value < 0) { return '–'; }
    if (value === 0) { return '< 1 µs'; }
    return value < 1e3 ? Math.round(value) + ' ns' : value < 1e6 ? figure(value / 1e3) + ' µs' : value < 1e9 ? figure(value / 1e6) + ' ms' : figure(value / 1e9) + ' s';
  }
  function weight(item, value) { return value > 1 || (value === own[item] && wrong[item]) ? 'over' : value < 0 ? 'unknown' : 'within'; }

  var opened = new Uint8Array(groupCount), filtered = null, withConstants = false;
  var items = new Int32Array(count + groupCount), shownCount = 0, levels = new Uint8Array(count + groupCount);
  var rowOf = new Int32Array(count), active = -1;
  var tree = $('tree'), rowsBox = $('rows'), canvas = $('lines');
  var laneOf, spanFrom, spanTo, inAt, inFrom, buckets;

  function kept(i) { return (withConstants || !constant[i] || onWay[i]) && (!filtered || filtered[i]); }
  function hasKept(group) {
    return filtered ? filteredIn[group] > 0 : withConstants ? total[group] > 0 : total[group] > constants[group];
  }
  var filteredIn = new Int32Array(groupCount);

  // The rows that are there, the row in which each node is, and the lines between rows.
  function layOut() {
    shownCount = 0;
    rowOf.fill(-1);
    var hidden = -1, stack = [], item = firstChild[groupCount], level = 0;
    while (item >= 0 || stack.length) {
      if (item < 0) { item = next[stack.pop()]; level--; continue; }
      if (item < count) {
        if (kept(item)) { rowOf[item] = shownCount; items[shownCount] = item; levels[shownCount++] = level; }
        item = next[item];
      } else if (hasKept(item - count)) {
        items[shownCount] = item; levels[shownCount++] = level;
        if (opened[item - count] || filtered) { stack.push(item); item = firstChild[item - count]; level++; } else { item = next[item]; }
      } else { item = next[item]; }
    }
    if (filtered) { hidden = 0; }
    // A node in a folded group is in the row of the outermost folded one.
    var rowOfGroup = new Int32Array(groupCount).fill(-1), r, i, k;
    for (r = 0; r < shownCount; r++) { if (items[r] >= count) { rowOfGroup[items[r] - count] = r; } }
    if (hidden < 0) {
      for (i = 0; i < count; i++) {
        if (rowOf[i] < 0 && (withConstants || !constant[i])) {
          for (var g = data.group[i]; g >= 0; g = data.groups[g][1]) {
            if (rowOfGroup[g] >= 0 && !opened[g]) { rowOf[i] = rowOfGroup[g]; }
          }
        }
      }
    }
    woven = shownCount <= AT_ONCE;
    clearTimeout(weaving);
    if (woven) { weave(); } else { weaving = setTimeout(function () { weave(); woven = true; later(true); }, 0); }
    rowsBox.style.height = shownCount * ROW + 'px';
    tree.setAttribute('aria-rowcount', shownCount + 1);
  }
  // Of many rows the lines come a task later than the rows.
  var woven = false, weaving = 0;
  function weave() {
    var r, i, k, a, b;
    spanFrom = new Int32Array(shownCount); spanTo = new Int32Array(shownCount); laneOf = new Int8Array(shownCount).fill(-1);
    for (r = 0; r < shownCount; r++) { spanFrom[r] = spanTo[r] = r; }
    inAt = new Int32Array(shownCount + 1);
    var edges = 0;
    for (i = 0; i < count; i++) {
      b = rowOf[i];
      if (b < 0) { continue; }
      for (k = readAt[i]; k < readAt[i + 1]; k++) {
        a = rowOf[reads[k]];
        if (a >= 0 && a !== b) {
          if (b < spanFrom[a]) { spanFrom[a] = b; }
          if (b > spanTo[a]) { spanTo[a] = b; }
          inAt[b + 1]++; edges++;
        }
      }
    }
    for (r = 0; r < shownCount; r++) { inAt[r + 1] += inAt[r]; }
    inFrom = new Int32Array(edges);
    var fill = inAt.slice();
    for (i = 0; i < count; i++) {
      b = rowOf[i];
      if (b < 0) { continue; }
      for (k = readAt[i]; k < readAt[i + 1]; k++) {
        a = rowOf[reads[k]];
        if (a >= 0 && a !== b) { inFrom[fill[b]++] = a; }
      }
    }
    // Lines take the first lane that is free where they begin; what finds none is drawn as a stub.
    var starts = new Int32Array(shownCount + 1), order = new Int32Array(shownCount);
    for (r = 0; r < shownCount; r++) { starts[spanFrom[r] + 1]++; }
    for (r = 0; r < shownCount; r++) { starts[r + 1] += starts[r]; }
    for (r = 0; r < shownCount; r++) { order[starts[spanFrom[r]]++] = r; }
    var free = new Int32Array(LANES).fill(-1), lane, far;
    buckets = [];
    for (k = 0; k < shownCount; k++) {
      r = order[k];
      if (spanTo[r] === spanFrom[r]) { continue; }
      // The inner lanes are for short lines, so that long ones leave room for the chains beside them.
      for (lane = spanTo[r] - spanFrom[r] > LONG ? INNER : 0; lane < LANES && free[lane] > spanFrom[r]; lane++) { continue; }
      if (lane < LANES) {
        laneOf[r] = lane;
        free[lane] = spanTo[r];
        for (far = spanFrom[r] >> 6; far <= spanTo[r] >> 6; far++) { (buckets[far] = buckets[far] || []).push(r); }
      }
    }
  }

  // Only rows in view are in the document; elements are used again.
  var pool = [], drawnFrom = 0, drawnTo = 0, timed = Boolean(data.nanos), pending = 0;
  if (timed) { tree.classList.add('timed'); }
  var GUTTER = LANES * LANE + EDGE;
  tree.style.setProperty('--gutter', GUTTER + 'px');
  function cell(row, className) { var c = el('span', className); c.setAttribute('role', 'gridcell'); row.appendChild(c); return c; }
  function made1() {
    var row = el('div', 'row');
    row.setAttribute('role', 'row');
    var first = cell(row, 'c-name');
    row.pad = first; row.twist = first.appendChild(el('span', 'twist')); row.label = first.appendChild(el('span', 'label'));
    row.op = cell(row, 'c-op');
    row.own = cell(row, 'c-num').appendChild(el('b')); row.grown = cell(row, 'c-num').appendChild(el('b'));
    row.share = cell(row, 'c-share');
    row.time = timed ? cell(row, 'c-time') : null;
    row.place = cell(row, 'c-place');
    row.shown = -1;
    return row;
  }
  function fill(row, r) {
    var item = items[r], group = item >= count ? item - count : -1;
    row.shown = r;
    row.id = 'row-' + r;
    row.setAttribute('aria-rowindex', r + 2);
    row.setAttribute('aria-level', levels[r] + 1);
    row.style.transform = 'translateY(' + r * ROW + 'px)';
    row.pad.style.paddingLeft = GUTTER + levels[r] * 14 + 'px';
    row.className = 'row' + (group >= 0 ? ' group' : onWay[item] ? ' on-way' : '') + (item === data.source ? ' is-source' : '') + (item === active ? ' active' : '');
    if (group >= 0) {
      var open = opened[group] || filtered;
      row.setAttribute('aria-expanded', open ? 'true' : 'false');
      row.twist.textContent = open ? '▾' : '▸';
      row.label.textContent = data.groups[group][0];
      row.op.textContent = plural(withConstants ? total[group] : total[group] - constants[group], 'node');
      row.place.textContent = wrong[item] ? grouped(wrong[item]) + ' wrong' : '';
    } else {
      row.removeAttribute('aria-expanded');
      row.twist.textContent = item === data.source ? '●' : '';
      row.label.textContent = leaf(item);
      row.op.textContent = data.operators[data.operator[item]];
      row.place.textContent = data.placeds[data.placed[item]];
    }
    row.title = group >= 0 ? paths[group] : name(item);
    row.own.textContent = figure(own[item]); row.own.className = weight(item, own[item]);
    row.grown.textContent = figure(grown[item]); row.grown.className = grown[item] > 1 ? 'over' : grown[item] < 0 ? 'unknown' : 'within';
    row.share.textContent = figure(share[item]);
    if (timed) { row.time.textContent = duration(nanos[item]); }
  }
  function draw(force) {
    pending = 0;
    var top = tree.scrollTop, height = tree.clientHeight - HEAD;
    var from = Math.max(0, Math.floor(top / ROW) - 4), to = Math.min(shownCount, Math.ceil((top + height) / ROW) + 4);
    var free = [], have = {};
    pool.forEach(function (row) {
      if (!force && row.shown >= from && row.shown < to) { have[row.shown] = true; } else { free.push(row); }
    });
    for (var r = from; r < to; r++) {
      if (!have[r]) {
        var row = free.pop();
        if (!row) { row = made1(); pool.push(row); rowsBox.appendChild(row); }
        row.hidden = false;
        fill(row, r);
      }
    }
    free.forEach(function (row) { row.hidden = true; row.shown = -1; row.removeAttribute('id'); });
    lines(top, height);
  }
  function later(force) {
    if (force) { pending = 2; }
    if (!pending) { pending = 1; }
    if (!later.asked) {
      later.asked = true;
      requestAnimationFrame(function () { later.asked = false; draw(pending === 2); });
    }
  }

  var colours = null;
  function colour() {
    if (!colours) {
      var s = getComputedStyle(document.documentElement), v = function (n) { return s.getPropertyValue(n).trim(); };
      colours = { line: v('--soft'), way: v('--link'), over: v('--fail'), ink: v('--ink') };
    }
    return colours;
  }
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', function () { colours = null; later(true); });
  function laneX(lane) { return GUTTER - EDGE - 2 - lane * LANE; }
  function lines(top, height) {
    var ratio = window.devicePixelRatio || 1, c = colour(), r, k, a;
    if (canvas.width !== Math.round(GUTTER * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(GUTTER * ratio); canvas.height = Math.round(height * ratio);
      canvas.style.width = GUTTER + 'px'; canvas.style.height = height + 'px';
    }
    canvas.style.transform = 'translate(' + tree.scrollLeft + 'px,' + (top + HEAD) + 'px)';
    var g = canvas.getContext('2d');
    g.setTransform(ratio, 0, 0, ratio, 0, 0);
    g.clearRect(0, 0, GUTTER, height);
    if (!woven) { return; }
    var from = Math.max(0, Math.floor(top / ROW) - 1), to = Math.min(shownCount, Math.ceil((top + height) / ROW) + 1);
    var y = function (row) { return row * ROW - top + ROW / 2; }, seen = {}, drawn = [];
    for (k = from >> 6; k <= (to - 1) >> 6; k++) {
      (buckets[k] || []).forEach(function (net) {
        if (!seen[net] && spanTo[net] >= from && spanFrom[net] < to) { seen[net] = true; drawn.push(net); }
      });
    }
    var activeRow = rowOfItem(active);
    function look(net) {
      var item = items[net], lit = net === activeRow, way = item < count && onWay[item];
      g.strokeStyle = lit ? c.ink : way ? (grown[item] > 1 ? c.over : c.way) : c.line;
      g.globalAlpha = lit || way ? 1 : 0.45;
      g.lineWidth = lit || way ? 1.8 : 1;
    }
    drawn.forEach(function (net) {
      var x = laneX(laneOf[net]);
      look(net);
      g.beginPath();
      g.moveTo(x, Math.max(-4, y(spanFrom[net]) + (spanFrom[net] === net ? 4 : -4))); g.lineTo(x, Math.min(height + 4, y(spanTo[net]) + (spanTo[net] === net ? 4 : -7)));
      if (net >= from && net < to) { g.moveTo(x, y(net) + 4); g.lineTo(GUTTER - 1, y(net) + 4); }
      g.stroke();
    });
    for (r = from; r < to; r++) {
      for (k = inAt[r]; k < Math.min(inAt[r + 1], inAt[r] + 400); k++) {
        a = inFrom[k];
        look(a);
        g.beginPath();
        if (laneOf[a] >= 0) { g.moveTo(laneX(laneOf[a]), y(r) - 7); g.lineTo(laneX(laneOf[a]) + 3, y(r) - 4); g.lineTo(GUTTER - 4, y(r) - 4); g.moveTo(GUTTER - 5, y(r) - 6); g.lineTo(GUTTER - 2, y(r) - 4); g.lineTo(GUTTER - 5, y(r) - 2); }
        g.stroke();
      }
      if (spanTo[r] !== spanFrom[r] && laneOf[r] < 0) {
        g.globalAlpha = 0.45; g.strokeStyle = c.line; g.lineWidth = 1; g.setLineDash([2, 2]);
        g.beginPath(); g.moveTo(2, y(r)); g.lineTo(GUTTER - 1, y(r)); g.stroke(); g.setLineDash([]);
      }
    }
    g.globalAlpha = 1;
  }

  function rowOfItem(item) {
    if (item < 0) { return -1; }
    if (item < count) { return items[rowOf[item]] === item ? rowOf[item] : -1; }
    for (var r = 0; r < shownCount; r++) { if (items[r] === item) { return r; } }
    return -1;
  }
  function toRow(r) {
    var top = r * ROW, height = tree.clientHeight - HEAD;
    if (top < tree.scrollTop) { tree.scrollTop = top; } else if (top + ROW > tree.scrollTop + height) { tree.scrollTop = top + ROW - height; }
  }
  var detailing = 0;
  function choose(item, near) {
    active = item;
    var r = rowOfItem(item);
    if (r >= 0) {
      if (near === 'middle') { tree.scrollTop = Math.max(0, r * ROW - (tree.clientHeight - HEAD) / 2); } else { toRow(r); }
      tree.setAttribute('aria-activedescendant', 'row-' + r);
    }
    later(true);
    // The rows are seen first.
    clearTimeout(detailing);
    detailing = setTimeout(function () { detail(item); }, 0);
  }
  function openAround(item) {
    for (var g = parent[item]; g >= 0; g = parent[g]) { opened[g - count] = 1; }
  }
  /* Shows a node in the graph, whatever is folded or left out. */
  function show(item) {
    if (filtered) { $('find').value = ''; $('show').value = 'all'; filtered = null; }
    if (item < count && constant[item] && !withConstants) { withConstants = true; if ($('constants')) { $('constants').checked = true; } }
    openAround(item);
    layOut();
    counted();
    choose(item, 'middle');
  }
  function go(item) {
    show(item);
    $('graph').scrollIntoView({ block: 'start' });
    tree.focus({ preventScroll: true });
  }
  function toggle(group, to) {
    if (filtered) { return; }
    opened[group] = to === undefined ? 1 - opened[group] : to;
    layOut();
    counted();
    choose(count + group);
  }

  function fact(list, title, value, className) {
    var d = el('div');
    d.appendChild(el('dt', '', title));
    d.appendChild(broken(el('dd', className), value));
    list.appendChild(d);
  }
  function listed(box, title, numbers, plain) {
    if (!numbers.length && !plain.length) { return; }
    box.appendChild(el('h4', '', title));
    var ul = el('ul');
    plain.forEach(function (text) { ul.appendChild(el('li', '', text)); });
    numbers.slice(0, MOST_LISTED).forEach(function (i) {
      var li = el('li'), b = broken(el('button'), name(i));
      b.type = 'button';
      b.dataset.to = i;
      li.appendChild(b);
      li.appendChild(el('span', 'op', data.operators[data.operator[i]]));
      ul.appendChild(li);
    });
    if (numbers.length > MOST_LISTED) { ul.appendChild(el('li', 'where', 'and ' + grouped(numbers.length - MOST_LISTED) + ' more')); }
    box.appendChild(ul);
  }
  function detail(item) {
    var box = $('detail'), group = item >= count ? item - count : -1, dl = el('dl', 'facts tight');
    box.textContent = '';
    box.appendChild(broken(el('h3'), group >= 0 ? paths[group] : name(item)));
    if (group >= 0) {
      fact(dl, 'nodes', grouped(total[group]) + (constants[group] ? ', ' + grouped(constants[group]) + ' of them constants' : ''));
      fact(dl, 'wrong', grouped(wrong[item]));
      fact(dl, 'own error', figure(own[item]) + ' at most', weight(item, own[item]));
      fact(dl, 'inherited', figure(grown[item]) + ' at most');
      if (timed) { fact(dl, 'time', duration(nanos[item])); }
      box.appendChild(dl);
      return;
    }
    fact(dl, 'operator', data.operators[data.operator[item]]);
    fact(dl, 'makes', data.makess[data.makes[item]] || 'not seen');
    fact(dl, 'own error', own[item] < 0 ? 'not seen' : figure(own[item]) + (wrong[item] ? ', wrong' : ''));
    fact(dl, 'with what it inherits', grown[item] < 0 ? 'not told' : figure(grown[item]));
    fact(dl, 'shakes by', share[item] < 0 ? 'not told' : share[item] === 0 ? 'not at all' : figure(share[item]) + ' of the largest value');
    fact(dl, 'where', data.placeds[data.placed[item]] || 'not told');
    fact(dl, 'time', nanos[item] < 0 ? 'not told' : duration(nanos[item]));
    box.appendChild(dl);
    if (data.messages[item]) { box.appendChild(el('p', 'message', data.messages[item])); }
    turn();
    listed(box, 'Reads', Array.from(reads.subarray(readAt[item], readAt[item + 1])), (data.fed[item] || []).map(function (f) { return 'input ' + f; }));
    listed(box, 'Read by', Array.from(readers.subarray(readersAt[item], readersAt[item + 1])), (data.gives[item] || []).map(function (f) { return 'output ' + f; }));
  }

  function counted() {
    var nodes = 0;
    if (filtered) { for (var i = 0; i < count; i++) { nodes += kept(i) ? 1 : 0; } }
    $('count').textContent = filtered ? plural(nodes, 'node') + ' of ' + grouped(count) : plural(shownCount, 'row') + ', ' + plural(count, 'node');
  }
  function filter() {
    var text = $('find').value.trim().toLowerCase(), which = $('show').value, i, g;
    if (!text && which === 'all') { filtered = null; } else {
      var all = text ? searchable() : null;
      filtered = filtered || new Uint8Array(count);
      for (i = 0; i < count; i++) {
        filtered[i] = (!text || all[i].indexOf(text) >= 0)
          && (which === 'all' || (which === 'wrong' ? wrong[i] : which === 'over' ? own[i] > 1 || grown[i] > 1 : which === 'way' ? onWay[i] : /^(fused|folded|eliminated)/.test(data.placeds[data.placed[i]]))) ? 1 : 0;
      }
      filteredIn.fill(0);
      for (i = 0; i < count; i++) { if (kept(i)) { for (g = data.group[i]; g >= 0; g = data.groups[g][1]) { filteredIn[g]++; } } }
    }
    tree.scrollTop = 0;
    layOut();
    counted();
    later(true);
  }

  function onKey(e) {
    var r = rowOfItem(active), page = Math.max(1, Math.floor((tree.clientHeight - HEAD) / ROW) - 1), to = -1;
    if (e.ctrlKey || e.metaKey || e.altKey) { return; }
    switch (e.key) {
      case 'ArrowDown': to = r + 1; break;
      case 'ArrowUp': to = r < 0 ? 0 : r - 1; break;
      case 'PageDown': to = r + page; break;
      case 'PageUp': to = r - page; break;
      case 'Home': to = 0; break;
      case 'End': to = shownCount - 1; break;
      case 'ArrowRight':
        e.preventDefault();
        if (active >= count) { if (!opened[active - count] && !filtered) { toggle(active - count, 1); } else { to = r + 1; break; } }
        return;
      case 'ArrowLeft':
        e.preventDefault();
        if (active >= count && opened[active - count] && !filtered) { toggle(active - count, 0); } else if (active >= 0 && parent[active] >= 0) { choose(parent[active]); }
        return;
      case 'Enter': case ' ':
        e.preventDefault();
        if (active >= count) { toggle(active - count); }
        return;
      default: return;
    }
    e.preventDefault();
    if (shownCount) { choose(items[Math.max(0, Math.min(shownCount - 1, to))]); }
  }

  // What is open goes onto paper, as far as paper is for it.
  function forPaper() {
    var box = $('printed'), table = el('table', 'figures'), head = el('tr');
    box.textContent = '';
    ['Node', 'Operator', 'Own', 'Inherited', 'Where'].forEach(function (h) { head.appendChild(el('th', '', h)); });
    table.appendChild(el('thead')).appendChild(head);
    var body = table.appendChild(el('tbody'));
    for (var r = 0; r < Math.min(shownCount, MOST_PRINTED); r++) {
      var item = items[r], group = item >= count, tr = el('tr');
      tr.appendChild(el('th', '', group ? data.groups[item - count][0] : leaf(item))).style.paddingLeft = levels[r] * 8 + 'px';
      tr.appendChild(el('td', '', group ? plural(total[item - count], 'node') : data.operators[data.operator[item]]));
      tr.appendChild(el('td', 'num', figure(own[item])));
      tr.appendChild(el('td', 'num', figure(grown[item])));
      tr.appendChild(el('td', '', group ? '' : data.placeds[data.placed[item]]));
      body.appendChild(tr);
    }
    box.appendChild(table);
    if (shownCount > MOST_PRINTED) { box.appendChild(el('p', 'where', 'and ' + grouped(shownCount - MOST_PRINTED) + ' rows more, on the page itself')); }
  }

  document.documentElement.classList.add('scripting');
  document.querySelectorAll('.scripted').forEach(function (e) { e.hidden = false; });
  $('whole').hidden = false;
  tree.addEventListener('scroll', function () { later(false); }, { passive: true });
  tree.addEventListener('keydown', onKey);
  rowsBox.addEventListener('click', function (e) {
    var row = e.target.closest('.row');
    if (!row) { return; }
    var item = items[row.shown];
    if (item >= count && !filtered && (e.target.classList.contains('twist') || item === active || e.detail > 0 && e.target.closest('.c-name'))) { toggle(item - count); } else { choose(item); }
  });
  $('detail').addEventListener('click', function (e) {
    var b = e.target.closest('button');
    if (b) { show(Number(b.dataset.to)); }
  });
  var typing = 0;
  $('filter').addEventListener('submit', function (e) { e.preventDefault(); });
  $('find').addEventListener('input', function () { clearTimeout(typing); typing = setTimeout(filter, 120); });
  $('show').addEventListener('change', filter);
  if ($('constants')) { $('constants').addEventListener('change', function () { withConstants = this.checked; filter(); }); }
  function openAll(to) { opened.fill(to); tree.scrollTop = 0; filter(); }
  $('open').addEventListener('click', function () { openAll(1); });
  $('close').addEventListener('click', function () { openAll(0); });
  $('to-source').disabled = data.source === undefined;
  $('to-source').addEventListener('click', function () { show(data.source); tree.focus({ preventScroll: true }); });
  document.querySelectorAll('code[data-node]').forEach(function (c) {
    c.classList.add('go');
    c.tabIndex = 0;
    c.setAttribute('role', 'link');
  });
  function follow(e) {
    var c = e.target.closest('code[data-node]');
    if (c && (e.type === 'click' || e.key === 'Enter')) { e.preventDefault(); go(Number(c.dataset.node)); }
  }
  document.addEventListener('click', follow);
  document.addEventListener('keydown', follow);
  var plotted = [];
  for (n = 0; n < count; n++) { if (!constant[n]) { plotted.push(n); } }
  document.querySelector('#plot svg').addEventListener('click', function (e) {
    var box = this.getBoundingClientRect(), x = (e.clientX - box.left) / box.width * 1000;
    if (plotted.length) { go(plotted[Math.max(0, Math.min(plotted.length - 1, Math.floor((x - 68) / (988 - 68) * plotted.length)))]); }
  });
  addEventListener('beforeprint', forPaper);
  addEventListener('resize', function () { later(true); });
  // A lone group tells nothing while it is folded.
  for (var only = firstChild[groupCount]; only >= count && next[only] < 0; only = firstChild[only - count]) { opened[only - count] = 1; }
  setTimeout(function () {
    layOut();
    counted();
    later(true);
    // What the first click would wait for, when nothing else is to be done.
    (window.requestIdleCallback || setTimeout)(turn);
  }, 0);
  }
}, 0);
