/** A decision while it is entered. Pure. */
import type { DecisionEntry, KeptDecision } from '#shared/board/decision.ts';
import { addDays } from '#shared/clinical/response/timeline.ts';

/** Days from the meeting to what it asks for, until somebody says otherwise. */
const USUAL_DAYS = 14;

/** What a board begins with: nothing decided, and the people of the case before. */
export const blankDecision = (date: string, people: DecisionEntry['participants'] | undefined): DecisionEntry => ({
  options: [{ treatment: 'haic', detail: '', for: '', against: '' }],
  recommendation: 'haic',
  priority: 'soon',
  agreement: 'not-used',
  agreementReason: '',
  participants: people ?? [
    { role: 'interventional-radiology', name: '' },
    { role: 'hepatology', name: '' },
    { role: 'surgery', name: '' },
    { role: 'oncology', name: '' },
  ],
  dissent: [],
  wish: '',
  owner: '',
  due: addDays(date, USUAL_DAYS),
});

/** What was entered of a kept decision, to be amended. */
export const entryOf = ({ date: _date, snapshot: _snapshot, ...entry }: KeptDecision): DecisionEntry => ({
  ...entry,
  options: entry.options.map((option) => ({ ...option })),
  participants: entry.participants.map((person) => ({ ...person })),
  dissent: entry.dissent.map((one) => ({ ...one })),
});
