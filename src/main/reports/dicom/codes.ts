/** Coded concepts of the objects. Sources: PS3.16 of the DICOM standard as pydicom 3.0.2 lists it; docs/objects.md says which is what. */
export interface Code {
  readonly value: string;
  readonly scheme: string;
  readonly meaning: string;
}

const of =
  (scheme: string) =>
  (value: string, meaning: string): Code => ({ value, scheme, meaning });

const dcm = of('DCM');
const sct = of('SCT');
const umls = of('UMLS');
const ucum = of('UCUM');

/** Of this application; declared in Coding Scheme Identification Sequence (0008,0110) wherever one is used. */
export const PRIVATE_SCHEME = '99HAICAST';
const own = of(PRIVATE_SCHEME);

export const units = {
  millimetre: ucum('mm', 'mm'),
  none: ucum('1', 'no units'),
  percent: ucum('%', '%'),
  /** UCUM takes any words in braces as a unit without a dimension. */
  logOdds: ucum('{log-odds}', 'log-odds'),
} as const;

export const codes = {
  oncologyReport: dcm('126001', 'Oncology Measurement Report'),
  imagingMeasurements: dcm('126010', 'Imaging Measurements'),
  qualitativeEvaluations: umls('C0034375', 'Qualitative Evaluations'),
  measurementGroup: dcm('125007', 'Measurement Group'),
  language: dcm('121049', 'Language of Content Item and Descendants'),
  english: of('RFC5646')('en', 'English'),
  observerType: dcm('121005', 'Observer Type'),
  device: dcm('121007', 'Device'),
  deviceUid: dcm('121012', 'Device Observer UID'),
  deviceName: dcm('121013', 'Device Observer Name'),
  deviceManufacturer: dcm('121014', 'Device Observer Manufacturer'),
  deviceModel: dcm('121015', 'Device Observer Model Name'),
  procedureReported: dcm('121058', 'Procedure reported'),
  multiparametricMri: dcm('126020', 'Multiparametric MRI'),
  imageLibrary: dcm('111028', 'Image Library'),
  imageLibraryGroup: dcm('126200', 'Image Library Group'),
  modality: dcm('121139', 'Modality'),
  magneticResonance: dcm('MR', 'Magnetic Resonance'),
  trackingIdentifier: dcm('112039', 'Tracking Identifier'),
  trackingUid: dcm('112040', 'Tracking Unique Identifier'),
  finding: dcm('121071', 'Finding'),
  findingSite: sct('363698007', 'Finding Site'),
  anatomicIdentifier: dcm('112050', 'Anatomic Identifier'),
  lesion: sct('52988006', 'Lesion'),
  liver: sct('10200004', 'Liver'),
  lymphNode: sct('59441001', 'Lymph Node'),
  longAxis: sct('103339001', 'Long Axis'),
  shortAxis: sct('103340004', 'Short Axis'),
  measurementMethod: sct('370129005', 'Measurement Method'),
  timePoint: umls('C2348792', 'Time Point'),
  timePointType: dcm('126072', 'Time Point Type'),
  timePointOrder: dcm('126073', 'Time Point Order'),
  subjectTimePoint: dcm('126070', 'Subject Time Point Identifier'),
  baseline: umls('C1442488', 'Baseline'),
  pretreatment: umls('C3539075', 'Pretreatment'),
  posttreatment: dcm('126074', 'Posttreatment'),
  baselineCategory: dcm('112016', 'Baseline Category'),
  target: dcm('112074', 'Target Lesion at Baseline'),
  nonTarget: dcm('112075', 'Non-Target Lesion at Baseline'),
  responseEvaluation: dcm('112020', 'Response Evaluation'),
  responseMethod: dcm('112021', 'Response Evaluation Method'),
  recist11: dcm('126081', 'RECIST 1.1'),
  currentResponse: dcm('112048', 'Current Response'),
  bestResponse: dcm('112049', 'Best Overall Response'),
  measurementOfResponse: dcm('112051', 'Measurement of Response'),
  algorithmName: dcm('111001', 'Algorithm Name'),
  algorithmVersion: dcm('111003', 'Algorithm Version'),
  algorithmParameters: dcm('111002', 'Algorithm Parameters'),
  algorithmFamily: dcm('111000', 'Algorithm Family'),
  artificialIntelligence: dcm('123110', 'Artificial Intelligence'),
  probability: dcm('122157', 'Probability'),
  upperUncertainty: sct('371886008', '+, range of upper measurement uncertainty'),
  lowerUncertainty: sct('371885007', '-, range of lower measurement uncertainty'),
  levelOfSignificance: dcm('121403', 'Level of Significance'),
  source: sct('260753009', 'Source'),
  comment: dcm('121106', 'Comment'),
  forConference: dcm('113005', 'For Conference'),
  keyObjectDescription: dcm('113012', 'Key Object Description'),
  classActivation: dcm('130402', 'Class activation'),
  visualExplanation: dcm('130401', 'Visual explanation'),
  imageProcessing: dcm('110001', 'Image Processing'),
  quantity: sct('246205007', 'Quantity'),
  sourceImage: dcm('121322', 'Source image for image processing operation'),
} as const;

/** Where no standard concept exists: mRECIST, overall response by a criterion, what of a lesion enhances, and how one stands. */
export const ownCodes = {
  mrecist: own('mRECIST', 'mRECIST for hepatocellular carcinoma'),
  viableDiameter: own('viable-diameter', 'Longest diameter of the arterially enhancing part'),
  lesionState: own('lesion-state', 'State of the lesion at the time point'),
  newLesion: own('new-lesion', 'New lesion'),
  changeFromBaseline: own('baseline-change', 'Change of the sum from baseline'),
  changeFromNadir: own('nadir-change', 'Change of the sum from nadir'),
  targetResponse: own('target', 'Response of target lesions'),
  nonTargetResponse: own('non-target', 'Response of non-target lesions'),
  predictionResult: own('prediction', 'Result of the prediction'),
  withheld: own('withheld', 'Withheld: the number means nothing for this case'),
  computed: own('computed', 'Computed; see the probability and its limits'),
  /** Values of the map. */
  evidence: own('evidence', 'Contribution of the image to the log-odds of response'),
} as const;

export const lesionStates = {
  split: own('split', 'Split into parts'),
  merged: own('merged', 'Merged with another lesion'),
  gone: own('gone', 'No longer visible'),
  'too-small': own('too-small', 'Too small to measure'),
  'not-assessed': own('not-assessed', 'Not assessed'),
} as const;

/** Overall response by a criterion: SNOMED's terms are of a course in general, so none of them says this. */
export const overallCodes = {
  CR: own('CR', 'Complete response'),
  PR: own('PR', 'Partial response'),
  SD: own('SD', 'Stable disease'),
  'NON-CR/NON-PD': own('NON-CR-NON-PD', 'Neither complete response nor progression'),
  PD: own('PD', 'Progressive disease'),
  NE: own('NE', 'Not evaluable'),
} as const;

export const targetCodes = {
  CR: dcm('112041', 'Target Lesion Complete Response'),
  PR: dcm('112042', 'Target Lesion Partial Response'),
  PD: dcm('112043', 'Target Lesion Progressive Disease'),
  SD: dcm('112044', 'Target Lesion Stable Disease'),
  NE: overallCodes.NE,
} as const;

export const nonTargetCodes = {
  CR: dcm('112045', 'Non-Target Lesion Complete Response'),
  'NON-CR/NON-PD': dcm('112046', 'Non-Target Lesion Incomplete Response or Stable Disease'),
  PD: dcm('112047', 'Non-Target Lesion Progressive Disease'),
  NE: overallCodes.NE,
} as const;

export const methodCode = (criterion: string): Code =>
  criterion === 'RECIST 1.1' || criterion === 'recist-1.1' ? codes.recist11 : ownCodes.mrecist;
