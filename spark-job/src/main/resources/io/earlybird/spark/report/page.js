'use strict';

// --- what all pages share: their data, formats, tables and plots ---

const data = JSON.parse(document.getElementById('data').textContent);

const percent = fraction => fraction === undefined ? '-' : (100 * fraction).toFixed(2) + ' %';
const grouped = number => Math.round(number).toLocaleString('en-US');
const short = number => number === 0 ? '0' : Math.abs(number) >= 1e4 || Math.abs(number) < 1e-3 ? number.toExponential(2) : String(+number.toPrecision(4));
const duration = seconds => {
  const s = Math.round(seconds), h = Math.floor(s / 3600), m = Math.floor(s % 3600 / 60);
  return h ? `${h} h ${m} min` : m ? `${m} min ${s % 60} s` : `${s} s`;
};

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...children);
  return made;
}

function tile(name, value, detail) {
  document.getElementById('figures-of-merit').append(element('div', {},
    element('div', {class: 'name'}, name), element('div', {class: 'value'}, value), element('div', {class: 'detail'}, detail)));
}

const COLORS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#8c6bb1', '#6b7280'];
const RAMP = ['#fff7ec', '#fdd49e', '#fc8d59', '#d7301f', '#7f0000'];
const plots = [];
const narrow = () => window.innerWidth < 760;
const color = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Adds a figure: title, one sentence that says the same as the plot, the plots, and their numbers as a table. */
function figure(title, sentence, panels, header, rows, kind = '') {
  const body = element('div', panels.length > 1 ? {class: 'matrices'} : {});
  document.getElementById('plots').append(element('figure', {class: kind},
    element('figcaption', {}, element('h2', {}, title), element('p', {}, sentence)), body,
    element('details', {}, element('summary', {}, 'Numbers'), element('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': `${title}: numbers`}, table(header, rows)))));
  panels.forEach(panel => {
    const place = element('div', {class: 'chart', role: 'img', 'aria-label': `${title}. ${panel.label || sentence}`});
    if (panel.height) place.style.height = panel.height + 'px';
    body.append(place);
    plots.push({place, option: panel.option, renderer: panel.renderer || 'svg'});
  });
}

function table(header, rows) {
  return element('table', {}, element('thead', {}, element('tr', {}, ...header.map(name => element('th', {scope: 'col'}, name)))),
    element('tbody', {}, ...rows.map(row => element('tr', {}, ...row.map(cell =>
      element('td', typeof cell === 'number' ? {class: 'number'} : {}, typeof cell === 'number' ? short(cell) : String(cell)))))));
}

const axis = extra => ({
  nameLocation: 'middle', axisLine: {lineStyle: {color: color('--quiet')}}, axisLabel: {color: color('--quiet'), hideOverlap: true},
  nameTextStyle: {color: color('--text')}, splitLine: {lineStyle: {color: color('--line'), opacity: .6}}, ...extra});
const valueAxis = (name, extra = {}) => axis({type: 'value', name, nameGap: 48, scale: true, ...extra});

function common(option) {
  return {
    animation: false, color: COLORS, backgroundColor: 'transparent', textStyle: {fontFamily: 'system-ui, sans-serif', color: color('--text')},
    grid: {left: 66, right: 24, top: 56, bottom: 48}, legend: {top: 4, type: 'scroll', itemWidth: 16, itemGap: 8, textStyle: {color: color('--text')}},
    tooltip: {trigger: 'axis', confine: true, backgroundColor: color('--background'), borderColor: color('--line'), textStyle: {color: color('--text')}}, ...option};
}

const line = (name, values, extra = {}) => ({name, type: 'line', data: values, symbolSize: 5, showSymbol: values.length < 40, ...extra});

/** The distance of every mask to every other, after epochs 1, 2, ... */
function matrixPanel(title, matrix, largest) {
  const names = matrix.map((row, i) => i + 1);
  const epochs = extra => axis({type: 'category', data: names, name: 'epoch', splitLine: {show: false},
    axisLabel: {color: color('--quiet'), interval: Math.floor(names.length / 13)}, ...extra});
  return {renderer: 'canvas', label: `${title}, ${matrix.length} epochs.`, option: () => common({
    title: {text: title, left: 'center', textStyle: {fontSize: 14, color: color('--text')}}, legend: undefined, grid: {left: 52, right: 20, top: 34, bottom: 96},
    tooltip: {...common({}).tooltip, trigger: 'item', formatter: item => `epochs ${item.value[0] + 1} and ${item.value[1] + 1}: ${item.value[2]}`},
    xAxis: epochs({nameGap: 24}), yAxis: epochs({nameGap: 32, inverse: true}),
    visualMap: {min: 0, max: largest || 1, orient: 'horizontal', left: 'center', bottom: 4, precision: 2, text: ['distance ' + short(largest), '0'], textStyle: {color: color('--text')}, inRange: {color: [...RAMP].reverse()}},
    series: [{type: 'heatmap', progressive: 0, data: matrix.flatMap((row, i) => row.map((value, j) => [j, i, value]))}]})};
}

function draw() {
  plots.forEach(plot => {
    if (plot.chart) plot.chart.dispose();
    plot.place.removeAttribute('data-drawn');
    plot.chart = echarts.init(plot.place, null, {renderer: plot.renderer});
    plot.chart.on('finished', () => plot.place.setAttribute('data-drawn', 'true'));
    plot.chart.setOption(plot.option());
  });
}

window.addEventListener('resize', () => plots.forEach(plot => plot.chart.resize()));
window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
