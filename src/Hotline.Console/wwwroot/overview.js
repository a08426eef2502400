// Draws the overview's charts with Chart.js, in the colours of the theme, or of paper while it is printed.
import './lib/chart.js-4.5.0/chart.umd.min.js';

const charts = new Map(); // of canvases
let paper = matchMedia('print').matches;

function options(canvas, spec) {
  const style = getComputedStyle(canvas.parentElement);
  const colour = name => style.getPropertyValue(`--${paper ? 'paper' : 'chart'}-${name}`).trim();
  const text = colour('text'), line = colour('line'), font = { family: style.fontFamily, size: 12 };
  const value = n => n === null ? '–' : `${+n.toFixed(1)}${spec.unit}`;
  const values = { beginAtZero: true, max: spec.unit === '%' ? 100 : undefined, grid: { color: line }, border: { color: line },
    ticks: { color: text, font, precision: spec.unit === '%' ? undefined : 0, callback: n => `${n}${spec.unit}` } };
  const names = { offset: true, grid: { display: false }, border: { color: line }, ticks: { color: text, font, autoSkip: !spec.horizontal, maxRotation: 0 } };
  return {
    data: {
      labels: spec.labels,
      datasets: spec.series.map((s, i) => ({
        type: s.line ? 'line' : 'bar', label: s.name, data: s.values, order: s.line ? 0 : 1, spanGaps: true,
        borderColor: colour(i + 1), backgroundColor: colour(i + 1), borderWidth: s.line ? 2 : 0, borderRadius: 2, tension: .2,
        borderDash: [[], [6, 4], [2, 3]][i % 3], pointStyle: ['circle', 'rect', 'triangle'][i % 3], pointRadius: s.values.length > 60 ? 0 : 3,
        maxBarThickness: 28, clip: 8,
      })),
    },
    options: {
      indexAxis: spec.horizontal ? 'y' : 'x', responsive: true, maintainAspectRatio: false,
      animation: paper || matchMedia('(prefers-reduced-motion: reduce)').matches ? false : { duration: 250 },
      interaction: { mode: 'index', axis: spec.horizontal ? 'y' : 'x', intersect: false },
      scales: spec.horizontal ? { x: values, y: names } : { x: names, y: values },
      plugins: {
        legend: { display: spec.series.length > 1,
          labels: { color: text, font, usePointStyle: true, boxHeight: 7, sort: (a, b) => a.datasetIndex - b.datasetIndex } },
        tooltip: { titleFont: font, bodyFont: font, callbacks: { label: at => ` ${at.dataset.label}  ${value(at.raw)}` } },
      },
      onHover: (event, [hit]) => { event.native.target.style.cursor = hit && spec.links[hit.index] ? 'pointer' : ''; },
      onClick: (_, [hit]) => { const to = hit && spec.links[hit.index]; if (to) Blazor.navigateTo(to); },
    },
  };
}

function redraw(canvas) {
  const { chart, spec } = charts.get(canvas), { data, options: how } = options(canvas, spec);
  chart.options = how;
  chart.data.labels = data.labels;
  // the same bars grow: new ones would begin at nothing
  if (chart.data.datasets.length === data.datasets.length) data.datasets.forEach((d, i) => Object.assign(chart.data.datasets[i], d));
  else chart.data.datasets = data.datasets;
  chart.update();
}

export function draw(canvas, json) {
  const spec = JSON.parse(json);
  for (const gone of charts.keys()) if (!gone.isConnected) drop(gone);
  if (charts.has(canvas)) {
    charts.get(canvas).spec = spec;
    redraw(canvas);
    return;
  }
  charts.set(canvas, { chart: new Chart(canvas, options(canvas, spec)), spec });
  // the theme was switched: its colours pass over into the new ones in no time
  canvas.parentElement.addEventListener('transitionend', e => { if (e.propertyName === 'color' && charts.has(canvas)) redraw(canvas); });
}

export function drop(canvas) {
  charts.get(canvas)?.chart.destroy();
  charts.delete(canvas);
}

function print(begins) {
  paper = begins;
  for (const canvas of charts.keys()) redraw(canvas);
}
addEventListener('beforeprint', () => print(true));
addEventListener('afterprint', () => print(false));
matchMedia('print').addEventListener('change', e => print(e.matches));
