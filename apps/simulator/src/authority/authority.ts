import { existsSync } from 'node:fs';
import { createOpenApiValidator, type AuthorityFiles, type OpenApiValidator } from './openapi-validator';
import type { AuthorityReport, Finding, JudgedCall, Verdict } from './verdict';

const NOT_SIMULATED = 501;
const MOST_KINDS_OF_FINDING = 500;

/**
 * Holds every call of the API against the official description, where its file is at hand. The file is read with the first
 * call; sums and findings last as long as the process, whatever is reset.
 */
export class Authority {
  private validator: OpenApiValidator | undefined;
  private problem: string | null;
  private readonly sums = { checked: 0, notChecked: 0, requests: 0, answers: 0 };
  private readonly found = new Map<string, Finding>();
  private readonly done = new Map<string, number>();

  /** Without `openapiPath`, or without a file there, nothing is checked. `isWanted` is the switch. */
  constructor(
    private readonly files: { readonly openapiPath: string | undefined; readonly overlayPath: string },
    private readonly isWanted: () => boolean,
  ) {
    this.problem = missing(files);
  }

  judge(call: JudgedCall): Verdict {
    this.count(call);
    const validator = this.isWanted() ? this.open() : undefined;
    if (validator === undefined) {
      this.sums.notChecked += 1;
      return { state: 'not checked', request: [], answer: [], note: this.whyNot() };
    }
    const request = requestFindings(validator, call);
    const note = whyUncheckedAnswer(call);
    const answer = note === null ? answerFindings(validator, call) : [];
    this.keep('request', call, request);
    this.keep('answer', call, answer);
    if (note === null) this.sums.checked += 1;
    else this.sums.notChecked += 1;
    const hasFindings = request.length + answer.length > 0;
    const state = hasFindings ? 'findings' : note === null ? 'as documented' : 'not checked';
    return { state, request, answer, note };
  }

  report(): AuthorityReport {
    return {
      validating: this.whyNot() === null,
      why_not: this.whyNot(),
      checked: this.sums.checked,
      not_checked: this.sums.notChecked,
      calls_with_request_findings: this.sums.requests,
      calls_with_answer_findings: this.sums.answers,
    };
  }

  findings(): readonly Finding[] {
    return [...this.found.values()];
  }

  /** How often each operation was called with success, by method and path template. */
  operations(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.done);
  }

  private count({ method, template, status }: JudgedCall): void {
    if (template === null || status === null || status >= 400) return;
    const operation = `${method} ${template}`;
    this.done.set(operation, (this.done.get(operation) ?? 0) + 1);
  }

  private whyNot(): string | null {
    return this.problem ?? (this.isWanted() ? null : 'The switch `validate` is off.');
  }

  private open(): OpenApiValidator | undefined {
    const { openapiPath, overlayPath } = this.files;
    if (this.validator !== undefined || this.problem !== null || openapiPath === undefined) return this.validator;
    try {
      this.validator = createOpenApiValidator({ openapiPath, overlayPath } satisfies AuthorityFiles);
    } catch (error) {
      this.problem = `The official description could not be used: ${error instanceof Error ? error.message : String(error)}`;
      process.stderr.write(`${this.problem}\n`);
    }
    return this.validator;
  }

  private keep(where: Finding['where'], call: JudgedCall, texts: readonly string[]): void {
    if (texts.length > 0) this.sums[where === 'request' ? 'requests' : 'answers'] += 1;
    const operation = `${call.method} ${call.template ?? call.url}`;
    for (const text of texts) {
      // Which of many rows has it makes no other finding.
      const key = `${where} ${operation} ${call.status} ${text.replace(/\/\d+(?=\/|\s)/g, '/*')}`;
      const known = this.found.get(key);
      if (known === undefined && this.found.size >= MOST_KINDS_OF_FINDING) continue;
      this.found.set(key, { where, operation, status: call.status, text, calls: (known?.calls ?? 0) + 1 });
    }
  }
}

function missing(files: { readonly openapiPath: string | undefined; readonly overlayPath: string }): string | null {
  if (files.openapiPath === undefined) return 'SMOKEBALL_OPENAPI does not name the official OpenAPI file.';
  const absent = [files.openapiPath, files.overlayPath].find((path) => !existsSync(path));
  return absent === undefined ? null : `There is no file ${absent}.`;
}

function requestFindings(validator: OpenApiValidator, call: JudgedCall): string[] {
  const body = parsed(call.requestBody);
  if (body === NOT_JSON) return ['the body is not JSON'];
  return validator.checkRequest(call.method, call.url, body, call.requestType);
}

function answerFindings(validator: OpenApiValidator, call: JudgedCall): string[] {
  const body = parsed(call.answerBody);
  if (body === NOT_JSON) return ['the body is not JSON'];
  return validator.checkResponse(call.method, call.url, call.status ?? 0, body, call.answerType);
}

function whyUncheckedAnswer({ status, isFault }: JudgedCall): string | null {
  if (status === null) return 'There was no answer.';
  if (isFault) return 'The answer was made by a fault.';
  return status === NOT_SIMULATED ? 'The operation is not simulated.' : null;
}

const NOT_JSON = Symbol('not JSON');

function parsed(text: string | undefined): unknown {
  if (text === undefined || text.trim() === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return NOT_JSON;
  }
}
