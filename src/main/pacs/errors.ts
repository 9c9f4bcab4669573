/** Why an archive was not reached, or what it sent was refused. No sentence holds an address, a name or a secret. */
import { AppError } from '#shared/errors.ts';

const sentences = {
  'pacs-unreachable':
    'The image archive does not answer. Check its address in Settings, the network, and whether the archive is running.',
  'pacs-tls':
    'The certificate of the image archive is not to be trusted, so nothing was sent to it. Give the file of the hospital’s own certificate authority in Settings, or ask the administrator.',
  'pacs-tls-name':
    'The certificate of the image archive is made out to another name than the one in its address, so nothing was sent to it. Correct the address in Settings, or ask the administrator.',
  'pacs-slow':
    'The image archive has stopped sending, or sends too slowly. Try again; what has come is kept until then.',
  'pacs-broken-off': 'The image archive broke off in the middle. Try again; what has come is kept until then.',
  'pacs-denied': 'The image archive does not let haicast in. Check the user name, password or token in Settings.',
  'pacs-rejected':
    'The image archive does not take haicast’s connection. Check both AE titles in Settings, and ask whoever runs it to let this computer in.',
  'pacs-not-offered':
    'The image archive does not offer {service} to haicast. Ask whoever runs it, or reach it in another way.',
  'pacs-move-unknown':
    'The image archive does not know where to send to: ask whoever runs it to enter this computer’s AE title, address and port.',
  'pacs-no-listen':
    'haicast cannot listen on the address and port that Settings give for what the image archive sends. Check them, and whether another program uses the port.',
  'pacs-other-sender':
    'Images came from another address or under another AE title than the image archive’s, and were refused. Ask the administrator to check both AE titles and the addresses that it sends from.',
  'pacs-move-no-ca':
    'For C-MOVE over TLS the certificate authority that the image archive’s certificate is of has to be named, else anybody with a bought certificate could send images here. Give its file in Settings, or ask the administrator.',
  'pacs-sender-certificate':
    'What was to be sent here came with no certificate of the authority that Settings name, and was refused. Ask whoever runs the image archive by which certificate it sends.',
  'pacs-redirect':
    'The image archive sends haicast to another address, which is not followed. Correct the address in Settings.',
  'pacs-not-there':
    'The image archive does not have this, or the address of its service is not right. Search again, or check the address in Settings.',
  'pacs-status': 'The image archive refused the request (status {status}). Ask whoever runs it.',
  'pacs-content-type':
    'The image archive sent something else than what was asked for. Nothing of it was kept. Check the address in Settings.',
  'pacs-answer':
    'The answer of the image archive cannot be understood. Nothing of it was used. Check the address in Settings.',
  'pacs-endless':
    'The image archive sent more than any study holds, and was stopped. Nothing of it was kept. Tell whoever runs it.',
  'pacs-wrong-length':
    'The image archive sent an image whose length is not what it says. It was not kept. Tell whoever runs it.',
  'pacs-not-dicom': 'The image archive sent something that is no DICOM object. It was not kept. Tell whoever runs it.',
  'pacs-other-patient':
    'The image archive sent an image of another patient than was asked for. Everything that it had sent was deleted. Tell whoever runs it.',
  'pacs-other-study':
    'The image archive sent an image of another study than was asked for. Everything that it had sent was deleted. Tell whoever runs it.',
  'pacs-other-series':
    'The image archive sent an image of another series than was asked for. Everything that it had sent was deleted. Tell whoever runs it.',
  'pacs-other-image':
    'The image archive sent another image than was asked for. Everything that it had sent was deleted. Tell whoever runs it.',
  'pacs-missing':
    'The image archive did not send {n} of the images that it has. Try again; what has come is kept until then.',
  'pacs-too-many': 'This study has more series or images than are fetched at once ({n}). Ask for an export instead.',
  'pacs-no-disk': 'What the image archive sent could not be written. Check that the disk has room.',
} as const;

export type PacsProblem = keyof typeof sentences;

export const pacsError = (
  code: PacsProblem,
  { params, detail, cause }: { params?: Record<string, string | number>; detail?: string; cause?: unknown } = {},
): AppError =>
  new AppError(
    code,
    sentences[code].replace(/\{(\w+)\}/g, (_, name: string) => String(params?.[name] ?? '')),
    { ...(params ? { params } : {}), ...(detail ? { detail } : {}), ...(cause === undefined ? {} : { cause }) },
  );

/** These pass: what is tried again may succeed. What is a lie or a rule is not tried again. */
const passing: ReadonlySet<string> = new Set(['pacs-unreachable', 'pacs-slow', 'pacs-broken-off', 'pacs-missing']);
export const mayPass = (error: unknown): boolean => error instanceof AppError && passing.has(error.code);

/** What was sent under a false name, or without end, is not to be trusted in anything else. */
const lies: ReadonlySet<string> = new Set([
  'pacs-other-patient',
  'pacs-other-study',
  'pacs-other-series',
  'pacs-other-image',
  'pacs-endless',
]);
export const isLie = (error: unknown): boolean => error instanceof AppError && lies.has(error.code);

/** These come before anything is sent, or say that it was not taken. */
const kept: ReadonlySet<string> = new Set([
  'pacs-unreachable',
  'pacs-tls',
  'pacs-tls-name',
  'pacs-denied',
  'pacs-rejected',
]);
/** Did nothing of what was being sent leave for certain? */
export const isNothingSent = (error: unknown): boolean => error instanceof AppError && kept.has(error.code);

const codeOf = (error: unknown): string => String((error as { code?: unknown } | undefined)?.code ?? '');

const unreachable: ReadonlySet<string> = new Set(
  'ECONNREFUSED ENOTFOUND EAI_AGAIN EHOSTUNREACH ENETUNREACH EADDRNOTAVAIL ETIMEDOUT'.split(' '),
);

/** OpenSSL's and Node's names for what is wrong with a certificate or a handshake. */
const isTls = (code: string): boolean =>
  /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|INVALID_CA|EPROTO)/.test(code);

/** Any failure of a socket as one of the above. The code alone is kept: the system's sentence holds the address. */
export const networkError = (error: unknown): AppError => {
  if (error instanceof AppError) return error;
  const code = codeOf(error);
  const options = { detail: code, cause: error };
  // Several addresses were tried, each with its own failure.
  if (error instanceof AggregateError) return networkError(error.errors[0]);
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return pacsError('pacs-tls-name', options);
  if (isTls(code)) return pacsError('pacs-tls', options);
  if (['ENOSPC', 'EROFS', 'EACCES', 'EDQUOT', 'EIO'].includes(code)) return pacsError('pacs-no-disk', options);
  return pacsError(unreachable.has(code) ? 'pacs-unreachable' : 'pacs-broken-off', options);
};
