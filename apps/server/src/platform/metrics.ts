import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export type Metrics = {
  registry: Registry;
  requestSeconds: Histogram<'route' | 'method' | 'status'>;
  checks: Counter<'kind' | 'result'>;
  pushes: Counter<'result'>;
  pushedAgain: Counter<never>;
  relayPushes: Counter<'relay' | 'result'>;
  googleCalls: Counter<'result'>;
  messages: Counter<'channel' | 'result'>;
  tillQueue: Counter<'kind' | 'result'>;
  passesBuilt: Counter<never>;
  replayAccounts: Counter<never>;
  replayDifferences: Gauge<never>;
  /** Adds a figure that is read when somebody looks. */
  watch(name: string, help: string, read: () => number | Promise<number>): void;
};

/** The figures of one process, for Prometheus at /metrics. Labels hold routes and results, never a guest. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    requestSeconds: new Histogram({
      name: 'tessera_http_request_seconds',
      help: 'Time to answer a request',
      labelNames: ['route', 'method', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
      registers,
    }),
    checks: new Counter({
      name: 'tessera_checks_total',
      help: 'Sales and returns by result',
      labelNames: ['kind', 'result'],
      registers,
    }),
    pushes: new Counter({ name: 'tessera_pushes_total', help: 'Wallet pushes', labelNames: ['result'], registers }),
    pushedAgain: new Counter({
      name: 'tessera_cards_pushed_again_total',
      help: 'Cards whose phones were told again because nobody had fetched them',
      registers,
    }),
    relayPushes: new Counter({
      name: 'tessera_wallet_relay_requests_total',
      help: 'Requests to push relays of other wallets',
      labelNames: ['relay', 'result'],
      registers,
    }),
    googleCalls: new Counter({
      name: 'tessera_google_wallet_cards_total',
      help: 'Cards brought to Google Wallet by result',
      labelNames: ['result'],
      registers,
    }),
    messages: new Counter({
      name: 'tessera_messages_total',
      help: 'Messages handed over',
      labelNames: ['channel', 'result'],
      registers,
    }),
    tillQueue: new Counter({
      name: 'tessera_till_queue_total',
      help: 'Sales and returns that tills sent later, by what became of them',
      labelNames: ['kind', 'result'],
      registers,
    }),
    passesBuilt: new Counter({ name: 'tessera_passes_built_total', help: 'Bundles built and signed', registers }),
    replayAccounts: new Counter({
      name: 'tessera_replay_accounts_total',
      help: 'Accounts whose entries were folded anew and compared with their state',
      registers,
    }),
    replayDifferences: new Gauge({
      name: 'tessera_replay_differences',
      help: 'Accounts that were not what their entries say, in the last nightly comparison of this process',
      registers,
    }),
    watch(name, help, read) {
      new Gauge({
        name,
        help,
        registers,
        async collect() {
          this.set(await read());
        },
      });
    },
  };
}
