"""Writes a simulated study as DICOM MR images (Explicit VR Little Endian), one file per slice and echo."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.filebase import DicomBytesIO
from pydicom.filewriter import write_data_element
from pydicom.uid import ExplicitVRLittleEndian, MRImageStorage

from .acquire import Volume
from .protocol import SeriesPlan, StudyPlan
from .signal import Sequence
from .vendors import VENDORS, Vendor

#: Proton frequency, MHz per tesla.
GAMMA_MHZ_PER_T = 42.577
IMPLEMENTATION_UID = "2.25.276021487930236817427110287713927418116"


@dataclass(frozen=True)
class Person:
    """Who the headers say it is."""

    name: str
    patient_id: str
    sex: str
    age_years: int
    started: datetime
    #: Every UID of the study is derived from this.
    key: str
    weight_kg: float = 68.0


def uid(*parts: str | int) -> str:
    """A UUID-derived UID (PS3.5 B.2), the same for the same parts."""
    return f"2.25.{uuid.uuid5(uuid.NAMESPACE_OID, '/'.join(map(str, ('haicast-simulator', *parts)))).int}"


def write_study(folder: Path, person: Person, plan: StudyPlan, volumes: list[Volume]) -> int:
    """Returns the number of files. The two echoes of a dual echo share one series, as scanners write them."""
    by_role = {volume.role: volume for volume in volumes}
    windows = {volume.role: _window(volume.values) for volume in volumes}
    files = 0
    for series in plan.series:
        home = folder / f"S{series.number:02d}"
        home.mkdir(parents=True, exist_ok=True)
        shared = encoded(_series_dataset(person, plan, series))
        number = 0
        for k in range(series.geometry.slices):
            for echo, (role, sequence) in enumerate(zip(series.roles, series.sequences, strict=True), start=1):
                number += 1
                own = _image_dataset(person, plan, series, sequence, k, echo, number)
                values = by_role[role].values[k]
                own.PixelData = values.astype("<u2").tobytes()
                own["PixelData"].VR = "OW"
                own.SmallestImagePixelValue, own.LargestImagePixelValue = int(values.min()), int(values.max())
                own["SmallestImagePixelValue"].VR = own["LargestImagePixelValue"].VR = "US"
                own.WindowCenter, own.WindowWidth = windows[role]
                write_file(home / f"IM{number:04d}.dcm", own.SOPInstanceUID, {**shared, **encoded(own)})
                files += 1
    return files


def encoded(dataset: Dataset) -> dict[int, bytes]:
    """Every element as it stands in a file. What a series shares is encoded once, not once per image."""
    parts = {}
    for element in dataset:
        buffer = DicomBytesIO()
        buffer.is_little_endian, buffer.is_implicit_VR = True, False
        write_data_element(buffer, element)
        parts[int(element.tag)] = buffer.getvalue()
    return parts


def write_file(path: Path, instance: str, elements: dict[int, bytes]) -> None:
    """Preamble, meta group and elements in the order of their tags."""
    meta = FileMetaDataset()
    meta.FileMetaInformationVersion = b"\0\1"
    meta.MediaStorageSOPClassUID = MRImageStorage
    meta.MediaStorageSOPInstanceUID = instance
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.ImplementationClassUID = IMPLEMENTATION_UID
    meta.ImplementationVersionName = "HAICAST_SIM"
    group = b"".join(part for _, part in sorted(encoded(meta).items()))
    length = Dataset()
    length.add_new(0x00020000, "UL", len(group))
    (head,) = encoded(length).values()
    body = b"".join(part for _, part in sorted(elements.items()))
    path.write_bytes(b"\0" * 128 + b"DICM" + head + group + body)


def _window(values: np.ndarray) -> tuple[int, int]:
    low, high = np.percentile(values[values > 0] if (values > 0).any() else values, (2, 99.5))
    return round(float(low + high) / 2), max(1, round(float(high - low)))


def _tm(moment: datetime) -> str:
    return moment.strftime("%H%M%S.%f")[:10]


def _series_dataset(person: Person, plan: StudyPlan, series: SeriesPlan) -> Dataset:
    """Everything that all images of a series share."""
    vendor = VENDORS[plan.vendor]
    d = Dataset()
    began = person.started + timedelta(seconds=series.clock_s)
    sequence = series.sequences[0]

    d.SpecificCharacterSet = "ISO_IR 100"
    d.SOPClassUID = MRImageStorage
    d.StudyDate = d.SeriesDate = d.AcquisitionDate = d.ContentDate = person.started.strftime("%Y%m%d")
    d.StudyTime = _tm(person.started)
    d.SeriesTime = d.AcquisitionTime = d.ContentTime = _tm(began)
    d.AccessionNumber = ""
    d.Modality = "MR"
    d.Manufacturer = vendor.manufacturer
    d.ManufacturerModelName = vendor.models[plan.field_t]
    d.StationName = vendor.station
    d.InstitutionName = "Simulated Hospital"
    d.ReferringPhysicianName = ""
    d.StudyDescription = "MRI liver with and without contrast (SIMULATED)"
    d.SeriesDescription = series.description
    d.PatientName = person.name
    d.PatientID = person.patient_id
    d.PatientBirthDate = f"{person.started.year - person.age_years - 1}1231"
    d.PatientSex = person.sex
    d.PatientAge = f"{person.age_years:03d}Y"
    d.PatientWeight = str(person.weight_kg)
    d.BodyPartExamined = "LIVER"
    d.ScanningSequence = "SE" if sequence.kind == "fse-fat-sat" else "GR"
    d.SequenceVariant = "SK" if sequence.kind == "fse-fat-sat" else ["SS", "SP"]
    d.ScanOptions = list(vendor.fat_sat_options) if sequence.kind.endswith("fat-sat") else "PFP"
    d.MRAcquisitionType = "3D" if sequence.kind == "gre-fat-sat" else "2D"
    d.SequenceName = vendor.sequence_names[sequence.kind]
    d.SliceThickness = _ds(series.geometry.thickness)
    d.SpacingBetweenSlices = _ds(series.geometry.thickness + series.geometry.gap)
    d.RepetitionTime = _ds(sequence.tr)
    d.FlipAngle = _ds(sequence.flip_deg)
    d.EchoTrainLength = 16 if sequence.kind == "fse-fat-sat" else 1
    d.NumberOfAverages = "1"
    d.ImagingFrequency = _ds(GAMMA_MHZ_PER_T * plan.field_t)
    d.ImagedNucleus = "1H"
    d.MagneticFieldStrength = _ds(plan.field_t)
    d.PercentSampling = "100"
    d.PixelBandwidth = "325"
    d.DeviceSerialNumber = "SIM0001"
    d.SoftwareVersions = "SIM-1"
    d.ProtocolName = "Liver"
    d.ReceiveCoilName = "Torso PA"
    d.InPlanePhaseEncodingDirection = "COL"
    d.SAR = "1.2"
    d.PatientPosition = "HFS"
    d.StudyInstanceUID = uid(person.key, "study")
    d.SeriesInstanceUID = uid(person.key, "series", series.number)
    d.StudyID = "1"
    d.SeriesNumber = series.number
    d.AcquisitionNumber = 1
    d.FrameOfReferenceUID = uid(person.key, "frame")
    d.PositionReferenceIndicator = ""
    if sequence.seconds is not None:
        _contrast(d, person, plan, vendor)
    g = series.geometry
    d.SamplesPerPixel = 1
    d.PhotometricInterpretation = "MONOCHROME2"
    d.Rows, d.Columns = g.rows, g.columns
    d.PixelSpacing = [_ds(g.spacing), _ds(g.spacing)]
    d.BitsAllocated, d.BitsStored, d.HighBit, d.PixelRepresentation = 16, 12, 11, 0
    d.ImageOrientationPatient = [_ds(v) for v in g.directions.ravel()]
    return d


def _contrast(d: Dataset, person: Person, plan: StudyPlan, vendor: Vendor) -> None:
    d.ContrastBolusAgent = plan.agent
    d.ContrastBolusRoute = "IV"
    d.ContrastBolusVolume = _ds(round(0.2 * person.weight_kg, 1))
    if vendor.writes_bolus_time:
        d.ContrastBolusStartTime = _tm(person.started + timedelta(seconds=plan.injection_s))


def _image_dataset(
    person: Person,
    plan: StudyPlan,
    series: SeriesPlan,
    sequence: Sequence,
    k: int,
    echo: int,
    number: int,
) -> Dataset:
    """What differs from image to image."""
    position = series.geometry.position(k)
    d = Dataset()
    d.SOPInstanceUID = uid(person.key, "image", series.number, number)
    d.InstanceNumber = number
    d.EchoTime = _ds(round(sequence.te, 3))
    d.EchoNumbers = echo
    d.ImagePositionPatient = [_ds(v) for v in position]
    d.SliceLocation = _ds(float(position @ series.geometry.normal))
    d.ImageType = ["ORIGINAL", "PRIMARY", "OTHER"]
    if len(series.roles) == 2 and plan.vendor != "ge":  # GE leaves it to the echo time
        d.ImageType = ["ORIGINAL", "PRIMARY", "M", "OUT_PHASE" if sequence.opposed else "IN_PHASE"]
    return d


def _ds(value: float) -> str:
    """A decimal string of at most 16 characters (PS3.5 6.2)."""
    return f"{value:.10g}"[:16]
