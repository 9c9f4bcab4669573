/**
 * What laboratories call the factors, in English and Chinese, and their LOINC codes. A name is recognised only whole:
 * what is not in the list is left to a person, for `direct bilirubin` is not bilirubin and `albumin, urine` not albumin.
 */
import type { FactorId } from '../factor-values.ts';

interface Names {
  readonly id: FactorId;
  /** As `plainName` writes them. */
  readonly names: readonly string[];
  readonly loinc: readonly string[];
}

const recognised: readonly Names[] = [
  { id: 'age', names: ['age', '年龄'], loinc: [] },
  {
    id: 'hbsAg',
    names: ['hbsag', 'hepatitisbsurfaceantigen', '乙肝表面抗原', '乙型肝炎表面抗原', '乙型肝炎病毒表面抗原'],
    loinc: ['5195-3', '5196-1'],
  },
  {
    id: 'hbvDna',
    names: ['hbvdna', 'hepatitisbvirusdna', '乙肝病毒dna', '乙型肝炎病毒dna', '乙肝dna'],
    loinc: ['42595-9'],
  },
  {
    id: 'hcv',
    names: ['antihcv', 'hcvab', '丙肝抗体', '丙型肝炎抗体', '丙型肝炎病毒抗体'],
    loinc: ['16128-1', '13955-0'],
  },
  {
    id: 'afp',
    names: ['afp', 'alphafetoprotein', 'αfetoprotein', 'afetoprotein', '甲胎蛋白', '甲种胎儿球蛋白'],
    loinc: ['1834-1', '53962-7'],
  },
  {
    id: 'pivkaII',
    names: ['pivkaii', 'pivka2', 'pivka', 'dcp', 'desgammacarboxyprothrombin', '异常凝血酶原', '脱γ羧基凝血酶原'],
    loinc: [],
  },
  {
    id: 'bilirubin',
    names: ['totalbilirubin', 'bilirubintotal', 'bilirubin', 'tbil', 'tbili', '总胆红素', '血清总胆红素'],
    loinc: ['1975-2', '14631-6', '77137-8'],
  },
  { id: 'albumin', names: ['albumin', 'alb', '白蛋白', '血清白蛋白'], loinc: ['1751-7', '61151-7', '61152-5'] },
  {
    id: 'inr',
    names: [
      'inr',
      'ptinr',
      'internationalnormalizedratio',
      '国际标准化比值',
      '国际标准化比率',
      '凝血酶原国际标准化比值',
    ],
    loinc: ['6301-6', '34714-6'],
  },
  { id: 'prothrombinTime', names: ['prothrombintime', 'pt', '凝血酶原时间'], loinc: ['5902-2'] },
  {
    id: 'alt',
    names: ['alt', 'alat', 'gpt', 'sgpt', 'alanineaminotransferase', '丙氨酸氨基转移酶', '谷丙转氨酶'],
    loinc: ['1742-6', '1743-4', '1744-2'],
  },
  {
    id: 'ast',
    names: [
      'ast',
      'asat',
      'got',
      'sgot',
      'aspartateaminotransferase',
      '天门冬氨酸氨基转移酶',
      '天冬氨酸氨基转移酶',
      '谷草转氨酶',
    ],
    loinc: ['1920-8', '30239-8', '88112-8'],
  },
  { id: 'alp', names: ['alp', 'akp', 'alkalinephosphatase', '碱性磷酸酶'], loinc: ['6768-6'] },
  {
    id: 'ggt',
    names: [
      'ggt',
      'γgt',
      'gammagt',
      'gammaglutamyltransferase',
      'γ谷氨酰转移酶',
      'γ谷氨酰转肽酶',
      '谷氨酰转肽酶',
      'γ谷氨酰基转移酶',
    ],
    loinc: ['2324-2'],
  },
  { id: 'creatinine', names: ['creatinine', 'crea', 'cr', 'scr', '肌酐', '血肌酐'], loinc: ['2160-0', '14682-9'] },
  {
    id: 'crp',
    names: ['crp', 'hscrp', 'creactiveprotein', 'c反应蛋白', '超敏c反应蛋白', '高敏c反应蛋白'],
    loinc: ['1988-5', '30522-7'],
  },
  { id: 'haemoglobin', names: ['haemoglobin', 'hemoglobin', 'hb', 'hgb', '血红蛋白'], loinc: ['718-7'] },
  {
    id: 'platelets',
    names: ['platelets', 'plateletcount', 'plt', '血小板', '血小板计数'],
    loinc: ['777-3', '26515-7'],
  },
  {
    id: 'neutrophils',
    names: [
      'neutrophils',
      'neutrophilcount',
      'absoluteneutrophilcount',
      'anc',
      'neut',
      '中性粒细胞',
      '中性粒细胞计数',
      '中性粒细胞数',
      '中性粒细胞绝对值',
    ],
    loinc: ['751-8', '26499-4'],
  },
  {
    id: 'lymphocytes',
    names: [
      'lymphocytes',
      'lymphocytecount',
      'absolutelymphocytecount',
      'lymph',
      '淋巴细胞',
      '淋巴细胞计数',
      '淋巴细胞数',
      '淋巴细胞绝对值',
    ],
    loinc: ['731-0', '26474-7'],
  },
];

const byName = new Map(recognised.flatMap(({ id, names }) => names.map((name) => [name, id] as const)));
const byLoinc = new Map(recognised.flatMap(({ id, loinc }) => loinc.map((code) => [code, id] as const)));

/** Words beside a name that change nothing about what was measured. */
const neutralWords: readonly string[] = [
  'serum',
  'plasma',
  'blood',
  'count',
  'abs',
  'absolute',
  '血清',
  '血浆',
  '全血',
  '定量',
  '测定',
];

/** Without case, width and everything between letters: `PIVKA-II` is `pivkaii`. */
export const plainName = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

export const factorOfLoinc = (code: string): FactorId | undefined => byLoinc.get(code.trim());

/**
 * @returns undefined where a part of the name is not known, or where parts name different things; a percentage is never
 * the count of the same name
 */
export const factorOfName = (text: string): FactorId | undefined => {
  const plain = text.normalize('NFKC');
  if (/%|百分/.test(plain)) return undefined;
  const whole = byName.get(plainName(plain));
  if (whole) return whole;
  const parts = plain
    .split(/[()[\],;]/)
    .map(plainName)
    .filter((part) => part !== '' && !neutralWords.includes(part));
  const found = new Set(parts.map((part) => byName.get(part)));
  const [only] = found;
  return found.size === 1 ? only : undefined;
};
