import { type BrowserWindow, clipboard, dialog } from 'electron';
import type { ProcedureOutput } from '#shared/api.ts';
import { fill, type HostTexts } from '../texts/index.ts';

export interface AboutFacts {
  info: ProcedureOutput<'app.info'>;
  models: ProcedureOutput<'models.list'>['models'];
}

const SHOWN_VERSIONS = ['electron', 'chrome', 'node'];

/** The text of the about box: what a support request needs, and nothing of a patient. */
export const aboutText = ({ info, models }: AboutFacts, { about }: HostTexts): string => {
  const runtime = SHOWN_VERSIONS.flatMap((name) => (info.versions[name] ? [`${name} ${info.versions[name]}`] : []));
  const modelLines = models.map(
    ({ manifest }) =>
      `  ${manifest.id} ${manifest.version}${manifest.status === 'simulated' ? ` (${about.simulated})` : ''}`,
  );
  return [
    about.researchUse,
    '',
    `${about.models}:${modelLines.length === 0 ? ` ${about.noModels}` : ''}`,
    ...modelLines,
    '',
    `${about.runtime}: ${[...runtime, info.platform].join(' · ')}`,
    about.licence,
  ].join('\n');
};

export type AboutAnswer = 'ok' | 'licences';

export const showAbout = async (
  window: BrowserWindow,
  facts: AboutFacts,
  texts: HostTexts,
): Promise<'ok' | 'licences'> => {
  const message = fill(texts.about.title, { version: facts.info.version });
  const detail = aboutText(facts, texts);
  const { response } = await dialog.showMessageBox(window, {
    type: 'info',
    title: texts.menu.about,
    message,
    detail,
    buttons: [texts.about.ok, texts.menu.licences, texts.about.copy],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  if (response === 2) clipboard.writeText(`${message}\n${detail}`);
  return response === 1 ? 'licences' : 'ok';
};
