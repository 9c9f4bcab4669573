import { allOrNone } from '../all-or-none.ts';
import type { Archive, Reach } from '../archive.ts';
import type { PacsLimits } from '../limits.ts';
import { retried } from '../retry.ts';
import { jsonDatasets } from './json.ts';
import { findStudies, seriesOfStudy } from './qido.ts';
import { DicomwebService } from './service.ts';
import { storeInstance } from './stow.ts';
import { retrieveInstance } from './wado.ts';

export const dicomwebArchive = ({ address, credential, ca }: Reach, limits: PacsLimits): Archive => {
  if (address.kind !== 'dicomweb') throw new TypeError('no address of DICOMweb');
  const service = new DicomwebService({ url: address.url, credential, ca, limits, connections: limits.atOnce });
  return {
    async echo(signal) {
      // DICOMweb has no echo: the smallest search says as much.
      const asked = { path: ['studies'], query: [['limit', '1'] as const], accept: 'application/dicom+json' };
      await jsonDatasets(await service.ask({ ...asked, mostBytes: limits.listBytes, signal }));
    },
    findStudies: (query, signal) => findStudies({ service, limits, signal }, query),
    series: (study, signal) => seriesOfStudy({ service, limits, signal }, study),
    async retrieve(wanted, landing, signal) {
      const study = landing.studyInstanceUID;
      const one = (series: string, instance: string) => (ends: AbortSignal) =>
        retried(
          () =>
            landing.take({ seriesInstanceUID: series, sopInstanceUID: instance }, (file) =>
              retrieveInstance({ service, limits }, { study, series, instance, signal: ends }, file),
            ),
          { limits, signal: ends },
        );
      const work = wanted.flatMap(({ seriesInstanceUID, instances }) =>
        instances.filter((instance) => !landing.has(instance)).map((instance) => one(seriesInstanceUID, instance)),
      );
      await allOrNone(work, { atOnce: limits.atOnce, signal });
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
