import { parseUrl } from '../page/origin.ts';

/** Sites that a link of the application may open in the user's own browser. */
const ALLOWED_HOSTS = new Set(['doi.org', 'pubmed.ncbi.nlm.nih.gov', 'www.acr.org', 'dicom.nema.org']);

/** https on a listed host, without a port or credentials: the only thing ever handed to the operating system to open. */
export const isExternalAllowed = (url: string): boolean => {
  const parsed = parseUrl(url);
  return (
    parsed !== undefined &&
    parsed.protocol === 'https:' &&
    ALLOWED_HOSTS.has(parsed.hostname) &&
    parsed.port === '' &&
    parsed.username === '' &&
    parsed.password === ''
  );
};
