/** Archives that somebody added in Settings. What lets in is sealed with a key that the encrypted records keep. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { canonicalJson } from '#shared/canonical-json.ts';
import { AppError } from '#shared/errors.ts';
import { type PacsAddress, type PacsCredential, pacsAddressSchema, pacsCredentialSchema } from '#shared/pacs/node.ts';
import { openText, sealText } from '../files/sealed-text.ts';
import { writeAtomically } from '../files/write-atomically.ts';

const ownNodeSchema = z.strictObject({ address: pacsAddressSchema, sealed: z.base64().optional() });
export type OwnNode = z.infer<typeof ownNodeSchema>;
const MOST = 50;
const fileSchema = z.strictObject({ schema: z.literal(1), nodes: z.array(ownNodeSchema).max(MOST) });

const damaged = (cause: unknown): AppError =>
  new AppError(
    'pacs-file-damaged',
    'The file with the image archives of this computer cannot be read. Delete pacs.json in the data folder, and add them again in Settings.',
    { cause },
  );

const full = (): AppError =>
  new AppError(
    'pacs-full',
    `There are ${MOST} image archives on this computer already. Remove one in Settings first.`,
    {
      params: { n: MOST },
    },
  );

/** Those of the file; none where there is no file. Throws `pacs-file-damaged`. */
export const readOwnNodes = (file: string): OwnNode[] => {
  if (!existsSync(file)) return [];
  try {
    return fileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).nodes;
  } catch (error) {
    throw damaged(error);
  }
};

/** Throws `pacs-full` for more than are read again. */
export const writeOwnNodes = (file: string, nodes: readonly OwnNode[]): void => {
  if (nodes.length > MOST) throw full();
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeAtomically(file, `${JSON.stringify({ schema: 1, nodes }, null, 2)}\n`);
};

/** Bound to the address: what was given for one archive is not sent to another that somebody writes into the file. */
const boundTo = (address: PacsAddress): string => canonicalJson(address);

/** As base64. `key`: 32 bytes. */
export const sealCredential = (key: Uint8Array, address: PacsAddress, credential: PacsCredential): string =>
  sealText(key, JSON.stringify(credential), boundTo(address));

/** Throws `pacs-credential-lost` where it was sealed with another key, for another address, or was changed. */
export const openCredential = (key: Uint8Array, address: PacsAddress, sealed: string): PacsCredential => {
  try {
    return pacsCredentialSchema.parse(JSON.parse(openText(key, sealed, boundTo(address))));
  } catch {
    // Without its cause: what could be read of it is secret.
    throw new AppError(
      'pacs-credential-lost',
      'What lets haicast into this image archive cannot be read with the present case history. Remove the archive in Settings and add it again.',
    );
  }
};
