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
export type { FactorProblem, FactorProblemCode, Repair } from './factor-problem.ts';
export { factorDefinition, factorDefinitions } from './factor-table.ts';
export { censoredFactors, type ParsedFactors, parseFactor, parseFactors, refusedFactors } from './parse-factors.ts';
