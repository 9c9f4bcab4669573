/**
 * What the page fetches, in kB as it lies and as gzip would send it: at its start, and for each place what comes on top of that. The
 * bundle says it itself: the links of its page, and the list of files beside each place that is fetched when it is gone to.
 *
 * usage: node test/bench/bundle.ts      needs `npm run build`
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const folder = resolve(import.meta.dirname, '../../out/renderer');
const assets = join(folder, 'assets');
const page = readFileSync(join(folder, 'index.html'), 'utf8');

const atStart = new Set(
  [...page.matchAll(/(?:src|href)="\.\/assets\/([^"]+\.(?:js|css))"/g)].flatMap(([, name]) => name ?? []),
);
const entry = [...atStart].find((name) => /^index-.*\.js$/.test(name));
if (!entry) throw new Error('the page of the bundle names no entry');
const program = readFileSync(join(assets, entry), 'utf8');
const files = [...(/m\.f=\[([^\]]*)\]/.exec(program)?.[1] ?? '').matchAll(/"([^"]+)"/g)].map(([, path]) =>
  basename(path ?? ''),
);

const sizes = (names: Iterable<string>) => {
  const all = [...names].map((name) => readFileSync(join(assets, name)));
  const kB = (bytes: number) => Math.round(bytes / 1000);
  return {
    files: all.length,
    kB: kB(all.reduce((sum, { length }) => sum + length, 0)),
    gzipKB: kB(all.reduce((sum, content) => sum + gzipSync(content).length, 0)),
  };
};

const PLACE = /import\(.\.\/(\w+View)-[^)]*\),__vite__mapDeps\(\[([\d,]*)\]/g;
const places = [...program.matchAll(PLACE)].map(([, name = '', needed = '']) => {
  const own = needed.split(',').flatMap((index) => files[Number(index)] ?? []);
  return { place: name, ...sizes(new Set(own.filter((file) => !atStart.has(file)))) };
});
const rows = [
  { place: 'at the start', ...sizes(atStart) },
  ...new Map(places.map((row) => [row.place, row])).values(),
  { place: 'everything', ...sizes(readdirSync(assets).filter((name) => /\.(js|css)$/.test(name))) },
];
console.table(rows);
console.log(JSON.stringify({ rows }));
