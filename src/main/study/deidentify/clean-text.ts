/**
 * Descriptions reduced to words of imaging. What is not known is dropped, so that no name, place or number of a person
 * can stay, whatever it looks like.
 */

const latinWords = `
  t1 t2 t2star t1w t2w pd pdw flair stir tirm vibe evibe lava flex thrive ethrive mdixon dixon quick3d tigre fame fspgr
  spgr gre flash fl2d fl3d fse tse ffe tfe bffe haste ssfse ssfse2 tfe propeller blade multivane jet radial star
  starvibe grasp twist disco caipi caipirinha space cube vista fiesta trufi fisp bssfp epi ep2d dwi dw adc ivim trace
  mrcp swi asl perf perfusion loc localizer localiser scout survey pilot fs fatsat fat sat sats spair spir aspir we wfs
  water ideal iq pdff r2 r2star map maps mip minip mpr sub subtraction dyn dynamic multi phase phases multiphase
  arterial art artery early late mid aph hap pvp pv portal porto venous vein delay delayed dp equilibrium eq
  transitional tp hepatobiliary hbp hb pre post precontrast postcontrast native nativ plain contrast con gd gad gado km
  enhanced ce in out opp op opposed inphase outphase ip of off ax axial tra trans transverse transversal cor coronal
  sag sagittal obl oblique 2d 3d 4d b0 bh breath breathhold hold free fb nav navigator navi pace trig trigger triggered
  resp gated mbh sec secs seconds s min mins minutes ms te tr ti mm iso isotropic thin thick slab highres hires low high
  res quick fast ultra liver hepatic abdomen abdominal abd upper whole body pelvis thorax series scan image images run ph acq
  wo with without and to echo echoes dual double dualecho single shot ss nd dis2d dis3d norm fil comp left right c w f
  leber abdomen spät frueh früh arteriell portalvenös venös verzögert foie artériel portal tardif sans avec injection
  higado hígado arterial tardía retardado portale tardiva fegato ohne mit kontrast eob
  gadoxetate gadoxetic primovist eovist gadobenate gadobenic multihance gadobutrol gadovist gadavist gadoterate
  gadoteric dotarem clariscan gadopentetate magnevist gadodiamide omniscan gadoteridol prohance gadopiclenol elucirem
  vueway dtpa dota bopta disodium meglumine dimeglumine acid
`;
const words = new Set(latinWords.trim().split(/\s+/));

const hanWords = [
  '动脉期|動脈期|动脉|動脈|门静脉期|门脉期|門脈期|門靜脈期|门脉|門脈|延迟期|延遲期|延迟|遅延|平衡期|平衡相|移行期|过渡期|肝胆期|肝胆特异期|肝細胞相',
  '平扫|平掃|单纯|単純|造影|增强|增強|动态|動態|ダイナミック|压脂|抑脂|脂肪抑制|脂肪|水像|水相|同相位|反相位|同相|反相|正相位',
  '横断位|横断|轴位|軸位|冠状位|冠状|矢状位|矢状|定位|屏气|呼吸触发|呼吸|弥散|扩散|擴散|减影|上腹部|上腹|腹部|肝脏|肝臓|肝|早期|晚期|秒|分钟|分|前|后|後|期|相',
].join('|');
const han = new RegExp(hanWords, 'y');

/** Signs that carry meaning: with and without contrast, T2* and R2*. */
const signed = /^([+-]c|[tr]2\*)$/;
const numberWithUnit = /^\d{1,3}(\.\d{1,2})?(sec|secs|s|min|mins|mm|ms)$|^\dm$/;
/** b-values (s/mm²) are round, years and parts of telephone numbers rarely. */
const bValue = /^b(\d|[1-9]\d?0|1[0-5]00)$/;

/** Alone, a number may be a day, an age or part of an identifier. It stays next to what it counts. */
const shortNumber = /^\d{1,3}(\.\d{1,2})?$/;
const ordinal = /^\d(st|nd|rd|th)$/;
const units = 'seconds?|secs?|s|minutes?|mins?|mm|ms|秒|分|期|相';
const unit = new RegExp(`^(${units})`, 'i');
const wholeUnit = new RegExp(`^((${units})$|[秒分期相])`, 'i');
const counted =
  /^(ph|phases?|acq|dyn|dynamic|art|arterial|arteriell|pv|pvp|portal|venous|venös|delay|delayed|hbp|pre|post|echo|te|tr|ti|series|run)$|[期相]$/i;

/**
 * Numbers with nothing but signs between them: dates, telephone numbers, numbers of patients and orders. A decimal with
 * its unit is none.
 */
const numberRun = /(?<![\p{L}\d])\d+(?:[^\p{L}\d]+\d+)+(?![\p{L}\d])/gu;
const decimal = /^\d{1,3}\.\d{1,2}$/;
const withoutNumberRuns = (text: string): string =>
  text.replace(numberRun, (run, at: number) =>
    decimal.test(run) && unit.test(text.slice(at + run.length).trimStart()) ? run : ' ; ',
  );

const hanPart = (token: string): string => {
  let kept = '';
  for (let at = 0; at < token.length; at++) {
    han.lastIndex = at;
    const match = han.exec(token);
    if (!match) continue;
    kept += match[0];
    at += match[0].length - 1;
  }
  return kept;
};

const cleanToken = (token: string, before: string, after: string): string => {
  const lower = token.toLowerCase();
  if (words.has(lower) || numberWithUnit.test(lower) || bValue.test(lower) || signed.test(lower)) return token;
  if (shortNumber.test(lower)) return wholeUnit.test(after) || counted.test(before) ? token : '';
  if (ordinal.test(lower)) return counted.test(after) ? token : '';
  return hanPart(token);
};

const tokens = /[+-][cC](?![\p{L}\p{N}])|[tTrR]2\*|[\p{Script=Latin}\p{N}.]+|\p{L}+/gu;

/** The known words of a description that are not the patient's, in order; `undefined` where none is left. */
export const cleanDescription = (text: string, identity: ReadonlySet<string> = new Set()): string | undefined => {
  const found: string[] = withoutNumberRuns(text.normalize('NFKC')).match(tokens) ?? [];
  const kept = found
    .map((token, at) => cleanToken(token, found[at - 1] ?? '', found[at + 1] ?? ''))
    .filter((token) => token !== '' && !identity.has(token.toLowerCase()));
  return kept.length > 0 ? kept.join(' ') : undefined;
};
