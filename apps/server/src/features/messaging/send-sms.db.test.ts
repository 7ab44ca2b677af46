import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newCompany } from '../../../test/loyalty-house.ts';
import { createTestHouse, type TestHouse } from '../../../test/platform.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { type MessagingPlatform, queueSms, type SmsMessage, type SmsOutcome, saveSmsRuSettings } from './index.ts';
import { sendSms } from './send-sms.ts';
import { messagingJobs } from './tasks.ts';

let house: TestHouse;
let platform: MessagingPlatform;
let tenant: Tenant;
const sent: SmsMessage[] = [];
const accounts: unknown[] = [];
/** What the provider does with the next message. */
let provider: () => Promise<SmsOutcome>;
const accepted: SmsOutcome = { status: 'accepted', providerId: '000000-10000000' };

beforeAll(async () => {
  house = await createTestHouse();
  platform = {
    ...house.platform,
    smsRuCheck: async () => ({ status: 'unreachable' }),
    smsRuCall: () => async () => ({ status: 'failed', reason: 'not asked' }),
    smsRu: (settings) => async (message) => {
      accounts.push(settings);
      sent.push(message);
      return provider();
    },
  };
  tenant = await newCompany(platform, 'Траттория');
  await saveSmsRuSettings(platform, tenant, { apiId: 'geheim', from: 'Trattoria' });
});
afterAll(() => house.close());
beforeEach(() => {
  sent.length = 0;
  accounts.length = 0;
  house.logged.length = 0;
  provider = async () => accepted;
});

const message = { phone: '79123456789', text: 'Код 123456', purpose: 'phone_code', address: '203.0.113.7' };
const queue = (of = tenant) => queueSms(platform, of, message);
const send = (deliveryId: string, lastTry = false) => sendSms(platform, tenant, deliveryId, { lastTry });

async function fateOf(deliveryId: string) {
  const rows = await tenant.query<{ status: string; provider_id: string | null; failure: string | null }>(
    'select status, provider_id, failure from deliveries where company_id = $1 and delivery_id = $2',
    [tenant.companyId, deliveryId],
  );
  return rows[0];
}

describe('a message', () => {
  test('goes out once, through the company’s account, and keeps the provider’s number', async () => {
    const deliveryId = await queue();
    await send(deliveryId);
    expect(sent).toEqual([{ phone: message.phone, text: message.text, address: message.address }]);
    expect(accounts).toEqual([{ apiId: 'geheim', from: 'Trattoria' }]);
    expect(await fateOf(deliveryId)).toEqual({ status: 'accepted', provider_id: '000000-10000000', failure: null });
    await send(deliveryId);
    expect(sent).toHaveLength(1);
    expect(await fateOf(deliveryId)).toMatchObject({ status: 'accepted' });
  });

  test('is queued with the word for the worker, in one statement, and wakes it', async () => {
    const before = house.woken();
    const deliveryId = await queue();
    expect(house.woken()).toBe(before + 1);
    const { outbox } = messagingJobs(platform);
    expect(outbox.send_sms?.(tenant.companyId, { deliveryId })).toEqual([
      { task: 'send_sms', companyId: tenant.companyId, payload: { deliveryId }, attemptsMax: 4 },
    ]);
  });

  test('that was being sent when the process died is not sent again: its fate is unknown', async () => {
    const deliveryId = await queue();
    provider = async () => {
      throw new Error('the process dies here');
    };
    await expect(send(deliveryId)).rejects.toThrow('dies here');
    expect(await fateOf(deliveryId)).toMatchObject({ status: 'sending' });
    provider = async () => accepted;
    await send(deliveryId);
    expect(sent).toHaveLength(1);
    expect(await fateOf(deliveryId)).toMatchObject({ status: 'unknown' });
  });

  test('whose answer never came is not sent again', async () => {
    provider = async () => ({ status: 'unknown' });
    const deliveryId = await queue();
    await send(deliveryId);
    await send(deliveryId);
    expect(sent).toHaveLength(1);
    expect(await fateOf(deliveryId)).toMatchObject({ status: 'unknown' });
  });

  test('that the provider could not take now waits and is tried again', async () => {
    provider = async () => ({ status: 'retry', reason: 'busy' });
    const deliveryId = await queue();
    await expect(send(deliveryId)).rejects.toThrow();
    expect(await fateOf(deliveryId)).toEqual({ status: 'queued', provider_id: null, failure: 'busy' });
    provider = async () => accepted;
    await send(deliveryId);
    expect(sent).toHaveLength(2);
    expect(await fateOf(deliveryId)).toEqual({ status: 'accepted', provider_id: '000000-10000000', failure: null });
  });

  test('does not wait for ever: the last try is the end of it', async () => {
    provider = async () => ({ status: 'retry', reason: 'busy' });
    const deliveryId = await queue();
    const { tasks } = messagingJobs(platform);
    for (const attempt of [1, 2, 3]) {
      await expect(tasks.send_sms?.({ deliveryId }, tenant.companyId, attempt)).rejects.toThrow();
    }
    await tasks.send_sms?.({ deliveryId }, tenant.companyId, 4);
    expect(await fateOf(deliveryId)).toEqual({ status: 'failed', provider_id: null, failure: 'busy' });
  });

  test('that will never arrive has failed, with the reason', async () => {
    provider = async () => ({ status: 'failed', reason: 'bad_number' });
    const deliveryId = await queue();
    await send(deliveryId);
    expect(await fateOf(deliveryId)).toEqual({ status: 'failed', provider_id: null, failure: 'bad_number' });
  });

  test('refused because the account needs its owner has failed, and the log says so without the guest', async () => {
    provider = async () => ({ status: 'halted', reason: 'no_money' });
    const deliveryId = await queue();
    await send(deliveryId);
    expect(await fateOf(deliveryId)).toMatchObject({ status: 'failed', failure: 'no_money' });
    expect(house.logged).toHaveLength(1);
    expect(JSON.parse(house.logged[0] ?? '{}')).toMatchObject({
      level: 'error',
      companyId: tenant.companyId,
      reason: 'no_money',
    });
    expect(house.logged.join('')).not.toContain('3456789');
  });

  test('of a company without an account has failed and went nowhere', async () => {
    const poor = await newCompany(platform);
    const deliveryId = await queue(poor);
    await sendSms(platform, poor, deliveryId, { lastTry: false });
    expect(sent).toEqual([]);
    const rows = await poor.query('select status, failure from deliveries where company_id = $1', [poor.companyId]);
    expect(rows).toEqual([{ status: 'failed', failure: 'no_account' }]);
  });

  test('of another company is not found by its number', async () => {
    const foreign = await newCompany(platform);
    const deliveryId = await queue();
    await sendSms(platform, foreign, deliveryId, { lastTry: false });
    expect(sent).toEqual([]);
    expect(await fateOf(deliveryId)).toMatchObject({ status: 'queued' });
  });

  test('lies sealed: the database shows no number, no code, no key of the account', async () => {
    await queue();
    const rows = await tenant.query<{ row: string }>(
      `select delivery::text || coalesce(encode(recipient_sealed, 'escape') || encode(body_sealed, 'escape'), '') as row
       from deliveries delivery where company_id = $1
       union all select encode(settings_sealed, 'escape') from channels where company_id = $1`,
      [tenant.companyId],
    );
    const stored = rows.map(({ row }) => row).join('\n');
    expect(stored).toContain('•• 67-89');
    for (const secret of [message.phone, '123456', 'geheim']) expect(stored).not.toContain(secret);
  });
});
