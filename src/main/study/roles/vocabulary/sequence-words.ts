/** Vendors' names of the sequences that matter for a liver protocol. */

/**
 * Spoiled T1 gradient echo: VIBE, FLASH, TWIST, CAIPIRINHA (Siemens); LAVA, FAME, SPGR, DISCO, IDEAL/Flex (GE); THRIVE,
 * mDIXON, T1-FFE/TFE (Philips); Quick 3D, FFE3D (Canon); quick3d, gre_fsp (United Imaging); TIGRE (Fujifilm/Hitachi).
 */
export const t1GradientEchoWords =
  /\w*vibe\w*|\bfl[23]d\w*|\bflash\w*|\btwist\w*|\bcaipi\w*|\w*lava\w*|\bfame\b|\bf?spgr\w*|\bdisco\b|\befgre\w*|\b\w*thrive\w*|\bm?dix(on)?\w*|\bt1w? ?-?(ffe|tfe|gre|tfl|3d|w)\b|\bdual ?-?ffe\w*|\bquick ?3d\w*|\bquick ?4d\w*|\bq3d\b|\bffe3d\w*|\bgre (fsp|quick)\w*|\btigre\w*|\bstarvibe\b|\bgrasp\b|\bxd vane\b|\bvane xd\b|\bldixon\b|\btrak\b|\bideal\b|\bwfi\b/;

/** A name that says T1 and nothing else about the sequence. */
export const t1Words =
  /\bt1w?\b|\bt1 ?weighted\b|\bt1 ?gewichtet\b|\bponderad[ao]s? en t1\b|t1加权|t1強調|t1(?=压|抑|平|增|同|反|动|門|门)/;

/** Single-shot T2: HASTE (Siemens), SSFSE (GE), SSh-TSE (Philips), FASE (Canon), SSFSE/sshot (United Imaging). */
export const singleShotT2Words =
  /\w*haste?\b|\bhast\b|\be?ss ?-?fse\w*|\bss ?-?t[sf]e\w*|\bsstse\b|\bssht?s?e?\b|\bs{2,4}h\b|\bs?s?sh ?-?tse\b|(?<!\b(en|de) )\bs?fase\d?[a-z]?\b(?! (art|port|ven|tard|retard|opuesta|hepat|equil|de|en|sin|con|pre))|\bsingle ?-?shot\b|\bsshot\b|\bss t2\b|\bt2 ss\b|^ss (te|cor|ax)\b|单次激发|シングルショット/;

/** Multi-shot turbo spin echo. */
export const turboSpinEchoWords =
  /\bfr ?-?fse\w*|\bt?fse\w*|\bt2?w? ?tse\w*|\btse\w*|\bblade\w*|\bpropeller\w*|\bmulti ?vane\w*|\bmvxd\b|\bmv\b|\bjet\b|\barms\b|\brest(ore)?\b|\bfrfseopt\b/;

export const t2Words =
  /\bt2w?\b|\bt2 ?weighted\b|\bt2 ?gewichtet\b|\bt2(?=[_ ]?(fs|ax|tra|cor|压|抑|加|強))|t2加权|t2強調|\bt2fs\w*|\bt2w\w*|\baxt2\b/;

/** T2 with inversion recovery: fat-suppressed, but T1 also weighs in. */
export const inversionWords = /\bstir\b|\btirm\b/;

export const dualOrHeavyWords = /\bheavy\b|\blong te\b|\bheavily\b|重t2/;
