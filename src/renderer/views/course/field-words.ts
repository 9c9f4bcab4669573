/** The words by which the history of a course names a field of its parts. Pure. */

/** Words that the forms of the course use for the same field. */
const sameAs: Readonly<Record<string, string>> = {
  date: 'course.date',
  note: 'course.note',
  role: 'course.role',
  organ: 'course.organ',
  segment: 'course.segment',
  mm: 'course.whole',
  viableMm: 'course.viable',
  regimen: 'course.regimen',
  drug: 'course.drug',
  drugs: 'course.drugs',
  planned: 'course.planned',
  given: 'course.given',
  unit: 'course.unit',
  hours: 'course.hours',
  heightCm: 'course.height',
  weightKg: 'course.weight',
  bsaFormula: 'course.bsa',
  route: 'course.route',
  access: 'course.access',
  what: 'course.change',
  labs: 'course.labsBefore',
  events: 'course.events',
  term: 'course.term',
  grade: 'course.grade',
  version: 'course.ctcaeVersion',
  attribution: 'course.attribution',
  kind: 'course.kind',
  name: 'course.name',
  start: 'course.from',
  end: 'course.until',
  detail: 'course.detail',
  conversion: 'course.conversion',
  pathology: 'course.pathology',
  necrosisPercent: 'course.necrosis',
  reason: 'course.reason',
  randomised: 'course.randomised',
  followUpWeeks: 'course.followUpWeeks',
  nonTarget: 'course.statements.nonTarget.title',
  newLesions: 'course.statements.newLesions.title',
  markers: 'course.statements.markers.title',
  stated: 'course.readElsewhere',
  overrideReason: 'course.overrideReason',
  sum: 'course.sum',
  changeFromBaseline: 'course.fromBaseline',
  changeFromNadir: 'course.fromNadir',
  response: 'course.response',
  best: 'course.best',
  byHand: 'course.byHand',
  confirmed: 'course.isConfirmed',
  progression: 'course.outcomeDays.progression',
  death: 'course.outcomeDays.death',
  lastContact: 'course.outcomeDays.lastContact',
  lastAssessment: 'course.outcomeDays.lastAssessment',
  images: 'course.pictures.title',
};

/** Of the policies, which have their words already. */
const POLICIES = [
  'minimumSdDays',
  'confirmationDays',
  'maximumNeBetween',
  'acceptSd',
  'missingAsNe',
  'fiveMillimetreRule',
  'prCarryForward',
];

/** Where the words of a field are; what is no field (a lesion, a factor) has none there. */
export const fieldKey = (name: string): string =>
  sameAs[name] ?? (POLICIES.includes(name) ? `course.options.${name}` : `course.history.fields.${name}`);

/** Fields that say nothing to a person, since the line that they stand in says it already. */
export const untold: ReadonlySet<string> = new Set([
  'id',
  'timePointId',
  'origin',
  'bytes',
  'mediaType',
  'code',
  'params',
  'reasons',
  'caseLesionId',
  'criterion',
]);
