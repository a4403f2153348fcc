import { z } from 'zod';
import {
  openAdministration,
  openAdministrationForm,
  submitAdministrationForm,
} from './administration-dialog.ts';
import { checkRecord, clearRecord, openAnalysis, openRecord, openRecords } from './analysis-dialog.ts';
import { openAnalysisForm, submitAnalysisForm } from './analysis-forms.ts';
import { openComplaint, openForm, submitForm } from './complaint-dialog.ts';
import { type DialogVerb, dialogVerb } from './dialog.ts';
import { escalationDialogs } from './escalation.ts';
import { openFile } from './evidence.ts';
import { backToScreening, logComplaint, openLogComplaint, screen } from './log-dialog.ts';
import { openRelay, relay } from './relay-dialog.ts';
import type { DialogVerbName } from './verbs.ts';

/** Every verb that a button in a dialog, or one that opens a dialog, may carry. */
export const dialogVerbs: Readonly<Record<string, DialogVerb>> & Record<DialogVerbName, DialogVerb> = {
  'open-log-complaint': openLogComplaint,
  'back-to-screening': backToScreening,
  screen,
  'log-complaint': logComplaint,
  'open-complaint': openComplaint,
  'open-form': openForm,
  'submit-form': submitForm,
  ...escalationDialogs,
  'open-file': openFile,
  'open-relay': openRelay,
  relay,
  'open-administration': openAdministration,
  'open-administration-form': openAdministrationForm,
  'submit-administration-form': submitAdministrationForm,
  'open-analysis': openAnalysis,
  'open-records': openRecords,
  'open-record': openRecord,
  'check-record': checkRecord,
  'clear-record': clearRecord,
  'open-analysis-form': openAnalysisForm,
  'submit-analysis-form': submitAnalysisForm,
  'close-dialog': dialogVerb(z.object({}), async () => 'closed'),
};
