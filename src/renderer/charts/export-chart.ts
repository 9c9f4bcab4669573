/** A chart as a file: the picture as SVG or PNG, the numbers as CSV. */
import { download } from '../download.ts';
import { type ChartRows, chartCsv } from './chart-csv.ts';
import { CHART } from './chart-space.ts';

/** Properties that style sheets set, written into the copy: outside of the page there is no style sheet. */
const written = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'opacity',
  'font-size',
  'font-family',
  'text-anchor',
];

const standalone = (svg: SVGSVGElement): string => {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const [originals, copies] = [svg.querySelectorAll('*'), copy.querySelectorAll('*')];
  originals.forEach((original, index) => {
    const style = getComputedStyle(original);
    for (const property of written) copies[index]?.setAttribute(property, style.getPropertyValue(property));
  });
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(CHART.width));
  copy.setAttribute('height', String(CHART.height));
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  ground.setAttribute('width', '100%');
  ground.setAttribute('height', '100%');
  ground.setAttribute('fill', getComputedStyle(document.body).backgroundColor);
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy);
};

export const exportSvg = (svg: SVGSVGElement, name: string): void =>
  download(new Blob([standalone(svg)], { type: 'image/svg+xml' }), `${name}.svg`);

/** Twice the size on the screen. */
export const exportPng = async (svg: SVGSVGElement, name: string): Promise<void> => {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(standalone(svg))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [2 * CHART.width, 2 * CHART.height];
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const png = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (png) download(png, `${name}.png`);
};

export const exportCsv = (header: readonly string[], rows: ChartRows, name: string): void =>
  download(new Blob([chartCsv(header, rows)], { type: 'text/csv' }), `${name}.csv`);
