import type { Probe } from '../probe';
import { absentIsLead } from './absent-is-lead';
import { accessToken } from './access-token';
import { deletedMatters } from './deleted-matters';
import { fanOut } from './fan-out';
import { fileNames } from './file-names';
import { filesUpdated } from './files-updated';
import { leadTypes } from './lead-types';
import { matterLinks } from './matter-links';
import { matterNumbers } from './matter-numbers';
import { nameSearch } from './name-search';
import { patchNull } from './patch-null';
import { phoneSearch } from './phone-search';
import { referenceChecks } from './reference-checks';
import { refreshLifetime } from './refresh-lifetime';
import { tagColors } from './tag-colors';
import { tagEvents } from './tag-events';
import { throttle } from './throttle';
import { uploadAddress } from './upload-address';
import { webhookRetries } from './webhook-retries';
import { webhooksListed } from './webhooks-listed';

/** Every open question, in the order of asking: reading first, the slow and the rude last. Source: docs/smokeball-api.md#open-questions */
export const ALL_PROBES: readonly Probe[] = [
  phoneSearch,
  nameSearch,
  deletedMatters,
  matterNumbers,
  leadTypes,
  fileNames,
  tagColors,
  webhooksListed,
  accessToken,
  refreshLifetime,
  matterLinks,
  referenceChecks,
  patchNull,
  absentIsLead,
  uploadAddress,
  fanOut,
  filesUpdated,
  tagEvents,
  webhookRetries,
  throttle,
];
