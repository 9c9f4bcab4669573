export interface Component {
  name: string;
  version?: string;
  licence?: string;
  /** Licence and notices. */
  text: string;
  /** Package URL. */
  purl?: string;
  /** The package that it is compiled into. */
  within?: string;
  source?: string;
}

export const packagesInArchive: (paths: readonly string[]) => string[];
export const embeddedComponents: () => Component[];
