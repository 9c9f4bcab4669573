/** Certificates and the key of this computer, in files that somebody named. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { AppError } from '#shared/errors.ts';

/** All public authorities together are a quarter of this. A device, which never ends, is no file. */
const MOST_BYTES = 2 ** 20;

/** RFC 7468. */
const certificate = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

const noAuthority = (): AppError =>
  new AppError(
    'pacs-no-ca',
    'The file with the certificates for this image archive cannot be read, or holds none. Check it in Settings, or ask the administrator.',
  );

const noKey = (): AppError =>
  new AppError(
    'pacs-no-key',
    'The file with the key of this computer for the image archive cannot be read, or holds none without a passphrase. Check it in Settings, or ask the administrator.',
  );

/** The whole of a file; throws for one that is none, or too large to be one of these. */
const smallFile = (file: string): string => {
  const stat = statSync(file);
  if (!stat.isFile() || stat.size > MOST_BYTES) throw new RangeError('no file of this kind');
  return readFileSync(file, 'utf8');
};

/** Its certificates (PEM), and nothing else that stands there, such as a key. Throws `pacs-no-ca`. */
export const authorityIn = (file: string): string => {
  try {
    const found = smallFile(file).match(certificate) ?? [];
    // Throws for what is no certificate.
    for (const pem of found) new X509Certificate(pem);
    if (found.length > 0) return found.join('\n');
  } catch {
    // Said below, without the path.
  }
  throw noAuthority();
};

/** The private key (PEM) of a file. Throws `pacs-no-key`. */
export const privateKeyIn = (file: string): string => {
  try {
    return createPrivateKey(smallFile(file)).export({ type: 'pkcs8', format: 'pem' }).toString();
  } catch {
    throw noKey();
  }
};
