/** Whether results are of the patient whose study is open, as far as both say who they are of. */
import { compareNames, plainId } from '../../study/identity.ts';
import type { PatientIdentity } from '../../study/study.ts';
import { normaliseDate } from '../calendar-date.ts';
import type { PastedPatient } from './pasted-patient.ts';

export interface PatientDifference {
  readonly item: 'name' | 'id' | 'birthDate' | 'sex';
  /** As the pasted text has it, and as the study has it. */
  readonly pasted: string;
  readonly study: string;
}

export interface PatientComparison {
  readonly differences: readonly PatientDifference[];
  /** What both say alike. */
  readonly agreeing: readonly PatientDifference['item'][];
}

/** True where both say the same, false where not, undefined where one of them says nothing. */
type Verdict = readonly [item: PatientDifference['item'], agrees: boolean | undefined, pasted: string, study: string];

const isHan = (text: string): boolean => /\p{Script=Han}/u.test(text);

/** A name in another script says nothing where something else agrees: `张三` may be the `Zhang^San` of the images. */
const nameVerdict = (
  pasted: PastedPatient,
  patient: PatientIdentity,
  others: readonly Verdict[],
): boolean | undefined => {
  const { name = '' } = pasted;
  const agrees = compareNames({ patientName: name }, patient);
  const written = [patient.patientName, ...Object.values(patient.nameGroups ?? {})].join('');
  const isOtherScript = isHan(name) !== isHan(written);
  const isVouchedFor = others.some(([item, same]) => item !== 'sex' && same === true);
  return agrees === false && isOtherScript && isVouchedFor ? undefined : agrees;
};

const verdicts = (pasted: PastedPatient, patient: PatientIdentity): Verdict[] => {
  const { ids, birthDate = '', sex = '' } = pasted;
  const id = patient.patientId.trim();
  const birth = normaliseDate(patient.birthDate ?? '');
  const ofStudy = patient.sex === 'M' || patient.sex === 'F' ? patient.sex : '';
  const both = (a: string, b: string, agrees: boolean) => (a === '' || b === '' ? undefined : agrees);
  const others: Verdict[] = [
    [
      'id',
      both(
        ids.join(''),
        id,
        ids.some((one) => plainId(one) === plainId(id)),
      ),
      ids.join(', '),
      id,
    ],
    ['birthDate', both(birthDate, birth, birthDate === birth), birthDate, birth],
    ['sex', both(sex, ofStudy, sex === ofStudy), sex, ofStudy],
  ];
  return [['name', nameVerdict(pasted, patient, others), pasted.name ?? '', patient.patientName], ...others];
};

/** Text that names several patients differs wherever one of them does. */
export const comparePatients = (pasted: readonly PastedPatient[], patient: PatientIdentity): PatientComparison => {
  const all = pasted.flatMap((one) => verdicts(one, patient));
  const differences = all.flatMap(([item, agrees, said, study]) =>
    agrees === false ? [{ item, pasted: said, study }] : [],
  );
  const agreeing = all.filter(([item, agrees]) => agrees === true && !differences.some((one) => one.item === item));
  return { differences, agreeing: [...new Set(agreeing.map(([item]) => item))] };
};
