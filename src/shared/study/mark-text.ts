/** What a mark was measured to be, in signs that need no language. */
import { distance } from './geometry.ts';
import { angleDegrees, ellipseAreaMm2, type Mark } from './mark.ts';

/** Values of MR have no unit and any scale: three digits, and never a row of noughts after the comma. */
export const valueText = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : Number(value.toPrecision(3)).toString();

/** cm² from 1 cm² on. */
export const areaText = (mm2: number): string =>
  mm2 >= 100 ? `${(mm2 / 100).toFixed(1)} cm²` : `${mm2.toFixed(0)} mm²`;

/** Empty for an arrow. */
export const measureText = (mark: Mark): string => {
  switch (mark.tool) {
    case 'length':
      return `${distance(...mark.points).toFixed(1)} mm`;
    case 'angle':
      return `${(angleDegrees(mark.points) ?? 0).toFixed(1)}°`;
    case 'ellipse': {
      const { statistics } = mark;
      const values = statistics && `${valueText(statistics.mean)} ± ${valueText(statistics.sd)}`;
      return [values, areaText(ellipseAreaMm2(mark.points))].filter(Boolean).join(' · ');
    }
    case 'arrow':
      return '';
  }
};
