import type { Archive, Reach } from '../archive.ts';
import { pacsError } from '../errors.ts';
import type { PacsLimits } from '../limits.ts';
import { retried } from '../retry.ts';
import type { Association } from './association.ts';
import { COMMAND, NO_DATASET, SUCCESS } from './command.ts';
import { findStudies, seriesOfStudy } from './find.ts';
import { getStudy } from './get-study.ts';
import { moveStudy } from './move-study.ts';
import { openAssociation, withAssociation } from './open-association.ts';
import { statusError } from './status.ts';
import { storeContexts, storeObject } from './store.ts';
import { plainSyntaxes, STUDY_ROOT, VERIFICATION } from './uids.ts';

/** C-ECHO (PS3.7 9.1.5). */
const echo = async (association: Association): Promise<void> => {
  const context = association.contextOf(VERIFICATION);
  if (!context) throw pacsError('pacs-not-offered', { params: { service: 'C-ECHO' } });
  const MessageID = association.nextMessageId();
  await association.send(context.id, {
    AffectedSOPClassUID: VERIFICATION,
    CommandField: COMMAND.echoRequest,
    MessageID,
    CommandDataSetType: NO_DATASET,
  });
  const message = await association.receive();
  if (message?.command.CommandField !== COMMAND.echoResponse) throw pacsError('pacs-answer', { detail: 'C-ECHO' });
  const { Status = SUCCESS } = message.command;
  if (Status !== SUCCESS) throw statusError(Status);
};

const contextsOf = (abstractSyntax: string) => [{ abstractSyntax, transferSyntaxes: plainSyntaxes }];

/** An archive by the DICOM network protocol: every question has an association of its own. */
export const dimseArchive = (reach: Reach, limits: PacsLimits): Archive => {
  const over = async <T>(
    signal: AbortSignal,
    abstractSyntax: string,
    work: (association: Association) => Promise<T>,
  ): Promise<T> => withAssociation(await openAssociation({ reach, limits, signal }, contextsOf(abstractSyntax)), work);

  return {
    echo: (signal) => over(signal, VERIFICATION, echo),
    findStudies: (query, signal) =>
      over(signal, STUDY_ROOT.find, (association) => findStudies({ association, limits }, query)),
    series: (study, signal) =>
      over(signal, STUDY_ROOT.find, (association) => seriesOfStudy({ association, limits }, study, signal)),
    retrieve: (series, landing, signal) =>
      retried(
        async () => {
          const images = series.flatMap(({ seriesInstanceUID, instances }) =>
            instances
              .filter((sopInstanceUID) => !landing.has(sopInstanceUID))
              .map((sopInstanceUID) => ({ seriesInstanceUID, sopInstanceUID })),
          );
          if (images.length === 0) return;
          const calling = { reach, limits, signal };
          const { address } = reach;
          if (address.kind === 'dimse' && address.move) await moveStudy(calling, { images, landing });
          else await getStudy(calling, { images, series, landing });
        },
        { limits, signal },
      ),
    async store(objects, progress, signal) {
      if (objects.length === 0) return [];
      const association = await openAssociation({ reach, limits, signal }, storeContexts(objects));
      return await withAssociation(association, async () => {
        const stored = [];
        for (const object of objects) {
          stored.push(await storeObject(association, object));
          progress(stored.length);
        }
        return stored;
      });
    },
    close: () => undefined,
  };
};
