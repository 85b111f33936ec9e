import { Module } from '@nestjs/common';
import { CallAnswers } from './calls/call-answers';
import { CallDesk } from './calls/call-desk';
import { CallRecords } from './calls/call-records';
import { ForgetCalls } from './calls/forget-calls';
import { LiveSearch } from './calls/live-search';
import { LocalLookup } from './calls/local-lookup';
import { PairingReturn } from './pairings/pairing-return';
import { PairingTokens } from './pairings/pairing-tokens';
import { Pairings } from './pairings/pairings';
import { AgentStreams } from './pops/agent-streams';
import { Pops } from './pops/pops';
import { BrowserOrigin } from './tenants/browser-origin';
import { Extensions } from './tenants/extensions';
import { Pbxes } from './tenants/pbxes';
import { TenantGuard } from './tenants/tenant.guard';
import { TenantSettings } from './tenants/tenant-settings';

/** The room's services. Its controllers belong to the API alone: `TELEPHONY_CONTROLLERS`. */
@Module({
  providers: [
    Pbxes,
    TenantGuard,
    TenantSettings,
    Extensions,
    BrowserOrigin,
    Pairings,
    PairingTokens,
    PairingReturn,
    CallDesk,
    CallAnswers,
    CallRecords,
    ForgetCalls,
    LocalLookup,
    LiveSearch,
    Pops,
    AgentStreams,
  ],
  exports: [
    Pbxes,
    TenantGuard,
    TenantSettings,
    Extensions,
    BrowserOrigin,
    Pairings,
    CallDesk,
    CallRecords,
    Pops,
    AgentStreams,
  ],
})
export class TelephonyModule {}
