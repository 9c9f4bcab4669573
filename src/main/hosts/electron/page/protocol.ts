import { readFile } from 'node:fs/promises';
import { protocol, type Session } from 'electron';
import type { Application } from '#shared/api.ts';
import { pageHeaders } from '../../page-headers.ts';
import { staticFileOf } from '../../static-files.ts';
import { isOwnUrl, SCHEME } from './origin.ts';

/** Call before `ready`. No extra privileges: no CSP bypass, no service workers, no file access. */
export const registerScheme = (): void => {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
};

export interface PageSource {
  /** Folder of the built page. */
  folder: string;
  /** Raw bytes behind `/volumes/…`. */
  bytes: Application['bytes'];
  /** Plain texts served beside the page: path → text. */
  texts: Readonly<Record<string, () => Promise<string>>>;
}

const answer = (status: number, body: string | Uint8Array<ArrayBuffer>, contentType: string): Response =>
  new Response(body, { status, headers: { ...pageHeaders, 'content-type': contentType } });

const notFound = () => answer(404, 'Not found', 'text/plain; charset=utf-8');

/** Answers one request of the page. Anything but a GET for a known file of ours, a volume or a text is refused. */
export const answerRequest = async (
  source: PageSource,
  request: { url: string; method: string },
): Promise<Response> => {
  if (!isOwnUrl(request.url)) return answer(403, 'Forbidden', 'text/plain; charset=utf-8');
  if (request.method !== 'GET') return answer(405, 'Method not allowed', 'text/plain; charset=utf-8');
  const { pathname } = new URL(request.url);
  if (pathname.startsWith('/volumes/')) {
    try {
      const bytes = await source.bytes(pathname);
      return bytes ? answer(200, bytes as Uint8Array<ArrayBuffer>, 'application/octet-stream') : notFound();
    } catch {
      // The page asked for this volume by the contract first and has that call's reason; here only the bytes are gone.
      return answer(410, 'Gone', 'text/plain; charset=utf-8');
    }
  }
  const text = Object.hasOwn(source.texts, pathname) ? source.texts[pathname] : undefined;
  if (text) return answer(200, await text(), 'text/plain; charset=utf-8');
  const file = staticFileOf(source.folder, pathname);
  if (!file) return notFound();
  try {
    return answer(200, await readFile(file.path), file.contentType);
  } catch {
    return notFound();
  }
};

export const servePage = (session: Session, source: PageSource): void => {
  session.protocol.handle(SCHEME, (request) => answerRequest(source, request));
};
