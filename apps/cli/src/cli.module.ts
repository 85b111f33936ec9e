import { type DynamicModule, Module } from '@nestjs/common';
import { AuditModule } from '@matterline/audit';
import { AuthModule } from '@matterline/auth';
import { ContactsModule } from '@matterline/contacts';
import { IssuesModule } from '@matterline/issues';
import { MatterMappingModule } from '@matterline/matter-mapping';
import { type Config, PlatformModule } from '@matterline/platform';
import { SyncModule } from '@matterline/sync';
import { TelephonyModule } from '@matterline/telephony';
import { WebhooksModule } from '@matterline/webhooks';

/** The rooms that the operators' commands need; nothing listens and no work is taken. */
@Module({})
export class CliModule {
  static forRoot(config: Config): DynamicModule {
    return {
      module: CliModule,
      imports: [
        PlatformModule.forRoot(config),
        AuditModule,
        AuthModule,
        SyncModule,
        WebhooksModule,
        ContactsModule,
        IssuesModule,
        MatterMappingModule,
        TelephonyModule,
      ],
    };
  }
}
