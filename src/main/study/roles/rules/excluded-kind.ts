import { because } from '#shared/study/messages/role-reasons.ts';
import { diffusionBValue } from '../../series/diffusion.ts';
import { text } from '../../series/fact-values.ts';
import { imageKind } from '../../series/image-kind.ts';
import { isExcludedKind } from '../candidates.ts';
import { asked, type Evidence, imageRoles, weights } from '../evidence.ts';
import type { SeriesView } from '../series-view.ts';
import type { RoleRule } from './rule.ts';

const decisive = (reason: ReturnType<typeof because>): Evidence => ({
  rule: 'excluded-kind',
  role: 'other',
  weight: weights.decisive,
  excludes: true,
  ...reason,
});

const says = ({ facts }: SeriesView, keyword: string, value: string): boolean =>
  text(facts, keyword).toUpperCase() === value;

/** Kinds of image that the header itself declares: maps, fat images, subtractions, projections, diffusion, localizers. */
export const excludedKind: RoleRule = (series, study) => {
  const found: Evidence[] = [];
  const written = series.imageType.join('\\');
  if (isExcludedKind(series)) {
    const kind = imageKind(series.facts);
    found.push(
      decisive(
        kind && series.kind === kind && kind !== 'magnitude' && series.part !== 'fat'
          ? because('image-type-kind', { imageType: written, kind })
          : series.kind
            ? because('image-type-fat', { imageType: written })
            : because('name-fat', { description: series.description }),
      ),
    );
  }
  if (
    series.imageType.some((value) => value.startsWith('DIFFUSION')) ||
    says(series, 'AcquisitionContrast', 'DIFFUSION')
  ) {
    found.push(decisive(because('image-type-diffusion', { imageType: written })));
  }
  if (says(series, 'TimeOfFlightContrast', 'YES') || says(series, 'PhaseContrast', 'YES')) {
    found.push(decisive(because('flow-contrast')));
  }
  const b = diffusionBValue(series.facts);
  if (b !== undefined && b > 0) found.push(decisive(because('b-value', { b })));
  if (series.scanning.includes('EP')) {
    found.push(decisive(because('echo-planar', { sequence: series.scanning.join('\\') })));
  }
  return [...found, ...secondary(series, study)];
};

/** Derived and secondary images repeat other pixels; where a whole study is marked so, an archive did it on export. */
const secondary: RoleRule = (series, study) => {
  if (series.imageType[1] !== 'SECONDARY') return [];
  const everything = study.series.length > 1 && study.series.every((other) => other.imageType[1] !== 'PRIMARY');
  const value = series.imageType.slice(0, 3).join('\\');
  const derivation = text(series.facts, 'DerivationDescription');
  if (everything) {
    return [
      {
        rule: 'secondary-image',
        cap: { value: 0.7, roles: imageRoles },
        ...because('none-original', { imageType: value }),
      },
    ];
  }
  return [
    {
      rule: 'secondary-image',
      role: 'other',
      weight: weights.parameter,
      cap: { value: asked, roles: imageRoles },
      ...(derivation === ''
        ? because('secondary', { imageType: value })
        : because('secondary-derived', { imageType: value, derivation })),
    },
  ];
};
