import { AppError } from '#shared/errors.ts';
import type { ModelManifest } from '#shared/model/manifest.ts';
import { isNotMr } from '#shared/study/modality.ts';
import { type ModelRole, modelRoleSchema, modelRoles, type RoleAssignment } from '#shared/study/roles.ts';
import type { ScannedSeries } from '#shared/study/study.ts';
import { ROLE_CONFIDENCE, suggestedRoles } from '#shared/study/suggested-roles.ts';

/** Says that a study has no series for a role. */
const NONE = 'none';

export type RoleChoices = ReadonlyMap<ModelRole, string>;

/** `--role ROLE=SERIES`, as often as needed. Throws `usage`. */
export const parseRoleOptions = (options: readonly string[]): RoleChoices =>
  new Map(
    options.map((option) => {
      const [name = '', series = ''] = option.split(/=(.*)/s, 2);
      const role = modelRoleSchema.safeParse(name);
      if (!role.success || series === '') {
        throw new AppError(
          'usage',
          `--role ${option} is not understood. Use ROLE=SERIES; roles: ${modelRoles.join(', ')}.`,
        );
      }
      return [role.data, series];
    }),
  );

type Candidates = readonly Pick<ScannedSeries, 'id' | 'seriesInstanceUID' | 'modality' | 'suggestion'>[];

const seriesNamed = (named: string, series: Candidates): string => {
  const exact = series.find(({ id }) => id === named);
  if (exact) return exact.id;
  const [only, ...others] = series.filter(({ seriesInstanceUID }) => seriesInstanceUID === named);
  if (only && others.length === 0) return only.id;
  throw new AppError(
    'series-unknown',
    only
      ? `Series ${named} was split; name one part: ${[only, ...others].map(({ id }) => id).join(', ')}.`
      : `The study has no series ${named}. \`haicast scan\` lists them.`,
  );
};

/** Throws `not-mr`: a series of another modality cannot be given a role at all. */
const mrNamed = (named: string, role: ModelRole, series: Candidates): string => {
  const seriesId = seriesNamed(named, series);
  const found = series.find(({ id }) => id === seriesId);
  if (!found || !isNotMr(found)) return seriesId;
  throw new AppError(
    'not-mr',
    `Series ${named} is ${found.modality}, not MR, and cannot have the ${role} role. Name an MR series; \`haicast scan\` lists them.`,
    { params: { role, modality: found.modality } },
  );
};

export interface RoleChoiceContext {
  series: Candidates;
  channels: ModelManifest['channels'];
  user: string;
  at: string;
}

/** Why a role cannot be taken silently; undefined where it can, or where the study plainly has none and the model can do without. */
const doubtAbout = (role: ModelRole, required: boolean, series: Candidates): string | undefined => {
  const maybe = series.filter(({ suggestion }) => suggestion.role === role);
  if (maybe.length > 0) {
    return `${role} (perhaps ${maybe.map(({ id, suggestion }) => `${id}, confidence ${suggestion.confidence.toFixed(2)}`).join('; ')})`;
  }
  return required ? role : undefined;
};

/**
 * What was chosen by hand, then what the role engine is sure of. A role in doubt is never taken silently: throws
 * `roles-in-doubt` with the option that settles it.
 */
export const chooseRoles = (
  choices: RoleChoices,
  { series, channels, user, at }: RoleChoiceContext,
): RoleAssignment[] => {
  const chosen = [...choices].flatMap(([role, named]): RoleAssignment[] =>
    named === NONE
      ? []
      : [{ role, seriesId: mrNamed(named, role, series), origin: 'user', confirmedBy: user, confirmedAt: at }],
  );
  const suggested = suggestedRoles(series).filter(({ role }) => !choices.has(role));
  const roles = [...chosen, ...suggested];
  const doubts = channels
    .filter(({ role }) => !choices.has(role) && !roles.some((one) => one.role === role))
    .flatMap(({ role, required }) => doubtAbout(role, required, series) ?? []);
  if (doubts.length > 0) {
    throw new AppError(
      'roles-in-doubt',
      `Not sure enough (below ${ROLE_CONFIDENCE}) which series is: ${doubts.join(', ')}. Look at the images and name it with --role ROLE=SERIES, or --role ROLE=${NONE}; \`haicast scan\` lists the series.`,
    );
  }
  return roles.toSorted((a, b) => modelRoles.indexOf(a.role) - modelRoles.indexOf(b.role));
};
