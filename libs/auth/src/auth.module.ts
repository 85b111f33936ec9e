import { Global, Module } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import { ApiKeyStrategy } from './access/api-key.strategy';
import { SessionStrategy } from './access/session.strategy';
import { AccountQuestions } from './connection/account-questions';
import { SwitchAccount } from './connection/switch-account';
import { ConnectionListeners } from './connection/connection-listeners';
import { ConnectionTokens } from './connection/connection-tokens';
import { ConnectionRecords } from './connection/connection-records';
import { Disconnect } from './connection/disconnect';
import { ExpiryForecast } from './connection/expiry-forecast';
import { AfterConnection, FinishConnection } from './connection/finish-connection';
import { StartConnection } from './connection/start-connection';
import { OAuthReturns } from './connection/oauth-returns';
import { OAuthStates } from './connection/oauth-states';
import { Firms } from './firms/firms';
import { ApiKeys } from './keys/api-keys';
import { PersonReads } from './smokeball/person-reads';
import { SmokeballAccess } from './smokeball/smokeball-access';
import { Sessions } from './users/sessions';
import { Users } from './users/users';

const SERVICES = [
  ApiKeys,
  Firms,
  Users,
  Sessions,
  ConnectionListeners,
  ConnectionTokens,
  OAuthStates,
  OAuthReturns,
  SmokeballAccess,
  PersonReads,
  ConnectionRecords,
  AfterConnection,
  StartConnection,
  FinishConnection,
  Disconnect,
  ExpiryForecast,
  AccountQuestions,
  SwitchAccount,
];

@Global()
@Module({
  imports: [PassportModule],
  providers: [...SERVICES, ApiKeyStrategy, SessionStrategy],
  exports: SERVICES,
})
export class AuthModule {}
