/** The archives of this workstation: the administrator's, which nobody changes here, and those of Settings. */
import { readFileSync } from 'node:fs';
import { AppError } from '#shared/errors.ts';
import {
  isPlainNode,
  type NewPacsNode,
  type PacsAddress,
  type PacsCredential,
  type PacsNode,
  pacsAddressSchema,
  pacsCredentialSchema,
  type ShownPacsNode,
  shownAddress,
} from '#shared/pacs/node.ts';
import { settingManaged } from '../settings/setting-managed.ts';
import type { Reach } from './archive.ts';
import { authorityIn, privateKeyIn } from './authority.ts';
import { type OwnNode, openCredential, readOwnNodes, sealCredential, writeOwnNodes } from './nodes-file.ts';

type SecretReference = NonNullable<Extract<PacsNode, { kind: 'dicomweb' }>['token']>;

export interface PacsNodesOptions {
  managed: readonly PacsNode[];
  /** False: nobody adds one, and those that were added are not used. */
  ownAllowed?: boolean | undefined;
  /** pacs.json in the data folder. */
  file: string;
  env: Readonly<Record<string, string | undefined>>;
  /** Seals what lets in; throws while the records are closed. */
  key: () => Uint8Array;
}

const noSecret = (detail: string): AppError =>
  new AppError(
    'pacs-no-secret',
    'What lets haicast into this image archive is not where the administrator’s file says. Ask the administrator.',
    { detail },
  );

const unknown = (): AppError =>
  new AppError('pacs-unknown', 'There is no image archive of this name any more. Choose another one.');

const addressOf = (node: PacsNode): PacsAddress => {
  if (node.kind === 'dimse') return node;
  const { basic: _basic, token: _token, ...address } = node;
  return pacsAddressSchema.parse(address);
};

/** Files that stand in an address. */
const filesOf = (
  address: PacsAddress,
): { ca?: string | undefined; certificate?: string | undefined; key?: string | undefined } =>
  address.kind === 'dicomweb' ? { ...(address.ca === undefined ? {} : { ca: address.ca }) } : { ...address.tls };

/** What stands in them. Throws `pacs-no-ca`, `pacs-no-key`. */
const pemsOf = (address: PacsAddress): Pick<Reach, 'ca' | 'certificate' | 'key'> => {
  const { ca, certificate, key } = filesOf(address);
  return {
    ...(ca === undefined ? {} : { ca: authorityIn(ca) }),
    ...(certificate === undefined ? {} : { certificate: authorityIn(certificate) }),
    ...(key === undefined ? {} : { key: privateKeyIn(key) }),
  };
};

export class PacsNodes {
  readonly #options: PacsNodesOptions;

  constructor(options: PacsNodesOptions) {
    this.#options = options;
  }

  /** Of a file that cannot be read none: whoever adds one is told. The window opens all the same. */
  shown(): ShownPacsNode[] {
    try {
      return this.list();
    } catch {
      return this.#list([]);
    }
  }

  /** Throws `pacs-file-damaged`. */
  list(): ShownPacsNode[] {
    return this.#list(readOwnNodes(this.#options.file));
  }

  #list(all: readonly OwnNode[]): ShownPacsNode[] {
    const { managed } = this.#options;
    const own = this.#own(all).filter(({ address }) => !managed.some(({ name }) => name === address.name));
    return [
      ...managed.map((node) => ({
        name: node.name,
        kind: node.kind,
        address: shownAddress(node),
        plain: isPlainNode(node),
        managed: true,
        credential: node.kind === 'dicomweb' && (node.basic ?? node.token) !== undefined,
      })),
      ...own.map(({ address, sealed }) => ({
        name: address.name,
        kind: address.kind,
        address: shownAddress(address),
        plain: isPlainNode(address),
        managed: false,
        credential: sealed !== undefined,
      })),
    ];
  }

  /** Adds one, or puts it in the place of the one of its name. Throws `setting-managed` for the name of a managed one and where nobody may add any, `pacs-full`, `pacs-no-ca`, `pacs-no-key`. */
  save({ address, credential }: NewPacsNode): void {
    this.#assertOwn(address.name);
    pemsOf(address);
    const sealed = credential && sealCredential(this.#options.key(), address, credential);
    this.#write((nodes) => [
      ...nodes.filter((node) => node.address.name !== address.name),
      { address, ...(sealed === undefined ? {} : { sealed }) },
    ]);
  }

  remove(name: string): void {
    this.#assertOwn(name);
    this.#write((nodes) => nodes.filter(({ address }) => address.name !== name));
  }

  /** Everything that it takes to reach one. Throws `pacs-unknown`, `pacs-no-secret`, `pacs-no-ca`, `pacs-no-key`, `pacs-credential-lost`. */
  reach(name: string): Reach {
    const managed = this.#options.managed.find((node) => node.name === name);
    if (managed) return this.#reached(addressOf(managed), this.#managedCredential(managed));
    const own = this.#own(readOwnNodes(this.#options.file)).find((node) => node.address.name === name);
    if (!own) throw unknown();
    const { address, sealed } = own;
    return this.#reached(
      address,
      sealed === undefined ? undefined : openCredential(this.#options.key(), address, sealed),
    );
  }

  #reached(address: PacsAddress, credential: PacsCredential | undefined): Reach {
    return { address, ...(credential ? { credential } : {}), ...pemsOf(address) };
  }

  #managedCredential(node: PacsNode): PacsCredential | undefined {
    if (node.kind !== 'dicomweb') return undefined;
    const { basic, token } = node;
    const given = basic
      ? { kind: 'basic', user: this.#secret(basic.user), password: this.#secret(basic.password) }
      : token && { kind: 'bearer', token: this.#secret(token) };
    if (!given) return undefined;
    const parsed = pacsCredentialSchema.safeParse(given);
    if (!parsed.success) throw noSecret('not of the form that is sent');
    return parsed.data;
  }

  #secret(reference: SecretReference): string {
    if ('environment' in reference) {
      const value = this.#options.env[reference.environment];
      if (!value) throw noSecret('environment');
      return value;
    }
    try {
      return readFileSync(reference.file, 'utf8').replace(/\r?\n$/, '');
    } catch {
      throw noSecret('file');
    }
  }

  #own(all: readonly OwnNode[]): readonly OwnNode[] {
    return this.#options.ownAllowed === false ? [] : all;
  }

  #assertOwn(name: string): void {
    if (this.#options.ownAllowed === false || this.#options.managed.some((node) => node.name === name))
      throw settingManaged('pacs');
  }

  #write(change: (nodes: OwnNode[]) => OwnNode[]): void {
    writeOwnNodes(this.#options.file, change(readOwnNodes(this.#options.file)));
  }
}
