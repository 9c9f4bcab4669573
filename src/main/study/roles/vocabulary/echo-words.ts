/** Words for in-phase and opposed-phase images, and for the parts of a Dixon acquisition. */

const inWords =
  /\bin ?-?(of ?)?ph(ase)?\d?\b|\binphase\b|\bip\d?\b|\bin\d?$|\b(dixon|vibe|dix|eco\d|echo\d|flex|t1) in\d?\b|^in\d?\b|\bin (?=(and )?(out|opp|op)\b)|\b(opp?\w*|out) (and )?in\b|\ben phase\b|\ben fase\b|gleichphas\w*|同相位?|正相位|同位相/;

const opposedWords =
  /\bin ?opp\b|\bopp?(osed)?\d? ?-?(phase|ph)?\b|\boop\b|\bout ?-?(of ?-?)?ph(ase)?\b|\boutphase\b|\bout\b|\bopposed\b|\bopposition\b|\bhors phase\b|\bphase opposee?\b|gegenphas\w*|\bausser phase\b|\bfuera de fase\b|\bfase opuesta\b|反相位?|逆相位?|反位相|逆位相/;

const bothWords =
  /\bin(phase)? ?(\+|-|and|et|y|und|e)? ?(out|opp?)|\b(out|opp?(osed)?)( of)?( phase)? ?(\+|-|and|et|y|und)? ?in\b|\bip ?op\b|\bop ?ip\b|同反相|同.?反相位/;

export type EchoName = 'in-phase' | 'opposed-phase' | 'both';

/** Which echo a name speaks of. `both` is a dual-echo series, told apart only by its echo times. */
export const echoInName = (name: string): EchoName | undefined => {
  const opposed = opposedWords.test(name);
  // Opposed words are taken out first: `out of phase` and `hors phase` must not read as a phase of their own.
  const rest = name.replace(new RegExp(opposedWords, 'g'), ' | ');
  const inPhase = inWords.test(name.includes(' in ') && opposed ? name : rest.replace(/\s+/g, ' ').trim());
  if (/dual ?-?echo|dualecho|double echo|\bdual\b|双回波|雙回波|デュアルエコー|\bdual ?ffe\b/.test(name)) return 'both';
  if ((inPhase && opposed) || bothWords.test(name)) return 'both';
  if (opposed) return 'opposed-phase';
  return inPhase ? 'in-phase' : undefined;
};

/** A Dixon part by the suffix or prefix that vendors add to the name. */
export const dixonPartInName = (name: string): 'water' | 'fat' | undefined => {
  const trimmed = name.replace(/( (fil|nd|comp|rr|dfc|mix|norm|dis2d|dis3d))+$/, '');
  if (/(?<!t[12]) w$|^w(ater)?\b|\bwater( only)?$|\bwater\b|水像|wasser\b|\beau\b|\bagua\b/.test(trimmed))
    return 'water';
  const fat = /(?<!t[12]) f$|^fat\b|\bfat( only)?$|\bfat only\b|脂肪像|脂像|\bfett\b|\bgraisse\b|\bgrasa\b/;
  return fat.test(trimmed) && !fatSuppressionWords.test(trimmed) ? 'fat' : undefined;
};

export const fatSuppressionWords =
  /\bfs\b|\bfat ?-?(sat|supp?)\w*|\bfatsat\w*|\bf s\b|\bsp(air|ir)\b|\baspir\b|\bstir\b|\btirm\b|\bwe\b|\bwats?\b|\bfsat\b|压脂|抑脂|脂肪抑制|脂抑|fettges\w*|fettunter\w*|fettsat\w*|satu?(ration)?\.? (de )?(la )?(graisse|grasa)|(supresion|supr) (de )?(la )?(grasa|gras)|\bsg\b/;
