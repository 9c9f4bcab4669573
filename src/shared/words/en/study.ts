/**
 * What the program says about a study: reasons for roles, quality, parts of series, files left out. The English
 * sentences are those of the command line and of the records; they stand once, in src/shared/study/messages.
 */
import { englishWords } from '#shared/study/messages/english.ts';
import { noteTemplates } from '#shared/study/messages/notes.ts';
import { refusalTemplates } from '#shared/study/messages/refusals.ts';
import { roleReasonTemplates } from '#shared/study/messages/role-reasons.ts';
import { partTemplates, unplacedTemplates } from '#shared/study/messages/stacks.ts';

/** The same keys with any text, so that other languages are held to the keys and not to the English words. */
const texts = <Key extends string>(messages: Readonly<Record<Key, string>>): Readonly<Record<Key, string>> => messages;

export default {
  reasons: texts(roleReasonTemplates),
  notes: texts(noteTemplates),
  files: texts(refusalTemplates),
  parts: texts(partTemplates),
  unplaced: texts(unplacedTemplates),
  words: {
    role: {
      none: 'no phase',
      arterial: 'arterial',
      'portal-venous': 'portal venous',
      delayed: 'delayed',
      t2: 'T2',
      'in-phase': 'in-phase',
      'opposed-phase': 'opposed-phase',
      'pre-contrast': 'pre-contrast',
      transitional: 'transitional',
      hepatobiliary: 'hepatobiliary',
      other: 'other',
    },
    kind: texts(englishWords.kind),
    plane: texts(englishWords.plane),
    exclusion: texts(englishWords.exclusion),
    merit: texts(englishWords.merit),
    seriesKind: texts(englishWords.seriesKind),
    numberedBy: texts(englishWords.numberedBy),
    object: texts(englishWords.object),
    places: texts(englishWords.places),
    images: texts(englishWords.images),
    entries: texts(englishWords.entries),
    time: texts(englishWords.time),
    join: texts(englishWords.join),
  },
  geometry: {
    title: 'Geometry',
    slices: '{slices} slices, {distance} mm apart',
    single: 'One slice only',
    even: 'Even slice distance',
    uneven: 'Uneven slice distance',
    thickness: 'Slice thickness {thickness} mm',
    thicknessUnknown: 'Slice thickness is not recorded',
    frameSame: 'Same frame of reference as the arterial phase',
    frameOther: 'Another frame of reference than the arterial phase',
    frameUnknown: 'No frame of reference is recorded',
    unplaced: 'No place in the patient: not measured, not given to the model.',
  },
  looksLike: 'Most like {role} ({confidence})',
};
