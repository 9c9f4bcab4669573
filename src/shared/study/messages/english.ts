/** English words for the values of messages, and messages as English sentences. */
import { fill, type MessageParams, type ParamsOf } from './message.ts';
import { inWords, type WordBook } from './words.ts';

const images = (what: string): string => `${what} images`;

export const englishWords = {
  /** A role is called by its own id on the command line; only what is no role needs a word. */
  role: { none: 'no phase' },
  kind: {
    'in-phase': images('in-phase'),
    'opposed-phase': images('opposed-phase'),
    water: images('water'),
    fat: images('fat'),
    'fat-fraction': 'fat fraction',
    r2star: 'R2* map',
    t2star: 'T2* map',
    'b0-map': 'B0 map',
    adc: 'ADC map',
    'exponential-adc': 'exponential ADC map',
    trace: images('trace-weighted'),
    subtraction: images('subtraction'),
    projection: images('projection'),
    reformat: images('reformat'),
    localizer: images('localizer'),
    phase: images('phase'),
    real: images('real'),
    imaginary: images('imaginary'),
    magnitude: images('magnitude'),
  },
  plane: { axial: 'axial', coronal: 'coronal', sagittal: 'sagittal', oblique: 'oblique' },
  exclusion: {
    localizer: 'a localizer',
    calibration: 'a calibration or bolus-timing scan',
    subtraction: 'a subtraction',
    projection: 'a projection or reformat',
    diffusion: 'a diffusion image or map',
    quantitative: 'a fat fraction, relaxation or other quantitative map',
    perfusion: 'a perfusion or kinetic map',
    ducts: 'an image of bile ducts or urinary tract',
    balanced: 'a balanced steady-state image',
    angiography: 'an angiography or flow image',
    susceptibility: 'a susceptibility-weighted image',
    't1-spin-echo': 'a T1 spin-echo image',
    'proton-density': 'a FLAIR or proton-density image',
    'not-acquired': 'no acquired image',
  },
  merit: {
    placed: 'its images have a place in the patient',
    axial: 'it is axial',
    'not-single-shot': 'it is not a single-shot sequence',
    'late-arterial': 'it is the late arterial phase',
    evidence: 'the evidence for it is stronger',
    first: 'it comes first',
    whole: 'it has all slices',
  },
  seriesKind: { contrast: 'contrast-enhanced', other: 'this kind of' },
  numberedBy: {
    'temporal-position': 'temporal position',
    'time-offset': 'time offset',
    acquisition: 'acquisition',
    'trigger-time': 'trigger time',
    'acquisition-time': 'acquired at',
    'content-time': 'content time',
  },
  object: {
    directory: 'a directory (DICOMDIR)',
    report: 'a structured report',
    'presentation-state': 'a presentation state',
    'segmentation-registration-raw': 'a segmentation, registration or raw data object',
    'raw-data': 'raw data',
    'real-world-mapping': 'a real-world value mapping',
    'surface-scan': 'a surface scan',
    dose: 'a radiotherapy dose grid',
    'structure-set': 'a radiotherapy structure set',
    radiotherapy: 'a radiotherapy object',
    'radiotherapy-plan': 'a radiotherapy plan',
    waveform: 'a waveform',
    document: 'an encapsulated document',
    spectroscopy: 'MR spectroscopy',
    'parametric-map': 'a parametric map',
    'content-assessment': 'a content assessment',
    protocol: 'a protocol',
    'storage-inventory': 'a storage inventory',
    treatment: 'a treatment record or instruction',
    'hanging-protocol': 'a hanging protocol',
    palette: 'a colour palette',
    implant: 'an implant template',
    'siemens-private': 'a private object (Siemens CSA non-image)',
    'philips-private': 'a private object (Philips)',
    'key-objects': 'a key object selection',
    segmentation: 'a segmentation',
    registration: 'a registration',
  },
  places: { one: '{count} place', other: '{count} places' },
  images: { one: '{count} further image', other: '{count} further images' },
  entries: { one: '{count} further file', other: '{count} further files' },
  time: { seconds: '{s} s', minutes: '{m} min', both: '{m} min {s} s' },
  join: { and: ', ', or: ' or ' },
} as const;

const groups: Readonly<Record<string, Readonly<Record<string, string>>>> = englishWords;

const englishBook: WordBook = (key, params = {}) => {
  const [group = '', word = ''] = key.split('.');
  const words = Object.hasOwn(groups, group) ? groups[group] : undefined;
  const template = words && Object.hasOwn(words, word) ? words[word] : undefined;
  return template === undefined ? undefined : fill(template, params);
};

/** One message with its English sentence. */
export interface Sentence<Code extends string> {
  code: Code;
  params: MessageParams;
  text: string;
}

/**
 * Makes the function that says messages of one table. The compiler holds each call to the placeholders of its
 * template: `say('not-axial', { plane })`.
 */
export const sayWith =
  <Table extends Readonly<Record<string, string>>>(templates: Table) =>
  <Code extends keyof Table & string>(code: Code, ...[params]: ParamsOf<Table[Code]>): Sentence<Code> => {
    const values: MessageParams = params ?? {};
    return { code, params: values, text: fill(templates[code] ?? code, inWords(values, englishBook)) };
  };

/** Seconds as people say them in English. */
export const sayTime = (seconds: number): string => inWords({ after: seconds }, englishBook).after ?? `${seconds} s`;
