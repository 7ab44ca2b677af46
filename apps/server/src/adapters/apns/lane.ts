/**
 * All pushes of one certificate: a queue before one connection, opened when needed, replaced when it ends.
 * Every push given in ends with exactly one result, in bounded time and tries.
 */
import {
  type ApnsAnswer,
  isPassing,
  isShutdown,
  type PushResult,
  readAnswer,
  readServicePause,
  readTlsFailure,
} from './answer.ts';
import {
  type Connection,
  type ConnectionSettings,
  type Outcome,
  openConnection,
  type RequestHeaders,
} from './connection.ts';

export type LaneSettings = Omit<ConnectionSettings, 'certificatePem' | 'privateKeyPem'> & {
  readonly clock: () => Temporal.Instant;
  readonly random: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** How often one push is sent before it is given back as `retry_later`. */
  readonly maximumTries: number;
  readonly firstPauseMilliseconds: number;
  /** After a refused certificate, an unreachable server or one that fails and fails, nothing is sent for so long. */
  readonly holdSeconds: number;
};

export type LaneEvents = { readonly onResult: (result: PushResult, pushToken: string) => void };

export type Lane = {
  /** `headers` are written when the push is sent: thousands may wait, and most of what one weighs is headers. */
  send(pushToken: string, headers: () => RequestHeaders): Promise<PushResult>;
  isIdle(): boolean;
  /** Refuses what is queued, lets open requests end (at most the request timeout), then ends the connection. */
  close(): Promise<void>;
};

type Job = {
  readonly pushToken: string;
  readonly headers: () => RequestHeaders;
  readonly resolve: (result: PushResult) => void;
  tries: number;
};

type LaneState = {
  readonly settings: LaneSettings;
  readonly credential: { readonly certificatePem: string; readonly privateKeyPem: string };
  readonly events: LaneEvents;
  queue: Job[];
  /** Jobs that are sent or wait for their next try. */
  pending: number;
  connection: Connection | undefined;
  connecting: boolean;
  /** Connections in a row that ended without one answer. */
  failures: number;
  /** Answers in a row that were failures of the service. */
  outages: number;
  held: { readonly result: PushResult; readonly until: Temporal.Instant } | undefined;
  closed: boolean;
  onIdle: (() => void) | undefined;
};

const longestPauseMilliseconds = 30_000;
/** One failure of the service is chance, so many in a row are an outage: more requests would not help it. */
const outagesToHold = 20;
const closedResult: PushResult = { status: 'retry_later', reason: 'Closed' };

/** A lane opens nothing until the first push. */
export function createLane(settings: LaneSettings, credential: LaneState['credential'], events: LaneEvents): Lane {
  const lane: LaneState = {
    settings,
    credential,
    events,
    queue: [],
    pending: 0,
    connection: undefined,
    connecting: false,
    failures: 0,
    outages: 0,
    held: undefined,
    closed: false,
    onIdle: undefined,
  };
  return {
    send: (pushToken, headers) =>
      new Promise((resolve) => {
        enqueue(lane, { pushToken, headers, resolve, tries: 0 });
      }),
    isIdle: () => lane.queue.length === 0 && lane.pending === 0 && !lane.connecting,
    async close() {
      lane.closed = true;
      settleQueue(lane, closedResult);
      if (lane.pending > 0) {
        await new Promise<void>((resolve) => {
          lane.onIdle = resolve;
        });
      }
      lane.connection?.destroy('Closed');
    },
  };
}

function enqueue(lane: LaneState, job: Job): void {
  const refusal = findRefusal(lane);
  if (refusal !== undefined) {
    settle(lane, job, refusal);
    return;
  }
  lane.queue.push(job);
  pump(lane);
}

function findRefusal(lane: LaneState): PushResult | undefined {
  if (lane.closed) return closedResult;
  if (lane.held === undefined) return undefined;
  const seconds = Math.ceil((lane.held.until.epochMilliseconds - lane.settings.clock().epochMilliseconds) / 1000);
  if (seconds > 0) {
    const { result } = lane.held;
    return result.status === 'retry_later' ? { ...result, afterSeconds: seconds } : result;
  }
  lane.held = undefined;
  return undefined;
}

function pump(lane: LaneState): void {
  const { connection } = lane;
  if (connection === undefined || !connection.isUsable()) {
    if (lane.queue.length > 0 && !lane.connecting) void connect(lane);
    return;
  }
  for (let room = connection.capacity(); room > 0 && connection.isUsable(); room--) {
    const job = lane.queue.shift();
    if (job === undefined) return;
    lane.pending += 1;
    job.tries += 1;
    connection.send(job.headers(), '{}', (outcome) => {
      leavePending(lane, () => conclude(lane, connection, job, outcome));
    });
  }
}

function leavePending(lane: LaneState, conclusion: () => void): void {
  lane.pending -= 1;
  conclusion();
  if (lane.pending === 0) lane.onIdle?.();
}

async function connect(lane: LaneState): Promise<void> {
  lane.connecting = true;
  if (lane.failures > 0) await lane.settings.sleep(pauseBefore(lane, lane.failures));
  let current: Connection | undefined;
  const opening = lane.closed
    ? ({ status: 'failed', code: 'Closed' } as const)
    : await openConnection(
        { ...lane.settings, ...lane.credential },
        { onCapacity: () => pump(lane), onEnd: (code) => afterEnd(lane, current, code) },
      );
  lane.connecting = false;
  if (opening.status === 'failed') {
    afterEnd(lane, undefined, opening.code);
    return;
  }
  current = opening.connection;
  lane.connection = current;
  if (lane.closed) current.drain();
  pump(lane);
}

/** A connection ended or was never there: once useful, open the next at once; else wait longer each time, then give up. */
function afterEnd(lane: LaneState, connection: Connection | undefined, code: string): void {
  if (lane.connection === connection) lane.connection = undefined;
  lane.failures = connection?.wasAnswered() ? 0 : lane.failures + 1;
  const verdict = readTlsFailure(code);
  if (verdict !== undefined) hold(lane, verdict);
  else if (lane.failures >= lane.settings.maximumTries) hold(lane, unreachable(lane, code));
  else pump(lane);
}

/** Opening connection after connection is taken for an attack: a verdict stands for a while, for all who ask. */
function hold(lane: LaneState, result: PushResult, seconds: number = lane.settings.holdSeconds): void {
  lane.failures = 0;
  lane.outages = 0;
  lane.held = { result, until: lane.settings.clock().add({ seconds }) };
  settleQueue(lane, result);
}

function unreachable(lane: LaneState, code: string): PushResult {
  return { status: 'retry_later', reason: `Unreachable ${code}`, afterSeconds: lane.settings.holdSeconds };
}

function conclude(lane: LaneState, connection: Connection, job: Job, outcome: Outcome): void {
  const { result, again } = judge(outcome, lane.settings.clock());
  if (outcome.kind === 'answer') heed(lane, connection, outcome.answer, result);
  if (again && job.tries < lane.settings.maximumTries) tryAgain(lane, job);
  else settle(lane, job, result);
}

/** What an answer says of the service, not of the device: a shutdown, a pause that it asks for, an outage. */
function heed(lane: LaneState, connection: Connection, answer: ApnsAnswer, result: PushResult): void {
  if (isShutdown(answer)) connection.drain();
  lane.outages = answer.status >= 500 && !isShutdown(answer) ? lane.outages + 1 : 0;
  const pause = readServicePause(answer, lane.settings.clock());
  const held = result.status === 'retry_later' ? result : { status: 'retry_later' as const, reason: 'Unavailable' };
  if (pause !== undefined) hold(lane, { ...held, afterSeconds: pause }, pause);
  else if (lane.outages >= outagesToHold) hold(lane, { ...held, afterSeconds: lane.settings.holdSeconds });
}

/** The result of one try, and whether another try at once has a chance. A time-out has had its fifteen seconds. */
function judge(outcome: Outcome, now: Temporal.Instant): { readonly result: PushResult; readonly again: boolean } {
  if (outcome.kind === 'timeout') return { result: { status: 'retry_later', reason: 'Timeout' }, again: false };
  if (outcome.kind === 'answer') return { result: readAnswer(outcome.answer, now), again: isPassing(outcome.answer) };
  const verdict = readTlsFailure(outcome.code);
  if (verdict !== undefined) return { result: verdict, again: false };
  return { result: { status: 'retry_later', reason: outcome.code }, again: true };
}

function tryAgain(lane: LaneState, job: Job): void {
  lane.pending += 1;
  void lane.settings.sleep(pauseBefore(lane, job.tries)).then(() => leavePending(lane, () => enqueue(lane, job)));
}

/** Doubling pauses, half of each at random so that many waiting pushes do not come back as one wave. */
function pauseBefore(lane: LaneState, tries: number): number {
  const full = Math.min(lane.settings.firstPauseMilliseconds * 2 ** (tries - 1), longestPauseMilliseconds);
  return Math.round(full * (0.5 + lane.settings.random() / 2));
}

function settleQueue(lane: LaneState, result: PushResult): void {
  const waiting = lane.queue;
  lane.queue = [];
  for (const job of waiting) settle(lane, job, result);
}

function settle(lane: LaneState, job: Job, result: PushResult): void {
  lane.events.onResult(result, job.pushToken);
  job.resolve(result);
}
