import { cookieName, cookieValue, sameToken } from './session-token.ts';

/** What of a request decides whether it is answered. Header names as Node gives them: lower case. */
export interface RequestFacts {
  method: string;
  /** Path and query, as sent. */
  url: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

export type Verdict =
  | { kind: 'answer' }
  /** The page was opened with the entrance code in its address: it is used up, and the token goes into a cookie. */
  | { kind: 'admit' }
  | { kind: 'refuse'; status: 401 | 403 | 405 | 421; code: string; reason: string };

const refuse = (status: 401 | 403 | 405 | 421, code: string, reason: string): Verdict => ({
  kind: 'refuse',
  status,
  code,
  reason,
});

const single = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

export interface Secrets {
  /** Of this launch: what the cookie holds. */
  token: string;
  /** Of the address that was printed last; undefined once it was used. */
  entrance: string | undefined;
}

/**
 * Pure: is this request from the page that this launch opened? Three independent hurdles: the `Host` must be this very
 * address (a rebound DNS name is not), a browser's own word on the origin must be this page (another site's or another
 * local server's is not), and the launch's token must be there.
 */
export const judgeRequest = (request: RequestFacts, port: number, { token, entrance }: Secrets): Verdict => {
  const { method, headers } = request;
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const host = single(headers.host);
  if (host === undefined || !hosts.includes(host)) {
    return refuse(421, 'wrong-host', 'This is not the address of this haicast.');
  }
  if (method !== 'GET' && method !== 'POST') return refuse(405, 'wrong-method', 'Only GET and POST are answered.');

  const url = URL.canParse(request.url, `http://${host}`) ? new URL(request.url, `http://${host}`) : undefined;
  if (!url || !request.url.startsWith('/')) return refuse(403, 'wrong-address', 'This is no address of haicast.');
  const given = url.searchParams.get('code');
  const isEntrance = method === 'GET' && url.pathname === '/' && given !== null;

  const origin = single(headers.origin);
  if (origin !== undefined && origin !== `http://${host}`) {
    return refuse(403, 'wrong-origin', 'Another page may not use this haicast.');
  }
  // Fetch metadata: a browser tells who asks. Absent from older browsers and from programs, which the token holds off.
  const site = single(headers['sec-fetch-site']);
  if (!isEntrance && site !== undefined && site !== 'same-origin' && site !== 'none') {
    return refuse(403, 'wrong-origin', 'Another page may not use this haicast.');
  }

  if (isEntrance && entrance !== undefined && sameToken(given, entrance)) return { kind: 'admit' };
  const bearer = /^Bearer (\S+)$/.exec(single(headers.authorization) ?? '')?.[1];
  const cookie = cookieValue(single(headers.cookie), cookieName(port));
  // A form of another page could bring the cookie along without an origin; a program brings the token itself.
  if (method === 'POST' && bearer === undefined && origin === undefined) {
    return refuse(403, 'wrong-origin', 'A request from a page must name its origin.');
  }
  const presented = bearer ?? cookie;
  if (presented !== undefined && sameToken(presented, token)) return { kind: 'answer' };
  return isEntrance
    ? refuse(401, 'used-address', 'This address was used already. Press Enter where haicast runs for a new one.')
    : refuse(401, 'wrong-token', 'Open the address that haicast printed; press Enter where it runs for a new one.');
};
