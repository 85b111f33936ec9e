import { Injectable } from '@nestjs/common';
import type { Target } from './alert-settings';
import type { AlertMessage } from './alert-text';
import { Mailer, type Sent } from './mailer';
import { SlackPost } from './slack-post';

/** Brings a message to a target of either kind. */
@Injectable()
export class AlertPost {
  constructor(
    private readonly mailer: Mailer,
    private readonly slack: SlackPost,
  ) {}

  async send(id: string, target: Target, message: AlertMessage): Promise<Sent> {
    return target.kind === 'email'
      ? await this.mailer.send(id, target.address, message)
      : await this.slack.send(target.address, message);
  }
}
