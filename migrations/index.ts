import { RolesAndKeys0001 } from './0001-roles-and-keys';
import { FirmsAndAccess0002 } from './0002-firms-and-access';
import { Audit0003 } from './0003-audit';
import { Connections0004 } from './0004-connections';
import { Intake0005 } from './0005-intake';
import { Operations0006 } from './0006-operations';
import { Events0007 } from './0007-events';
import { Telephony0008 } from './0008-telephony';
import { MatterSync0009 } from './0009-matter-sync';
import { RateGate0010 } from './0010-rate-gate';
import { ContactMatching0011 } from './0011-contact-matching';
import { DocumentsToFetch0012 } from './0012-documents-to-fetch';
import { BatchOperations0013 } from './0013-batch-operations';
import { DeliveryAttempts0015 } from './0015-delivery-attempts';
import { ConnectionHealth0017 } from './0017-connection-health';
import { Snapshots0016 } from './0016-snapshots';
import { Issues0014 } from './0014-issues';
import { StoreEvents0018 } from './0018-store-events';

/** In the order they run. */
export const MIGRATIONS = [
  RolesAndKeys0001,
  FirmsAndAccess0002,
  Audit0003,
  Connections0004,
  Intake0005,
  Operations0006,
  Events0007,
  Telephony0008,
  MatterSync0009,
  RateGate0010,
  ContactMatching0011,
  DocumentsToFetch0012,
  BatchOperations0013,
  DeliveryAttempts0015,
  ConnectionHealth0017,
  Snapshots0016,
  Issues0014,
  StoreEvents0018,
];
