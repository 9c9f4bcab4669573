/**
 * Which character set text is in that breaks its declaration, or declares none. UTF-8 gives itself away by its form; the
 * two-byte sets of East Asia share their bytes, so that what tells them apart is whether the result is made of letters
 * that people and hospitals write. All texts of a study are judged together: a name of two characters tells little.
 */

export type GuessedEncoding = 'utf-8' | 'gb18030' | 'big5' | 'shift_jis' | 'euc-kr' | 'latin1';

/** As people call them. */
export const encodingNames: Readonly<Record<GuessedEncoding, string>> = {
  'utf-8': 'UTF-8',
  gb18030: 'GB 18030',
  big5: 'Big5',
  shift_jis: 'Shift-JIS',
  'euc-kr': 'EUC-KR',
  latin1: 'Latin-1',
};

/** In the order in which they are taken where nothing else decides. */
const eastAsian = ['gb18030', 'big5', 'shift_jis', 'euc-kr'] as const;

const strict = new Map(
  (['utf-8', ...eastAsian] as const).map((encoding) => [encoding, new TextDecoder(encoding, { fatal: true })]),
);

/** Words of a liver examination, then frequent family names and letters of given names. */
const simplified =
  '肝脏胆胰脾肾上腹部盆腔胸头颈增强平扫动静脉门期早晚延迟后前轴冠矢状位横断面扫描序列定位像同反相位压脂抑扩散加权成弥薄层动态多右左叶全身检查医院患者男女科室第一二三次水成像特异性细胞移行过渡注射造影剂磁共振' +
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤' +
  '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国文志海春梅云珍凤荣生福祥斌波辉宇鑫浩晨雪飞鹏亮婷慧莉琴萍小大天子东南西北中喆';
const traditional =
  '肝臟膽胰脾腎上腹部盆腔胸頭頸增強平掃動靜脈門期早晚延遲後前軸冠矢狀位橫斷面掃描序列定位像同反相壓脂抑擴散加權成薄層態多右左葉全身檢查醫院患者男女科室第一二三次水特異性細胞移行注射顯影劑磁振' +
  '王李張劉陳楊黃趙吳周徐孫馬朱胡郭何高林鄭謝羅梁宋唐許韓馮鄧曹彭曾蕭田董袁潘于蔣蔡余杜葉程蘇魏呂丁任沈姚盧姜崔鍾譚陸汪范金石廖賈夏方白鄒孟秦邱江尹薛雷侯龍史陶黎賀顧毛郝邵萬錢嚴武戴莫孔湯' +
  '偉芳敏靜麗強軍勇豔傑娟濤明秀霞剛桂英華玉蘭紅建國文志海春梅雲珍鳳榮生福祥斌輝宇浩雪飛鵬亮婷慧莉琴萍小大天子東南西北中雅惠淑美君怡宏俊家豪';
const japanese =
  '肝臓胆膵脾腎上腹部骨盤胸頭頸造影剤前後単純動脈門脈静平衡遅延相期早晩細胞軸冠状矢断面横撮像位置決脂肪抑制拡散強調薄層右左葉全身検査病院患者男女科室第一二三回水注入磁気共鳴区域' +
  '佐藤鈴木高橋田中渡辺伊山本小林加吉川口松井村清阪森池阿石原谷大野岡坂島西内福太郎次美子和介健翔輝真由明恵智香一男雄夫博幸隆正義';
const korean =
  '김이박최정강조윤장임한오서신권황안송류전홍유고문양손배백허남심노하곽성차주우구민진지나원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용예경봉사부가복태목형피두감호음빈동온' +
  '철수영희순자숙미준서지훈상우재혁간동맥문지연조영증강전후축관상시확산지방억제복부기관복막검사병원환자양우엽생체신호';

const plausible: Readonly<Record<(typeof eastAsian)[number], ReadonlySet<string>>> = {
  gb18030: new Set(simplified),
  big5: new Set(traditional),
  shift_jis: new Set(japanese),
  'euc-kr': new Set(korean),
};

const isKana = (letter: string): boolean => letter >= 'ぁ' && letter <= 'ヿ';

const decodedStrictly = (encoding: GuessedEncoding, bytes: Uint8Array): string | undefined => {
  if (encoding === 'latin1') {
    // 80–9F are control characters in every set of ISO 8859.
    return bytes.some((byte) => byte >= 0x80 && byte < 0xa0) ? undefined : Buffer.from(bytes).toString('latin1');
  }
  try {
    return strict.get(encoding)?.decode(bytes);
  } catch {
    return undefined;
  }
};

const beyondAscii = (text: string): string[] => [...text].filter((letter) => letter > '\u007f');

/** Accented letters of words that plain letters prevail in: `Müller`, `Größe`. */
const plausibleLatin = (text: string): number =>
  (text.match(/[a-zß-öø-ÿ]+/gi) ?? []).reduce((sum, word) => {
    const accented = beyondAscii(word).length;
    return accented > 0 && 2 * accented <= word.length ? sum + accented : sum;
  }, 0);

/** Letters that people write, less those that stand for nothing. */
const score = (encoding: GuessedEncoding, text: string): number => {
  if (encoding === 'latin1') return plausibleLatin(text);
  if (encoding === 'utf-8') return beyondAscii(text).length;
  const known = plausible[encoding];
  return beyondAscii(text).reduce((sum, letter) => {
    if (known.has(letter) || (encoding === 'shift_jis' && isKana(letter))) return sum + 1;
    return /\p{Co}/u.test(letter) ? sum - 1 : sum;
  }, 0);
};

/** GB 2312's rows of symbols and ideographs, in pairs: what stays where no letter speaks for any set. */
const looksLikeGb2312 = (bytes: Uint8Array): boolean => {
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i] ?? 0;
    if (lead < 0x80) continue;
    const trail = bytes[++i] ?? 0;
    if (lead < 0xa1 || lead > 0xf7 || trail < 0xa1 || trail > 0xfe) return false;
  }
  return true;
};

/**
 * The set that reads most of `texts` as letters that people write; ties go to the order in which sets are named above.
 * `isLatin`: Latin-1 is what they declare, and stays where no letter speaks for another.
 */
export const guessEncoding = (texts: readonly Uint8Array[], isLatin = false): GuessedEncoding => {
  if (texts.every((bytes) => decodedStrictly('utf-8', bytes) !== undefined)) return 'utf-8';
  let best: { encoding: GuessedEncoding; score: number } = { encoding: 'latin1', score: 0 };
  for (const encoding of [...eastAsian, 'latin1'] as const) {
    const total = texts.reduce((sum, bytes) => sum + score(encoding, decodedStrictly(encoding, bytes) ?? ''), 0);
    if (total > best.score) best = { encoding, score: total };
  }
  if (best.score > 0) return best.encoding;
  return !isLatin && texts.every(looksLikeGb2312) ? 'gb18030' : 'latin1';
};

/** Text that does not fit the set of the others is read by what fits it alone. */
export const decodeGuessed = (bytes: Uint8Array, encoding: GuessedEncoding): string => {
  const text = decodedStrictly(encoding, bytes);
  if (text !== undefined) return text;
  return decodedStrictly(guessEncoding([bytes]), bytes) ?? Buffer.from(bytes).toString('latin1');
};
