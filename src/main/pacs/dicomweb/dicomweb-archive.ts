import pLimit from 'p-limit';
import type { Archive, Reach } from '../archive.ts';
import type { PacsLimits } from '../limits.ts';
import { retried } from '../retry.ts';
import { jsonDatasets } from './json.ts';
import { findStudies, seriesOfStudy } from './qido.ts';
import { DicomwebService } from './service.ts';
import { storeInstance } from './stow.ts';
import { retrieveInstance } from './wado.ts';

/** Images under way at once: enough to hide a round trip, and few enough for an archive with other things to do. */
const AT_ONCE = 6;

export const dicomwebArchive = ({ address: { url }, credential, ca }: Reach, limits: PacsLimits): Archive => {
  const service = new DicomwebService({ url, credential, ca, limits, connections: AT_ONCE });
  return {
    async echo(signal) {
      // DICOMweb has no echo: the smallest search says as much.
      const asked = { path: ['studies'], query: [['limit', '1'] as const], accept: 'application/dicom+json' };
      await jsonDatasets(await service.ask({ ...asked, mostBytes: limits.listBytes, signal }));
    },
    findStudies: (query, signal) => findStudies({ service, limits, signal }, query),
    series: (study, signal) => seriesOfStudy({ service, limits, signal }, study),
    async retrieve(wanted, landing, signal) {
      const limit = pLimit(AT_ONCE);
      // The first failure ends the others: what a lying archive sends is not waited for.
      const failed = new AbortController();
      const ends = AbortSignal.any([signal, failed.signal]);
      const study = landing.studyInstanceUID;
      const one = (series: string, instance: string) => async () => {
        ends.throwIfAborted();
        await retried(
          () =>
            landing.take(instance, (file) =>
              retrieveInstance({ service, limits }, { study, series, instance, signal: ends }, file),
            ),
          { limits, signal: ends },
        );
      };
      const work = wanted.flatMap(({ seriesInstanceUID, instances }) =>
        instances
          .filter((instance) => !landing.has(instance))
          .map((instance) => limit(one(seriesInstanceUID, instance))),
      );
      try {
        await Promise.all(work);
      } finally {
        failed.abort();
        await Promise.allSettled(work);
      }
    },
    async store(objects, progress, signal) {
      const stored = [];
      for (const object of objects) {
        stored.push(await storeInstance({ service, limits, signal }, object));
        progress(stored.length);
      }
      return stored;
    },
    close: () => service.close(),
  };
};
