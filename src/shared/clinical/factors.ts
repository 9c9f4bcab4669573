/** The clinical factors: their one schema, and what reads values by it. */
export type {
  ChoiceFactor,
  ChoiceOption,
  CountFactor,
  FactorDefinition,
  FactorGroup,
  MeasuredFactor,
  Range,
} from './factor-definition.ts';
export { canonicalUnit, factorGroups } from './factor-definition.ts';
export type { FactorProblem, FactorProblemCode } from './factor-problem.ts';
export { factorDefinition, factorDefinitions } from './factor-table.ts';
export { type ParsedFactors, parseFactor, parseFactors } from './parse-factors.ts';
