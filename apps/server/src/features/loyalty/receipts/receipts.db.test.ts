import { fiscalQrText } from '@tessera/loyalty';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addProgramme, newCompany, openGuest, processOn } from '../../../../test/loyalty-house.ts';
import { createTestHouse, type TestHouse } from '../../../../test/platform.ts';
import { newUuid } from '../../../platform/crypto/index.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import { createInTurn } from '../../../platform/in-turn.ts';
import { type LoyaltyPlatform, registerCheck, returnCheck, viewAccount } from '../index.ts';
import { approveReceipt, rejectReceipt, withdrawForCheck } from './decide-receipt.ts';
import { readPhoto } from './photo.ts';
import { deletePhotos, selectPhoto } from './photos.store.ts';
import { selectReceipt, selectReceipts } from './receipts.store.ts';
import { saveReceiptSettings } from './settings.ts';
import { settleReceipts } from './settle-receipts.ts';
import { submitReceipt } from './submit-receipt.ts';

let house: TestHouse;
let platform: LoyaltyPlatform;
let tenant: Tenant;
let programmeId: number;
let documents = 100;

const STORAGE = '9999078900004312';
const settings = {
  enabled: true,
  storages: [{ storage: STORAGE, venueCode: 1 }],
  automatic: { afterHours: 24, maxSum: 500_000, perDay: 2, perMonth: 3 },
};
const save = (more: object = {}) => saveReceiptSettings(platform, tenant, programmeId, { ...settings, ...more });

beforeAll(async () => {
  house = await createTestHouse();
  platform = processOn(house);
  tenant = await newCompany(platform);
  const rules = {
    timeZone: 'Europe/Moscow',
    levels: [{ id: 'base', name: 'База', fromTurnover: 0, rateBasisPoints: 500 }],
    activationDelay: { kind: 'days', days: 14 },
  };
  programmeId = await addProgramme(platform, tenant, rules);
});
beforeEach(() => save());
afterAll(() => house.close());

async function newGuest(): Promise<number> {
  return (await openGuest(platform, tenant)).accountId;
}

/** The code of a receipt of an hour ago, of a document that nobody has sent yet. */
function newQr(more: { sum?: bigint; document?: string; hoursAgo?: number; storage?: string } = {}): string {
  documents += 1;
  const { sum = 125_000n, document = String(documents), hoursAgo = 1, storage = STORAGE } = more;
  const at = house.clock.now().subtract({ hours: hoursAgo }).toZonedDateTimeISO('Europe/Moscow');
  const localTime = at.toPlainDateTime().toString({ smallestUnit: 'minute' });
  return fiscalQrText({ localTime, sum, storage, document, sign: '77' });
}
const submit = (accountId: number, qr: string, on = platform) =>
  submitReceipt(on, tenant, { accountId, qr, source: 'card' });
async function sent(accountId: number, qr: string) {
  const taken = await submit(accountId, qr);
  if (!taken.ok) throw new Error(taken.refusal.code);
  return taken.value;
}
const balance = async (accountId: number) => (await viewAccount(platform, tenant, accountId))!.balance;
const later = (hours: number) => house.clock.advance({ hours });

describe('a receipt within the limits', () => {
  test('is approved by itself after its hours: points wait for their activation, turnover counts', async () => {
    const guest = await newGuest();
    const receipt = await sent(guest, newQr());
    expect(receipt).toMatchObject({ state: 'checking', review: null, venueCode: 1 });
    await settleReceipts(platform, tenant);
    expect((await selectReceipt(tenant, receipt.receiptId))?.state).toBe('checking');
    later(24);
    await settleReceipts(platform, tenant);
    const approved = await selectReceipt(tenant, receipt.receiptId);
    expect(approved).toMatchObject({ state: 'approved', points: 6_250n });
    // The purchase was an hour before the upload: its own day is what the delay counts from.
    expect(approved?.activatesAt?.toString()).toBe('2026-03-14T21:00:00Z');
    expect(await balance(guest)).toMatchObject({ available: 0n, pending: 6_250n });
    expect((await viewAccount(platform, tenant, guest))?.state.turnover).toBe(125_000n);
    await settleReceipts(platform, tenant);
    expect((await balance(guest)).pending).toBe(6_250n);
    later(24 * 14);
    expect((await balance(guest)).available).toBe(6_250n);
  });

  test('is approved at once where no hours are set', async () => {
    await save({ automatic: { ...settings.automatic, afterHours: 0 } });
    const receipt = await sent(await newGuest(), newQr());
    expect(receipt).toMatchObject({ state: 'approved', points: 6_250n });
  });

  test('is returned like any check, and what it earned is taken back', async () => {
    await save({ automatic: { ...settings.automatic, afterHours: 0 } });
    const guest = await newGuest();
    const { checkId } = await sent(guest, newQr());
    expect(await returnCheck(platform, tenant, { checkId: checkId! })).toMatchObject({ ok: true });
    expect(await balance(guest)).toMatchObject({ available: 0n, pending: 0n, debt: 0n });
  });

  test('above the limits of a day waits for a person; sent a second time it is the same receipt', async () => {
    const guest = await newGuest();
    const first = newQr();
    const [one, , three] = [await sent(guest, first), await sent(guest, newQr()), await sent(guest, newQr())];
    expect(three).toMatchObject({ state: 'checking', review: 'limit_of_day', dueAt: null });
    expect((await sent(guest, first)).receiptId).toBe(one.receiptId);
    expect(await sent(guest, newQr({ sum: 500_001n }))).toMatchObject({ review: 'sum_above' });
    expect(await sent(guest, newQr({ storage: '1'.repeat(16) }))).toMatchObject({ review: 'other_storage' });
    expect(await submit(guest, newQr())).toMatchObject({ ok: false, refusal: { code: 'receipt_limit' } });
    expect((await sent(guest, first)).receiptId).toBe(one.receiptId);
  });
});

describe('EX-CB1: the same receipt by two members', () => {
  test('the first wins, the second gets duplicate; an altered sum or sign is the same receipt', async () => {
    const [first, second, third] = [await newGuest(), await newGuest(), await newGuest()];
    const qr = newQr();
    await sent(first, qr);
    expect(await sent(second, qr)).toMatchObject({ state: 'rejected', reason: 'duplicate' });
    const altered = qr.replace('s=1250.00', 's=9250.00').replace('fp=77', 'fp=78');
    expect(await sent(third, altered)).toMatchObject({ state: 'rejected', reason: 'duplicate' });
    later(24);
    await settleReceipts(platform, tenant);
    expect((await balance(second)).pending).toBe(0n);
  });

  test('twelve at the same moment, of two processes: one is taken, eleven are duplicates, one guest has points', async () => {
    await save({ automatic: { ...settings.automatic, afterHours: 0 } });
    const guests: number[] = [];
    for (let index = 0; index < 12; index++) guests.push(await newGuest());
    const other: LoyaltyPlatform = { ...platform, inTurn: createInTurn() };
    const qr = newQr();
    const answers = await Promise.all(guests.map((guest, index) => submit(guest, qr, index % 2 ? platform : other)));
    const states = answers.map((answer) => (answer.ok ? (answer.value.reason ?? answer.value.state) : answer.refusal));
    expect(states.filter((state) => state === 'approved')).toHaveLength(1);
    expect(states.filter((state) => state === 'duplicate')).toHaveLength(11);
    const points = await Promise.all(guests.map(async (guest) => (await balance(guest)).pending));
    expect(points.filter((pending) => pending > 0n)).toEqual([6_250n]);
  });

  test('one guest who sends it ten times at once has one receipt', async () => {
    const guest = await newGuest();
    const qr = newQr();
    const answers = await Promise.all(Array.from({ length: 10 }, () => submit(guest, qr)));
    expect(new Set(answers.map((answer) => answer.ok && answer.value.receiptId)).size).toBe(1);
  });

  test('a rejected one leaves its place: the right guest can send it after the wrong one', async () => {
    const [wrong, right] = [await newGuest(), await newGuest()];
    const qr = newQr({ storage: '2'.repeat(16) });
    const { receiptId } = await sent(wrong, qr);
    await rejectReceipt(platform, tenant, { receiptId, reason: 'other', note: 'Чек другого гостя', by: null });
    expect(await sent(right, qr)).toMatchObject({ state: 'checking' });
  });
});

describe('EX-CB2: a receipt that is also a check of the till with the card', () => {
  const sale = (accountId: number, more: object = {}) => ({
    accountId,
    source: 'till' as const,
    externalId: newUuid(platform.random),
    occurredAt: house.clock.now().subtract({ minutes: 55 }),
    spend: 0n,
    mode: 'reported' as const,
    money: 125_000n,
    venueCode: 1,
    ...more,
  });

  test('by sum and time brings nothing more to the same guest, and of another guest waits for a person', async () => {
    const [guest, friend] = [await newGuest(), await newGuest()];
    const sold = await registerCheck(platform, tenant, sale(guest));
    const checkId = sold.ok ? sold.value.checkId : 0;
    expect(await sent(guest, newQr())).toMatchObject({ state: 'rejected', reason: 'pos_check', likeCheckId: checkId });
    expect(await sent(friend, newQr())).toMatchObject({ state: 'checking', review: 'like_pos_check' });
    expect(await sent(friend, newQr({ sum: 125_001n }))).toMatchObject({ review: null });
    expect(await sent(friend, newQr({ hoursAgo: 3 }))).toMatchObject({ review: null });
    later(48);
  });

  test('by its fiscal data brings nothing, whoever sends it, whatever its sum and time', async () => {
    const [guest, friend] = [await newGuest(), await newGuest()];
    const qr = newQr({ hoursAgo: 5 });
    await registerCheck(platform, tenant, sale(guest, { fiscalQr: qr, money: 99_000n }));
    for (const who of [guest, friend]) {
      expect(await sent(who, qr)).toMatchObject({ state: 'rejected', reason: 'pos_check' });
    }
    later(48);
  });

  test('told by the till while the receipt waits: it is rejected when its hours are over', async () => {
    const guest = await newGuest();
    const { receiptId } = await sent(guest, newQr());
    await registerCheck(platform, tenant, sale(guest));
    later(24);
    await settleReceipts(platform, tenant);
    expect(await selectReceipt(tenant, receiptId)).toMatchObject({ state: 'rejected', reason: 'pos_check' });
    expect((await balance(guest)).pending).toBe(6_250n);
    later(24);
  });

  test('told by the till after the receipt was approved: what the receipt brought is taken back', async () => {
    await save({ automatic: { ...settings.automatic, afterHours: 0 } });
    const guest = await newGuest();
    const qr = newQr();
    const { receiptId } = await sent(guest, qr);
    await registerCheck(platform, tenant, sale(guest, { fiscalQr: qr }));
    expect((await balance(guest)).pending).toBe(12_500n);
    const [, storage, document] = /fn=(\d+)&i=(\d+)/.exec(qr)!;
    await withdrawForCheck(platform, tenant, { storage: storage!, document: document! });
    await withdrawForCheck(platform, tenant, { storage: storage!, document: document! });
    expect((await balance(guest)).pending).toBe(6_250n);
    expect(await selectReceipt(tenant, receiptId)).toMatchObject({ state: 'rejected', reason: 'pos_check' });
  });
});

describe('a person', () => {
  const photoOf = async (width = 40) => {
    const picture = sharp({ create: { width, height: width, channels: 3, background: '#888' } });
    const read = await readPhoto(
      await picture
        .withExif({ IFD0: { Copyright: 'secret place' } })
        .jpeg()
        .toBuffer(),
    );
    if (!read.ok) throw new Error(read.refusal.code);
    return read.value;
  };

  test('approves a photo with the numbers that he reads from it; the same numbers twice are refused', async () => {
    const [guest, friend] = [await newGuest(), await newGuest()];
    const photo = await photoOf();
    const taken = await submitReceipt(platform, tenant, { accountId: guest, source: 'card', photo });
    const { receiptId } = taken.ok ? taken.value : { receiptId: 0 };
    expect(taken).toMatchObject({ ok: true, value: { state: 'uploaded', review: 'no_code', hasPhoto: true } });
    expect(await approveReceipt(platform, tenant, { receiptId, by: 1 })).toMatchObject({
      refusal: { code: 'receipt_unreadable' },
    });
    const qr = newQr();
    const approved = await approveReceipt(platform, tenant, { receiptId, qr, by: 1 });
    expect(approved).toMatchObject({ ok: true, value: { state: 'approved', points: 6_250n } });
    expect(await approveReceipt(platform, tenant, { receiptId, qr, by: 1 })).toEqual(approved);
    expect((await balance(guest)).pending).toBe(6_250n);
    const twin = await submitReceipt(platform, tenant, { accountId: friend, source: 'card', photo });
    const second = twin.ok ? twin.value.receiptId : 0;
    expect(await approveReceipt(platform, tenant, { receiptId: second, qr, by: 1 })).toMatchObject({
      refusal: { code: 'receipt_duplicate' },
    });
  });

  test('rejects with a reason and a word; what is decided stays decided', async () => {
    await save({ automatic: null });
    const { receiptId } = await sent(await newGuest(), newQr());
    const reject = { receiptId, reason: 'wrong_venue', note: 'Это чек соседнего кафе', by: 1 } as const;
    const rejected = await rejectReceipt(platform, tenant, reject);
    expect(rejected).toMatchObject({ ok: true, value: { state: 'rejected', note: 'Это чек соседнего кафе' } });
    expect(await rejectReceipt(platform, tenant, reject)).toEqual(rejected);
    const decided = { refusal: { code: 'receipt_decided' } };
    expect(await rejectReceipt(platform, tenant, { ...reject, reason: 'too_old' })).toMatchObject(decided);
    expect(await approveReceipt(platform, tenant, { receiptId, by: 1 })).toMatchObject(decided);
  });

  test('five people approve at once: one check', async () => {
    await save({ automatic: null });
    const guest = await newGuest();
    const { receiptId } = await sent(guest, newQr());
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => approveReceipt(platform, tenant, { receiptId, by: 1 })),
    );
    expect(answers.every((answer) => answer.ok)).toBe(true);
    expect((await balance(guest)).pending).toBe(6_250n);
  });

  test('sees the oldest first, and a photo that lies sealed, small, and without what the camera wrote', async () => {
    const photo = await photoOf(3_000);
    const { width, exif } = await sharp(photo.bytes).metadata();
    expect([width, exif]).toEqual([1_600, undefined]);
    const taken = await submitReceipt(platform, tenant, { accountId: await newGuest(), source: 'card', photo });
    const receiptId = taken.ok ? taken.value.receiptId : 0;
    const stored = await selectPhoto(tenant, receiptId);
    expect(stored!.sealed.includes(photo.bytes.subarray(0, 64))).toBe(false);
    const waiting = await selectReceipts(tenant, { state: 'waiting', before: null, limit: 200 });
    const ids = waiting.map((one) => one.receiptId);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    expect(ids).toContain(receiptId);
    await rejectReceipt(platform, tenant, { receiptId, reason: 'unreadable', note: null, by: 1 });
    await deletePhotos(tenant, house.clock.now().add({ hours: 1 }));
    expect(await selectPhoto(tenant, receiptId)).toBeNull();
  });

  test('rubbish is no photo', async () => {
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
      Buffer.alloc(5_000, 7),
    ]) {
      expect(await readPhoto(bytes)).toMatchObject({ ok: false, refusal: { code: 'photo_unreadable' } });
    }
  });
});

test('what is refused keeps nothing: unreadable codes, unknown guests, a programme that takes no receipts', async () => {
  const guest = await newGuest();
  const refusalOf = async (accountId: number, qr: string) => {
    const answer = await submit(accountId, qr);
    return answer.ok ? null : answer.refusal.code;
  };
  expect(await refusalOf(guest, 'https://example.com')).toBe('receipt_unreadable');
  expect(await refusalOf(guest, newQr().replace('n=1', 'n=2'))).toBe('receipt_unreadable');
  expect(await refusalOf(999_999, newQr())).toBe('account_not_found');
  await save({ enabled: false });
  expect(await refusalOf(guest, newQr())).toBe('receipts_not_taken');
  const mine = await tenant.query('select 1 from receipts where company_id = $1 and account_id = $2', [
    tenant.companyId,
    guest,
  ]);
  expect(mine).toEqual([]);
});

test('too old, too small and of another venue are rejected with the reason that the guest reads', async () => {
  await save({ maxAgeDays: 3, minimumSum: 10_000, otherStorages: 'reject' });
  const reasonOf = async (qr: string) => (await sent(await newGuest(), qr)).reason;
  expect(await reasonOf(newQr({ hoursAgo: 73 }))).toBe('too_old');
  expect(await reasonOf(newQr({ sum: 9_999n }))).toBe('too_small');
  expect(await reasonOf(newQr({ storage: '3'.repeat(16) }))).toBe('wrong_venue');
  expect(await reasonOf(newQr({ hoursAgo: -3 }))).toBe('in_future');
});
