/**
 * CTCAE terms that HAIC and its co-therapies bring, with their MedDRA codes (CTCAE v5.0, NCI 2017; codes as in the table of
 * terms of the R package ctcae5). Version 6 calls the platelet term Thrombocytopenia; grades differ between versions, so a
 * grade never stands without its version.
 */
const v5 = `Abdominal pain 10000081, Nausea 10028813, Vomiting 10047700, Diarrhea 10012727, Constipation 10010774,
Anorexia 10002646, Mucositis oral 10028130, Gastritis 10017853, Gastric ulcer 10017822, Duodenal ulcer 10013836,
Ascites 10003445, Pancreatitis 10033645, Hepatic failure 10019663, Hepatic infection 10056522, Hepatic necrosis 10019692,
Hepatic hemorrhage 10019678, Cholecystitis 10008612, Biliary tract infection 10061695, Portal vein thrombosis 10036206,
Arterial injury 10003162, Vascular access complication 10062169, Catheter related infection 10007810,
Device related infection 10064687, Hematoma 10019428, Infusion site extravasation 10064774, Fever 10016558, Fatigue 10016256,
Weight loss 10047900, Sepsis 10040047, Allergic reaction 10001718, Anaphylaxis 10002218, Infusion related reaction 10051792,
Peripheral sensory neuropathy 10034620, Paresthesia 10033987, Alopecia 10001760, Hypertension 10020772, Proteinuria 10037032,
Platelet count decreased 10035528, Neutrophil count decreased 10029366, White blood cell decreased 10049182, Anemia 10002272,
Febrile neutropenia 10016288, Blood bilirubin increased 10005364, Alanine aminotransferase increased 10001551,
Aspartate aminotransferase increased 10003481, GGT increased 10056910, Alkaline phosphatase increased 10001675,
Creatinine increased 10011368, INR increased 10022402, Hypoalbuminemia 10020943, Hypokalemia 10021018,
Acute kidney injury 10069339`;

export interface CtcaeTerm {
  readonly term: string;
  readonly code: string;
}

export const ctcaeTerms: readonly CtcaeTerm[] = v5.split(',').map((entry) => {
  const plain = entry.trim();
  const space = plain.lastIndexOf(' ');
  return { term: plain.slice(0, space), code: plain.slice(space + 1) };
});

export const ctcaeCode = (term: string): string | undefined =>
  ctcaeTerms.find((one) => one.term.toLowerCase() === term.trim().toLowerCase())?.code;
