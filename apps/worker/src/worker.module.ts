import { type DynamicModule, Module } from '@nestjs/common';
import { AuditModule } from '@matterline/audit';
import { AuthModule } from '@matterline/auth';
import { ContactsModule } from '@matterline/contacts';
import { DocumentsModule } from '@matterline/documents';
import { IssuesModule } from '@matterline/issues';
import { MatterMappingModule } from '@matterline/matter-mapping';
import { type Config, PlatformModule } from '@matterline/platform';
import { SyncModule } from '@matterline/sync';
import { TelephonyModule } from '@matterline/telephony';
import { WebhooksModule } from '@matterline/webhooks';

/** The queue process: the same rooms without HTTP. */
@Module({})
export class WorkerModule {
  static forRoot(config: Config): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        PlatformModule.forRoot(config),
        AuditModule,
        AuthModule,
        SyncModule,
        WebhooksModule,
        ContactsModule,
        IssuesModule,
        MatterMappingModule,
        DocumentsModule,
        TelephonyModule,
      ],
    };
  }
}
