/**
 * Private elements that hold measurements and no text (PS3.15 table E.3.10-1 and PS3.4's lists of vendors' safe
 * attributes): kept with the Safe Private option where their creator is the one below.
 */
const safe: Record<string, { group: number; elements: readonly number[] }> = {
  'Philips MR Imaging DD 001': { group: 0x2005, elements: [0x0d, 0x0e] },
  'Philips Imaging DD 001': { group: 0x2001, elements: [0x03] },
  GEMS_PARM_01: { group: 0x0043, elements: [0x39] },
  'SIEMENS MR HEADER': { group: 0x0019, elements: [0x0c] },
};

/** Whether the private element `group,xxee` that this creator reserved is safe. */
export const isSafePrivate = (creator: string, group: number, element: number): boolean => {
  const entry = safe[creator];
  return entry !== undefined && entry.group === group && entry.elements.includes(element % 0x100);
};

export const isSafeCreator = (creator: string, group: number): boolean => safe[creator]?.group === group;
