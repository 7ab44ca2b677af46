import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWalletHouse, type WalletHouse } from '../../../../test/wallet-house.ts';
import { issuePass, type PassRecord } from '../index.ts';
import { refreshPass } from '../refresh-pass.ts';
import { noteCodes } from '../store/card-codes.ts';
import { findByCode, keyPlainCodes } from './index.ts';

let house: WalletHouse;
beforeAll(async () => {
  house = await createWalletHouse();
});
afterAll(() => house.close());

const scan = async (code: string) => findByCode(house.wallet, house.tenant, code);
const full = ({ accountId }: PassRecord) => ({ accountId, worth: 'full' });
const sha256 = (text: string) => createHash('sha256').update(text).digest();

/** A card that shows a phone. */
async function newCard(phone: string): Promise<PassRecord> {
  const own = { barcodeMessage: phone };
  const wish = { accountId: await house.newAccount(), designId: house.designId, own };
  const issued = await issuePass(house.wallet, house.tenant, wish);
  if (!issued.ok) throw new Error(issued.refusal.code);
  return issued.value;
}

const kept = async (passIds: readonly number[]) =>
  house.tenant.query<{ code_hash: Buffer; left_at: Temporal.Instant | null }>(
    'select code_hash, left_at from card_codes where company_id = $1 and pass_id = any ($2) order by pass_id',
    [house.tenant.companyId, passIds],
  );

/** As codes were kept before their hashes had a key. */
async function unkey({ passId }: PassRecord, phone: string): Promise<void> {
  await house.tenant.query('delete from card_codes where company_id = $1 and pass_id = $2', [
    house.tenant.companyId,
    passId,
  ]);
  const codes = [{ passId, codes: [sha256(phone)] }];
  await house.tenant.transaction((transaction) => noteCodes(transaction, codes, house.clock.now()));
}

test('nobody who has the database finds a phone by trying it: its hash has a key, and one of the company’s own', async () => {
  const pass = await newCard('79160000001');
  const hash = (await kept([pass.passId]))[0]!.code_hash;
  expect(hash).toHaveLength(16);
  expect(sha256('79160000001').subarray(0, 16)).not.toEqual(hash);
  const [other] = await house.tenant.query<{ count: number }>(
    'select count(*)::integer as count from card_codes where company_id = $1 and code_hash = sha256($2)',
    [house.tenant.companyId, Buffer.from('79160000001')],
  );
  expect(other!.count).toBe(0);
  expect(await scan('79160000001')).toEqual(full(pass));
});

test('codes from before are found before they are keyed, while some are, and after, and say the same of a card', async () => {
  const phones = ['79160000011', '79160000012', '79160000013', '79160000014'];
  const cards: PassRecord[] = [];
  for (const phone of phones) cards.push(await newCard(phone));
  for (const [index, card] of cards.entries()) await unkey(card, phones[index]!);
  const ids = cards.map(({ passId }) => passId);
  expect((await kept(ids)).map(({ code_hash }) => code_hash.length)).toEqual([32, 32, 32, 32]);
  for (const [index, card] of cards.entries()) expect(await scan(phones[index]!)).toEqual(full(card));

  // A card that has said its code anew meanwhile has it twice: the keyed one stands.
  const [first, second] = cards as [PassRecord, PassRecord];
  await house.tenant.query(
    `update passes set snapshot = jsonb_set(snapshot, '{revision}', '-1') where company_id = $1 and pass_id = $2`,
    [house.tenant.companyId, first.passId],
  );
  await refreshPass(house.wallet, house.tenant, { passId: first.passId, mode: 'bulk' });
  expect(await kept([first.passId])).toHaveLength(2);
  expect(await scan(phones[0]!)).toEqual(full(first));
  // What a card showed before stays so.
  await house.tenant.query('update card_codes set left_at = now() where company_id = $1 and pass_id = $2', [
    house.tenant.companyId,
    second.passId,
  ]);

  await Promise.all([keyPlainCodes(house.wallet, house.tenant), keyPlainCodes(house.wallet, house.tenant)]);
  await keyPlainCodes(house.wallet, house.tenant);
  const after = await kept(ids);
  expect(after.map(({ code_hash, left_at }) => [code_hash.length, left_at !== null])).toEqual([
    [16, false],
    [16, true],
    [16, false],
    [16, false],
  ]);
  for (const [index, card] of cards.entries()) {
    const worth = card === second ? 'weak' : 'full';
    expect(await scan(phones[index]!)).toEqual({ accountId: card.accountId, worth });
  }
  const [left] = await house.tenant.query<{ count: number }>(
    'select count(*)::integer as count from card_codes where company_id = $1 and length(code_hash) = 32',
    [house.tenant.companyId],
  );
  expect(left!.count).toBe(0);
});
