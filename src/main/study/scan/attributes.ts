/**
 * The attributes that a scan keeps, by keyword (PS3.6): what grouping, geometry, roles, decoding and the patient banner
 * need. Everything else in a header is stepped over. Values of private elements carry their vendor in the keyword.
 */

export interface WantedAttribute {
  keyword: string;
  /** Value representation, for the implicit encoding and for values written as UN. */
  vr: string;
}

const lines = `
0008,0005 CS SpecificCharacterSet
0008,0008 CS ImageType
0008,0016 UI SOPClassUID
0008,0018 UI SOPInstanceUID
0008,0020 DA StudyDate
0008,0021 DA SeriesDate
0008,0022 DA AcquisitionDate
0008,0023 DA ContentDate
0008,002A DT AcquisitionDateTime
0008,0030 TM StudyTime
0008,0031 TM SeriesTime
0008,0032 TM AcquisitionTime
0008,0033 TM ContentTime
0008,0050 SH AccessionNumber
0008,0060 CS Modality
0008,0064 CS ConversionType
0008,0070 LO Manufacturer
0008,0100 SH CodeValue
0008,0104 LO CodeMeaning
0008,1030 LO StudyDescription
0008,103E LO SeriesDescription
0008,1090 LO ManufacturerModelName
0008,2111 ST DerivationDescription
0008,9007 CS FrameType
0008,9205 CS PixelPresentation
0008,9206 CS VolumetricProperties
0008,9208 CS ComplexImageComponent
0008,9209 CS AcquisitionContrast
0010,0010 PN PatientName
0010,0020 LO PatientID
0010,0021 LO IssuerOfPatientID
0010,0030 DA PatientBirthDate
0010,0040 CS PatientSex
0010,1010 AS PatientAge
0010,1030 DS PatientWeight
0018,0010 LO ContrastBolusAgent
0018,0015 CS BodyPartExamined
0018,0020 CS ScanningSequence
0018,0021 CS SequenceVariant
0018,0022 CS ScanOptions
0018,0023 CS MRAcquisitionType
0018,0024 SH SequenceName
0018,0025 CS AngioFlag
0018,0050 DS SliceThickness
0018,0080 DS RepetitionTime
0018,0081 DS EchoTime
0018,0082 DS InversionTime
0018,0083 DS NumberOfAverages
0018,0084 DS ImagingFrequency
0018,0085 SH ImagedNucleus
0018,0086 IS EchoNumbers
0018,0087 DS MagneticFieldStrength
0018,0088 DS SpacingBetweenSlices
0018,0091 IS EchoTrainLength
0018,1020 LO SoftwareVersions
0018,1030 LO ProtocolName
0018,1040 LO ContrastBolusRoute
0018,1041 DS ContrastBolusVolume
0018,1042 TM ContrastBolusStartTime
0018,1043 TM ContrastBolusStopTime
0018,1044 DS ContrastBolusTotalDose
0018,1046 DS ContrastFlowRate
0018,1048 CS ContrastBolusIngredient
0018,1049 DS ContrastBolusIngredientConcentration
0018,1060 DS TriggerTime
0018,1250 SH ReceiveCoilName
0018,1310 US AcquisitionMatrix
0018,1314 DS FlipAngle
0018,5100 CS PatientPosition
0018,9005 SH PulseSequenceName
0018,9008 CS EchoPulseSequence
0018,9011 CS MultipleSpinEcho
0018,9012 CS MultiPlanarExcitation
0018,9014 CS PhaseContrast
0018,9015 CS TimeOfFlightContrast
0018,9016 CS Spoiling
0018,9018 CS EchoPlanarPulseSequence
0018,9020 CS MagnetizationTransfer
0018,9021 CS T2Preparation
0018,9024 CS SaturationRecovery
0018,9025 CS SpectrallySelectedSuppression
0018,9026 CS SpectrallySelectedExcitation
0018,9029 CS OversamplingPhase
0018,9032 CS GeometryOfKSpaceTraversal
0018,9034 CS RectilinearPhaseEncodeReordering
0018,9064 CS KSpaceFiltering
0018,9073 FD AcquisitionDuration
0018,9074 DT FrameAcquisitionDateTime
0018,9075 CS DiffusionDirectionality
0018,9079 FD InversionTimes
0018,9082 FD EffectiveEchoTime
0018,9087 FD DiffusionBValue
0018,9151 DT FrameReferenceDateTime
0018,9220 FD FrameAcquisitionDuration
0018,9240 US RFEchoTrainLength
0018,9241 US GradientEchoTrainLength
0018,9337 US ContrastBolusAgentNumber
0018,9342 CS ContrastBolusAgentAdministered
0018,9343 CS ContrastBolusAgentDetected
0020,000D UI StudyInstanceUID
0020,000E UI SeriesInstanceUID
0020,0010 SH StudyID
0020,0011 IS SeriesNumber
0020,0012 IS AcquisitionNumber
0020,0013 IS InstanceNumber
0020,0032 DS ImagePositionPatient
0020,0037 DS ImageOrientationPatient
0020,0052 UI FrameOfReferenceUID
0020,0060 CS Laterality
0020,0100 IS TemporalPositionIdentifier
0020,0105 IS NumberOfTemporalPositions
0020,0110 DS TemporalResolution
0020,1002 IS ImagesInAcquisition
0020,1041 DS SliceLocation
0020,4000 LT ImageComments
0020,9056 SH StackID
0020,9057 UL InStackPositionNumber
0020,9128 UL TemporalPositionIndex
0020,9153 FD NominalCardiacTriggerDelayTime
0020,9156 US FrameAcquisitionNumber
0020,9157 UL DimensionIndexValues
0020,9254 FD RespiratoryTriggerDelayTime
0020,930D FD TemporalPositionTimeOffset
0028,0002 US SamplesPerPixel
0028,0004 CS PhotometricInterpretation
0028,0006 US PlanarConfiguration
0028,0008 IS NumberOfFrames
0028,0010 US Rows
0028,0011 US Columns
0028,0030 DS PixelSpacing
0028,0034 IS PixelAspectRatio
0028,0100 US BitsAllocated
0028,0101 US BitsStored
0028,0102 US HighBit
0028,0103 US PixelRepresentation
0028,0301 CS BurnedInAnnotation
0028,1050 DS WindowCenter
0028,1051 DS WindowWidth
0028,1052 DS RescaleIntercept
0028,1053 DS RescaleSlope
0028,1054 LO RescaleType
0028,2110 CS LossyImageCompression
0028,3002 US LUTDescriptor
0032,1060 LO RequestedProcedureDescription
0040,0254 LO PerformedProcedureStepDescription
`;

export const tagNumber = (group: number, element: number): number => group * 0x10000 + element;

const wanted = new Map<number, WantedAttribute>();
for (const line of lines.trim().split('\n')) {
  const [tag, vr, keyword] = line.split(' ');
  if (tag && vr && keyword) {
    wanted.set(tagNumber(Number.parseInt(tag.slice(0, 4), 16), Number.parseInt(tag.slice(5), 16)), { keyword, vr });
  }
}
export const wantedAttributes: ReadonlyMap<number, WantedAttribute> = wanted;

/**
 * Sequences that are opened. Their wanted attributes are flattened to the frame (PS3.3 C.7.6.16, C.8.13): the
 * functional groups of Enhanced objects, and the contrast agent's code.
 */
export const flattenedSequences: ReadonlySet<number> = new Set([
  tagNumber(0x5200, 0x9229), // Shared Functional Groups
  tagNumber(0x5200, 0x9230), // Per-frame Functional Groups
  tagNumber(0x0018, 0x0012), // Contrast/Bolus Agent
  tagNumber(0x0018, 0x0014), // Contrast/Bolus Administration Route
  tagNumber(0x0018, 0x9006), // MR Imaging Modifier
  tagNumber(0x0018, 0x9042), // MR Receive Coil
  tagNumber(0x0018, 0x9112), // MR Timing and Related Parameters
  tagNumber(0x0018, 0x9114), // MR Echo
  tagNumber(0x0018, 0x9115), // MR Modifier
  tagNumber(0x0018, 0x9117), // MR Diffusion
  tagNumber(0x0018, 0x9119), // MR Averages
  tagNumber(0x0018, 0x9125), // MR FOV/Geometry
  tagNumber(0x0018, 0x9226), // MR Image Frame Type
  tagNumber(0x0018, 0x9227), // MR Spectroscopy Frame Type
  tagNumber(0x0018, 0x9329), // CT Image Frame Type
  tagNumber(0x0018, 0x9341), // Contrast/Bolus Usage
  tagNumber(0x0020, 0x9111), // Frame Content
  tagNumber(0x0020, 0x9113), // Plane Position
  tagNumber(0x0020, 0x9116), // Plane Orientation
  tagNumber(0x0020, 0x9253), // Respiratory Synchronization
  tagNumber(0x0020, 0x9310), // Temporal Position
  tagNumber(0x0028, 0x3000), // Modality LUT, whose descriptor tells that there is one
  tagNumber(0x0028, 0x9110), // Pixel Measures
  tagNumber(0x0028, 0x9132), // Frame VOI LUT
  tagNumber(0x0028, 0x9145), // Pixel Value Transformation
]);

export const sharedGroupsTag = tagNumber(0x5200, 0x9229);
export const perFrameGroupsTag = tagNumber(0x5200, 0x9230);
export const contrastAgentSequenceTag = tagNumber(0x0018, 0x0012);
export const contrastRouteSequenceTag = tagNumber(0x0018, 0x0014);

export interface PrivateAttribute extends WantedAttribute {
  group: number;
  /** Private creator (PS3.5 7.8.1) in upper case, as it must begin. */
  creator: string;
  /** Last two digits of the element number, within the creator's block. */
  element: number;
}

export const privateAttributes: readonly PrivateAttribute[] = [
  { group: 0x0019, creator: 'GEMS_ACQU_01', element: 0x9c, vr: 'LO', keyword: 'GEPulseSequenceName' },
  { group: 0x0019, creator: 'GEMS_ACQU_01', element: 0x9e, vr: 'LO', keyword: 'GEInternalPulseSequenceName' },
  { group: 0x0043, creator: 'GEMS_PARM_01', element: 0x2f, vr: 'SS', keyword: 'GERawDataType' },
  { group: 0x0043, creator: 'GEMS_PARM_01', element: 0x39, vr: 'IS', keyword: 'GEDiffusionBValue' },
  { group: 0x0019, creator: 'SIEMENS MR HEADER', element: 0x0c, vr: 'IS', keyword: 'SiemensDiffusionBValue' },
  { group: 0x0051, creator: 'SIEMENS MR HEADER', element: 0x16, vr: 'LO', keyword: 'SiemensImageTypeText' },
  { group: 0x2001, creator: 'PHILIPS IMAGING DD 001', element: 0x03, vr: 'FL', keyword: 'PhilipsDiffusionBValue' },
  { group: 0x2001, creator: 'PHILIPS IMAGING DD 001', element: 0x20, vr: 'LO', keyword: 'PhilipsScanningTechnique' },
  { group: 0x2005, creator: 'PHILIPS MR IMAGING DD 001', element: 0x0d, vr: 'FL', keyword: 'PhilipsScaleIntercept' },
  { group: 0x2005, creator: 'PHILIPS MR IMAGING DD 001', element: 0x0e, vr: 'FL', keyword: 'PhilipsScaleSlope' },
  { group: 0x2005, creator: 'PHILIPS MR IMAGING DD 001', element: 0x11, vr: 'CS', keyword: 'PhilipsImageTypeMR' },
  { group: 0x0065, creator: 'IMAGE PRIVATE HEADER', element: 0x09, vr: 'FD', keyword: 'UIHDiffusionBValue' },
];

const privateGroups = new Set(privateAttributes.map(({ group }) => group));
const privateElements = new Set(privateAttributes.map(({ group, element }) => tagNumber(group, element)));

/** True for private creators of the groups above and for elements that may be one of the attributes above. */
export const mayBePrivateAttribute = (tag: number): boolean => {
  const group = tag >>> 16;
  if (!privateGroups.has(group)) return false;
  const element = tag & 0xffff;
  if (element >= 0x10 && element <= 0xff) return true;
  return element > 0xfff && privateElements.has(tagNumber(group, element & 0xff));
};
