/** An archive as somebody types it, and as it is kept. Pure. */
import { isHttps, isPlain, type NewPacsNode, newPacsNodeSchema, type PacsCredential } from '#shared/pacs/node.ts';

export const credentialWays = ['none', 'basic', 'bearer'] as const;
export const retrieveWays = ['get', 'move'] as const;

/** Every field as text; which of them count is said by `kind`, `way`, `tls` and `retrieve`. */
export interface NodeForm {
  name: string;
  kind: 'dicomweb' | 'dimse';
  ca: string;
  url: string;
  way: (typeof credentialWays)[number];
  user: string;
  password: string;
  token: string;
  host: string;
  port: string;
  calledAETitle: string;
  callingAETitle: string;
  tls: boolean;
  certificate: string;
  key: string;
  retrieve: (typeof retrieveWays)[number];
  moveHost: string;
  movePort: string;
}

export const emptyForm = (): NodeForm => ({
  name: '',
  kind: 'dicomweb',
  ca: '',
  url: '',
  way: 'none',
  user: '',
  password: '',
  token: '',
  host: '',
  port: '104',
  calledAETitle: '',
  callingAETitle: 'HAICAST',
  tls: false,
  certificate: '',
  key: '',
  retrieve: 'get',
  moveHost: '',
  movePort: '11112',
});

/** Members whose field is filled in. */
const filled = <K extends string>(members: Record<K, string>): Partial<Record<K, string>> =>
  Object.fromEntries(
    Object.entries<string>(members).flatMap(([key, text]) => (text.trim() === '' ? [] : [[key, text.trim()]])),
  ) as Partial<Record<K, string>>;

const credentialOf = ({ way, user, password, token }: NodeForm): PacsCredential | undefined => {
  if (way === 'none') return undefined;
  return way === 'bearer' ? { kind: 'bearer', token: token.trim() } : { kind: 'basic', user, password };
};

/** Digits alone: `Number` would take an empty field for 0. */
const portOf = (text: string): number => (/^\d{1,5}$/.test(text.trim()) ? Number(text) : Number.NaN);

/** Undefined while something is missing or not of its form. */
export const nodeOf = (form: NodeForm): NewPacsNode | undefined => {
  const { name, kind, ca, url, certificate, key } = form;
  if (kind === 'dicomweb') {
    const credential = credentialOf(form);
    const address = { name, kind, url: url.trim(), ...filled({ ca }) };
    return newPacsNodeSchema.safeParse({ address, ...(credential ? { credential } : {}) }).data;
  }
  const address = {
    name,
    kind,
    host: form.host.trim(),
    port: portOf(form.port),
    calledAETitle: form.calledAETitle.trim(),
    callingAETitle: form.callingAETitle.trim(),
    ...(form.tls ? { tls: filled({ ca, certificate, key }) } : {}),
    ...(form.retrieve === 'move' ? { move: { host: form.moveHost.trim(), port: portOf(form.movePort) } } : {}),
  };
  return newPacsNodeSchema.safeParse({ address }).data;
};

/** What is to be said of it before it is kept: why it is not yet, or that everybody can read along. */
export const warningOf = (form: NodeForm): 'httpsOnly' | 'plain' | 'needsCertificate' | undefined => {
  const { kind, way, url, tls, host } = form;
  if (kind === 'dimse') {
    const isCertified = [form.ca, form.certificate, form.key].every((file) => file.trim() !== '');
    if (tls && form.retrieve === 'move' && !isCertified) return 'needsCertificate';
    return !tls && host.trim() !== '' ? 'plain' : undefined;
  }
  if (way !== 'none' && url !== '' && !isHttps(url.trim())) return 'httpsOnly';
  return isPlain(url.trim()) ? 'plain' : undefined;
};
