import { because } from '#shared/study/messages/role-reasons.ts';
import { hasT1GradientParameters, isExcludedKind, isT1Gradient } from '../candidates.ts';
import { beatMs, echoPhase } from '../echo-pairs.ts';
import { asked, type Evidence, echoRoles, weights } from '../evidence.ts';
import type { SeriesView } from '../series-view.ts';
import type { StudyView } from '../study-view.ts';
import type { RoleRule } from './rule.ts';

const rule = 'echo-phase';

/** More echoes than this are a fat or iron quantification, whose images are not read as in- and opposed-phase. */
const mostEchoes = 3;

/** Seconds after the injection from which contrast is in the liver's fat–water images. */
const contrastArrived = 10;

/** In- and opposed-phase images from ImageType, from the name, and from echo time with field strength. */
export const echoPhaseRule: RoleRule = (series, study) => {
  if (isExcludedKind(series) || series.part !== undefined) return [];
  const evidence = [...fromHeader(series), ...fromName(series)];
  const timed = fromEchoTime(series, study);
  evidence.push(...timed);
  if (evidence.length === 0) return [];
  return [...evidence, ...conflicts(series, timed), ...limits(series, study)];
};

const fromHeader = (series: SeriesView): Evidence[] =>
  series.kind === 'in-phase' || series.kind === 'opposed-phase'
    ? [
        {
          rule,
          role: series.kind,
          weight: weights.parameter,
          ...because('image-type-echo', { imageType: series.imageType.join('\\') }),
        },
      ]
    : [];

const fromName = (series: SeriesView): Evidence[] => {
  if (series.echo === undefined || series.kind === series.echo) return [];
  if (series.echo === 'both') {
    return [{ rule, ...because('name-both-echoes', { description: series.description }) }];
  }
  return [
    {
      rule,
      role: series.echo,
      weight: weights.name,
      ...because('name-echo', { description: series.description, role: series.echo }),
    },
  ];
};

const fromEchoTime = (series: SeriesView, study: StudyView): Evidence[] => {
  const { echoTime, fieldT } = series;
  const pair = study.echoPairs.get(series.index);
  const gradient = isT1Gradient(series) || hasT1GradientParameters(series) || series.echo !== undefined;
  if (echoTime === undefined || !gradient) return [];
  if (fieldT === undefined) {
    return pair || series.echo ? [{ rule, ...because('echo-time-no-field', { te: echoTime }) }] : [];
  }
  const phase = echoPhase(echoTime, fieldT);
  const where = { te: echoTime, field: fieldT, beat: beatMs(fieldT).toFixed(1) };
  if (!phase) return pair || series.echo ? [{ rule, ...because('echo-time-neither', where) }] : [];
  if (pair) {
    return [
      {
        rule,
        role: phase,
        // A name that speaks of the echoes confirms that they are meant as such.
        weight: weights.parameter + (series.echo === undefined ? 0 : weights.weak),
        ...because('echo-time-pair', { ...where, role: phase, otherTe: pair.partner.echoTime }),
      },
    ];
  }
  if (series.echo !== undefined) {
    return [{ rule, role: phase, weight: weights.name, ...because('echo-time', { ...where, role: phase }) }];
  }
  // Any gradient echo has some phase; without a second echo or a name only a plain one is likely to be meant so.
  const plain = !series.fatSuppressed && series.contrast !== true && series.phases.roles.length === 0;
  const long = echoTime >= 0.9 * beatMs(fieldT);
  return plain && long && !series.phases.dynamic
    ? [{ rule, role: phase, weight: weights.weak, ...because('echo-time-alone', { ...where, role: phase }) }]
    : [];
};

const conflicts = (series: SeriesView, timed: Evidence[]): Evidence[] => {
  const byTime = timed.find((item) => item.role !== undefined)?.role;
  const named = series.echo === 'both' ? undefined : series.echo;
  if (!byTime || !named || byTime === named) return [];
  return [
    {
      rule,
      cap: { value: asked, roles: echoRoles },
      ...because('echo-disagreement', { byName: named, byTime }),
    },
  ];
};

const limits = (series: SeriesView, study: StudyView): Evidence[] => {
  const found: Evidence[] = [];
  const limit = (value: number, reason: ReturnType<typeof because>) =>
    found.push({ rule, cap: { value, roles: echoRoles }, ...reason });
  const echoes = study.echoPairs.get(series.index)?.echoes ?? 1;
  if (echoes > mostEchoes) limit(asked, because('many-echoes', { echoes }));
  const late = study.clock.secondsAfter[series.index];
  const afterContrast =
    (late !== undefined && late > contrastArrived) ||
    series.phases.post ||
    series.phases.roles.some((role) => role !== 'pre-contrast');
  if (afterContrast) limit(0.6, because('echo-after-contrast'));
  if (series.fatSuppressed && series.kind === undefined) limit(asked, because('echo-fat-suppressed'));
  return found;
};
