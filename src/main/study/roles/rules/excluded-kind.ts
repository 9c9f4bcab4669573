import { diffusionBValue } from '../../series/diffusion.ts';
import { text } from '../../series/fact-values.ts';
import { imageKind, kindName } from '../../series/image-kind.ts';
import { isExcludedKind } from '../candidates.ts';
import { asked, type Evidence, imageRoles, weights } from '../evidence.ts';
import type { SeriesView } from '../series-view.ts';
import type { RoleRule } from './rule.ts';

const decisive = (text: string): Evidence => ({
  rule: 'excluded-kind',
  role: 'other',
  weight: weights.decisive,
  excludes: true,
  text,
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
          ? `ImageType ${written}: ${kindName(kind)}.`
          : `Fat images of a Dixon acquisition (${series.kind ? `ImageType ${written}` : `“${series.description}”`}).`,
      ),
    );
  }
  if (
    series.imageType.some((value) => value.startsWith('DIFFUSION')) ||
    says(series, 'AcquisitionContrast', 'DIFFUSION')
  ) {
    found.push(decisive(`ImageType ${written}: diffusion.`));
  }
  if (says(series, 'TimeOfFlightContrast', 'YES') || says(series, 'PhaseContrast', 'YES')) {
    found.push(decisive('The header declares a flow image (time of flight or phase contrast).'));
  }
  const b = diffusionBValue(series.facts);
  if (b !== undefined && b > 0) found.push(decisive(`The b-value is ${b} s/mm²: diffusion.`));
  if (series.scanning.includes('EP')) {
    found.push(decisive(`ScanningSequence ${series.scanning.join('\\')}: echo-planar imaging.`));
  }
  return [...found, ...secondary(series, study)];
};

/** Derived and secondary images repeat other pixels; where a whole study is marked so, an archive did it on export. */
const secondary: RoleRule = (series, study) => {
  if (series.imageType[1] !== 'SECONDARY') return [];
  const everything = study.series.length > 1 && study.series.every((other) => other.imageType[1] !== 'PRIMARY');
  const value = series.imageType.slice(0, 3).join('\\');
  if (everything) {
    return [
      {
        rule: 'secondary-image',
        cap: { value: 0.7, roles: imageRoles },
        text: `ImageType ${value}: no series of this study is marked as original, so the mark says little.`,
      },
    ];
  }
  return [
    {
      rule: 'secondary-image',
      role: 'other',
      weight: weights.parameter,
      cap: { value: asked, roles: imageRoles },
      text: `ImageType ${value}: a secondary image, made from others. ${text(series.facts, 'DerivationDescription')}`.trim(),
    },
  ];
};
