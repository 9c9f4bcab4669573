/** What is asked of an image archive, apart from how it is asked. Runs in the process that reads what others send. */
import type { PacsAddress, PacsCredential } from '#shared/pacs/node.ts';
import type { FoundStudies, PacsQuery, PlannedSeries } from '#shared/pacs/query.ts';
import type { Landing } from './fetch/landing.ts';

/** How an archive is reached: everything that the process needs, and no path of the disk. */
export interface Reach {
  address: PacsAddress;
  credential?: PacsCredential | undefined;
  /** Certificates (PEM) that it is believed by. */
  ca?: string | undefined;
  /** What haicast shows itself by, where an archive wants to see it: a certificate and its key (PEM). */
  certificate?: string | undefined;
  key?: string | undefined;
}

export interface SeriesOfArchive extends PlannedSeries {
  /** SOP Instance UIDs (0008,0018). */
  instances: string[];
  /** SOP Class UIDs (0008,0016) of its images, as far as the archive says. */
  sopClasses: string[];
}

/** One object on its way out. */
export interface Outgoing {
  sopClassUID: string;
  sopInstanceUID: string;
  transferSyntaxUID: string;
  file: string;
}

export interface Stored {
  sopInstanceUID: string;
  /** Absent: it is in the archive. Status of PS3.4 B.2.3 or PS3.18 I.2.2. */
  failure?: number;
}

export interface Archive {
  /** Throws where the archive is not reached or does not speak the protocol. */
  echo(signal: AbortSignal): Promise<void>;
  findStudies(query: PacsQuery, signal: AbortSignal): Promise<FoundStudies>;
  /** Every series of a study, with its images. */
  series(studyInstanceUID: string, signal: AbortSignal): Promise<SeriesOfArchive[]>;
  /** Hands to `landing` every image of the series that is not there yet. */
  retrieve(series: readonly SeriesOfArchive[], landing: Landing, signal: AbortSignal): Promise<void>;
  store(objects: readonly Outgoing[], progress: (done: number) => void, signal: AbortSignal): Promise<Stored[]>;
  close(): void;
}
