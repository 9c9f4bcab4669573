/** A report as one HTML file: its pictures and its content are in it, it fetches nothing and runs nothing. */
import { canonicalJson } from '#shared/canonical-json.ts';
import type { Place } from '#shared/report/fit-sheet.ts';
import { layOut, pictureLines } from '#shared/report/lay-out.ts';
import { makeSheet } from '#shared/report/make-sheet.ts';
import type { ReportContent } from '#shared/report/report-content.ts';
import type { Block, Figure, Row, Sheet, SheetPicture } from '#shared/report/sheet.ts';
import { wordsOf } from '#shared/words/words.ts';
import { contentHash, emptyDigest, slots, withDigest } from '../embedded-report.ts';
import type { ReportPicture } from '../pdf/pictures.ts';
import { reportStyle } from './report-style.ts';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const text = (value: string): string => value.replace(/[&<>"']/g, (letter) => escapes[letter] ?? letter);

/** In a script element: nothing in it ends the element. */
const embedded = (content: ReportContent): string => canonicalJson(content).replaceAll('<', '\\u003c');

const percentOf = (value: number): string => `${(value * 100).toFixed(2)}%`;

const scale = ({ probability, low, high, threshold }: Figure): string => {
  const band =
    low === null || high === null
      ? ''
      : `<rect class="band" x="${percentOf(low)}" y="3" width="${percentOf(high - low)}" height="8"/>`;
  return `<svg class="scale" width="100%" height="14" role="presentation"><line x1="0" y1="7" x2="100%" y2="7"/>${band}<line class="limit" x1="${percentOf(threshold)}" y1="0" x2="${percentOf(threshold)}" y2="14"/><rect class="value" x="${percentOf(probability)}" y="1" width="4" height="12" transform="translate(-2)"/></svg>`;
};

const figure = (one: Figure): string =>
  `<div class="figure"><strong>${text(one.text)}</strong><div>${one.beside.map((line) => `<div>${text(line)}</div>`).join('')}</div></div>${scale(one)}`;

const bar = (value: number, largest: number): string => {
  const length = (Math.abs(value) / largest) * 50;
  const [x, kind] = value < 0 ? [50 - length, 'against'] : [50, 'for'];
  return `<td><svg class="bar" width="100%" height="9" role="presentation"><line x1="50%" y1="0" x2="50%" y2="9"/><rect class="${kind}" x="${x}%" y="2" width="${length}%" height="6"/></svg></td>`;
};

const row = ({ cells, tone, bar: value }: Row, columns: number, largest: number): string => {
  const [only = '', ...others] = cells;
  const kind = tone ? ` class="${tone}"` : '';
  if (others.length === 0) return `<tr${kind}><td colspan="${columns}">${text(only)}</td></tr>`;
  const drawn = cells.map((cell, i) => {
    if (value !== undefined && i === cells.length - 2) return bar(value, largest);
    return i === 0 ? `<th scope="row">${text(cell)}</th>` : `<td>${text(cell)}</td>`;
  });
  return `<tr${kind}>${drawn.join('')}</tr>`;
};

const block = ({ id, title, widths, rows, figure: number, framed }: Block): string => {
  const largest = Math.max(0.1, ...rows.map(({ bar: value = 0 }) => Math.abs(value)));
  const total = widths.reduce((sum, one) => sum + one, 0);
  const columns = widths.map((one) => `<col style="width:${percentOf(one / total)}">`).join('');
  const table =
    rows.length === 0
      ? ''
      : `<table><colgroup>${columns}</colgroup><tbody>${rows.map((one) => row(one, widths.length, largest)).join('')}</tbody></table>`;
  return `<section class="block${framed ? ' framed' : ''}" id="${text(id)}"><h2>${text(title)}</h2>${number ? figure(number) : ''}${table}</section>`;
};

const picture = (id: string | null, caption: string, pictures: ReadonlyMap<string, ReportPicture>): string => {
  const found = id === null ? undefined : pictures.get(id);
  if (!found) return '<div class="empty"></div>';
  const data = Buffer.from(found.bytes).toString('base64');
  return `<img alt="${text(caption)}" src="data:${found.mediaType};base64,${data}">`;
};

const images = (
  shown: readonly SheetPicture[],
  labels: Sheet['pictureRows'],
  pictures: ReadonlyMap<string, ReportPicture>,
): string => {
  const lines = pictureLines(shown, labels).map(({ label, ids }) => {
    const drawn = ids.map((id, i) => picture(id, `${shown[i]?.caption}, ${label}`, pictures));
    return `<p class="small">${text(label)}</p><div class="pictures">${drawn.join('')}</div>`;
  });
  const captions = shown.map(({ caption }) => `<span>${text(caption)}</span>`);
  return `${lines.join('')}<div class="pictures small">${captions.join('')}</div>`;
};

export interface HtmlOptions {
  pictures: ReadonlyMap<string, ReportPicture>;
  /** As on paper. */
  places: readonly Place[];
  appendix: boolean;
}

export const makeReportHtml = (content: ReportContent, { pictures, places, appendix }: HtmlOptions): Buffer => {
  const words = wordsOf(content.language);
  const sheet = makeSheet(content, words);
  const { pictures: shown, left, right, appendix: more } = layOut(sheet, places, words, appendix);
  const labels = sheet.pictureRows;
  const [name = '', ...identity] = sheet.identity;
  const hash = `${words.say('report.hash', { hash: contentHash(content) })} · ${words.say('report.check')}`;
  const html = `<!doctype html>
<html lang="${content.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>haicast report</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
${sheet.banner ? `<p class="banner"><strong>${text(sheet.banner.strong)}</strong> ${text(sheet.banner.text)}</p>` : ''}
<header><h1>${text(sheet.title)}</h1><div><strong>${text(name)}</strong>${identity.map((line) => `<div class="muted">${text(line)}</div>`).join('')}</div></header>
${shown.length === 0 ? `<p class="small">${text(labels.none)}</p>` : images(shown, labels, pictures)}
<div class="columns"><div>${left.map(block).join('')}</div><div>${right.map(block).join('')}</div></div>
${more ? `<h1 class="appendix">${text(sheet.words.appendix)}</h1>${more.pictures.map((group) => images(group, labels, pictures)).join('')}<div class="columns flow">${more.blocks.map(block).join('')}</div>` : ''}
<footer>${[...sheet.footer, hash].map((line) => `<p>${text(line)}</p>`).join('')}</footer>
</main>
${slots.html.before}${emptyDigest}${slots.html.after}${embedded(content)}</script>
</body>
</html>
`;
  return withDigest(Buffer.from(html, 'utf8'), 'html');
};
