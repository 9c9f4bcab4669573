/** What stands at the head and the foot of every page of a report. Pure. */
import { isoDate, utcMinute } from '../format.ts';
import { displayName } from '../study/display-name.ts';
import { listed, type Words } from '../words/words.ts';
import type { ReportContent } from './report-content.ts';
import type { Sheet } from './sheet.ts';

export const bannerOf = ({ model, simulated }: ReportContent, words: Words): Sheet['banner'] => {
  if (model?.status === 'clinical' && !simulated) return null;
  const status = model?.status === 'clinical' ? undefined : model?.status;
  return {
    strong: words.say('common.banner.strong'),
    text: [
      status ? words.say(`common.banner.${status}`) : words.say('report.notClinical'),
      ...(simulated ? [words.say('report.simulatedPatient')] : []),
    ].join(' '),
  };
};

export const identityOf = ({ patient, ageYears, study, identityHidden }: ReportContent, words: Words): string[] => {
  const name = identityHidden
    ? words.say('report.identityHidden')
    : displayName(patient) || words.say('common.identity.unknown');
  const sexKey = `common.identity.sex.${patient.sex}`;
  const sex = words.has(sexKey) ? words.say(sexKey) : patient.sex;
  const modality =
    study.modalities.length === 0 ? 'MRI' : study.modalities.map((one) => (one === 'MR' ? 'MRI' : one)).join(', ');
  const join = (parts: (string | undefined | null)[]) => parts.filter(Boolean).join(' · ');
  return [
    name,
    join([
      sex,
      ageYears === null ? undefined : words.say('common.identity.years', { n: Math.floor(ageYears) }),
      patient.birthDate && words.say('report.born', { date: isoDate(patient.birthDate) }),
      patient.patientId && words.say('common.identity.id', { id: patient.patientId }),
    ]),
    study.series === 0
      ? join([isoDate(study.date ?? undefined), words.say('common.identity.noImages')])
      : join([
          `${modality} ${isoDate(study.date ?? undefined)}`.trim(),
          study.description,
          study.fieldStrengthT === null ? undefined : `${study.fieldStrengthT} T`,
          study.contrastAgent,
          study.accessionNumber && words.say('report.accession', { number: study.accessionNumber }),
        ]),
  ].filter((line) => line !== '');
};

export const footerOf = (content: ReportContent, words: Words): string[] => {
  const { model, confirmedBy, result, case: kept } = content;
  const computed = 'computedAt' in result ? words.say('report.made', { at: utcMinute(result.computedAt) }) : '';
  return [
    ...(model
      ? [
          `${words.say('report.model')}: ${model.id} ${model.version} · ${words.say(`models.status.${model.status}`)} · SHA-256 ${model.sha256.slice(0, 16)}… · haicast ${model.appVersion} · ${model.provider}`,
        ]
      : []),
    [
      computed,
      words.say('report.asKept', { at: utcMinute(kept.savedAt), revision: kept.revision }),
      confirmedBy.length === 0 ? '' : words.say('report.confirmed', { name: listed(words, confirmedBy) }),
    ]
      .filter(Boolean)
      .join(' '),
    ...(result.state === 'shown' ? [words.say('result.map.text')] : []),
  ];
};
