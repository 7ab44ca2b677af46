/** What the sms.ru fake remembers. */
export type FakeSmsRuOptions = {
  /** 0 or absent: any free port. */
  readonly port?: number;
  readonly clock: () => Temporal.Instant;
  /** The only key that is let in; `TEST-API-ID` unless told. */
  readonly apiId?: string;
  readonly balanceKopecks?: bigint;
  readonly costKopecks?: bigint;
  /** False: every number works, whatever its last digits (for the demo). */
  readonly outcomeByLastDigits?: boolean;
  readonly deliverAfterMilliseconds?: number;
  /** How many messages are remembered, newest last. */
  readonly remember?: number;
  /** Runs a task later; real timers unless told. */
  readonly schedule?: (milliseconds: number, task: () => void) => void;
};

/** `status` is a code of sms.ru: 100 queued, 102 on the way, 103 delivered, 104 expired. */
export type SentMessage = {
  readonly phone: string;
  readonly text: string;
  readonly from?: string;
  readonly ip?: string;
  readonly at: Temporal.Instant;
  readonly id: string;
  readonly status: number;
};

/** A call that told a code: the last four digits of the number that rang. */
export type MadeCall = {
  readonly phone: string;
  readonly code: string;
  readonly ip?: string;
  readonly at: Temporal.Instant;
  readonly id: string;
};

export type Message = { -readonly [K in keyof SentMessage]: SentMessage[K] };

export type State = {
  readonly options: Required<Omit<FakeSmsRuOptions, 'port' | 'balanceKopecks'>>;
  readonly listeners: Set<(message: SentMessage) => void>;
  readonly callbacks: Set<string>;
  readonly failedOnce: Set<string>;
  /** By id, oldest first. */
  readonly messages: Map<string, Message>;
  /** Oldest first. */
  readonly calls: MadeCall[];
  /** When a text last went to a phone, oldest first. */
  readonly recent: Map<string, Temporal.Instant>;
  /** While set, calls are refused with it and messages go out. */
  callRefusal: number | undefined;
  failures: ({ readonly code: number } | { readonly httpStatus: number })[];
  callbackAnswers: string[];
  balance: bigint;
  nextId: number;
  silent: boolean;
  stopped: boolean;
};

/** The state of a fake that has just started. */
export function createState(options: FakeSmsRuOptions): State {
  return {
    options: {
      clock: options.clock,
      apiId: options.apiId ?? 'TEST-API-ID',
      costKopecks: options.costKopecks ?? 350n,
      outcomeByLastDigits: options.outcomeByLastDigits ?? true,
      deliverAfterMilliseconds: options.deliverAfterMilliseconds ?? 1000,
      remember: options.remember ?? 10_000,
      schedule: options.schedule ?? ((milliseconds, task) => void setTimeout(task, milliseconds).unref()),
    },
    listeners: new Set(),
    callbacks: new Set(),
    failedOnce: new Set(),
    messages: new Map(),
    recent: new Map(),
    calls: [],
    callRefusal: undefined,
    failures: [],
    callbackAnswers: [],
    balance: options.balanceKopecks ?? 1_000_000n,
    nextId: 10_000_000,
    silent: false,
    stopped: false,
  };
}
