import { Controller, Get, Header } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Alive } from '@matterline/contracts';
import { Policy } from '@matterline/auth';
import { CLOSE_SCRIPT } from '../pairings/pairing-page';

/** What a PBX may ask before it has a key. */
@ApiTags('vodia')
@Controller('api/v1')
export class PublicController {
  /** For monitoring and for the tenant page's Test button. */
  @Get('health')
  @Policy({ allow: { open: 'says only that the service is up' }, audit: { none: 'no data' } })
  health(): Alive {
    return { status: 'ok' };
  }

  /** Closes the pairing window; a file of its own, because a content security policy forbids scripts inside pages. */
  @Get('vodia/close-window.js')
  @Header('Content-Type', 'text/javascript; charset=utf-8')
  @Header('Cache-Control', 'public, max-age=3600')
  @Header('X-Content-Type-Options', 'nosniff')
  @Policy({ allow: { open: 'a fixed script' }, audit: { none: 'no data' } })
  closeWindow(): string {
    return CLOSE_SCRIPT;
  }
}
