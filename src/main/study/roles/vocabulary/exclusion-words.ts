/** Names of series that are none of the six images, whatever else their name says. */

import type { englishWords } from '#shared/study/messages/english.ts';

export interface ExclusionWord {
  /** What it is, for the reason. */
  what: keyof typeof englishWords.exclusion;
  pattern: RegExp;
  /** Names in which the pattern means something else. */
  unless?: RegExp;
}

const t1Dynamic = /\bvibe|\blava|thrive|\bmdixon|\bfame\b|\btigre\b|quick ?3d/;

export const exclusionWords: readonly ExclusionWord[] = [
  {
    what: 'localizer',
    pattern:
      /\bloc(ali[sz]er|ali[sz]ador|alisateur|ator|s)?\d?\b|\bscouts?\b|\bscou\b|\bsurvey\w*|\bpilot\b|\breperage\b|\btopogram\w*|\blokali\w*|\b3 ?-?(pl|plane|plan|plans|axis)\b|\bsbc\b|定位|位置決め|ロケータ/,
  },
  {
    what: 'calibration',
    pattern:
      /\bcalib\w*|\basset cal\b|\bref(erence)? ?scan\b|\bshim\w*|\bcare ?bolus\w*|\bbolus ?(track|trak|timing|position)\w*|\btest ?bolus\w*|\btiming (bolus|run)\b|\brealtime\b|\bsmart ?prep\b|\bsmrtprep\b|\bfluoro\w*|\bfluorotrig\w*|\bbolus\b|团注|團注/,
    unless: /\bvibe|\blava|thrive|\bmdixon|\bdyn/,
  },
  {
    what: 'subtraction',
    pattern:
      /\bs{0,2}subs?\d*\b|\bsubtract\w*|\bsubtra[kc]\w*|\bsoustract\w*|\bsust?racc\w*|减影|減影|差分|サブトラクション|^\d+ \d+ \d+ ?-|^\d+ \d+ \d+ - ?\d+ \d+ \d+/,
  },
  {
    what: 'projection',
    pattern:
      /\bm(ax|in)?ip\d?\b|\bmpr\b|\breformat\w*|\bprojection\w*|\bprojected\b|\bpjn\b|^col\b|\bposdisp\b|\bcurved\b|重建|再構成|\bradial range/,
  },
  {
    what: 'diffusion',
    pattern:
      /\bd*e?dwi\w*|\bdw\b|\bdw epi\b|\bdiff\w*|\bd*e?adc\b|\btracew?\b|\bep2d\w*|\bivim\w*|\bdti\w*|\bdwibs\b|\bapparent diffusion\b|\bexponential\b|\bs{0,2}b ?-?zero\b|\bs{0,2}b ?-?\d{1,4}s?\b|\bb ?-?values?\b|\bb val\b|\bdifusion\b|弥散|扩散|擴散|瀰散|拡散|表观|見かけの/,
    unless: /\bb1 ?(map|shim)/,
  },
  {
    what: 'quantitative',
    pattern:
      /\bideal ?iq\b|\bq ?-?dixon\b|\bmdixon ?-?quant\w*|\bquant\b|\bpdff\b|\bfat ?-?frac\w*|\bff\b|\br2 ?-?(\*|star)\w*|\bt2 ?-?(\*|star)\w*|\br2\b|\bt2w? ?gre\b|\bt2 ?-?fisp\b|\bhisto\b|\bspectro\w*|\bmrs\b|\b\w*mre\b|\belasto\w*|\btouch\b|\bstiffness\b|\bt[12] ?map\w*|\bmaps?\b|\bmapping\b|\w*molli\w*|\bliverlab\b|脂肪分数|脂肪定量|弹性|弾性/,
  },
  {
    what: 'perfusion',
    pattern: /\bpei\b|\bttp\b|\bwash ?-?(in|out)\b|\bperf(usion)?\b|\btime to peak\b/,
  },
  {
    what: 'ducts',
    pattern:
      /mrcp\w*|\bcholang\w*|\bthick ?-?(slab|sl)\b|\bthk\b|\bmru\b|\burograph\w*|\bbili-?irm\b|\bradials?\b|\brotate\b|\btumble\b|\bspin\b|胆管|胆道|膽管|水成像|胰胆|胆道造影|MRCP/,
    unless: /\bvibe|\blava|thrive|\bmdixon|\bxd\b|\bspin echo\b|肝胆/,
  },
  {
    what: 'balanced',
    pattern:
      /\btru ?-?fi(sp)?\w*|\btrue ?-?fisp\w*|\btf[il]2d\b|\bfiesta\w*|\bfs?fiesta\w*|\bb ?-?[ft]fe\w*|\bbalanced\b|\bssfp\b|\bb-?tfe\b|\bbright ?blood\b|\bwhite blood\b|\bblack blood\b/,
    unless: /\bt1[ _]tfl/,
  },
  {
    what: 'angiography',
    pattern:
      /\b\w*tof\b|\b(ce ?-?)?mra\b|\bangio\w*|\bflow\b|\bvenograph\w*|\bflowsens\w*|\bquick ?flow\b|血管成像|血管造影/,
    unless: t1Dynamic,
  },
  { what: 'susceptibility', pattern: /\bswi\w*|\bswan\b|\bsuscept\w*|\bvenobold\b|磁敏感|磁化率/ },
  {
    what: 't1-spin-echo',
    pattern: /\bt1w? ?-?(bl )?(tse|fse|se|frfse|tirm)\b|\b(tse|fse|frfse) ?-?t1w?\b/,
    unless: t1Dynamic,
  },
  { what: 'proton-density', pattern: /\bflair\b|\bpd ?(tse|fse|w)?\b/ },
  {
    what: 'not-acquired',
    pattern:
      /\bkos\b|\bkey (image|object)s?\b|\bps series\b|\bpresentation state\b|\bscreen ?-?(save|shot|capture)s?\b|\bsummary\b|\breports?\b|\bresults?\b|\bprocessed\b|\bsecondary capture\b|\bprotocol\b|\bdose\b|\bphoenix\w*/,
  },
];
