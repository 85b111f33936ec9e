import { signInAlone, signInSecond } from './credentials/sign-in';
import type { SignedIn } from './credentials/signed-in';
import { allSwitches, type Finding } from './finding';
import { askQuestions } from './ask-questions';
import type { ProbePlace, SecondSignIn } from './probe';
import { Interrupted, ProbeFailure, QuestionFailure } from './probe-failure';
import { type ProbeOptions, readProbeOptions } from './probe-options';
import { ALL_PROBES } from './questions/all';
import { refreshLifetime, refreshOutcome } from './questions/refresh-lifetime';
import { Receiver } from './receiver/receiver';
import type { Made } from './records/made';
import { takeAway } from './records/take-away';
import { ThrowAway } from './records/throw-away';
import { type Report, reportText } from './report/report';
import { politeGate } from './smokeball/polite-gate';
import { SmokeballDoor } from './smokeball/smokeball-door';

/** What the command needs of the process that runs it. */
export interface ProbeTools {
  readonly env: NodeJS.ProcessEnv;
  /** Aborts at the first Ctrl-C: asking stops, and what was made is cleaned up. */
  readonly signal: AbortSignal;
  /** Aborts when somebody insists: cleaning up stops too. */
  readonly hardStop: AbortSignal;
  readonly out: (text: string) => void;
  readonly say: (text: string) => void;
  readonly readStdin: () => Promise<string>;
  /** Null when nobody is there to answer. */
  readonly yesOrNo: (question: string) => Promise<boolean | null>;
  /** A connected firm's sign-in, through the house's own doors. */
  readonly signInAsFirm: (options: ProbeOptions) => Promise<SignedIn>;
}

/** The run came to its end and left nothing behind; it was refused or broke off; records stay in Smokeball; Ctrl-C. */
export const EXIT = { done: 0, failed: 1, leftBehind: 2, interrupted: 130 } as const;

const DEFAULT_RATE = 5;

/**
 * Asks a real Smokeball what nobody knows and prints how to set the simulator's switches.
 * @returns the exit code
 * @throws ProbeFailure when the run cannot begin
 */
export async function runProbe(args: readonly string[], tools: ProbeTools): Promise<number> {
  const options = readProbeOptions(args);
  const startedAt = new Date();
  const signedIn = await signIn(options, tools);
  let receiver: Receiver | null = null;
  try {
    const { region, environment, hosts } = signedIn;
    tools.say(`Asking Smokeball ${region} ${environment} at ${hosts.api}.`);
    const smokeball = door(signedIn, signedIn, tools);
    const dead = await greet(smokeball);
    if (dead !== null) return await reportDead(dead, signedIn, startedAt, options, tools);
    if (options.write) await mustAgree(options, signedIn, tools);
    const throwAway = options.write ? new ThrowAway(smokeball, startedAt) : null;
    receiver = await listen(options, signedIn);
    const second = options.secondSignIn ? await secondOf(options, signedIn, tools) : null;
    const { yesOrNo, say, signal } = tools;
    const { waitMs, retryWaitMs } = options;
    const base = { region, environment, hosts, clientId: signedIn.clientId, smokeball, token: signedIn.facts };
    const place: ProbePlace = { ...base, throwAway, receiver, second, waitMs, retryWaitMs, signal, say, yesOrNo };
    const { findings, broken } = await ask(options, place);
    const made = throwAway === null ? [] : await takeAway(throwAway, { waitMs, say, signal: tools.hardStop });
    print(reportOf(signedIn, startedAt, findings, made, broken === null), options, tools);
    if (broken instanceof ProbeFailure) say(broken.message);
    return exitCode(made, broken);
  } finally {
    receiver?.close();
    await signedIn.close();
  }
}

async function signIn(options: ProbeOptions, tools: ProbeTools): Promise<SignedIn> {
  return options.firm === null ? await signInAlone(options, tools) : await tools.signInAsFirm(options);
}

function door(signedIn: SignedIn, who: Pick<SignedIn, 'tokens' | 'apiKey'>, tools: ProbeTools): SmokeballDoor {
  const rate = Number(tools.env['SMOKEBALL_RATE']) || DEFAULT_RATE;
  const { hosts, firmId, gate: house } = signedIn;
  const { tokens, apiKey } = who;
  return new SmokeballDoor({ hosts, apiKey, tokens, gate: politeGate(rate, house), firmId, signal: tools.signal });
}

/** Nothing is worth asking when the first call does not work. */
async function greet(smokeball: SmokeballDoor): Promise<ProbeFailure | null> {
  try {
    await smokeball.read('/firm');
    return null;
  } catch (error) {
    if (error instanceof ProbeFailure) return error;
    if (error instanceof QuestionFailure) return new ProbeFailure(`${error.reason} ${error.next}`);
    throw error;
  }
}

/** A sign-in that is dead and whose age is known still answers one question. */
async function reportDead(
  dead: ProbeFailure,
  signedIn: SignedIn,
  startedAt: Date,
  options: ProbeOptions,
  tools: ProbeTools,
): Promise<number> {
  const outcome = await refreshOutcome(signedIn.facts);
  if (outcome.state !== 'settled') throw dead;
  const { id, question } = refreshLifetime;
  print(reportOf(signedIn, startedAt, [{ id, question, ...outcome }], [], false), options, tools);
  tools.say(dead.message);
  return EXIT.failed;
}

async function mustAgree(options: ProbeOptions, { environment, hosts }: SignedIn, tools: ProbeTools): Promise<void> {
  if (environment !== 'production' || options.yes) return;
  const question = `This writes throw-away records into the PRODUCTION firm at ${hosts.api}. Go on?`;
  const isAgreed = await tools.yesOrNo(question);
  if (isAgreed !== true) throw new ProbeFailure('Nothing was written. On production --write needs your yes, or --yes.');
}

async function listen(options: ProbeOptions, { clientId }: SignedIn): Promise<Receiver | null> {
  if (options.receiverUrl === null) return null;
  const receiver = new Receiver(options.receiverUrl, clientId);
  await receiver.listen(options.receiverPort);
  return receiver;
}

async function secondOf(options: ProbeOptions, signedIn: SignedIn, tools: ProbeTools): Promise<SecondSignIn> {
  const { isOtherApplication, isOtherUser, ...who } = await signInSecond(options, tools, signedIn);
  return { smokeball: door(signedIn, who, tools), isOtherApplication, isOtherUser };
}

async function ask(options: ProbeOptions, place: ProbePlace) {
  const findings: Finding[] = [];
  const probes = ALL_PROBES.filter(({ id }) => options.only === null || options.only.includes(id));
  const asking = { probes, place, isThrottling: options.throttle, found: (finding: Finding) => findings.push(finding) };
  try {
    await askQuestions(asking);
    return { findings, broken: null };
  } catch (error) {
    if (error instanceof Interrupted || error instanceof ProbeFailure) return { findings, broken: error };
    // A fault of ours must not leave anything behind either.
    return { findings, broken: error instanceof Error ? error : new Error(String(error)) };
  }
}

function reportOf(
  { region, environment, hosts }: SignedIn,
  startedAt: Date,
  findings: readonly Finding[],
  made: readonly Made[],
  finished: boolean,
): Report {
  return {
    region,
    environment,
    api_url: hosts.api,
    started_at: startedAt.toISOString(),
    finished,
    findings,
    records: made.map(({ kind, id, matterId, state, how }) => ({ kind, id, ...(matterId === undefined ? {} : { matterId }), state, how })), // prettier-ignore
    switches: allSwitches(findings),
  };
}

function print(report: Report, options: ProbeOptions, tools: ProbeTools): void {
  tools.out(options.json ? `${JSON.stringify(report)}\n` : reportText(report));
}

function exitCode(made: readonly Made[], broken: Error | null): number {
  if (made.some(({ state }) => state === 'left')) return EXIT.leftBehind;
  if (broken instanceof Interrupted) return EXIT.interrupted;
  if (broken instanceof ProbeFailure) return EXIT.failed;
  if (broken !== null) throw broken;
  return EXIT.done;
}
