/** HTTP status of an application error; the page reads the code, the status is for whoever looks at the traffic. */
const statuses: Readonly<Record<string, number>> = {
  'unknown-procedure': 404,
  'not-found': 404,
  'not-open': 404,
  'case-not-found': 404,
  'body-too-large': 413,
  'body-refused': 415,
  internal: 500,
};

export const statusOf = (code: string): number => statuses[code] ?? 400;
