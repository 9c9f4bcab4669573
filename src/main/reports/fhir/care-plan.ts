/** What a tumour board decided, as CarePlan: the newest version of each meeting's decision. Pure. */
import type { DecisionVersion } from '#shared/board/decision.ts';
import type { ReportedCase } from '../reported-case.ts';
import { type Entry, entryOf, referenceTo } from './resources.ts';

const notesOf = ({ body, amendment }: DecisionVersion): string[] => [
  ...body.options.map(({ treatment, detail, for: pro, against }) =>
    [`Considered: ${treatment}`, detail, pro && `for: ${pro}`, against && `against: ${against}`]
      .filter(Boolean)
      .join('; '),
  ),
  `Model: ${body.agreement}; shown ${body.snapshot.seen} the vote${body.agreementReason ? `; ${body.agreementReason}` : ''}`,
  ...body.dissent.map(({ role, text }) => `Dissent (${role}): ${text}`),
  ...(body.wish ? [`Patient's wish: ${body.wish}`] : []),
  ...(amendment ? [`Amended: ${amendment}`] : []),
];

export const carePlanEntries = ({ saved, decisions }: ReportedCase, patient: Entry): Entry[] =>
  decisions.map((version) => {
    const { body, meetingId, at } = version;
    const chosen = body.options.find(({ treatment }) => treatment === body.recommendation);
    return entryOf(saved.id, `decision ${meetingId}`, {
      resourceType: 'CarePlan',
      status: 'active',
      intent: 'plan',
      category: [{ text: 'Tumour board decision' }],
      title: `Tumour board of ${body.date}`,
      subject: referenceTo(patient),
      created: at,
      contributor: body.participants.map(({ role, name }) => ({ display: name === '' ? role : `${name} (${role})` })),
      activity: [
        {
          detail: {
            status: 'not-started',
            code: { text: body.recommendation },
            ...(chosen?.detail ? { description: chosen.detail } : {}),
            scheduledPeriod: { end: body.due },
            performer: [{ display: body.owner }],
          },
        },
      ],
      note: [{ text: `Priority: ${body.priority}` }, ...notesOf(version).map((text) => ({ text }))],
    });
  });
