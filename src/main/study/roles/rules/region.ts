import { text } from '../../series/fact-values.ts';
import { asked, imageRoles } from '../evidence.ts';
import type { RoleRule } from './rule.ts';

/** BodyPartExamined values (PS3.16 Annex L) of examinations that do not show the liver. */
const elsewhere =
  /^(HEAD|BRAIN|NECK|[CTLS]+SPINE|SPINE|PELVIS|PROSTATE|KNEE|HIP|SHOULDER|ANKLE|FOOT|HAND|WRIST|ELBOW|BREAST|HEART|EXTREMITY|LEG|ARM|UTERUS|BLADDER|RECTUM|PITUITARY|ORBIT)/;

const otherRegion =
  /\bpel(vis|vic)?\b|\bkidneys? only\b|\b(thru|for|through) kidneys?\b|\bprostat\w*|\brectum\b|\bbrain\b|\bspine\b|盆腔|骨盤|骨盆|becken\b|\bbassin\b/;

/** A series of another body region may carry every property of a liver series: it is asked. */
export const region: RoleRule = ({ facts, name, description }) => {
  const part = text(facts, 'BodyPartExamined').toUpperCase().replaceAll(' ', '');
  const found = elsewhere.test(part)
    ? `BodyPartExamined is ${part}.`
    : otherRegion.test(name)
      ? `“${description}” names another region than the liver.`
      : undefined;
  return found === undefined ? [] : [{ rule: 'region', cap: { value: asked, roles: imageRoles }, text: found }];
};
