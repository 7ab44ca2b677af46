import type { Platform } from '../context.ts';
import type { Jobs } from '../jobs/index.ts';
import type { Http } from './types.ts';

/** How long readiness may wait for the database. */
const READY_MILLISECONDS_MAX = 2_000;

/**
 * GET /healthz: the process lives. GET /readyz: it can serve (the database answers). GET /metrics: its figures, for
 * Prometheus; keep it from the public at the proxy.
 */
export function healthRoutes(http: Http, { platform, jobs }: { platform: Platform; jobs: Jobs }): void {
  const { metrics, database } = platform;
  metrics.watch('tessera_database_connections', 'Open database connections', () => database.statistics().open);
  metrics.watch('tessera_database_waiting', 'Callers waiting for a connection', () => database.statistics().waiting);
  metrics.watch('tessera_outbox_rows', 'Rows waiting in the outbox', async () => (await jobs.depth()).outbox);
  metrics.watch(
    'tessera_jobs_failing',
    'Jobs that failed and wait for another try',
    async () => (await jobs.depth()).failing,
  );

  http.get('/healthz', { schema: { hide: true }, logLevel: 'silent' }, async () => ({ status: 'ok' }));

  http.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    const answered = database.platform.query('select 1', []).then(
      () => true,
      () => false,
    );
    const late = new Promise<false>((resolve) => setTimeout(resolve, READY_MILLISECONDS_MAX, false).unref());
    const ready = await Promise.race([answered, late]);
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'database_unreachable' });
  });

  http.get('/metrics', { schema: { hide: true } }, async (_request, reply) => {
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}
