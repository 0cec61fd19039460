// --- what is shown ---

const ofType = type => data.events.filter(event => event.type === type);
const epochs = ofType('epoch');
const tickets = ofType('ticket');
const switches = ofType('switch');
const change = switches[0];
const prunings = ofType('prune');
const means = ofType('swa');
const summary = ofType('summary')[0];
const numbers = epochs.map(event => event.epoch);
const setting = key => data.settings[key];

const best = epochs.reduce((top, event) => !top || event.validationTop1 > top.validationTop1 ? event : top, undefined);
const last = epochs[epochs.length - 1];

// accuracy of what a pruning leaves, before any training goes on; there is none before the first epoch
const judged = data.events.filter(event => event.top1Before !== undefined && event.top1After !== undefined);
const lost = event => event.top1Before - event.top1After;
const worst = judged.reduce((top, event) => !top || lost(event) > lost(top) ? event : top, undefined);
const points = fraction => `${(100 * fraction).toFixed(2)} points`;

// --- head ---

document.querySelector('h1').textContent = data.run.name;
document.getElementById('state').textContent =
  `${data.run.finished ? 'Finished' : `After ${last ? last.epoch : 0} of ${data.run.epochs} epochs`}. ${data.run.directory}, fingerprint ${data.run.fingerprint.slice(0, 8)}, written ${data.run.generated.slice(0, 19).replace('T', ' ')} UTC`;

if (last) {
  const prunedAtEnd = summary && [...prunings, ...switches].some(event => event.epoch >= last.epoch);
  tile('Validation top-1', percent(prunedAtEnd ? summary.finalTop1 : last.validationTop1),
    prunedAtEnd ? `after the last pruning; ${percent(last.validationTop1)} before it` : `best ${percent(best.validationTop1)} after epoch ${best.epoch}`);
  if (means.length) {
    const mean = means[means.length - 1];
    tile('Top-1 of the mean', percent(mean.validationTop1), `SWA over ${mean.epochs} epochs, after epoch ${mean.epoch}`);
  }
  const dense = summary ? summary.denseTrainingPaperFlops : epochs[0].trainingPaperFlops * last.epoch;
  tile('Training FLOPs', short(last.trainingPaperFlops), `${percent(1 - last.trainingPaperFlops / dense)} saved against dense`);
  const policy = setting('sparsity.policy'), masked = prunings[prunings.length - 1], cut = switches[switches.length - 1];
  const ticket = tickets.find(found => change && found.ratio === change.ratio) || tickets[0];
  if (policy === 'early-bird') {
    tile('Ticket', ticket ? `epoch ${ticket.epoch}` : 'none yet', ticket ? `ratio ${ticket.ratio}, ${ticket.detector}` : `policy ${policy}`);
  } else if (masked) {
    tile('Sparsity', percent(masked.ratio), `${policy}: ${grouped(masked.active)} of ${grouped(masked.weights)} weights are active`);
  } else {
    tile('Policy', policy, cut ? `cut after epoch ${cut.epoch}` : 'nothing is pruned so far');
  }
  if (worst) {
    tile('Drop at pruning, points', (100 * lost(worst)).toFixed(2), `${percent(worst.top1Before)} to ${percent(worst.top1After)} after epoch ${worst.epoch}${judged.length > 1 ? `, the largest of ${judged.length}` : ''}`);
  }
  // a cut after the last epoch has no epoch of its own
  tile('Parameters', grouped(cut && cut.epoch >= last.epoch ? cut.parameters : last.parameters), change ? `of ${grouped(change.denseParameters)}, since epoch ${change.epoch}` : 'of the dense network');
  tile('Time', duration(epochs.reduce((sum, event) => sum + event.seconds.total, 0)), `${grouped(last.imagesPerSecond)} images/s in the last epoch`);
}

// --- plots ---

const epochAxis = (extra = {}) => axis({type: 'category', data: numbers, name: 'epoch', nameGap: 28, ...extra});
/** The epochs after which the network changed, as lines across the plot, where they are few; labels of late ones stand left of their line. */
const changes = [...new Map([...prunings, ...switches].filter(event => event.epoch > 0).map(event => [event.epoch, event])).values()];
const changeMarks = () => changes.length && changes.length < 4 ? {
  symbol: 'none', silent: true, lineStyle: {color: color('--stand-out'), type: 'dashed', width: 2},
  data: changes.map(event => ({xAxis: String(event.epoch), label: {
    formatter: event.type === 'switch' ? `switch, ratio ${event.ratio}` : `${percent(event.ratio)} pruned`,
    color: color('--stand-out'), position: 'end', distance: 2, align: event.epoch > .8 * last.epoch ? 'right' : 'center'}}))} : undefined;

const column = (event, ...paths) => paths.map(path => path.split('.').reduce((value, key) => value === undefined ? undefined : value[key], event));
const fromTo = (name, values, shown) => `${name} goes from ${shown(values[0])} to ${shown(values[values.length - 1])}`;
const switched = !change ? '' : switches.length > 1 ? `; the network was cut ${switches.length} times, from epoch ${change.epoch} on` : `; the network was cut after epoch ${change.epoch}`;

function accuracy() {
  const top5 = epochs.some(event => event.validationTop5 !== undefined);
  const mean = means[means.length - 1], meanAfter = new Map(means.map(event => [event.epoch, 100 * event.validationTop1]));
  figure('Accuracy', `${fromTo('Validation top-1', epochs.map(event => event.validationTop1), percent)} in ${epochs.length} epochs, ${percent(best.validationTop1)} at best${switched}${mean ? `; the mean over ${mean.epochs} epochs (SWA) has ${percent(mean.validationTop1)}` : ''}.`,
    [{option: () => common({
      xAxis: epochAxis(), yAxis: valueAxis('top-1, %', {max: value => Math.min(100, Math.ceil(value.max + 1))}),
      tooltip: {...common({}).tooltip, valueFormatter: value => value === undefined ? '-' : value.toFixed(2) + ' %'},
      series: [line('validation top-1', epochs.map(event => 100 * event.validationTop1), {markLine: changeMarks()}),
        line('training top-1', epochs.map(event => 100 * event.trainTop1), {lineStyle: {type: 'dotted'}}),
        ...(mean ? [line('mean over epochs (SWA)', epochs.map(event => meanAfter.get(event.epoch) ?? null))] : []),
        ...(top5 ? [line('validation top-5', epochs.map(event => event.validationTop5 === undefined ? null : 100 * event.validationTop5), {lineStyle: {type: 'dashed'}})] : [])]})}],
    ['epoch', 'phase', 'validation top-1', 'training top-1', 'learning rate'], epochs.map(event => column(event, 'epoch', 'phase', 'validationTop1', 'trainTop1', 'learningRate')));
}

/** What each pruning took, where there are several; one alone is told at the top. */
function drops() {
  if (judged.length < 2) return;
  const sparse = judged.some(event => event.type === 'prune');
  const after = judged.filter(event => lost(event) > 0).length;
  figure('Accuracy at each pruning', `${after} of ${judged.length} prunings lower top-1 before training goes on, at most by ${points(lost(worst))}, after epoch ${worst.epoch}; the last one takes ${points(lost(judged[judged.length - 1]))}.`,
    [{option: () => common({
      grid: {left: 66, right: sparse ? 66 : 24, top: 56, bottom: 48},
      xAxis: axis({type: 'category', data: judged.map(event => event.epoch), name: 'pruned after epoch', nameGap: 28}),
      yAxis: [valueAxis('top-1, %'), ...(sparse ? [valueAxis('active weights, %', {scale: false, max: 100, nameGap: 40, splitLine: {show: false}})] : [])],
      tooltip: {...common({}).tooltip, valueFormatter: value => value === undefined || value === null ? '-' : value.toFixed(2) + ' %'},
      series: [line('before', judged.map(event => 100 * event.top1Before)), line('right after', judged.map(event => 100 * event.top1After)),
        ...(sparse ? [line('active weights', judged.map(event => event.type === 'prune' ? 100 * (1 - event.ratio) : null), {yAxisIndex: 1, step: 'end', lineStyle: {type: 'dotted'}})] : [])]})}],
    ['pruned after epoch', 'top-1 before', 'right after', 'drop', 'ratio'], judged.map(event => [event.epoch, percent(event.top1Before), percent(event.top1After), points(lost(event)), event.ratio]));
}

function loss() {
  figure('Loss', `${fromTo('Validation loss', epochs.map(event => event.validationLoss), short)}, ${fromTo('training loss', epochs.map(event => event.trainLoss), short)}${switched}.`,
    [{option: () => common({
      xAxis: epochAxis(), yAxis: valueAxis('cross-entropy'),
      series: [line('validation', epochs.map(event => event.validationLoss), {markLine: changeMarks()}), line('training', epochs.map(event => event.trainLoss), {lineStyle: {type: 'dotted'}})]})}],
    ['epoch', 'validation loss', 'training loss'], epochs.map(event => column(event, 'epoch', 'validationLoss', 'trainLoss')));
}

function distances() {
  const ratios = [...new Set(epochs.flatMap(event => Object.keys(event.maskDistance || {})))].sort();
  if (!ratios.length) return;
  const epsilon = Number(setting('sparsity.early-bird.epsilon'));
  const shown = epochs.filter(event => Object.keys(event.maskDistance).length);
  // the distances that the detector looked at are the last ones up to the ticket's epoch
  const window = ticket => [{xAxis: String(ticket.epoch - ticket.distances.length + 1)}, {xAxis: String(ticket.epoch)}];
  const ticket = tickets.find(found => change && found.ratio === change.ratio) || tickets[0];
  figure('Mask distance', ticket
    ? `The mask of ratio ${ticket.ratio} settled after epoch ${ticket.epoch}: its last ${ticket.distances.length} distances are below epsilon ${epsilon}. Tickets (diamonds): ${tickets.map(found => `ratio ${found.ratio} after epoch ${found.epoch}`).join(', ')}.`
    : `Newest distance of each ratio; a ticket emerges once the last ${setting('sparsity.early-bird.window')} are below epsilon ${epsilon}.`,
    [{option: () => common({
      xAxis: epochAxis(), yAxis: valueAxis('Hamming distance', {min: 0, scale: false}),
      series: ratios.map((ratio, i) => line(`ratio ${ratio}`, epochs.map(event => event.maskDistance[ratio] ?? null), {
        markLine: i ? undefined : {symbol: 'none', silent: true, data: [{yAxis: epsilon}], lineStyle: {color: color('--stand-out'), type: 'dashed'}, label: {formatter: `epsilon ${epsilon}`, color: color('--stand-out'), position: 'insideStartTop'}},
        markPoint: {silent: true, symbol: 'diamond', symbolSize: 16, label: {show: false}, data: tickets.filter(found => String(found.ratio) === ratio).map(found => ({name: `ticket of ratio ${ratio}`, coord: [String(found.epoch), found.distances[found.distances.length - 1]]}))},
        markArea: ticket && String(ticket.ratio) === ratio ? {silent: true, itemStyle: {color: color('--accent'), opacity: .12}, label: {color: color('--quiet'), position: 'insideTop'}, data: [[{...window(ticket)[0], name: `FIFO of ${ticket.ratio}`}, window(ticket)[1]]]} : undefined}))})}],
    ['epoch', ...ratios.map(ratio => `ratio ${ratio}`)], shown.map(event => [event.epoch, ...ratios.map(ratio => event.maskDistance[ratio] ?? '-')]));
}

function matrices() {
  const ratios = Object.keys(data.matrices);
  if (!ratios.length) return;
  const largest = Math.max(...ratios.flatMap(ratio => data.matrices[ratio].flat()));
  figure('Distance of every mask to every other', `Hamming distance of the masks after each pair of epochs, by pruning ratio, from 0 (equal, dark) to ${short(largest)}; a dark block along the diagonal is a mask that has settled (You et al. 2020, figure 3).`,
    ratios.map(ratio => matrixPanel(`ratio ${ratio}`, data.matrices[ratio], largest)),
    ['ratio', 'epoch', 'distances to epochs 1, 2, ...'], ratios.flatMap(ratio => data.matrices[ratio].map((row, i) => [ratio, i + 1, row.join(' ')])), 'wide');
}

function widths() {
  if (!change) return;
  const left = switches[switches.length - 1];
  const layers = data.widths.filter(([name]) => left.keptChannels[name] !== undefined);
  const names = layers.map(([name]) => name), kept = layers.map(([name]) => left.keptChannels[name]), gone = layers.map(([name, count]) => count - left.keptChannels[name]);
  const sum = values => values.reduce((a, b) => a + b, 0);
  figure('Channels of each batch norm', `The ${switches.length > 1 ? 'last of ' + switches.length + ' cuts' : 'switch'}, after epoch ${left.epoch}, left ${grouped(sum(kept))} of ${grouped(sum(kept) + sum(gone))} channels (ratio ${left.ratio}, ${left.mode}).`,
    [{height: narrow() ? 360 : 400, option: () => common({
      grid: {left: 66, right: 24, top: 44, bottom: 8, containLabel: true}, xAxis: axis({type: 'category', data: names, axisLabel: {rotate: 60, interval: names.length > 60 || narrow() ? 'auto' : 0, fontSize: 10, color: color('--quiet')}}), yAxis: valueAxis('channels', {scale: false}),
      series: [{name: 'kept', type: 'bar', stack: 'width', barMaxWidth: 40, data: kept}, {name: 'removed', type: 'bar', stack: 'width', barMaxWidth: 40, data: gone, itemStyle: {opacity: .55}}]})}],
    ['batch norm', 'channels', 'kept', 'share'], layers.map(([name, count], i) => [name, count, kept[i], percent(kept[i] / count)]), 'wide');
}

function gammas() {
  const shown = epochs.filter(event => event.gammaHistogram);
  if (!shown.length) return;
  const total = event => event.gammaHistogram.reduce((a, b) => a + b, 0);
  const used = Math.max(...shown.map(event => event.gammaHistogram.reduce((top, count, bin) => count ? bin : top, 0)));
  const bins = Array.from({length: used + 1}, (_, i) => (i * data.gammaBinWidth).toFixed(2));
  const share = event => event.gammaHistogram.slice(0, used + 1).map(count => count / total(event));
  const largest = Math.max(...shown.flatMap(share));
  figure('Scales of the batch norms', `Share of the channels by |gamma|, epoch by epoch: ${percent(share(shown[0])[0])} lie below ${data.gammaBinWidth} after epoch ${shown[0].epoch}, ${percent(share(shown[shown.length - 1])[0])} after epoch ${shown[shown.length - 1].epoch}${switched}.`,
    [{renderer: 'canvas', height: 380, option: () => common({
      legend: undefined, grid: {left: 66, right: 24, top: 16, bottom: 100}, xAxis: axis({type: 'category', data: shown.map(event => event.epoch), name: 'epoch', nameGap: 26, splitLine: {show: false}}),
      yAxis: axis({type: 'category', data: bins, name: '|gamma|', nameGap: 44, splitLine: {show: false}}),
      tooltip: {...common({}).tooltip, trigger: 'item', formatter: item => `epoch ${shown[item.value[0]].epoch}, |gamma| from ${bins[item.value[1]]}: ${percent(item.value[2])}`},
      visualMap: {min: 0, max: largest, orient: 'horizontal', left: 'center', bottom: 4, precision: 3, text: [percent(largest) + ' of the channels', '0'], textStyle: {color: color('--text')}, inRange: {color: RAMP}},
      series: [{type: 'heatmap', progressive: 0, data: shown.flatMap((event, x) => share(event).map((value, y) => [x, y, value]))}]})}],
    ['epoch', '|gamma| from', 'channels'], shown.flatMap(event => event.gammaHistogram.map((count, i) => [event.epoch, short(i * data.gammaBinWidth), count]).filter(row => row[2])));
}

function speed() {
  const parts = ['compute', 'data', 'broadcast', 'average', 'evaluate', 'mask', 'checkpoint'];
  const told = event => parts.reduce((sum, part) => sum + event.seconds[part], 0);
  // dl4j-spark tells nothing of its parts; what no part accounts for is shown as such
  const shares = part => epochs.map(event => 100 * event.seconds[part] / Math.max(event.seconds.total, told(event)));
  const rest = epochs.map(event => 100 * Math.max(0, event.seconds.total - told(event)) / Math.max(event.seconds.total, told(event)));
  const mean = values => values.reduce((a, b) => a + b, 0) / values.length;
  figure('Speed', `${fromTo('Training', epochs.map(event => event.imagesPerSecond), value => grouped(value) + ' images/s')}${switched}.`,
    [{option: () => common({xAxis: epochAxis(), yAxis: valueAxis('images/s', {scale: false, nameGap: 54}), legend: undefined, series: [line('images/s', epochs.map(event => +event.imagesPerSecond.toPrecision(5)), {areaStyle: {opacity: .15}, markLine: changeMarks()})]})}],
    ['epoch', 'images/s', 'seconds'], epochs.map(event => column(event, 'epoch', 'imagesPerSecond', 'seconds.total')));
  figure('Where the time goes', `On average ${mean(shares('compute')).toFixed(0)} % of an epoch is computing, ${mean(shares('data')).toFixed(1)} % waiting for data, ${(mean(shares('broadcast')) + mean(shares('average'))).toFixed(1)} % broadcast and averaging, ${mean(shares('evaluate')).toFixed(1)} % evaluation.`,
    [{option: () => common({
      xAxis: epochAxis(), yAxis: valueAxis('share of the epoch, %', {max: 100, scale: false}), tooltip: {...common({}).tooltip, valueFormatter: value => value.toFixed(2) + ' %'},
      series: [...parts.map(part => ({name: part, type: 'bar', stack: 'time', barCategoryGap: '10%', data: shares(part)})), {name: 'other', type: 'bar', stack: 'time', data: rest}]})}],
    ['epoch', ...parts], epochs.map(event => [event.epoch, ...parts.map(part => event.seconds[part])]));
}

function learningRate() {
  figure('Learning rate', `${fromTo('The rate of the last step of an epoch', epochs.map(event => event.learningRate), short)}${switched}.`,
    [{option: () => common({xAxis: epochAxis(), yAxis: valueAxis('learning rate', {scale: false}), legend: undefined, series: [line('learning rate', epochs.map(event => event.learningRate), {step: 'middle', markLine: changeMarks()})]})}],
    ['epoch', 'learning rate'], epochs.map(event => column(event, 'epoch', 'learningRate')));
}

function cost() {
  const dense = epochs.map(event => epochs[0].trainingPaperFlops / epochs[0].epoch * event.epoch), spent = epochs.map(event => event.trainingPaperFlops);
  const joule = data.joulePerFlop, energy = [];
  epochs.forEach((event, i) => energy.push((energy[i - 1] || 0) + (spent[i] - (spent[i - 1] || 0)) * data.phaseJoulePerFlop[event.phase]));
  figure('Training FLOPs and modelled energy', `${short(last.trainingPaperFlops)} FLOPs so far (modelled, not measured: ${short(energy[energy.length - 1])} J); the dense network would have taken ${short(dense[dense.length - 1])} (${short(joule * dense[dense.length - 1])} J).`,
    [{option: () => common({
      grid: {left: 76, right: 76, top: 56, bottom: 48}, xAxis: epochAxis(),
      yAxis: [valueAxis('FLOPs', {scale: false, nameGap: 62, axisLabel: {formatter: value => value ? value.toExponential(1) : '0', color: color('--quiet')}}),
        valueAxis('modelled energy, J', {scale: false, nameGap: 62, splitLine: {show: false}, axisLabel: {formatter: value => value ? value.toExponential(1) : '0', color: color('--quiet')}})],
      series: [line('this run', spent, {areaStyle: {opacity: .15}, markLine: changeMarks()}), line('dense', dense, {lineStyle: {type: 'dashed'}}),
        line('modelled energy', energy, {yAxisIndex: 1, lineStyle: {opacity: 0}, itemStyle: {opacity: 0}, showSymbol: false, silent: true}),
        line('modelled energy, dense', dense.map(flops => flops * joule), {yAxisIndex: 1, lineStyle: {opacity: 0}, itemStyle: {opacity: 0}, showSymbol: false, silent: true})],
      legend: {...common({}).legend, data: ['this run', 'dense']}})}],
    ['epoch', 'FLOPs', 'dense FLOPs', 'modelled J', 'dense modelled J'], epochs.map((event, i) => [event.epoch, spent[i], dense[i], energy[i], dense[i] * joule]));
}

if (epochs.length) {
  [accuracy, loss, drops, distances, gammas, matrices, widths, speed, cost, learningRate].forEach(plot => plot());
} else {
  document.getElementById('plots').append(element('p', {}, 'No epoch has ended yet.'));
}

document.getElementById('settings').append(table(['setting', 'value'], Object.entries(data.settings)));
document.getElementById('environment').append(table(['what', 'value'], [...Object.entries(data.environment), ...Object.entries(data.identity).filter(([key]) => !(key in data.settings))]));

draw();
