(function () {
  'use strict';
  var data = JSON.parse(document.getElementById('data').textContent);
  var PAGE = 25;
  var systems = data.bundles.map(function (bundle, i) {
    var head = document.querySelector('#system-' + letter(i) + ' h3');
    var name = head.cloneNode(true);
    name.removeChild(name.querySelector('.letter'));
    return { key: letter(i), name: name.textContent.replace(/\s+/g, ' ').trim(), bundle: bundle };
  });
  function letter(i) { return String.fromCharCode(65 + i); }
  function el(tag, className, text) {
    var e = document.createElement(tag);
    if (className) { e.className = className; }
    if (text !== undefined) { e.textContent = text; }
    return e;
  }
  function grouped(n) { return String(n).replace(/\B(?=(\d{3})+$)/g, ','); }
  function outcome(c, i) { return c[3].charCodeAt(3 * i) - 97; }
  function placed(c, i) { return data.placed[Number(c[3].charAt(3 * i + 1))]; }
  function flag(c, i, bit) { return (Number(c[3].charAt(3 * i + 2)) & bit) !== 0; }
  function differs(c) {
    for (var i = 1; i < systems.length; i++) { if (outcome(c, i) !== outcome(c, 0)) { return true; } }
    return false;
  }
  function fails(c) {
    for (var i = 0; i < systems.length; i++) { if (data.outcomes[outcome(c, i)][2]) { return true; } }
    return false;
  }
  function casesOf(row, type) {
    var at = data.rows[row];
    return data.cases.slice(at[0], at[0] + at[1]).filter(function (c) { return !type || data.types[c[2]] === type; });
  }

  // What each row says, for all types or for one.
  function count(row, type) {
    var told = { cases: 0, differing: 0, failing: 0, tallies: systems.map(function () { return { counts: {}, waived: 0, open: 0 }; }) };
    casesOf(row, type).forEach(function (c) {
      told.cases++;
      if (differs(c)) { told.differing++; }
      if (fails(c)) { told.failing++; }
      told.tallies.forEach(function (t, i) {
        var o = outcome(c, i);
        t.counts[o] = (t.counts[o] || 0) + 1;
        if (flag(c, i, 1)) { t.waived++; }
        if (data.outcomes[o][0] !== 'pass') { t.open++; }
      });
    });
    return told;
  }
  function chips(tally) {
    var box = el('span', 'chips');
    data.outcomes.forEach(function (o, i) {
      if (tally.counts[i]) { box.appendChild(el('span', 'o ' + o[0], grouped(tally.counts[i]) + ' ' + o[1])); }
    });
    if (tally.waived) { box.appendChild(el('span', 'o waived', grouped(tally.waived) + ' waived')); }
    return box;
  }

  var form = document.getElementById('filter');
  var text = document.getElementById('filter-text');
  var type = document.getElementById('filter-type');
  var sort = document.getElementById('filter-sort');
  var onlyDiffer = document.getElementById('filter-differ');
  var onlyFail = document.getElementById('filter-fail');
  var status = document.getElementById('filter-count');
  var bodies = Array.prototype.slice.call(document.querySelectorAll('table.rows tbody'));
  var rows = [];
  bodies.forEach(function (body) {
    Array.prototype.slice.call(body.querySelectorAll('tr[data-row]')).forEach(function (tr) {
      var name = tr.querySelector('.name');
      var button = el('button', 'name', name.textContent);
      button.type = 'button';
      button.setAttribute('aria-expanded', 'false');
      name.parentNode.replaceChild(button, name);
      rows.push({
        tr: tr, body: body, number: Number(tr.getAttribute('data-row')), name: button.textContent, button: button,
        about: tr.querySelector('th .where'), cells: Array.prototype.slice.call(tr.querySelectorAll('td[data-s]'))
      });
    });
  });
  var shownType = '';
  function retype() {
    rows.forEach(function (r) {
      r.told = count(r.number, type.value);
      if (type.value !== shownType) {
        r.about.textContent = grouped(r.told.cases) + (r.told.cases === 1 ? ' case' : ' cases') + (r.told.differing ? ', ' + grouped(r.told.differing) + ' differ' : '');
        r.cells.forEach(function (cell, i) { cell.replaceChild(chips(r.told.tallies[i]), cell.firstChild); });
      }
    });
    shownType = type.value;
  }
  function apply() {
    close();
    if (type.value !== shownType || !rows[0].told) { retype(); }
    var wanted = text.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    var shown = 0;
    rows.forEach(function (r) {
      var name = r.name.toLowerCase();
      var hit = r.told.cases > 0 && (!onlyDiffer.checked || r.told.differing) && (!onlyFail.checked || r.told.failing)
        && wanted.every(function (w) { return name.indexOf(w) >= 0; });
      r.tr.hidden = !hit;
      shown += hit ? 1 : 0;
    });
    var system = sort.value.charCodeAt(0) - 65;
    var by = sort.value === 'standard' ? function () { return 0; }
      : sort.value === 'differing' ? function (r) { return -r.told.differing; }
        : function (r) { return -r.told.tallies[system].open; };
    rows.slice().sort(function (a, b) { return by(a) - by(b) || a.number - b.number; })
      .forEach(function (r) { r.body.appendChild(r.tr); });
    bodies.forEach(function (body) {
      var table = body.parentNode;
      table.parentNode.hidden = !body.querySelector('tr[data-row]:not([hidden])');
    });
    status.textContent = shown + ' of ' + rows.length + ' rows shown';
  }

  // The drawer below a row: its cases.
  var open = null;
  function close() {
    if (open) {
      open.detail.parentNode.removeChild(open.detail);
      open.row.button.setAttribute('aria-expanded', 'false');
      open = null;
    }
  }
  function option(value, label) { var o = el('option', '', label); o.value = value; return o; }
  function select(label, options, value) {
    var wrap = el('label', '', label + ' ');
    var s = el('select');
    options.forEach(function (o) { s.appendChild(option(o[0], o[1])); });
    s.value = value;
    wrap.appendChild(s);
    return { wrap: wrap, select: s };
  }
  function show(row, system, what, focusCase) {
    close();
    row.tr.hidden = false;
    var all = casesOf(row.number, type.value);
    var detail = el('tr', 'detail');
    var cell = el('td');
    cell.colSpan = systems.length + 1;
    var drawer = el('div', 'drawer');
    drawer.setAttribute('role', 'region');
    drawer.setAttribute('aria-label', 'Cases of ' + row.name);
    drawer.appendChild(el('h4', '', row.name + (type.value ? ', ' + type.value : '')));
    var choose = el('div', 'choose');
    var of = select('Cases', [['differ', 'where systems differ'], ['open', 'not passed by some system'], ['all', 'all']]
      .concat(data.outcomes.map(function (o, i) { return [String(i), o[1]]; })
        .filter(function (o) { return all.some(function (c) { return systems.some(function (s, i) { return outcome(c, i) === Number(o[0]); }); }); })), what);
    var on = select('on', [['', 'any system']].concat(systems.map(function (s, i) { return [String(i), s.key + ' ' + s.name]; })), system);
    var shut = el('button', 'close', 'Close');
    shut.type = 'button';
    shut.addEventListener('click', function () { var b = row.button; close(); b.focus(); });
    choose.appendChild(of.wrap);
    choose.appendChild(on.wrap);
    choose.appendChild(shut);
    drawer.appendChild(choose);
    var number = el('p', 'where');
    number.setAttribute('role', 'status');
    drawer.appendChild(number);
    var list = el('ul');
    drawer.appendChild(list);
    var more = el('button', '', '');
    more.type = 'button';
    drawer.appendChild(more);
    function hit(c) {
      var which = on.select.value === '' ? systems.map(function (s, i) { return i; }) : [Number(on.select.value)];
      if (of.select.value === 'all') { return true; }
      if (of.select.value === 'differ') { return differs(c); }
      return which.some(function (i) {
        return of.select.value === 'open' ? data.outcomes[outcome(c, i)][0] !== 'pass' : outcome(c, i) === Number(of.select.value);
      });
    }
    var hits = [];
    function next() {
      hits.slice(list.children.length, list.children.length + PAGE).forEach(function (c) { list.appendChild(item(c)); });
      var left = hits.length - list.children.length;
      more.hidden = left <= 0;
      more.textContent = 'Show ' + Math.min(PAGE, left) + ' more of ' + grouped(left);
    }
    function fill() {
      hits = all.filter(hit);
      list.textContent = '';
      number.textContent = grouped(hits.length) + ' of ' + grouped(all.length) + ' cases';
      next();
    }
    of.select.addEventListener('change', fill);
    on.select.addEventListener('change', fill);
    more.addEventListener('click', next);
    cell.appendChild(drawer);
    detail.appendChild(cell);
    row.tr.parentNode.insertBefore(detail, row.tr.nextSibling);
    row.button.setAttribute('aria-expanded', 'true');
    open = { row: row, detail: detail };
    fill();
    if (focusCase) {
      if (!list.querySelector('details[data-id]')) { return; }
      var found = hits.indexOf(focusCase);
      while (list.children.length <= found) { next(); }
      var d = list.children[found].firstChild;
      d.open = true;
      d.scrollIntoView({ block: 'center' });
    }
  }
  function item(c) {
    var li = el('li');
    var d = el('details');
    d.setAttribute('data-id', c[0]);
    var summary = el('summary');
    summary.appendChild(el('code', '', c[0]));
    systems.forEach(function (s, i) {
      var o = data.outcomes[outcome(c, i)];
      summary.appendChild(el('span', 'o ' + o[0], s.key + ' ' + o[1]));
    });
    d.appendChild(summary);
    d.addEventListener('toggle', function () {
      if (d.open && d.children.length === 1) { d.appendChild(body(c)); }
    });
    li.appendChild(d);
    return li;
  }
  function word(w) { return /^[A-Za-z0-9_@%+=:,.\/-]+$/.test(w) ? w : "'" + w.replace(/'/g, "'\\''") + "'"; }
  function body(c) {
    var box = el('div', 'case-body');
    var requirement = data.requirements[c[1]];
    var req = el('p', 'req');
    req.appendChild(el('code', '', requirement[0]));
    req.appendChild(document.createTextNode(' ' + requirement[1] + ' '));
    var link = el('a', '', 'Link to this case');
    link.href = '#case=' + encodeURIComponent(c[0]);
    req.appendChild(link);
    box.appendChild(req);
    systems.forEach(function (s, i) {
      var o = data.outcomes[outcome(c, i)];
      var seen = el('div', 'seen');
      var who = el('div');
      who.appendChild(el('b', 'letter', s.key));
      who.appendChild(document.createTextNode(' '));
      who.appendChild(el('span', 'o ' + o[0], o[1]));
      if (flag(c, i, 1)) { who.appendChild(el('span', 'o waived', 'waived')); }
      who.appendChild(el('span', 'where', s.name));
      seen.appendChild(who);
      var said = el('div');
      var message = data.messages[c[5][i]];
      said.appendChild(el('div', message ? 'said' : 'where', message || 'No remark.'));
      said.appendChild(el('span', 'where', 'Placement: ' + placed(c, i) + '. Open ' + s.bundle + '/evidence.jsonl, line ' + grouped(c[4][i])
        + (flag(c, i, 2) ? '; reproduction in ' + s.bundle + '/views/reproductions/' + c[0].replace(/\//g, '__') : '')));
      seen.appendChild(said);
      box.appendChild(seen);
    });
    var worst = 0;
    systems.forEach(function (s, i) { if (data.outcomes[outcome(c, i)][2] && !data.outcomes[outcome(c, worst)][2]) { worst = i; } });
    box.appendChild(el('pre', '', 'aiis explain --bundle ' + word(systems[worst].bundle) + ' ' + word(c[0])));
    return box;
  }
  function initially(row) { return row.told.differing ? 'differ' : row.told.tallies.some(function (t) { return t.open; }) ? 'open' : 'all'; }
  document.addEventListener('click', function (e) {
    var tr = e.target.closest ? e.target.closest('tr[data-row]') : null;
    if (!tr || e.target.closest('a')) { return; }
    var row = rows.filter(function (r) { return r.tr === tr; })[0];
    if (e.target === row.button) {
      if (open && open.row === row) { close(); } else { show(row, '', initially(row)); }
      return;
    }
    var system = row.cells.indexOf(e.target.closest('td'));
    if (system < 0) { return; }
    var picked = data.outcomes.map(function (o) { return o[0]; }).filter(function (key) { return e.target.classList.contains(key); })[0];
    var index = data.outcomes.map(function (o) { return o[0]; }).indexOf(picked);
    show(row, String(system), index >= 0 ? String(index) : initially(row));
  });
  function follow() {
    if (location.hash.indexOf('#case=') !== 0) { return; }
    var id;
    try { id = decodeURIComponent(location.hash.slice(6)); } catch (e) { return; }
    for (var n = 0; n < rows.length; n++) {
      var c = casesOf(rows[n].number, '').filter(function (x) { return x[0] === id; })[0];
      if (c) { type.value = ''; apply(); show(rows[n], '', 'all', c); return; }
    }
  }
  form.addEventListener('submit', function (e) { e.preventDefault(); });
  form.addEventListener('input', apply);
  window.addEventListener('hashchange', follow);
  document.body.classList.add('scripted-rows');
  Array.prototype.slice.call(document.querySelectorAll('.scripted')).forEach(function (e) { e.hidden = false; });
  form.hidden = false;
  apply();
  follow();
})();
