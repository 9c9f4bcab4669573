/**
 * Lines of this program, of its packages or of the runtime in a stack, e.g. `src/main/application.ts:12:3`. Everything
 * before the program's own folders is cut away: the folder that it lies in may be named after anybody.
 */
const place =
  /^.*[/(]((?:src\/(?:main|renderer|shared|preload)|out\/(?:main|renderer|preload)|assets|node_modules)\/[\w@./-]{1,150}\.(?:ts|js|mjs|cjs|vue):\d{1,7}:\d{1,7})\)?$/;
const runtime = /\((node:[\w/]{1,60}:\d{1,7}:\d{1,7})\)$/;
const MOST_PLACES = 12;

export const programPlaces = (stack: string): string[] =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .flatMap((line) => {
      const found = place.exec(line.replaceAll('\\', '/'))?.[1] ?? runtime.exec(line)?.[1];
      return found === undefined ? [] : [found];
    })
    .slice(0, MOST_PLACES);
