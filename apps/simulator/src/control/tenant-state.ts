import type { Json } from '../core';

/** What `GET /_sim/{tenant}/state` shows of one stored file. */
export interface FileState {
  readonly id: string;
  readonly matterId: string;
  /** Without the extension. */
  readonly name: string;
  readonly fileExtension: string;
  readonly folderId: string | null;
  readonly sizeBytes: number;
  /** SHA-256 (hex) of the newest version's bytes; null before the first ingest. */
  readonly sha256: string | null;
  readonly isUploaded: boolean;
  readonly isCancelled: boolean;
  readonly isDeleted: boolean;
  readonly versions: readonly {
    readonly versionId: string;
    readonly sha256: string;
    readonly sizeBytes: number;
    readonly createdAt: string;
  }[];
  readonly additionalData: Json;
}

/** A webhook subscription with its key, which the API itself never shows. */
export interface WebhookState {
  readonly id: string;
  readonly clientId: string;
  readonly name: string | null;
  readonly key: string | null;
  readonly eventTypes: readonly string[];
  readonly eventNotificationUrl: string;
}

export interface FirmState {
  readonly account_id: string;
  readonly name: string;
  /** Read models exactly as the API gives them, plus `isDeleted`. */
  readonly contacts: readonly Record<string, unknown>[];
  readonly matters: readonly Record<string, unknown>[];
  readonly files: readonly FileState[];
  readonly webhooks: readonly WebhookState[];
  readonly staff: readonly Record<string, unknown>[];
  readonly users: readonly {
    readonly userId: string;
    readonly email: string;
    readonly staffId: string;
    readonly password: string;
    readonly isFormerUser: boolean;
  }[];
  readonly memos: readonly Record<string, unknown>[];
  readonly tasks: readonly Record<string, unknown>[];
  readonly fees: readonly Record<string, unknown>[];
}

/** Everything one tenant holds, for tests and for pages. Records that wait to become visible are not in it. */
export interface TenantState {
  readonly tenant: string;
  readonly firms: readonly FirmState[];
}
