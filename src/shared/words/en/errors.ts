/**
 * Sentences for error codes: what happened, what it means, what to do. `{message}` is the English sentence that came with
 * the error, for the few whose reasons have no code. A code that is not here is shown with that sentence alone.
 */
export default {
  internal: 'Something failed inside the application. Nothing was changed. Try again; the log has the detail.',
  'worker-died':
    'The part of the application that did this work stopped unexpectedly and is being started again. Nothing that was saved is lost. Try again.',
  closed: 'The application is closing, so this was not done. Start it again.',
  'bad-input':
    'The application was asked for something it does not understand. Nothing was changed. Reload the window.',
  refused: 'The application refused a message it does not trust. Nothing was changed. Reload the window.',
  'job-exists': 'This work is already under way. Wait until it has ended, or cancel it.',
  'used-address':
    'This address of haicast was used already. Press Enter in the window where haicast runs for a new one.',
  'host-gone': 'haicast does not answer. What is on this page is kept; try again when it is there.',
  'wrong-token':
    'This window belongs to an earlier start of haicast. Open the address that haicast printed when it started.',
  'too-many-windows': 'Too many windows of haicast are open. Close some of them and reload this one.',
  'body-too-large':
    'This is more than the application takes at once. Nothing was changed. Make it smaller and try again.',

  'pacs-unreachable':
    'The image archive does not answer. Check its address in Settings, the network, and whether the archive is running.',
  'pacs-tls':
    'The certificate of the image archive is not to be trusted, so nothing was sent to it. Give the file of the hospital’s own certificate authority in Settings, or ask the administrator.',
  'pacs-tls-name':
    'The certificate of the image archive is made out to another name than the one in its address, so nothing was sent to it. Correct the address in Settings, or ask the administrator.',
  'pacs-slow':
    'The image archive has stopped sending, or sends too slowly. Try again; what has come is kept until then.',
  'pacs-broken-off': 'The image archive broke off in the middle. Try again; what has come is kept until then.',
  'pacs-denied': 'The image archive does not let haicast in. Check the user name, password or token in Settings.',
  'pacs-redirect':
    'The image archive sends haicast to another address, which is not followed. Correct the address in Settings.',
  'pacs-not-there':
    'The image archive does not have this, or the address of its service is not right. Search again, or check the address in Settings.',
  'pacs-status': 'The image archive refused the request (status {status}). Ask whoever runs it.',
  'pacs-content-type':
    'The image archive sent something else than what was asked for. Nothing of it was kept. Check the address in Settings.',
  'pacs-answer':
    'The answer of the image archive cannot be understood. Nothing of it was used. Check the address in Settings.',
  'pacs-endless':
    'The image archive sent more than any study holds, and was stopped. Nothing of it was kept. Tell whoever runs it.',
  'pacs-wrong-length':
    'The image archive sent an image whose length is not what it says. It was not kept. Tell whoever runs it.',
  'pacs-not-dicom': 'The image archive sent something that is no DICOM object. It was not kept. Tell whoever runs it.',
  'pacs-other-patient':
    'The image archive sent an image of another patient than was asked for. Everything that it had sent was deleted. Tell whoever runs it.',
  'pacs-other-study':
    'The image archive sent an image of another study than was asked for. Everything that it had sent was deleted. Tell whoever runs it.',
  'pacs-other-series':
    'The image archive sent an image of another series than was asked for. Everything that it had sent was deleted. Tell whoever runs it.',
  'pacs-other-image':
    'The image archive sent another image than was asked for. Everything that it had sent was deleted. Tell whoever runs it.',
  'pacs-missing':
    'The image archive did not send {n} of the images that it has. Try again; what has come is kept until then.',
  'pacs-too-many': 'This study has more series or images than are fetched at once ({n}). Ask for an export instead.',
  'pacs-no-disk': 'What the image archive sent could not be written. Check that the disk has room.',
  'pacs-no-key':
    'The file with the key of this computer for the image archive cannot be read, or holds none without a passphrase. Check it in Settings, or ask the administrator.',
  'pacs-rejected':
    'The image archive does not take haicast’s connection. Check both AE titles in Settings, and ask whoever runs it to let this computer in.',
  'pacs-not-offered':
    'The image archive does not offer {service} to haicast. Ask whoever runs it, or reach it in another way.',
  'pacs-move-unknown':
    'The image archive does not know where to send to: ask whoever runs it to enter this computer’s AE title, address and port.',
  'pacs-no-listen':
    'haicast cannot listen on the address and port that Settings give for what the image archive sends. Check them, and whether another program uses the port.',
  'pacs-other-sender':
    'Images came from another address or under another AE title than the image archive’s, and were refused. Ask the administrator to check both AE titles and the addresses that it sends from.',
  'pacs-move-no-ca':
    'For C-MOVE over TLS the certificate authority that the image archive’s certificate is of has to be named, else anybody with a bought certificate could send images here. Give its file in Settings, or ask the administrator.',
  'pacs-sender-certificate':
    'What was to be sent here came with no certificate of the authority that Settings name, and was refused. Ask whoever runs the image archive by which certificate it sends.',
  'pacs-full': 'There are {n} image archives on this computer already. Remove one in Settings first.',
  'pacs-file-damaged':
    'The file with the image archives of this computer cannot be read. Delete pacs.json in the data folder, and add them again in Settings.',
  'pacs-credential-lost':
    'What lets haicast into this image archive cannot be read with the present case history. Remove the archive in Settings and add it again.',
  'pacs-no-secret':
    'What lets haicast into this image archive is not where the administrator’s file says. Ask the administrator.',
  'pacs-no-ca':
    'The file with the certificates for this image archive cannot be read, or holds none. Check it in Settings, or ask the administrator.',
  'pacs-unknown': 'There is no image archive of this name any more. Choose another one.',
  'fetched-locked':
    'The case history was locked while the study was fetched, so what came was removed. Unlock it and fetch the study again.',
  'fetched-gone': 'What was fetched of this study is no longer there. Fetch it again.',

  'path-with-star':
    'The name of this folder or file has a * in it, which would let in its neighbours. Rename it, or choose the folder above it.',
  'cannot-open':
    'This cannot be opened: it is no longer there, may not be read, or is neither a file nor a folder. Check that the disk or network drive is connected, and choose it again.',
  'recalibration-refused':
    'The outcomes do not ask for a recalibration, or are too few for one. The model stays as it was. Look at the reason beside the figures.',
  'evidence-changed':
    'The closed courses were changed while they were being read for the evidence. Open the page again to read them anew.',
  'board-changed':
    'This list was changed elsewhere in the meantime. Nothing was changed. Look at what is there now, then change it again.',
  'meeting-gone': 'This meeting is no longer there. Look at the list of meetings again.',
  'case-not-listed': 'This case is no longer on the list of this meeting. Open the list again.',
  'case-covered':
    'You read this case in a reader study. Until you are through with the study, or leave it, nothing is told of what the model said or what became of the patient.',
  'cases-covered':
    'This speaks of every case, also of those that you read in a reader study. Finish the study or leave it, then try again.',
  'reading-images':
    'These images were opened for a reading of a reader study. They are looked at, and nothing else: what their files say would tell whose they are.',
  'reading-images-failed':
    'These images cannot be shown. Why is not said, since it would tell of their files: read the key images, or tell whoever began the study.',
  'reader-study-gone': 'This reader study is not here. Look at the list of studies again.',
  'reader-study-changed':
    'This reader study was changed elsewhere in the meantime. Look at what is there now, then try again.',
  'reader-study-ended': 'This reader study is over for you: it was closed, or you left it or are through with it.',
  'reader-study-refused': 'Nothing was begun: {studyProblem}',
  'reader-study-running':
    'This study is still being read: its results would tell the readers. They are shown once everybody is through, or the study is closed.',
  'reader-study-not-yours': 'You are no reader of this study. Whoever begins a study says who reads.',
  'reading-locked': 'This reading is locked already. What was locked is not changed.',
  'reading-first': 'Read this case without the model first, and lock that.',
  'reading-gone': 'This case is no longer there to be read: it was erased, or lies in the trash.',
  'decision-refused': 'Nothing was kept: {refusal}',
  'decision-locked': 'This decision is locked. Say why it is amended, then keep the new version.',
  'bad-dicomdir': 'The DICOMDIR is damaged. Open the folder that it stands in instead.',
  'dicomdir-incomplete':
    '{missing} of the {listed} files that the DICOMDIR lists are not there. Open the folder that it stands in instead.',
  'archive-not-supported':
    'This is a file of type {kind}, which haicast does not open. Unpack it, or mount it, and open the folder.',
  'bad-archive': 'The archive is damaged and cannot be read. Copy it again from its source.',
  'unsafe-archive':
    'The archive holds more, or unpacks to more, than any study does, and nothing of it was opened. Unpack it with a tool you trust and open the folder.',
  'upload-refused':
    'A file was refused: its path is not usable, or there is more than one study can hold. Choose the folder of the study itself.',
  'upload-failed':
    'The files could not be handed to the application. Check the free space of the disk and open the study again.',
  'upload-gone': 'The files that were handed over are no longer there. Choose the study again.',
  'not-open': 'This study is no longer open. Open it again.',
  'no-study': 'This study is not part of what is open. Open it again.',
  'no-series': 'This series is not part of the study that is open. Open the study again.',
  'no-image': 'The series has no image of this number. Choose another image.',
  'patients-mixed':
    'Two patients share one StudyInstanceUID, so their images cannot be told apart safely. Export each patient on its own and open them one at a time.',
  'cannot-read-tags': 'The DICOM attributes of this file cannot be listed. {reason}',
  'cannot-decode': 'Image {image} of this series cannot be shown. {reason}',
  'decode-stalled':
    'Reading series {series} ({syntax}) made no progress for {seconds} s and was stopped. The other series stay usable. Check that the disk or network drive answers and load it again; where it stops again, ask for an uncompressed export of this series.',
  'cannot-deidentify': 'This image cannot be de-identified and would not leave. {reason}',
  'folder-not-empty': 'The folder is not empty. Choose an empty one, so that nothing else leaves with the copy.',
  'destination-unknown': 'The folder for the copy is no longer chosen. Choose it again.',
  'export-broken-off':
    'The export broke off, and the folder may hold a part of the copy. Delete what is in it and export again.',
  'cannot-write': 'The copy could not be written. Check that the disk has room and may be written to.',
  'volume-too-large':
    'This series needs {megabytes} MB of memory, more than one series may take. Choose another series for this role.',
  'volume-damaged': 'The images arrived incomplete. Load the series again.',
  'images-beyond-budget':
    'This needs {megabytes} MB of image memory beside what is shown, more than haicast may use. Show fewer series, or allow more in Settings, Memory for images.',
  'volume-unavailable': 'The images could not be read from the application. Load them again.',

  'no-model':
    'No model package can be used, so no prediction is possible. Models says why each was refused; install one.',
  'model-unknown': 'There is no model “{id}”. Choose one of the installed models.',
  'model-refused': '{message} It is not used. Ask its maker for a corrected package.',
  'model-exists': 'A model with the id “{id}” is installed already. Remove it first, or give the new one another id.',
  'model-built-in': 'The model “{id}” comes with the application and cannot be removed.',
  'model-stalled':
    'The model {model} gave no answer for {seconds} s, so it was stopped and no prediction is shown. Try once more; where it stops again, have the model package checked, or choose another way of computing in Models.',
  'no-provider':
    'No way of running “{model}” on this computer gives the answer that its maker recorded, so no prediction is shown. Have the model package and the installation checked.',
  'unknown-provider':
    'HAICAST_PROVIDERS names “{provider}”, which is not known. Correct it, or leave it out to let the application choose.',
  'inconsistent-output':
    'The model’s answer does not add up, so no prediction is shown. Choose another model, or have this one checked.',
  'no-lesion': 'No lesion is marked, so the model does not know where to look. Measure the target lesion.',
  'table-unreadable': 'The table cannot be read. {problem}',
  'timeline-unreadable': 'The timeline cannot be read: {where}: {problem}.',
  'no-diameter':
    'The lesion has no measured diameter, so the region that the model looks at is not defined. Measure its longest diameter.',
  'lesion-elsewhere':
    'The lesion was measured on a series that this study does not hold, so it may be of another patient. Measure it on this study.',
  'no-mr':
    'The study holds no MR images, only {modalities}; the model knows MR only. Open the liver MRI of the patient.',
  'lesion-outside':
    'The lesion lies outside the {role} images, so there is nothing to compute from. Mark it where these images show it, or give the role to a series that does.',
  'required-role-missing':
    'No series has the role {role}, which the model needs. Give it to the series that shows that phase.',
  'flat-image':
    'The image has the same value everywhere around the lesion, so it tells the model nothing: {role}. Check which series plays this role and where the lesion is marked.',
  'unplaceable-series':
    'The slices of this series cannot be placed in the patient, so it cannot be compared with the others: {role}. Choose another series for this role.',

  'case-not-found': 'This case is not in the case history. Refresh the list.',
  'window-blocked':
    'The browser did not let a second window be opened. Allow pop-up windows for this page, then try again.',
  'nowhere-to-mark':
    'The active image has no place in the patient, or shows none. Choose another image, then mark the lesion.',
  'nothing-to-save': 'There is no study to save. Open the study, then save.',
  'study-kept': 'This study is kept as a case already. Save into that case, or keep this one as a separate case.',
  'case-changed':
    'This case was saved from another window since it was opened here ({by}). Nothing was changed. Compare both, then save.',
  'key-image-refused': 'A key image could not be taken over. Take it again.',
  'key-images-too-large':
    'The key images of this case take more room than a case has for them ({megabytes} MB). Take some away, then save.',
  'nothing-found': 'No DICOM image was found. Files looked at: {n}.',
  'other-patient':
    'The images in this folder are of another patient than this case. Nothing was linked. Choose the folder that holds the study of this case.',
  'other-study':
    'This folder holds images of this patient, but not the study of this case. Nothing was linked. Choose the folder that holds it.',
  'other-series':
    'This folder holds the study of this case without {n} of its series. Nothing was linked. Choose a folder with all of them.',
  'key-image-gone': 'A key image is no longer at hand. Take it away or take it again, then save.',
  'prediction-unknown': 'This prediction is no longer at hand. Predict again, then save.',
  'prediction-outdated':
    'The roles, lesions or factors are not the ones that this prediction was made from. Predict again, then save.',
  'prediction-superseded': 'A newer prediction has superseded this one. Predict again, then save.',
  'cohort-cell': '{message}',
  'table-encoding':
    'The letters of this table cannot be read. Save it as XLSX, or as CSV in UTF-8, and choose it again.',
  'table-too-large': 'A table of patients has at most {rows} lines and {megabytes} MB. Split it into several.',
  'table-unread': 'The table could not be read. Save it as CSV in UTF-8 and choose that one.',
  'workbook-unreadable': 'This spreadsheet is damaged. Open it in a spreadsheet program and save it anew as XLSX.',
  'workbook-old':
    'This spreadsheet is of the old XLS form or has a password. Save it as XLSX without one and choose it again.',
  'workbook-too-large':
    'This spreadsheet is too large for a table of patients: at most {rows} lines and {columns} columns are read. Copy what belongs in to a new one.',
  'workbook-sheet': 'There is no sheet “{sheet}”. The spreadsheet has: {sheets}.',
  'cohort-empty': 'The table is empty. Its first line names the columns.',
  'cohort-header': '{message}',
  'no-images': 'This case is kept without images: it came from a table, or it is made up for demonstration.',
  'course-closed': 'This course is closed. Choose Amend and say why, then change it.',
  'course-changed': 'This was changed elsewhere in the meantime. Look at what is there now, then change it again.',
  'course-refused': 'This does not fit the rest of the course, and nothing was changed. {problem}',
  'assessment-outdated':
    'The measurements are no longer those that this response was computed from. Look at it again, then confirm.',
  'other-person':
    'These images are of another patient than the course. Nothing was added. Choose the folder of this patient.',
  'doubtful-person':
    'The images and the course do not say the same of who the patient is. Compare both, then say whether it is the same person.',
  'no-course-of-person':
    'No course is kept of this patient. Open the study, save it as a case, and its follow-ups belong to it.',
  'follow-up-same-study': 'This study is in the course already. Choose the folder of the later examination.',
  'follow-up-no-mr':
    'This folder holds no MR images. A follow-up is measured on the MRI of the liver: choose its folder.',
  'follow-up-undated': 'The study names no day. Say when it was made, then add it.',
  'follow-up-in-future':
    'The day of this study is still to come. Check it; if it is right, check the clock of this computer.',
  'follow-up-before-baseline':
    'This study was made before the baseline of the course. Choose a later one, or check both dates.',
  'images-gone':
    'The images of this case are no longer where they were. The case and its numbers are kept: open the study again to see the images.',
  'not-a-report':
    'This is no report of haicast, or another program has written it anew. Take the file as it was saved.',
  'picture-unreadable':
    'A key image of this case cannot be read, so its report is not made. Take the image again, or away, and save the case.',
  'report-changed': 'The case was changed since this report was shown. Look at it again, then save it.',
  'report-not-saved':
    'The report could not be written there. Check that the folder can be written and the disk is not full, or choose another folder.',
  'print-failed': 'The report could not be printed. Check the printer, or save the report as PDF.',
  'pdf-not-saved':
    'The PDF could not be written there. Check that the folder can be written and the disk is not full, or choose another folder.',
  'backup-failed':
    'No backup could be made. The history itself is not touched. Check that the folder for backups can be reached and written and has room, or choose another one.',
  'backup-damaged':
    'The copy of the case history is not whole, and does not count as a backup. Check the disk that it was written to.',
  'backup-of-another-key':
    'This backup is under a key that the case history does not know: it is of another history, or of a time before the key was changed, which the history is too damaged to tell. Nothing was changed. Mend the history first, or choose a newer backup.',
  'backup-under-way': 'A copy of the case history is being made already.',
  'backup-unknown': 'This backup is no longer in the folder for backups.',
  'setting-managed': 'This is set for the workstation by its administrator.',
  'case-not-in-trash': 'Only a case in the trash can be erased. Move it to the trash first.',
  'managed-damaged':
    'The file of this workstation’s administrator cannot be read or does not hold what it should. haicast does not start without it: ask the administrator.',
  'bundle-not-written':
    'The support bundle could not be written there. Check that the folder can be written and the disk is not full, or choose another folder.',
  'case-erased': 'This case was erased meanwhile. What was not saved of it is gone with it.',
  'password-must-change': 'This password was handed out by an administrator. Choose your own first.',
  'password-same': 'This is the password that you have. Choose another one.',
  'sign-in-off-unsaved':
    'Somebody else has work here that is in no record. Let them save it, or start haicast anew; then turn signing in off.',
  'sign-in-off': 'Signing in is off, and users stay as they are. An administrator of before turns it on again.',
  'turn-on-administrator': 'Signing in is turned on again by an administrator of before, or by a new one.',
  'sign-in-needed': 'Sign in first.',
  'sign-in-failed': 'Name or password do not fit. Check the keyboard layout, then try again.',
  'sign-in-wait': 'Too many attempts. Wait {seconds} seconds, then try again.',
  'not-allowed': 'This is for the role {userRole} on. Ask somebody who has it.',
  'password-too-short': 'A password needs at least 8 characters.',
  'user-unknown': 'This user is not there. Look at the list again.',
  'user-exists': 'There is a user of this name already. Choose another name.',
  'user-name-taken': 'haicast keeps this name for itself. Choose another one.',
  'first-administrator': 'The first user has to be an administrator, who adds the others.',
  'last-administrator': 'This is the last administrator. Make somebody else an administrator first.',
  'recover-administrator': 'This is not the name of an administrator. Others get a new password from one.',
  'bundle-gone': 'What was shown is no longer at hand. Look at the bundle again, then save it.',
  'audit-not-written':
    'The audit log could not be written there. Check that the folder can be written and the disk is not full, or choose another folder.',
  'settings-not-saved':
    'The settings could not be saved and hold until haicast is closed. Check that the data folder can be written and the disk is not full.',
  'settings-damaged':
    'The settings file could not be read. It was kept under another name, and the usual settings hold.',

  'records-corrupt':
    'The case history is damaged and was left as it is. Put records.db back from a backup, or move it out of the data folder to start a new history.',
  'records-read-only':
    'The case history cannot be written: the data folder is read-only or not reachable. Nothing was changed. Give write access to the data folder, or choose another one with HAICAST_DATA.',
  'disk-full': 'The disk is full. Nothing was changed. Free some space in the data folder and save again.',
  'records-in-use': 'Another running haicast has the case history open. Close it, then try again.',
  'records-failed':
    'The case history could not be read or written. Nothing was changed. Start haicast again; if this stays, keep a copy of the data folder and report the log.',
  'records-newer':
    'The case history was written by a newer haicast (format {present}; this one knows {newest}) and was left as it is. Use that version or a later one.',
  'case-unreadable':
    'A part of this case cannot be read. It was left as it is; the other cases are not touched. Verify the case history (Settings, Records), or use a backup.',
  'records-damaged':
    'The case history is damaged in parts. What can be read can be opened and printed; nothing can be saved until the history is mended or put back from a backup (Settings, Records).',
  'records-log-foreign':
    'records.db and records.db-wal do not belong together: records.db was put back, or exchanged, while the log of another session lay beside it. Nothing was changed. Move records.db-wal out of the data folder, keep it, and start again.',
  'locked-by-hand': 'The case history was locked. Unlock it to go on.',
  'keychain-unavailable':
    'The system keychain, which keeps the key of the case history, is not available. Unlock it and try again, or enter the recovery key.',
  'keychain-lost':
    'The system keychain no longer holds the key of the case history. Enter the recovery key; nothing is lost.',
  'keys-missing': 'keys.json is missing from the data folder. Put it back, or enter the recovery key; nothing is lost.',
  'keys-damaged': 'keys.json is damaged. Put it back from a backup, or enter the recovery key; nothing is lost.',
  'passphrase-needed': 'Enter the passphrase of the case history.',
  'passphrase-wrong': 'The passphrase does not fit. Check the keyboard layout, or enter the recovery key.',
  'passphrase-too-short': 'A passphrase needs at least 8 characters.',
  'passphrase-not-set': 'This case history has no passphrase. Enter the recovery key.',
  'passphrase-required':
    'There is no system keychain that could keep the key of the case history. Choose a passphrase.',
  'recovery-key-mistyped': 'The recovery key has a wrong letter. It has nine groups of four.',
  'recovery-key-wrong':
    'This is the recovery key of another case history, or one that this history had before. Enter the newest.',
  'recovery-key-outdated':
    'Another recovery key was made since this one, and this one never held. Nothing was changed. Begin again.',
  'not-of-patient':
    'What is kept of this patient is not what was shown: a case came or went since, or one is of somebody else. Nothing was erased. Look again, then erase.',
  'export-not-written':
    'The export could not be written there, and nothing of it was left. Check that the folder can be written and the disk has room, or choose another folder.',
  'export-erased':
    'A case was erased while the export was written. The export held it already, and nothing of it was left. Export again.',
  'passphrase-too-short-export':
    'The passphrase of an export needs at least 12 characters: who has the file can try as long as they like.',
  'export-unreadable':
    'This is no export of haicast, or it is damaged. Nothing was taken over. Copy it again from where it was written.',
  'export-passphrase-needed': 'This export is encrypted. Enter the passphrase that was chosen for it.',
  'export-passphrase-wrong':
    'The passphrase does not open this export, or the file is damaged. Nothing was taken over.',
  'export-newer': 'This export was written by a newer haicast. Use that version or a later one.',
  'import-stopped':
    'Not everything was taken over: {kept} cases were, and stay. Look at the export again, then take over the rest.',
  'records-busy':
    'Something was saved while the history was given its new key. Nothing was changed: the keys that opened it still do. Try again.',
  'keys-of-another-time':
    'keys.json and records.db do not belong together: one of the two was put back from another day, or the beginning of records.db is damaged. Put both back from one day, or enter the newest recovery key.',
  'records-exist': 'There is a case history already. Unlock it instead.',
  'records-locked': 'The case history is locked. Unlock it first.',
  'records-file-missing':
    'records.db was not in the data folder, and an empty case history was begun. If there is a backup, put records.db back.',
  'session-recovered': 'The last session ended unexpectedly. Everything that was saved is here.',
  'keeper-missing':
    'The case history is open for now, but nothing keeps its key. Set a passphrase, or it will ask for the recovery key each time.',

  /** Why a file is left out or an image cannot be shown. */
  files: {
    empty: 'The file is empty. Copy it again from its source.',
    unreadable: 'The file could not be read. Check its permissions, the disk and the network.',
    'not-dicom': 'This is not a DICOM file.',
    truncated: 'The file ends too early. Copy it again from its source.',
    malformed: 'The file breaks the rules of DICOM and cannot be read safely. Export it again from the PACS.',
    'too-large': 'The file claims more than is read at once. Export the series again from the PACS.',
    'not-an-image': 'The file is DICOM but holds no image.',
    colour: 'A colour picture, no MR image.',
    mosaic: 'A mosaic: many slices in one picture. Ask for an export with single slices.',
    'compressed-not-supported':
      'The pixels are compressed in a way that is not supported. Ask for an uncompressed export.',
    'pixel-description': 'The file does not describe its pixels consistently. Export it again from the PACS.',
    duplicate: 'The same image is there more than once. One copy is used.',
    'missing-file': 'The file is not there (any more). Check that the disk or network drive is connected.',
    link: 'It is a link that leads out of the folder that was opened. Open what it leads to, if you mean it.',
    'unsafe-name': 'The name leads out of the folder or archive, so the file was not opened.',
    'archive-entry':
      'This entry of the archive cannot be unpacked safely. Unpack the archive yourself and open the folder.',
    'picture-not-checked': 'The picture may show who this is. Look at it before it leaves.',
  },
};
