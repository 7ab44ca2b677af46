import { expect, test } from 'vitest';
import { createHttp } from '../../platform/http/index.ts';
import { createLog } from '../../platform/log.ts';
import { createMetrics } from '../../platform/metrics.ts';
import { createTexts } from '../../platform/texts.ts';
import { presentKeylessRefusal, presentV0Refusal } from './refusals.ts';

test('after a defect, a call with a key may be repeated and one without a key is told to look first', async () => {
  const log = createLog('silent');
  const http = await createHttp({
    log,
    metrics: createMetrics(),
    texts: createTexts(),
    trustProxy: false,
    secure: false,
  });
  const fail = async () => {
    throw new Error('a defect');
  };
  http.post('/keyed', { config: { presentRefusal: presentV0Refusal } }, fail);
  http.post('/keyless', { config: { presentRefusal: presentKeylessRefusal('externalId') } }, fail);
  const answer = async (url: string) => (await http.inject({ method: 'POST', url })).json();
  expect(await answer('/keyed')).toMatchObject({ code: 'internal', retryable: true });
  expect(await answer('/keyless')).toMatchObject({ code: 'outcome_unknown', retryable: false });
  expect((await http.inject({ method: 'POST', url: '/keyless' })).statusCode).toBe(409);
  await http.close();
});
