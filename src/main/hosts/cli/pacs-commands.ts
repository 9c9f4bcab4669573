import { resolve } from 'node:path';
import type { Command } from 'commander';
import { sentKinds } from '#shared/report/export-kinds.ts';
import type { ComposedApplication } from '../../application.ts';
import type { Call } from './client.ts';
import {
  echoArchive,
  fetchFromArchive,
  findInArchive,
  listArchives,
  sendToArchive,
  sentKindsOf,
  showArchives,
  showFound,
  showSent,
} from './commands/pacs.ts';
import { EXIT } from './exit-codes.ts';
import { asJson, collect, JSON_OPTION, type JsonOption } from './option-forms.ts';
import type { Terminal } from './terminal.ts';

export interface PacsCommandOptions {
  terminal: Terminal;
  /** With the history open where its passphrase is at hand: what lets in may be sealed with a key of it. */
  withWhatOpens: (work: (call: Call, application: ComposedApplication) => Promise<void>) => Promise<void>;
  /** A history that is there. */
  withRecords: (work: (call: Call) => Promise<void>) => Promise<void>;
  endWith: (exitCode: number) => void;
}

/** `haicast pacs …` */
export const addPacsCommands = (program: Command, options: PacsCommandOptions): void => {
  const { terminal, withWhatOpens, withRecords, endWith } = options;
  const pacs = program
    .command('pacs')
    .description('image archives that Settings or the administrator’s file name, by DICOMweb or the DICOM network');

  pacs
    .command('list')
    .description('the archives of this workstation')
    .option(...JSON_OPTION)
    .action(({ json }: JsonOption) =>
      withWhatOpens(async (call) => {
        const archives = await listArchives(call);
        if (json) terminal.result(asJson(archives));
        else showArchives(archives, terminal);
      }),
    );

  pacs
    .command('echo')
    .description('does an archive answer, and does it let haicast in')
    .argument('<archive>', 'its name')
    .option(...JSON_OPTION)
    .action((archive: string, { json }: JsonOption) =>
      withWhatOpens(async (call) => {
        const { ms } = await echoArchive(call, archive);
        terminal.result(
          json ? asJson({ archive, ms }) : `${archive} answers and lets haicast in (${Math.round(ms)} ms).`,
        );
      }),
    );

  pacs
    .command('find')
    .description('studies of an archive, by JSON such as {"patientName": "…", "from": "2026-03-01"}')
    .argument('<archive>', 'its name')
    .argument('<query.json>', 'what is searched for (- reads standard input): a command line is read by everybody')
    .option(...JSON_OPTION)
    .action((archive: string, file: string, { json }: JsonOption) =>
      withWhatOpens(async (call) => {
        const found = await findInArchive(call, archive, file);
        if (json) terminal.result(asJson(found));
        else showFound(found, terminal);
        if (found.studies.length === 0) endWith(EXIT.refused);
      }),
    );

  pacs
    .command('fetch')
    .description('the images of a study, checked while they come, into an empty folder')
    .argument('<archive>', 'its name')
    .argument('<study>', 'its Study Instance UID')
    .option('--series <uid>', 'this series only (repeatable)', collect, [])
    .requiredOption('-o, --out <folder>', 'where they go: empty, or not there yet; images of a patient, not encrypted')
    .option(...JSON_OPTION)
    .action((node: string, study: string, { series, out, json }: { series: string[]; out: string } & JsonOption) =>
      withWhatOpens(async (call, application) => {
        application.identities.assertMay('export');
        const asked = { node, study, series, out: resolve(out) };
        const fetched = await fetchFromArchive(call, application.fetchedFolder, asked);
        if (json) terminal.result(asJson(fetched));
        else terminal.result(`${fetched.images} images of ${fetched.series} series in ${fetched.folder}.`);
      }),
    );

  pacs
    .command('send')
    .description('a kept case to an archive, as DICOM objects')
    .argument('<archive>', 'its name')
    .argument('<case>', 'its id')
    .option('--as <kinds>', 'which, separated by commas', sentKinds.join(','))
    .option(...JSON_OPTION)
    .action((archive: string, id: string, { as, json }: { as: string } & JsonOption) =>
      withRecords(async (call) => {
        const sent = await sendToArchive(call, archive, { id, as: sentKindsOf(as) });
        if (json) terminal.result(asJson({ archive, ...sent }));
        else showSent(sent, archive, terminal);
        if (sent.sent === 0 || sent.refused.length > 0) endWith(EXIT.refused);
      }),
    );
};
