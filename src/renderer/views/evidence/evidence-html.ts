/** One file of HTML that needs nothing else: the cohort flow, every plot as a drawing, every figure. Pure. */
import type { DocumentTable, EvidenceDocument } from './evidence-document.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);

/** The same classes as the charts have on the page, in ink. */
const STYLE = `body{font:14px/1.4 system-ui,sans-serif;color:#111;background:#fff;margin:2rem auto;max-width:60rem;padding:0 1rem}
h1{font-size:1.4rem}h2{font-size:1rem;margin:1.2rem 0 .3rem}table{border-collapse:collapse;width:100%}
td,th{border-bottom:1px solid #ccc;font-weight:400;padding:.2rem .4rem;text-align:left;vertical-align:top}
th{color:#444}.warning{border:1px solid #b4500c;padding:.4rem .6rem}.plots{display:grid;gap:1rem;grid-template-columns:1fr 1fr}
.plots svg{border:1px solid #ccc;width:100%}svg text{fill:#111;font:11px system-ui,sans-serif}svg .cohort{fill:#b4500c}
.line{fill:none;stroke-width:2}.line.first{stroke:#0b7d70}.dot.first,.point.first{fill:#0b7d70}.line.second{stroke:#555}
.line.reference{stroke:#777;stroke-dasharray:4 4;stroke-width:1}.grid line{stroke:#ddd}.bar{fill:#2f58c4;opacity:.35}
.band{fill:#0b7d70;opacity:.15;stroke:none}.mark{stroke:#b4500c;stroke-dasharray:2 3}
@media print{.plots{break-inside:avoid}body{margin:0}}`;

const row = (cells: readonly string[], tag: 'td' | 'th'): string =>
  `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`;

const table = ({ title, header, rows }: DocumentTable): string =>
  `<h2>${escaped(title)}</h2><table>${header ? `<thead>${row(header, 'th')}</thead>` : ''}<tbody>${rows
    .map((cells) => row(cells, 'td'))
    .join('')}</tbody></table>`;

export interface EvidencePage extends EvidenceDocument {
  readonly language: string;
  /** Drawings of the charts, as the page itself made them. */
  readonly pictures: readonly string[];
}

export const evidenceHtml = ({ title, warnings, lines, flow, tables, language, pictures }: EvidencePage): string =>
  `<!doctype html><html lang="${escaped(language)}"><head><meta charset="utf-8"><title>${escaped(title)}</title><style>${STYLE}</style></head><body>
<h1>${escaped(title)}</h1>
${warnings.map((text) => `<p class="warning">${escaped(text)}</p>`).join('\n')}
<p>${lines.map(escaped).join('<br>')}</p>
${table(flow)}
<div class="plots">${pictures.join('\n')}</div>
${tables.map(table).join('\n')}
</body></html>
`;
