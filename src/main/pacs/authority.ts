/** Certificates of the hospital's own authority, in the file that somebody named. */
import { X509Certificate } from 'node:crypto';
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

/** Its certificates (PEM), and nothing else that stands there, such as a key. Throws `pacs-no-ca`. */
export const authorityIn = (file: string): string => {
  try {
    const stat = statSync(file);
    if (stat.isFile() && stat.size <= MOST_BYTES) {
      const found = readFileSync(file, 'utf8').match(certificate) ?? [];
      // Throws for what is no certificate.
      for (const pem of found) new X509Certificate(pem);
      if (found.length > 0) return found.join('\n');
    }
  } catch {
    // Said below, without the path.
  }
  throw noAuthority();
};
