// --- what is shown ---

const done = data.rows.filter(row => row.top1 !== undefined);
const baseline = done.find(row => row.entry === data.baseline);
const most = (rows, value) => rows.reduce((top, row) => !top || value(row) > value(top) ? row : top, undefined);
const spread = (mean, deviation, shown) => deviation ? `${shown(mean)} ± ${shown(deviation)}` : shown(mean);
const points = fraction => (100 * fraction).toFixed(2);

// --- head ---

document.querySelector('h1').textContent = data.name;
document.getElementById('state').textContent =
  `${data.network}. ${data.missing ? `${data.missing} runs are not finished.` : 'All runs are finished.'} Written ${data.generated.slice(0, 19).replace('T', ' ')} UTC`;
document.getElementById('explanation').textContent = data.explanation;

// numbers stand right; the first two columns are names
const cells = table(data.header, data.rows.map(row => row.cells.map(text => text.replace(' ± ', '\u00a0±\u00a0'))));
cells.querySelectorAll('tr').forEach(line => [...line.children].forEach((cell, i) => {
  if (i > 1) cell.classList.add('number');
  if (i === 0 && cell.tagName === 'TD') cell.classList.add('name');
}));
document.getElementById('table').append(cells);

if (done.length) {
  const best = most(done, row => row.top1), cheapest = most(done, row => -row.flops);
  tile('Best top-1', percent(best.top1), `${best.entry}${baseline && baseline !== best ? `, ${baseline.entry} ${percent(baseline.top1)}` : ''}`);
  tile('Fewest training FLOPs', short(cheapest.flops), `${cheapest.entry}, top-1 ${percent(cheapest.top1)}`);
  const sparse = done.filter(row => row.sparsity > 0);
  if (sparse.length) {
    const chosen = most(sparse, row => row.top1);
    tile('Best of the pruned', percent(chosen.top1), `${chosen.entry}, ${(100 * chosen.sparsity).toFixed(1)} % of the weights gone`);
  }
  tile('Time of all runs', duration(data.rows.reduce((sum, row) => sum + (row.seconds || 0) * row.runs, 0)), `${data.rows.length} entries`);
}

// --- plots ---

const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond', 'pin'];
const look = i => ({itemStyle: {color: COLORS[i % COLORS.length]}, symbol: SYMBOLS[Math.floor(i / COLORS.length) % SYMBOLS.length]});

/** Bars of one deviation up, down, left and right of a point. */
function deviations(rows, x, y) {
  return {type: 'custom', silent: true, z: 1, tooltip: {show: false}, data: rows.map(row => [x(row), y(row), x.deviation(row), y.deviation(row)]),
    renderItem: (parameters, api) => {
      const bar = (fromX, fromY, toX, toY) => {
        const a = api.coord([fromX, fromY]), b = api.coord([toX, toY]);
        return {type: 'line', shape: {x1: a[0], y1: a[1], x2: b[0], y2: b[1]}, style: {stroke: color('--quiet'), lineWidth: 1}};
      };
      const [px, py, dx, dy] = [0, 1, 2, 3].map(i => api.value(i));
      return {type: 'group', children: [bar(px - dx, py, px + dx, py), bar(px, py - dy, px, py + dy)]};
    }};
}

const value = (mean, deviation) => Object.assign(mean, {deviation});
const top1 = value(row => 100 * row.top1, row => 100 * row.top1Deviation);

/** Names and symbols of all entries: beside the plot, or above it on a narrow screen. */
const key = () => narrow() ? common({}).legend : {...common({}).legend, orient: 'vertical', top: 8, bottom: 8, right: 0, itemGap: 4, itemHeight: 10, textStyle: {color: color('--text'), fontSize: 11}};

/** Every entry as a point, and its deviations; names stand at the points where there is room, and all in the legend. */
function points2d(rows, xName, x, extra = {}) {
  return common({
    grid: {left: 62, right: narrow() ? 16 : 270, top: narrow() ? 56 : 24, bottom: 52}, legend: key(),
    tooltip: {...common({}).tooltip, trigger: 'item', formatter: item => {
      const row = rows[item.seriesIndex];
      return row ? `${row.cells[0]}: top-1 ${spread(row.top1, row.top1Deviation, points)} %<br>${spread(row.flops, row.flopsDeviation, short)} training FLOPs` : '';
    }},
    xAxis: valueAxis(xName, {nameGap: 30, splitNumber: narrow() ? 3 : 6, ...extra}), yAxis: valueAxis('top-1, %', {nameGap: 44}),
    series: [...rows.map(row => ({name: row.entry, type: 'scatter', symbolSize: 12, z: 3, ...look(data.rows.indexOf(row)), data: [[x(row), top1(row)]],
      label: {show: !narrow(), formatter: row.entry, position: [15, -8], color: color('--text'), fontSize: 11}, labelLayout: {hideOverlap: true}})), deviations(rows, x, top1)]});
}

function accuracyAgainstFlops() {
  const flops = value(row => row.flops, row => row.flopsDeviation);
  const sentence = baseline
    ? `${done.filter(row => row.flops < .999 * baseline.flops).length} of ${done.length} entries take fewer training FLOPs than ${baseline.entry}; ${done.filter(row => row.top1 >= baseline.top1 - .01 && row.flops < .999 * baseline.flops).length} of them end within a point of it or above. Bars are one standard deviation.`
    : 'Mean over the seeds; bars are one standard deviation.';
  const power = Math.floor(Math.log10(Math.max(...done.map(row => row.flops))));
  figure('Accuracy against training FLOPs', sentence, [{height: narrow() ? 420 : 560, option: () => points2d(done, `training FLOPs, 1e${power}`, flops, {axisLabel: {formatter: number => String(+(number / 10 ** power).toPrecision(3)), color: color('--quiet'), hideOverlap: true}})}],
    ['entry', 'top-1 %', 'deviation', 'training FLOPs', 'deviation'], done.map(row => [row.entry, 100 * row.top1, 100 * row.top1Deviation, row.flops, row.flopsDeviation]), 'wide');
}

function accuracyAgainstPruning() {
  const pruned = done.filter(row => row.prunedAfter > 0);
  if (new Set(pruned.map(row => row.prunedAfter)).size < 2) return;
  const epoch = value(row => row.prunedAfter, row => row.prunedAfterDeviation);
  const best = most(pruned, row => row.top1);
  figure('Accuracy against the epoch of the last pruning', `The best of them, ${best.entry}, was pruned last after epoch ${short(best.prunedAfter)} (You et al. 2020, figure 1: tickets of early epochs train as well as late ones, or better).`,
    [{height: narrow() ? 420 : 560, option: () => points2d(pruned, 'last pruned after epoch', epoch, {scale: false})}],
    ['entry', 'last pruned after epoch', 'top-1 %', 'deviation'], pruned.map(row => [row.entry, row.prunedAfter, 100 * row.top1, 100 * row.top1Deviation]), 'wide');
}

function matrices() {
  const names = Object.keys(data.matrices);
  if (!names.length) return;
  const largest = Math.max(...names.flatMap(name => data.matrices[name].flat()));
  figure('Distance of every mask to every other', `Hamming distance of the masks after each pair of epochs in the first run of an entry, from 0 (equal, dark) to ${short(largest)}; a dark block along the diagonal is a mask that has settled (You et al. 2020, figure 3).`,
    names.map(name => matrixPanel(name, data.matrices[name], largest)),
    ['entry and ratio', 'epoch', 'distances to epochs 1, 2, ...'], names.flatMap(name => data.matrices[name].map((row, i) => [name, i + 1, row.join(' ')])), 'wide');
}

if (done.length) {
  [accuracyAgainstFlops, accuracyAgainstPruning, matrices].forEach(plot => plot());
} else {
  document.getElementById('plots').append(element('p', {}, 'No run is finished yet.'));
}

if (data.published.length) {
  const place = document.getElementById('published');
  place.hidden = false;
  place.querySelector('.scroll').append(table(
    ['model', 'data', 'method', 'ratio %', 'top-1 %', 'FLOPs P, printed', 'FLOPs P, recomputed', 'energy J, printed', 'energy J, modelled'],
    data.published.map(row => [row.model, row.dataset, row.method, row.ratio, row.top1, row.printed, row.recomputed ?? '-', row.joule, row.modelled ?? '-'])));
}

draw();
