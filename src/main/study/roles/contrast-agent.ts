/** Which contrast agent a study used: the meaning of "late" depends on it. */
import type { SeriesFacts } from '#shared/study/facts.ts';
import { text } from '../series/fact-values.ts';
import { normaliseName } from './vocabulary/normalise-name.ts';

/**
 * `gadoxetate` is taken up by liver cells within minutes, so that its 2–5 min images are transitional (LI-RADS v2018);
 * `gadobenate` behaves like an extracellular agent until its hepatobiliary phase at 1–3 h.
 */
export type AgentKind = 'gadoxetate' | 'gadobenate' | 'extracellular';

const agentWords: readonly (readonly [AgentKind, RegExp])[] = [
  [
    'gadoxetate',
    /gadoxet\w*|primovist\w*|eovist\w*|\beob\b|eob ?-?dtpa|eob・?プリモビスト|プリモビスト|普美显|普美顯|钆塞酸|釓塞酸|ガドキセト/,
  ],
  ['gadobenate', /gadobenat\w*|gadobenic\w*|multi ?hance|bopta|莫迪司|钆贝葡胺|ガドベン/],
  [
    'extracellular',
    /gadobutrol|gadovist|gadavist|gadopentet\w*|magnevist\w*|gadoter\w*|dotarem|clariscan|gadodiamid\w*|omniscan|gadoteridol|prohance|gadoversetamid\w*|optimark|gadopiclenol|elucirem|vueway|magnescope|gd ?-?dtpa|gd ?-?dota|artirem|cyclolux|加乐显|加樂顯|马根维显|馬根維顯|多它灵|欧乃影|钆喷酸|钆双胺|钆特酸|钆布醇|ガドビスト|マグネスコープ|プロハンス|オムニスキャン/,
  ],
];

/** Attributes in which the agent is written, the proper one first. */
const agentAttributes = [
  'ContrastBolusAgent',
  'ContrastBolusIngredient',
  'ContrastBolusAgentSequence',
  'RequestedContrastAgent',
  'StudyDescription',
  'RequestedProcedureDescription',
  'PerformedProcedureStepDescription',
  'ProtocolName',
  'SeriesDescription',
  'ImageComments',
];

/** Agents named in one series' facts. EOB-DTPA is not also Gd-DTPA: the first match of an attribute counts. */
export const agentsNamed = (facts: SeriesFacts): { kind: AgentKind; keyword: string; value: string }[] =>
  agentAttributes.flatMap((keyword) => {
    const value = text(facts, keyword);
    if (value === '') return [];
    const name = normaliseName(value);
    const found = agentWords.find(([, pattern]) => pattern.test(name));
    return found ? [{ kind: found[0], keyword, value }] : [];
  });

const noAgent = /^(no|none|nein|non|n\/?a|0|-|false|without.*|无|無|なし)$/i;

/** Whether the header says that contrast was given before this series; `undefined` where it says nothing. */
export const contrastGiven = (facts: SeriesFacts): boolean | undefined => {
  const agent = text(facts, 'ContrastBolusAgent') || text(facts, 'ContrastBolusIngredient');
  return agent === '' ? undefined : !noAgent.test(agent);
};

/** The agent as the files write it, for display; `undefined` where none is recorded. */
export const contrastAgentText = (study: readonly SeriesFacts[]): string | undefined => {
  for (const facts of study) {
    if (contrastGiven(facts)) return text(facts, 'ContrastBolusAgent') || text(facts, 'ContrastBolusIngredient');
  }
  return study.flatMap(agentsNamed)[0]?.value;
};
