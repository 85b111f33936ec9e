import { Global, Module } from '@nestjs/common';
import { AlertClaims } from './alerts/alert-claims';
import { AlertLines } from './alerts/alert-lines';
import { AlertOutbox } from './alerts/alert-outbox';
import { AlertPost } from './alerts/alert-post';
import { AlertSettingsStore } from './alerts/alert-settings';
import { Digests } from './alerts/digests';
import { Mailer } from './alerts/mailer';
import { AlertParts, SendAlerts } from './alerts/send-alerts';
import { SlackPost } from './alerts/slack-post';
import { TestAlerts } from './alerts/test-alerts';
import { CauseFacts } from './cause/cause-facts';
import { IssueList } from './issue-list';
import { IssueListeners } from './issue-listeners';
import { IssueMembers } from './issue-members';
import { IssueSweep } from './issue-sweep';
import { IssueWork } from './issue-work';

const SERVICES = [
  CauseFacts,
  IssueMembers,
  IssueListeners,
  IssueSweep,
  IssueList,
  IssueWork,
  AlertSettingsStore,
  AlertOutbox,
  AlertLines,
  AlertClaims,
  Mailer,
  SlackPost,
  AlertPost,
  AlertParts,
  SendAlerts,
  Digests,
  TestAlerts,
];

@Global()
@Module({ providers: SERVICES, exports: SERVICES })
export class IssuesModule {}
