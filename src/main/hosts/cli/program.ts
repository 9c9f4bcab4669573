import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import type { ErrorShape } from '#shared/errors.ts';
import { AppError, toErrorShape } from '#shared/errors.ts';
import { bannerOf } from '#shared/model/banner.ts';
import { exportKinds } from '#shared/report/export-kinds.ts';
import { worstOf } from '#shared/self-check.ts';
import { dicomdirIncomplete } from '#shared/study/messages/notes.ts';
import type { ApplicationOptions, ComposedApplication } from '../../application.ts';
import { logCrashes } from '../../log/log.ts';
import { handOverRecoveryKey } from '../hand-over-recovery-key.ts';
import { openRecords } from '../open-records.ts';
import { type Call, callsOf } from './client.ts';
import {
  type DeidentifyCommandOptions,
  deidentifiedJson,
  deidentify,
  showDeidentified,
} from './commands/deidentify.ts';
import { type ErasePatientOptions, erasePatient } from './commands/erase-patient.ts';
import { exportOneCase, kindsOf, showExportedCase } from './commands/export-case.ts';
import { exportEverything, showExported } from './commands/export-everything.ts';
import { type ImportCommandOptions, importEverything, showImported } from './commands/import-everything.ts';
import { modelsJson, showModels } from './commands/models.ts';
import { type PredictOptions, predict } from './commands/predict.ts';
import { prepare, prepareJson, showPrepared } from './commands/prepare.ts';
import { type AuditCommandOptions, auditFilterOf, readAudit, showAudit, showVerdict } from './commands/records.ts';
import { type RekeyOptions, rekey } from './commands/rekey.ts';
import { makeReport, type ReportCommandOptions, showVerified, verifyReport } from './commands/report.ts';
import { responseJson, responseOf, showResponse } from './commands/response.ts';
import { rolesOf, showRoles } from './commands/roles.ts';
import { scanJson, showScan } from './commands/scan.ts';
import { notComputableJson, predictionJson, showPrediction } from './commands/show-prediction.ts';
import { selfCheckJson, showBundle, showSelfCheck } from './commands/support.ts';
import { idOfUser, roleOf, showUsers } from './commands/users.ts';
import { showValidated, type ValidateOptions, validatedJson, validateTable } from './commands/validate.ts';
import { addCourseCommands } from './course-commands.ts';
import { EXIT, exitCodeOf } from './exit-codes.ts';
import { folderHint, openStudies } from './one-study.ts';
import { asJson, collect, JSON_OPTION, type JsonOption } from './option-forms.ts';
import { addPacsCommands } from './pacs-commands.ts';
import { readJson } from './read-json.ts';
import { type ReadPassword, readPassword } from './read-password.ts';
import type { Terminal } from './terminal.ts';

export interface ProgramOptions {
  version: string;
  terminal: Terminal;
  createApplication: (given?: Pick<ApplicationOptions, 'resolveDestination'>) => Promise<ComposedApplication>;
  passphrase: string | undefined;
  /** For `records rekey`, in place of that one. */
  newPassphrase?: string | undefined;
  /** For `records export`. */
  exportPassphrase?: string | undefined;
  /** Where passwords of users come from. */
  readPassword?: ReadPassword;
  /** Where what went wrong is written, for the help. */
  logFile?: string;
}

interface UserChangeOptions {
  role?: string;
  disable?: boolean;
  enable?: boolean;
  newPassword?: boolean;
  newPasswordFd?: string;
}

const logHint = (file: string | undefined): string =>
  file === undefined ? '' : `\nWhat went wrong is written, without identifiers, to ${file}`;

/** `haicast`: the application without a window. Returns the exit code; never throws. */
export const runProgram = async (args: readonly string[], options: ProgramOptions): Promise<number> => {
  const { terminal } = options;
  let exitCode: number = EXIT.ok;

  const withApplication = async <T>(
    work: (application: ComposedApplication) => Promise<T>,
    { signedIn = true, ...given }: Pick<ApplicationOptions, 'resolveDestination'> & { signedIn?: boolean } = {},
  ): Promise<T> => {
    const application = await options.createApplication(given);
    logCrashes(application.log);
    application.onEvent((name, payload) => {
      if (name !== 'job.progress') return;
      const { phase, done, total } = payload as { phase: string; done: number; total: number };
      terminal.progress(`${phase} ${done}/${total}`);
    });
    try {
      if (signedIn) await signIn(application);
      return await work(application);
    } finally {
      await application.close();
    }
  };

  /** Where the workstation has users, every command that opens something is somebody's. */
  const signIn = async (application: ComposedApplication): Promise<void> => {
    const call = callsOf(application);
    const { user: name, passwordFd } = program.opts<{ user?: string; passwordFd?: string }>();
    if ((await call('identity.status', {})).mode === 'single') {
      if (name === undefined) return;
      throw new AppError('usage', 'This workstation has no users: leave out --user.');
    }
    if (name === undefined) {
      throw new AppError('sign-in-needed', 'This workstation has users. Say with --user who you are.');
    }
    await openRecords(application, passphrase('the case history, which holds the users'));
    const password = await askPassword(`Password of ${name}: `, passwordFd);
    const { mustChange } = await call('identity.signIn', { name, password });
    if (!mustChange) return;
    if (passwordFd !== undefined) {
      throw new AppError(
        'password-must-change',
        'This password was handed out by an administrator. Sign in once in the window or a terminal, and choose your own.',
      );
    }
    const own = await askPassword('An administrator chose this password. Your own from now on: ', undefined);
    await call('identity.changePassword', { current: password, password: own });
  };

  const askPassword = (prompt: string, descriptor: string | undefined): Promise<string> => {
    if (descriptor !== undefined && !/^\d{1,4}$/.test(descriptor)) {
      throw new AppError('usage', 'A file descriptor is a number, e.g. --password-fd 3 3<FILE.');
    }
    const read = options.readPassword ?? readPassword;
    return read(prompt, descriptor === undefined ? undefined : Number(descriptor));
  };

  const passphrase = (hint: string): string => {
    if (options.passphrase) return options.passphrase;
    throw new AppError(
      'records-locked',
      `There is no system keychain on the command line. Set HAICAST_PASSPHRASE to open ${hint}.`,
    );
  };

  /** A history that is there: asking one does not begin it. */
  const withRecords = <T>(
    work: (call: Call) => Promise<T>,
    host?: Pick<ApplicationOptions, 'resolveDestination'>,
  ): Promise<T> =>
    withApplication(async (application) => {
      const given = passphrase('the case history');
      const call = callsOf(application);
      if ((await call('records.status', {})).state === 'new') {
        throw new AppError(
          'records-missing',
          'There is no case history in this data folder. Set HAICAST_DATA to another.',
        );
      }
      await openRecords(application, given);
      return await work(call);
    }, host);

  const openForSaving = async (application: ComposedApplication, file: string | undefined): Promise<void> => {
    const given = passphrase('(or begin) the case history');
    const { recoveryKey } = await openRecords(application, given);
    if (recoveryKey) handOverRecoveryKey(recoveryKey, { file, note: (line) => terminal.note(line) });
  };

  const program = new Command('haicast')
    .description(
      'Predicts the response of hepatocellular carcinoma to HAIC from pre-treatment MRI and clinical factors.',
    )
    .version(options.version)
    .option('--user <name>', 'who you are, where the workstation has users; the password is asked for')
    .option('--password-fd <number>', 'take the password from this file descriptor instead')
    .addHelpText('after', logHint(options.logFile))
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.result(text.trimEnd()),
      writeErr: () => undefined,
    });

  program
    .command('scan')
    .description('list the series of a folder, zip or DICOMDIR with their roles, and what was skipped')
    .argument('<path>')
    .option(...JSON_OPTION)
    .action((path: string, { json }: JsonOption) =>
      withApplication(async (application) => {
        const opened = await openStudies(callsOf(application), resolve(path));
        if (json) terminal.result(asJson(scanJson(opened)));
        else showScan(opened, terminal);
        const isIncomplete = opened.studies.some(({ notes }) => notes.some(({ code }) => code === dicomdirIncomplete));
        if (isIncomplete) terminal.note(folderHint(resolve(path)));
      }),
    );

  program
    .command('roles')
    .description('decide the roles of series from their facts by DICOM keyword (- reads standard input)')
    .argument('<facts.json>')
    .option(...JSON_OPTION)
    .action(async (path: string, { json }: JsonOption) => {
      const decisions = rolesOf(await readJson(path));
      if (json) terminal.result(asJson(decisions));
      else showRoles(decisions, terminal);
    });

  program
    .command('response')
    .description(
      'the response to treatment at every visit of a timeline, by RECIST 1.1 or mRECIST (- reads standard input)',
    )
    .argument('<timeline.json>')
    .option(...JSON_OPTION)
    .action(async (path: string, { json }: JsonOption) => {
      const result = await responseOf(path);
      if (json) terminal.result(asJson(responseJson(result)));
      else showResponse(result, terminal);
    });

  program
    .command('validate')
    .description('discrimination, calibration and survival of a score on a table of patients; nothing is kept')
    .argument('<table.csv>')
    .requiredOption('--outcome <column>', 'what happened, 1 or 0')
    .requiredOption('--score <column>', 'the score or probability, higher where the event is likelier')
    .option('--compare <columns>', 'other scores of the same patients, separated by commas')
    .option('--threshold <value>', 'positive from here on', '0.5')
    .option('--time <column>', 'time to the event or the last contact, with --event')
    .option('--event <column>', 'whether it happened then, 1 or 0')
    .option('--json', 'machine-readable output, unrounded')
    .action(async (path: string, given: ValidateOptions & JsonOption) => {
      const validated = await validateTable(path, given);
      if (given.json) terminal.result(asJson(validatedJson(validated)));
      else showValidated(validated, terminal);
    });

  program
    .command('predict')
    .description('predict the response of one patient')
    .argument('<study>', 'folder, zip or DICOMDIR')
    .requiredOption('--factors <file>', 'clinical factors, JSON (- reads standard input)')
    .option('--lesion <x,y,z,diameter | file>', 'where the index lesion is, mm in DICOM patient coordinates')
    .option('--role <role=series>', 'name the series of a role, or "none" (repeatable)', collect, [])
    .option(
      '--shift <role=x,y,z>',
      'move the series of a role against the arterial one, mm left, back, head (repeatable)',
      collect,
      [],
    )
    .option('--model <id>', 'another model than the default')
    .option('--study <uid>', 'which study, where there are several')
    .option('--save', 'keep the case in the case history')
    .option('--recovery-key-file <file>', 'where the recovery key of a new case history is written; must be a new file')
    .option(...JSON_OPTION)
    .action((path: string, given: PredictOptions & JsonOption) =>
      withApplication(async (application) => {
        if (given.save) await openForSaving(application, given.recoveryKeyFile);
        const result = await predict(callsOf(application), resolve(path), given);
        if (!given.json) {
          showPrediction(result, terminal);
          return;
        }
        // Whoever pipes the result into another program sees the banner all the same.
        const banner = bannerOf(result.prediction.model.status);
        if (banner) terminal.note(banner);
        terminal.result(asJson(predictionJson(result)));
      }),
    );

  program
    .command('prepare')
    .description('write the tensors of a cohort (cohort.csv and its studies) for training')
    .argument('<cohort>', 'folder with cohort.csv, or the file')
    .requiredOption('-o, --out <folder>', 'where images.npy, clinical.npy and manifest.json go')
    .option(...JSON_OPTION)
    .action((cohort: string, { out, json }: { out: string } & JsonOption) =>
      withApplication(async (application) => {
        application.identities.assertMay('export');
        const manifest = await prepare(application, resolve(cohort), resolve(out), terminal);
        if (json) terminal.result(asJson(prepareJson(manifest)));
        else showPrepared(manifest, terminal);
        if (manifest.patients.length === 0) exitCode = EXIT.refused;
      }),
    );

  program
    .command('deidentify')
    .description('write a de-identified copy of a study (PS3.15 Basic Profile) into an empty folder')
    .argument('<study>', 'folder, zip or DICOMDIR')
    .option('-o, --out <folder>', 'where the copy goes: empty, or not there yet')
    .option('--preview', 'show what would change in the first image of each series, and write nothing')
    .option('--key-file <file>', 'secret of your site, so that later copies of a patient join this one')
    .option('--study <uid>', 'which study, where there are several')
    .option('--series <id>', 'this series only (repeatable)', collect, [])
    .option(
      '--burned-in-checked',
      'you looked at every picture whose header warns of text in it, and none shows a name',
    )
    .option('--no-clean-descriptions', 'remove descriptions instead of keeping their words of imaging')
    .option('--no-modified-dates', 'remove dates instead of moving them by the same days per patient')
    .option('--no-patient-characteristics', 'remove age, sex, size and weight')
    .option('--no-safe-private', 'remove every private element, scale factors too')
    .option(...JSON_OPTION)
    .action((path: string, given: DeidentifyCommandOptions & JsonOption) =>
      withApplication(async (application) => {
        application.identities.assertMay('export');
        const out = given.out === undefined ? {} : { out: resolve(given.out) };
        const done = await deidentify(application, resolve(path), { ...given, ...out }, terminal);
        if (given.json) terminal.result(asJson(deidentifiedJson(done)));
        else showDeidentified(done, terminal);
        if ('result' in done && done.result.written === 0) exitCode = EXIT.refused;
      }),
    );

  program
    .command('export')
    .description('write a case of the history as objects that other systems read (docs/objects.md)')
    .argument('<case>', 'its id')
    .option('--as <kinds>', 'which, separated by commas', exportKinds.join(','))
    .option('--research', 'without the patient, joined to the de-identified copies of the images')
    .requiredOption('-o, --out <folder>', 'where they go; into a new folder in it, where it is not empty')
    .option(...JSON_OPTION)
    .action((id: string, { as, out, research, json }: { as: string; out: string; research?: boolean } & JsonOption) =>
      withRecords(
        async (call) => {
          const exported = await exportOneCase(call, id, { as: kindsOf(as), research });
          if (json) terminal.result(asJson(exported));
          else showExportedCase(exported, terminal);
          if (exported.files.length === 0) exitCode = EXIT.refused;
        },
        { resolveDestination: () => resolve(out) },
      ),
    );

  const records = program.command('records').description('the case history: is it as it was written, and who did what');
  records
    .command('verify')
    .description('is the case history as it was written; exit code 4 where it is not')
    .option('--new', 'only what came after the last verification that found all as it was')
    .option(...JSON_OPTION)
    .action((given: { new?: boolean } & JsonOption) =>
      withRecords(async (call) => {
        const scope = given.new ? 'new' : 'whole';
        const verdict = await call('records.verify', { scope, jobId: randomUUID() });
        if (given.json) terminal.result(asJson(verdict));
        else showVerdict(verdict, terminal);
        if (!verdict.intact) exitCode = EXIT.records;
      }),
    );
  records
    .command('backup')
    .description('copy the case history into a new backup, opened and checked before it counts')
    .option(...JSON_OPTION)
    .action(({ json }: JsonOption) =>
      withRecords(async (call) => {
        const made = await call('backup.make', { jobId: randomUUID() });
        const { folder } = await call('backup.status', {});
        if (json) terminal.result(asJson({ ...made, folder }));
        else terminal.result(`${made.name} in ${folder}: ${made.cases} cases, checked.`);
      }),
    );
  records
    .command('rekey')
    .description(
      'give the case history a new key and recovery key, and the passphrase of HAICAST_NEW_PASSPHRASE where that is set; what opened it before opens nothing then',
    )
    .option('--recovery-key-file <file>', 'where the recovery key is written; must be a new file')
    .action((given: RekeyOptions) =>
      withRecords((call) => {
        const keys = { current: passphrase('the case history'), passphrase: options.newPassphrase };
        return rekey(call, keys, given, terminal);
      }),
    );
  records
    .command('erase-patient')
    .description('show every case of the patient of a case, and with --yes erase them for ever')
    .argument('<case>', 'id of one case')
    .option('--also <case>', 'erase this one of the list too, which is not certain (repeatable)', collect, [])
    .option('--yes', 'erase')
    .action((id: string, given: ErasePatientOptions) => withRecords((call) => erasePatient(call, id, given, terminal)));
  records
    .command('export')
    .description(
      'write everything of the case history as one zip of JSON, CSV and pictures, encrypted with the passphrase of HAICAST_EXPORT_PASSPHRASE',
    )
    .requiredOption('-o, --out <folder>', 'where the file goes')
    .option('--plain', 'not encrypted: whoever has the file reads every name in it')
    .option(...JSON_OPTION)
    .action(({ out, plain, json }: { out: string; plain?: boolean } & JsonOption) =>
      withRecords(
        async (call) => {
          const exported = await exportEverything(call, { plain, passphrase: options.exportPassphrase });
          if (json) terminal.result(asJson(exported));
          else showExported(exported, terminal);
        },
        { resolveDestination: () => resolve(out) },
      ),
    );
  records
    .command('import')
    .description(
      'show what an export of another installation holds, and with --yes take over the cases that are not here; HAICAST_EXPORT_PASSPHRASE opens it',
    )
    .argument('<file>')
    .option('--case <id>', 'this one only (repeatable)', collect, [])
    .option('--yes', 'take over')
    .option(...JSON_OPTION)
    .action((file: string, given: ImportCommandOptions & JsonOption) =>
      withRecords(async (call) => {
        const found = await importEverything(call, resolve(file), given, options.exportPassphrase);
        if (given.json) terminal.result(asJson(found));
        else showImported(found, given, terminal);
      }),
    );
  records
    .command('audit')
    .description('who did what to which case and when, newest first')
    .option('--case <id>', 'of one case')
    .option('--actor <name>', 'by one person')
    .option('--action <name>', 'of one kind, e.g. case.saved')
    .option('--from <date>', 'from this day or time on, ISO 8601')
    .option('--until <date>', 'before this day or time, ISO 8601')
    .option('--csv', 'as CSV that runs nothing in a spreadsheet')
    .option(...JSON_OPTION)
    .action((given: AuditCommandOptions & JsonOption) =>
      withRecords(async (call) => {
        const entries = await readAudit(call, auditFilterOf(given));
        if (given.json) terminal.result(asJson(entries));
        else showAudit(entries, given, terminal);
      }),
    );

  addCourseCommands(program, {
    terminal,
    withRecords,
    withSaving: (recoveryKeyFile, work) =>
      withApplication(async (application) => {
        await openForSaving(application, recoveryKeyFile);
        await work(callsOf(application));
      }),
    endWith: (code) => {
      exitCode = code;
    },
  });

  /** The history is looked at where its passphrase is at hand, and said to be locked where it is not. */
  const withWhatOpens = <T>(
    work: (call: Call, application: ComposedApplication) => Promise<T>,
    signedIn = true,
  ): Promise<T> =>
    withApplication(
      async (application) => {
        const call = callsOf(application);
        const { state } = await call('records.status', {});
        if (options.passphrase && state === 'locked') await openRecords(application, options.passphrase);
        return await work(call, application);
      },
      { signedIn },
    );
  addPacsCommands(program, {
    terminal,
    withWhatOpens,
    withRecords,
    endWith: (code) => {
      exitCode = code;
    },
  });

  program
    .command('self-check')
    .description('are records, backup, model, provider, disk and clock as they should be; exit code 1 where one is not')
    .option(...JSON_OPTION)
    .action(({ json }: JsonOption) =>
      withWhatOpens(async (call) => {
        const found = await call('support.selfCheck', { jobId: randomUUID() });
        if (json) terminal.result(asJson(selfCheckJson(found)));
        else showSelfCheck(found, terminal);
        if (worstOf(found.findings) === 'bad') exitCode = EXIT.failed;
        // It says nothing of anybody, and monitoring is nobody.
      }, false),
    );
  program
    .command('support-bundle')
    .description(
      'show what a support bundle holds (log, versions, settings, self-check; no names), and write it with -o',
    )
    .option('-o, --out <folder>', 'write it into a new folder in this one')
    .action(({ out }: { out?: string }) =>
      withWhatOpens(async (call) => {
        const { files } = await call('support.preview', { jobId: randomUUID() });
        await showBundle(files, out, terminal);
      }),
    );

  program
    .command('report')
    .description('write the report of a kept case: one A4 page as PDF, or HTML; the audit log keeps that it was made')
    .argument('<case>', 'its id')
    .requiredOption('-o, --out <file>', 'a new .pdf or .html')
    .option('--language <language>', 'en or zh-CN; the one of the settings where it is left out')
    .option('--appendix', 'with what the board considered, sources, and how to read it')
    .option('--replace', 'write over a file of this name')
    .option(...JSON_OPTION)
    .action((id: string, given: ReportCommandOptions & JsonOption) =>
      withRecords(async (call) => {
        const out = resolve(given.out);
        const hash = await makeReport(call, id, { ...given, out });
        terminal.result(given.json ? asJson({ out, hash }) : `${out}\ncontent ${hash}`);
      }),
    );
  program
    .command('verify-report')
    .description(
      'is a report as it was made, and do the records (where HAICAST_PASSPHRASE opens them) say the same; exit code 3 where not',
    )
    .argument('<file>', 'a .pdf or .html')
    .option(...JSON_OPTION)
    .action(async (file: string, { json }: JsonOption) => {
      const path = resolve(file);
      const verified = options.passphrase
        ? await withRecords((call) => verifyReport(path, (content) => call('report.check', { content })))
        : await verifyReport(path);
      if (json) terminal.result(asJson(verified));
      else showVerified(verified, terminal);
      if (verified.state !== 'same' && verified.state !== 'intact') exitCode = EXIT.refused;
    });

  const users = program
    .command('users')
    .description('who may use this workstation; without any, nobody signs in')
    .option(...JSON_OPTION)
    .action(({ json }: JsonOption) =>
      withRecords(async (call) => {
        const listed = await call('users.list', {});
        if (json) terminal.result(asJson(listed.users));
        else showUsers(listed.users, terminal);
      }),
    );
  const NEW_PASSWORD_FD = 'take the new password from this file descriptor instead of asking';
  users
    .command('add <name>')
    .description('add a user; the first one is an administrator, and from then on everybody signs in')
    .requiredOption('--role <role>', 'reader, oncologist or administrator')
    .option('--new-password-fd <number>', NEW_PASSWORD_FD)
    .action((name: string, { role, newPasswordFd }: { role: string; newPasswordFd?: string }) =>
      withRecords(async (call) => {
        const wanted = roleOf(role);
        const password = await askPassword(`New password of ${name}: `, newPasswordFd);
        const added = await call('users.add', { name, role: wanted, password });
        terminal.result(`${added.name}, ${added.role}, is added.`);
      }),
    );
  users
    .command('change <name>')
    .description('give a user another role or password, or say whether they may sign in')
    .option('--role <role>', 'reader, oncologist or administrator')
    .option('--disable', 'may not sign in any more')
    .option('--enable', 'may sign in again')
    .option('--new-password', 'another password, which is asked for')
    .option('--new-password-fd <number>', NEW_PASSWORD_FD)
    .action((name: string, given: UserChangeOptions) =>
      withRecords(async (call) => {
        if (given.disable && given.enable) throw new AppError('usage', 'Either --disable or --enable.');
        const role = given.role === undefined ? {} : { role: roleOf(given.role) };
        const disabled = given.disable ? { disabled: true } : given.enable ? { disabled: false } : {};
        const id = await idOfUser(call, name);
        const password =
          given.newPassword || given.newPasswordFd !== undefined
            ? { password: await askPassword(`New password of ${name}: `, given.newPasswordFd) }
            : {};
        const changed = await call('users.change', { id, ...role, ...disabled, ...password });
        terminal.result(`${changed.name}, ${changed.role}${changed.disabled ? ', disabled' : ''}.`);
      }),
    );

  /** Changes the models, then lists what is there now. */
  const afterwards = (json: boolean | undefined, change: (call: Call) => Promise<unknown>) =>
    withApplication(async (application) => {
      const call = callsOf(application);
      await change(call);
      const listed = await call('models.list', {});
      if (json) terminal.result(asJson(modelsJson(listed)));
      else showModels(listed, terminal);
    });

  const models = program
    .command('models')
    .description('list the installed models')
    .option(...JSON_OPTION)
    .action(({ json }: JsonOption) => afterwards(json, async () => undefined));
  const modelCommand = (usage: string, description: string, change: (call: Call, given: string) => Promise<unknown>) =>
    models
      .command(usage)
      .description(description)
      .action((given: string, _options, command: Command) =>
        afterwards(command.optsWithGlobals<JsonOption>().json, (call) => change(call, given)),
      );
  modelCommand(
    'install <path>',
    'install a model package from a folder or zip, checked and self-tested',
    (call, path) => call('models.install', { path: resolve(path), jobId: randomUUID() }),
  );
  modelCommand('remove <id>', 'remove an installed model; predictions made with it stay', (call, id) =>
    call('models.remove', { id }),
  );
  modelCommand('default <id>', 'the model that predicts unless another is named', (call, id) =>
    call('models.setDefault', { id }),
  );

  const fail = (shape: ErrorShape): number => {
    const withheld = args[0] === 'predict' ? notComputableJson(shape) : {};
    if (args.includes('--json')) terminal.result(asJson({ error: shape, ...withheld }));
    terminal.note(`error: ${shape.message}`);
    if (shape.code === 'internal' && shape.detail) terminal.note(shape.detail);
    return exitCodeOf(shape.code);
  };

  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) return fail(toErrorShape(error));
    // Help and version are no errors.
    if (error.exitCode === 0) return EXIT.ok;
    return fail({ code: 'usage', message: `${error.message.replace(/^error: /, '')} See haicast --help.` });
  }
};
