import { extname, join } from 'node:path';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** A name as the build writes them. Everything else (dots first, encoded or back slashes, drive letters) is no file of ours. */
const SAFE_NAME = /^[A-Za-z0-9_][\w.-]*$/;

export interface StaticFile {
  path: string;
  contentType: string;
}

/** The file of the built page behind a URL's path; undefined where the path leaves the folder or has an unknown kind. */
export const staticFileOf = (folder: string, urlPath: string): StaticFile | undefined => {
  const names = urlPath === '/' ? ['index.html'] : urlPath.split('/').slice(1);
  if (!urlPath.startsWith('/') || !names.every((name) => SAFE_NAME.test(name))) return undefined;
  const contentType = contentTypes[extname(names.at(-1) ?? '').toLowerCase()];
  return contentType === undefined ? undefined : { path: join(folder, ...names), contentType };
};
