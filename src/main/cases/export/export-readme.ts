import { OPENSSL_ITERATIONS } from './openssl-file.ts';

/** What is what in an archive, for whoever opens it without haicast. */
export const readme = `haicast: everything of a case history
=====================================

Research software. Not for diagnosis or treatment decisions. A row whose modelStatus is "simulated" comes from a model that was
made of simulated patients and means nothing for a patient.

THIS ARCHIVE NAMES PATIENTS.

cases.csv            one line a case: whose it is, of which study, when it was made and changed. trashedAt: it lay in the trash
predictions.csv      every prediction of a case, newest first; outdated: the inputs or a newer one have superseded it.
                     probability: of complete or partial response by the criterion beside it. A number that was withheld is not here
factors.csv          clinical factors as they were entered, with unit and date
lesions.csv          lesions of the baseline; roles.csv: which series stood for which image
course-entries.csv   what followed, every entry ever made, oldest first; body is JSON, empty where a part was taken away
board-entries.csv    what a tumour board was asked (listing), shown of the model and when (shown), decided, and whether that is done;
                     meetings.json: its meetings, with the cases in their order
readings.csv         what readers of reader studies said of a case, before (first) and after (second) the model was shown;
                     reader-studies.json: the studies, with their cases and readers
key-images.csv       which file under cases/ is which picture of a case; course-images.csv: the same of what followed, where sequence is
                     the entry that speaks of it. A picture that was damaged is missing
audit.csv            who did what to which case and when; erased.csv: cases that were erased, by their id alone
cases/<id>/          case.json: all of a case, as haicast's own form has it; and its key images (WebP or PNG)
manifest.json        when and from which installation; unreadable: ids of cases that are damaged and are not in here
SHA256SUMS           for "sha256sum -c SHA256SUMS"

Tables are UTF-8 with a mark at the beginning, separated by commas. An apostrophe before = + - @ keeps a spreadsheet from running
what a cell says. Not in here: images of the studies, models, settings, keys, and the secret that pseudonyms come from.


haicast：病例记录的全部内容
==========================

研究软件，不得用于诊断或治疗决策。modelStatus 为 "simulated" 的行来自以模拟患者训练的模型，对真实患者没有意义。

本归档含患者身份信息。

cases.csv 每行一个病例；predictions.csv 全部预测（被扣留的数值不在表中）；factors.csv 临床因素；lesions.csv 基线病灶；
roles.csv 图像角色；course-entries.csv 病程的全部条目；board-entries.csv 多学科会诊的提问、展示与决定；meetings.json 会议；readings.csv 阅片研究的判读；reader-studies.json 阅片研究；key-images.csv 关键图像文件；course-images.csv 病程的关键图像文件（受损的图像缺失）；audit.csv 审计日志；erased.csv 已清除的病例编号；
cases/<编号>/case.json 病例的全部内容及其关键图像；manifest.json 归档来源；SHA256SUMS 校验值。
不含：检查图像、模型、设置、密钥。
`;

/** Beside an encrypted archive, which cannot say it itself. Names nobody. */
export const howToOpen = (file: string): string => `haicast: an encrypted export of a case history
数据为加密的 haicast 病例记录导出。

openssl enc -d -aes-256-cbc -pbkdf2 -iter ${OPENSSL_ITERATIONS} -md sha256 -in ${file} -out ${file.replace(/\.enc$/, '')}

asks for the passphrase that was chosen at the export, and writes a zip that names patients. openssl 1.1.1 or later is part of
Linux and macOS, and on Windows of Git for Windows. Without the passphrase nobody can open it.
按提示输入导出时设置的口令，得到含患者身份信息的 zip 文件。
`;
