(function () {
  'use strict';
  var form = document.getElementById('filter');
  var text = document.getElementById('filter-text');
  var count = document.getElementById('filter-count');
  var boxes = Array.prototype.slice.call(form.querySelectorAll('input[type=checkbox]'));
  var rows = Array.prototype.slice.call(document.querySelectorAll('tr[data-verdict]')).map(function (row) {
    return { row: row, verdict: row.getAttribute('data-verdict'), words: row.textContent.toLowerCase() };
  });
  var chapters = Array.prototype.slice.call(document.querySelectorAll('.chapter'));
  function apply() {
    var wanted = text.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    var verdicts = boxes.filter(function (b) { return b.checked; }).map(function (b) { return b.value; });
    var shown = 0;
    rows.forEach(function (r) {
      var hit = verdicts.indexOf(r.verdict) >= 0 && wanted.every(function (w) { return r.words.indexOf(w) >= 0; });
      r.row.hidden = !hit;
      shown += hit ? 1 : 0;
    });
    chapters.forEach(function (c) { c.hidden = !c.querySelector('tr[data-verdict]:not([hidden])'); });
    count.textContent = shown + ' of ' + rows.length + ' requirements shown';
  }
  function reset() { text.value = ''; boxes.forEach(function (b) { b.checked = true; }); apply(); }
  form.addEventListener('submit', function (e) { e.preventDefault(); });
  form.addEventListener('input', apply);
  document.addEventListener('click', function (e) {
    var link = e.target.closest ? e.target.closest('a[href^="#req-"], a[href^="#class-"]') : null;
    if (link) { reset(); }
  });
  window.addEventListener('beforeprint', reset);
  form.hidden = false;
  apply();
})();
