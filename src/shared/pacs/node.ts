/** An image archive of the hospital, as the workstation's administrator names it. Nothing connects to one yet. */
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

const dicomwebSchema = z
  .strictObject({
    name,
    kind: z.literal('dicomweb'),
    /** Of the service, without a path to a study (PS3.18 8.2). */
    url: z.string().refine(isPlainUrl, 'is no http or https address without name, password, query or fragment'),
    /** HTTP Basic, each by reference. */
    basic: z.strictObject({ user: secretReference, password: secretReference }).optional(),
    /** A bearer token, by reference. */
    token: secretReference.optional(),
  })
  .refine(({ basic, token }) => !(basic && token), 'basic and token exclude each other')
  .refine(
    ({ url, basic, token }) => !(basic ?? token) || url.startsWith('https:'),
    'what it is let in by would be readable on the network: use https',
  );

const dimseSchema = z.strictObject({
  name,
  kind: z.literal('dimse'),
  host: z.string().regex(/^[A-Za-z0-9]([\w.:-]{0,253}[A-Za-z0-9])?$/, 'is no host name or address'),
  port: z.int().min(1).max(65_535),
  calledAETitle: aeTitle,
  callingAETitle: aeTitle,
});

export const pacsNodesSchema = z
  .array(z.discriminatedUnion('kind', [dicomwebSchema, dimseSchema]))
  .max(50)
  .refine((nodes) => new Set(nodes.map((node) => node.name)).size === nodes.length, 'two have one name');
export type PacsNode = z.infer<typeof pacsNodesSchema>[number];

/** What a window shows of one: no reference to a secret. */
export const shownPacsNodeSchema = z.object({
  name: z.string(),
  kind: z.enum(['dicomweb', 'dimse']),
  address: z.string(),
});
export type ShownPacsNode = z.infer<typeof shownPacsNodeSchema>;

export const shownPacsNode = (node: PacsNode): ShownPacsNode => ({
  name: node.name,
  kind: node.kind,
  address: node.kind === 'dicomweb' ? node.url : `${node.calledAETitle}@${node.host}:${node.port}`,
});
