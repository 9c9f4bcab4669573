/** The page's own origin. A standard, secure scheme: relative URLs, fetch, modules and storage work as on https. */
export const SCHEME = 'app';
export const HOST = 'haicast';
export const ORIGIN = `${SCHEME}://${HOST}`;
export const START_URL = `${ORIGIN}/index.html`;

/** `URL.parse` of later Nodes: undefined where the text is no URL. */
export const parseUrl = (url: string): URL | undefined => {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
};

/** Node gives non-special schemes an opaque origin, so scheme and host are compared themselves. */
export const isOwnUrl = (url: string): boolean => {
  const parsed = parseUrl(url);
  return parsed !== undefined && parsed.protocol === `${SCHEME}:` && parsed.host === HOST && parsed.username === '';
};

/** What the page itself made, as a table or the picture of a chart, and hands out to be kept as a file. */
export const isOwnFile = (url: string): boolean => url.startsWith('blob:') && isOwnUrl(url.slice('blob:'.length));
