/** Words for contrast phases in series names: English, Chinese, Japanese, Korean, German, French, Spanish. */
import type { PhaseRole } from '../evidence.ts';

export interface PhaseWord {
  role: PhaseRole;
  pattern: RegExp;
  /** Abbreviations that also mean something else weigh less. */
  abbreviation?: boolean;
}

/** Applied to names from `normaliseName`; each match is taken out, so that `late arterial` is not also `late`. */
export const phaseWords: readonly PhaseWord[] = [
  // Hepatobiliary first: 肝胆期, 肝细胞期 and 20 min late images also contain words for "late".
  {
    role: 'hepatobiliary',
    pattern:
      /\bhbp\b|\bhb ?phase\b|hepato ?-?bil\w*|hepatocyt\w*|hepatozyt\w*|hepatospez\w*|leberspez\w*|肝胆特异期?|肝胆期|肝膽期|肝细胞期|肝細胞(造影)?[相期]|肝胆道?相/g,
  },
  {
    role: 'transitional',
    pattern: /\btransition(al)?\b|\btrans(itorische|icional)\b|ubergangsphase|过渡期|移行[期相]|이행기/g,
  },
  {
    role: 'arterial',
    pattern:
      /\b(early|late|mid|triple|multi|dual|double|fruhe?|spate?|tardive|precoce|tardia|temprana)[ -]?art(erial|erielle?s?|eriell|eriosa|er)?\b|\bart(erial(es)?|erielles?|eriel|erielle[rn]?|eriell|eriosa|er)?\d?\b|\bmultiart\b|\bhap\b|\bfase arterial\b|动脉(早|晚|中)?期?|動脈(早期|晚期|期|相|優位相)?|동맥기/g,
  },
  { role: 'arterial', pattern: /\bap\b|\beap\b|\blap\b|\baph\b/g, abbreviation: true },
  {
    role: 'portal-venous',
    pattern:
      /\bport(al|ale|ales|o)?[ -]?(ven(ous|os|ose|osa|oes|euse|eux)?|venenphase)\b|\bpvp\d?\b|\bpvph\b|\bportal(e|es)?\d?\b|\bport\b|\bven(ous|os|ose|oes|oese|osa|oso|euse|eux|us)\d?\b|\bven\b|\bvein\b|\bveineu(x|se)\b|\bportoven\w*|pfortader\w*|문맥기|portal ?phase|门静脉期?|门脉期?|門靜脈期?|門脈(優位)?[期相]?|静脉期|靜脈期|静脈相/g,
  },
  { role: 'portal-venous', pattern: /\bvp\b|\bpv\b|\bpvi\b/g, abbreviation: true },
  {
    role: 'delayed',
    pattern:
      /\b(early )?delay(ed|s)?\d?\b|\bdel\b|\bequil(ibrium)?\b|\blate( dynamic| phase| venous)?\b|\btard(if|ive|ifs|io|ia)?\b|\bequilibr(e|io)\b|\bspat(e|phase|aufnahme)?\b|\bverzogert\w*|gleichgewicht\w*|\bretardad[oa]\b|延迟期?|延遲期?|延时期?|平衡[期相]|後期相|遅延[期相]?|지연기|평형기|\binterstitial\b/g,
  },
  { role: 'delayed', pattern: /\bldp\b|\bdp\b|\bequi\b/g, abbreviation: true },
  {
    role: 'pre-contrast',
    pattern:
      /\bpre\b ?-?(contrast|gad\w*|gd|dyn\w*|inj\w*|km|c)?|\bprecontrast\w*|\bplain\b|\bnativ(e|es|o|a)?\b|\bunenhanced\b|\bnon ?-?(contrast|enhanced)\b|\bwithout( contrast| gad\w*)?\b|\bwo\b|\bw o\b|\bsans (inj\w*|iv|gado\w*|pdc|contraste|produit)\b|\bss (iv|inj\w*|gado\w*)\b|\bavant (inj\w*|gado\w*|contraste)\b|\bsin (contraste|civ|gado\w*)\b|\bohne km\b|\bvor km\b|\bmask\b|\bbasal\b|(^|\s)-c(?![a-z])|\bc-(?=\s|$)|平扫|平掃|增强前|造影前|単純|非造影|조영전/g,
  },
];

/** Words that say only that contrast was given. */
export const postWords =
  /\bpost\b|\bgd\b|\bgad(o\w*)?\b|\bce\b|(^|\s)\+ ?c\b|\bc ?\+(?=\s|$)|\b[ck]m\b|\benhanced\b|\bcontrast\b|\bcontraste\b|\bcon civ\b|\bapres inj\w*|\bnach km\b|\bmit km\b|增强(?!前)|增強(?!前)|造影後|造影剤|(?<!非)造影(?!前)/;

/** Words for a series that is one of several phases. */
export const dynamicWords =
  /\bdyn\w*|\bmulti ?-?ph(ase|asic|asique)?\b|\bmph\b|\bpos?st? ?dyn\w*|动态|動態|ダイナミック|多期|三期|\btriphas\w*|\btwist\b|\bdisco\b|\btricks\b|\b4d ?thrive\b|\bquick ?4d\b/;
