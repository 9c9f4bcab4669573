import { describe, expect, it } from 'vitest';
import { comparePatients } from '#shared/clinical/paste/compare-patient.ts';
import { pastedPatients } from '#shared/clinical/paste/pasted-patient.ts';

const study = { patientName: 'DOE^JANE', patientId: '0012345', birthDate: '19680101', sex: 'F' };
const differing = (text: string, patient: Parameters<typeof comparePatients>[1] = study) =>
  comparePatients(pastedPatients(text), patient).differences.map(({ item }) => item);
const agreeing = (text: string, patient: Parameters<typeof comparePatients>[1] = study) =>
  comparePatients(pastedPatients(text), patient).agreeing;
const pid = (id: string, name: string, birth: string, sex: string) =>
  `MSH|^~\\&|LIS|LAB\rPID|1||${id}||${name}||${birth}|${sex}\rOBX|1|NM|1751-7^Albumin^LN||40|g/L`;

describe('who pasted results are of', () => {
  it('is read from PID: every identifier, name, birth date and sex', () => {
    expect(pastedPatients(pid('A7^^^HOSP~12345^^^MPI', 'DOE^JANE^M', '19680101', 'F'))).toEqual([
      { ids: ['A7', '12345'], name: 'DOE JANE', birthDate: '1968-01-01', sex: 'F' },
    ]);
  });

  it.each([
    [
      'columns of a table',
      '姓名\t住院号\t性别\t项目\t结果\t单位\n张三\t0012345\t女\t白蛋白\t40\tg/L\n张三\t0012345\t女\tALT\t38\tU/L',
    ],
    ['the head of a report', '姓名：张三  性别：女  住院号：0012345\n白蛋白 40 g/L'],
    ['lines of two cells', '姓名\t张三\n住院号\t0012345\n性别\t女\n白蛋白\t40 g/L'],
  ])('is read from %s', (_, text) => {
    expect(pastedPatients(text)).toEqual([{ ids: ['0012345'], name: '张三', sex: 'F' }]);
  });

  it('is not read from the name of a test, nor where nobody is named', () => {
    expect(pastedPatients('Name: ALT\nALT\t38\tU/L\nAlbumin: 40 g/L')).toEqual([]);
    expect(pastedPatients('Name,Value,Unit\nALT,38,U/L')).toEqual([]);
    expect(pastedPatients('序号,项目,结果,提示,单位\n1,总胆红素,20.5,↑,umol/L')).toEqual([]);
  });
});

describe('compared with the patient of the study', () => {
  it('agrees, however name and ID are written', () => {
    expect(differing(pid('12345', 'Doe^Jane', '19680101', 'F'))).toEqual([]);
    expect(agreeing(pid('12345', 'Doe^Jane', '19680101', 'F'))).toEqual(['name', 'id', 'birthDate', 'sex']);
  });

  it.each([
    ['name', pid('12345', 'ROE^RICHARD', '19680101', 'F')],
    ['id', pid('99999', 'DOE^JANE', '19680101', 'F')],
    ['birthDate', pid('12345', 'DOE^JANE', '19690101', 'F')],
    ['sex', pid('12345', 'DOE^JANE', '19680101', 'M')],
  ])('differs in the %s alone', (item, text) => expect(differing(text)).toEqual([item]));

  it('differs wherever one of several patients of a table does', () => {
    const table = 'Patient ID\tPatient name\tTest\tResult\n12345\tJane Doe\tALT\t38 U/L\n777\tRichard Roe\tALT\t40 U/L';
    expect(differing(table)).toEqual(['name', 'id']);
  });

  it('takes a Chinese name for that of a study with a Latin one only where ID or birth date agree', () => {
    const zhang = { patientName: 'Zhang^San', patientId: '7' };
    expect(differing('姓名：张三  住院号：7', zhang)).toEqual([]);
    expect(differing('姓名：张三', zhang)).toEqual(['name']);
    expect(differing('姓名：张三', { ...zhang, nameGroups: { ideographic: '张^三' } })).toEqual([]);
    expect(differing('姓名：李四  住院号：7', { ...zhang, patientName: 'Zhang^San=张^三' })).toEqual(['name']);
  });

  it('says nothing where one of the two does not say who', () => {
    expect(differing('Albumin\t40\tg/L')).toEqual([]);
    expect(differing(pid('', '', '', 'U'))).toEqual([]);
    expect(differing(pid('1', 'A^B', '19700101', 'F'), { patientName: '', patientId: '' })).toEqual([]);
  });
});
