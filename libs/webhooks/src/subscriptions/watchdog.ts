import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { ConnectionListeners, ExpiryForecast } from '@matterline/auth';
import { Clock, type Config, CONFIG, Database, isDatabaseAway, Log } from '@matterline/platform';
import { Subscriptions } from './subscriptions';

const FIRST_CHECK_MS = 5_000;
const TIMER = 'subscription-watchdog';
/** Firms looked at side by side: one whose Smokeball hangs must not keep the others waiting. */
const SIDE_BY_SIDE = 8;
/** A mark younger than this share of the interval means that another process has looked. */
const MARK_SHARE = 0.8;

/**
 * Subscriptions vanish silently with the refresh token (docs/smokeball-api.md#webhooks), so each is looked at again and again; and so is
 * the day on which the sign-in ends.
 */
@Injectable()
export class Watchdog implements OnModuleInit, OnApplicationShutdown {
  private isLooking = false;
  private isStarted = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly subscriptions: Subscriptions,
    private readonly listeners: ConnectionListeners,
    private readonly forecast: ExpiryForecast,
    private readonly scheduler: SchedulerRegistry,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.listeners.register({
      connected: async (firmId) => {
        await this.subscriptions
          .ensure(firmId)
          .catch((error: unknown) => this.log.warn('watchdog.failed', { firm_id: firmId, error }));
      },
      disconnecting: (firmId) => this.subscriptions.remove(firmId),
    });
  }

  /** Called by a worker process once it is up. */
  start(): void {
    if (this.isStarted) return;
    this.isStarted = true;
    setTimeout(() => void this.look(), Math.min(FIRST_CHECK_MS, this.config.watchdogIntervalMs)).unref();
    const timer = setInterval(() => void this.look(), this.config.watchdogIntervalMs);
    this.scheduler.addInterval(TIMER, timer);
  }

  onApplicationShutdown(): void {
    if (this.isStarted && this.scheduler.doesExist('interval', TIMER)) this.scheduler.deleteInterval(TIMER);
  }

  /** Looks at every connected firm's subscription once. */
  async look(): Promise<void> {
    if (this.isLooking) return;
    this.isLooking = true;
    try {
      const firms = await this.database.directory<{ firm_id: string }>('connected_firms()');
      const left = firms.map(({ firm_id: firmId }) => firmId);
      const work = async () => {
        for (let firmId = left.shift(); firmId !== undefined; firmId = left.shift()) await this.lookAt(firmId);
      };
      await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
      for (const { firm_id: firmId } of firms) await this.foretell(firmId);
    } catch (error) {
      if (!isDatabaseAway(error)) this.log.error('watchdog.failed', { error });
    } finally {
      this.isLooking = false;
    }
  }

  private async lookAt(firmId: string): Promise<void> {
    try {
      if (await this.isMine(firmId)) await this.subscriptions.ensure(firmId);
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      this.log.warn('watchdog.failed', { firm_id: firmId, error });
    }
  }

  private async foretell(firmId: string): Promise<void> {
    try {
      await this.forecast.look(firmId);
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      this.log.warn('watchdog.failed', { firm_id: firmId, error });
    }
  }

  /** One process looks in each interval; the others find the mark it left. */
  private async isMine(firmId: string): Promise<boolean> {
    const before = new Date(this.clock.nowMs() - this.config.watchdogIntervalMs * MARK_SHARE);
    const marked = await this.database.forFirm(firmId, (scope) =>
      scope.change(
        'update connections set hook_checked_at = $2 where firm_id = $1 and (hook_checked_at is null or hook_checked_at <= $3)',
        [firmId, this.clock.now(), before],
      ),
    );
    return marked > 0;
  }
}
