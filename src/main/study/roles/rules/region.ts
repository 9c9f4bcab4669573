import { because } from '#shared/study/messages/role-reasons.ts';
import { text } from '../../series/fact-values.ts';
import { asked, imageRoles } from '../evidence.ts';
import { normaliseName } from '../vocabulary/normalise-name.ts';
import type { RoleRule } from './rule.ts';

/** BodyPartExamined values (PS3.16 Annex L) of examinations that do not show the liver. */
const elsewhere =
  /^(HEAD|BRAIN|NECK|[CTLS]+SPINE|SPINE|PELVIS|PROSTATE|KNEE|HIP|SHOULDER|ANKLE|FOOT|HAND|WRIST|ELBOW|BREAST|HEART|EXTREMITY|LEG|ARM|UTERUS|BLADDER|RECTUM|PITUITARY|ORBIT)/;

const otherRegion =
  /\bpel(vis|vic)?\b|\bkidneys? only\b|\b(thru|for|through) kidneys?\b|\bprostat\w*|\brectum\b|\bbrain\b|\bspine\b|盆腔|骨盤|骨盆|becken\b|\bbassin\b/;

/** Studies of other regions, by their description; a study that also names the liver or abdomen is not one. */
const otherStudy =
  /\bbrain\b|\bhead\b|\bcran\w*|\bschadel\w*|\bneck\b|\bspine\b|\bprosta\w*|\bknee\b|\bknie\b|\bshoulder\b|\bpelvi\w*|\bcarotid\w*|\bcardiac\b|\bheart\b|\bbreast\b|\bmamma\w*|头颅|颅脑|盆腔|前列腺|膝|乳腺|頭部|骨盤/;
const liverStudy = /\bliver\b|\babd\w*|\bleber\b|\bfoie\b|\bhigado\b|\bhepa\w*|\bupper\b|\boberbauch\b|肝|腹/;

/** A series of another body region may carry every property of a liver series: it is asked. */
export const region: RoleRule = ({ facts, name, description }) => {
  const part = text(facts, 'BodyPartExamined').toUpperCase().replaceAll(' ', '');
  const study = normaliseName(text(facts, 'StudyDescription'));
  const found = elsewhere.test(part)
    ? because('body-part', { bodyPart: part })
    : otherRegion.test(name)
      ? because('name-other-region', { description })
      : otherStudy.test(study) && !liverStudy.test(study)
        ? because('study-other-region', { studyDescription: text(facts, 'StudyDescription') })
        : undefined;
  return found === undefined ? [] : [{ rule: 'region', cap: { value: asked, roles: imageRoles }, ...found }];
};
