/** An image archive (PACS), as the workstation's administrator names it, or somebody in Settings. */
import { z } from 'zod';

/** Where a secret is found when it is needed: never the secret itself. */
const secretReference = z.union([
  z.strictObject({ file: z.string().min(1) }),
  z.strictObject({ environment: z.string().regex(/^[A-Za-z_]\w*$/, 'is no name of an environment variable') }),
]);

const isPlainUrl = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return ['https:', 'http:'].includes(protocol) && [username, password, search, hash].every((part) => part === '');
};

/** DICOM PS3.5 6.2, AE: at most 16 characters of the default repertoire, no backslash, not spaces alone. */
const aeTitle = z
  .string()
  .regex(/^(?=.*[^ ])[\x20-\x5b\x5d-\x7e]{1,16}$/, 'is no AE title: 1 to 16 characters of ASCII without backslash');

const name = z.string().trim().min(1).max(64);

/** Of the service, without a path to a study (PS3.18 8.2). */
const serviceUrl = z
  .string()
  .max(500)
  .refine(isPlainUrl, 'is no http or https address without name, password, query or fragment');

/** File with the certificates (PEM) that a service is believed by, in the place of those that come with haicast. */
const ca = z.string().min(1).max(1000).optional();

const protocolOf = (address: string): string => (URL.canParse(address) ? new URL(address).protocol : '');

export const isHttps = (address: string): boolean => protocolOf(address) === 'https:';
/** Everybody on the network can read what is asked and sent. */
export const isPlain = (address: string): boolean => protocolOf(address) === 'http:';

const dicomwebSchema = z
  .strictObject({
    name,
    kind: z.literal('dicomweb'),
    url: serviceUrl,
    ca,
    /** HTTP Basic, each by reference. */
    basic: z.strictObject({ user: secretReference, password: secretReference }).optional(),
    /** A bearer token, by reference. */
    token: secretReference.optional(),
  })
  .refine(({ basic, token }) => !(basic && token), 'basic and token exclude each other')
  .refine(
    ({ url, basic, token }) => !(basic ?? token) || isHttps(url),
    'what it is let in by would be readable on the network: use https',
  );

const path = z.string().min(1).max(1000);

/** Over TLS (PS3.15 B.9). `certificate` and `key`: files (PEM) of what haicast shows itself by. */
const dimseTls = z
  .strictObject({ ca, certificate: path.optional(), key: path.optional() })
  .refine(
    ({ certificate, key }) => (certificate === undefined) === (key === undefined),
    'certificate and key go together',
  );

const host = z.string().regex(/^[A-Za-z0-9]([\w.:-]{0,253}[A-Za-z0-9])?$/, 'is no host name or address');
const port = z.int().min(1).max(65_535);

/** By C-MOVE: this computer's own address and port, where the archive sends to while it is asked, and from which addresses besides its own. */
const dimseMove = z.strictObject({
  host,
  port,
  from: z
    .array(z.union([z.ipv4(), z.ipv6()]))
    .max(20)
    .optional(),
});

const dimseSchema = z
  .strictObject({
    name,
    kind: z.literal('dimse'),
    host,
    port,
    calledAETitle: aeTitle,
    callingAETitle: aeTitle,
    tls: dimseTls.optional(),
    /** Absent: by C-GET. */
    move: dimseMove.optional(),
  })
  .refine(({ tls, move }) => !(tls && move) || tls.certificate !== undefined, 'C-MOVE over TLS needs a certificate');

export const pacsNodesSchema = z
  .array(z.discriminatedUnion('kind', [dicomwebSchema, dimseSchema]))
  .max(50)
  .refine((nodes) => new Set(nodes.map((node) => node.name)).size === nodes.length, 'two have one name');
export type PacsNode = z.infer<typeof pacsNodesSchema>[number];

/** RFC 7617: the name ends at the first colon. No line of a header ends within either. */
const basicCredentialSchema = z.strictObject({
  kind: z.literal('basic'),
  user: z.string().regex(/^[^:\p{Cc}]{1,200}$/u),
  password: z.string().regex(/^\P{Cc}{0,1000}$/u),
});
/** RFC 6750 2.1. */
const bearerCredentialSchema = z.strictObject({
  kind: z.literal('bearer'),
  token: z.string().regex(/^[\w.~+/-]{1,8000}=*$/),
});
/** What an archive lets somebody in by. */
export const pacsCredentialSchema = z.discriminatedUnion('kind', [basicCredentialSchema, bearerCredentialSchema]);
export type PacsCredential = z.infer<typeof pacsCredentialSchema>;

/** How one is reached, without what lets in. */
export const pacsAddressSchema = z.discriminatedUnion('kind', [
  z.strictObject({ name, kind: z.literal('dicomweb'), url: serviceUrl, ca }),
  dimseSchema,
]);
export type PacsAddress = z.infer<typeof pacsAddressSchema>;

/** One that somebody adds in Settings. */
export const newPacsNodeSchema = z
  .strictObject({ address: pacsAddressSchema, credential: pacsCredentialSchema.optional() })
  // One that was kept before this was asked is read, and not listened for (`pacs-move-no-ca`).
  .refine(
    ({ address }) => address.kind !== 'dimse' || !(address.tls && address.move) || address.tls.ca !== undefined,
    'C-MOVE over TLS needs the authority of the archive',
  )
  .refine(
    ({ address, credential }) => credential === undefined || (address.kind === 'dicomweb' && isHttps(address.url)),
    'what lets in is sent over https alone',
  );
export type NewPacsNode = z.infer<typeof newPacsNodeSchema>;

/** What a window shows of one: nothing that lets in, and no reference to it. */
export const shownPacsNodeSchema = z.object({
  name: z.string(),
  kind: z.enum(['dicomweb', 'dimse']),
  address: z.string(),
  /** Everybody on the network can read what is asked and sent. */
  plain: z.boolean(),
  /** Set by the administrator of the workstation. */
  managed: z.boolean(),
  /** Something lets in. */
  credential: z.boolean(),
});
export type ShownPacsNode = z.infer<typeof shownPacsNodeSchema>;

export const isPlainNode = (node: PacsNode | PacsAddress): boolean =>
  node.kind === 'dicomweb' ? isPlain(node.url) : node.tls === undefined;

export const shownAddress = (node: PacsNode | PacsAddress): string =>
  node.kind === 'dicomweb' ? node.url : `${node.calledAETitle}@${node.host}:${node.port}`;
