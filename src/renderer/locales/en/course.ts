export default {
  /** Why a change does not fit its course. */
  problems: {
    'no-baseline': 'The baseline cannot be taken away.',
    'before-baseline': '{date} lies before the baseline of {baseline}. Check both dates.',
    'two-on-one-day': 'There are two time points on {date}. Give one of them another day.',
    'unknown-lesion':
      '{lesion} is measured on {date} but is not in the list of lesions. Take its measurements away first.',
    'unknown-time-point': 'A response is kept for this time point. Take the response back first.',
    'end-before-start': '{name} ends before it begins.',
    'outcome-order': 'The days of the outcome are not in order: start, progression, last contact, death.',
    'override-without-reason': 'A response that differs from the computed one needs its reason.',
  },
};
