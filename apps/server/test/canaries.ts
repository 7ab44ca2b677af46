import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { expect } from 'vitest';
import { sendGoogleMessage, sendWebPush } from '../src/features/wallet/index.ts';
import type { FormHouse } from './form-house.ts';
import { callTill, registerCheck } from './scenarios/calls.ts';

// Guests who leave words of their own in every corner, and the search for them.

/** Words that nobody else in the database has; each bird its own. */
export type Nest = 0 | 1 | 2 | 3 | 4;
const birds = ['канарейя', 'пересмеша', 'зимородина', 'трясогузья', 'свиристеля'] as const;
const wordsOf = (bird: string, year: number) => ({
  first: `Имя${bird}`,
  last: `Фамилия${bird}`,
  email: `${bird.length}-${year}@songbirds.example`,
  birthday: `${year}-06-05`,
  said: `Поёт${bird}`,
});

/** As a cashier types it. */
export const written = (phone: string) =>
  `+7 (${phone.slice(1, 4)}) ${phone.slice(4, 7)}-${phone.slice(7, 9)}-${phone.slice(9)}`;

export type Canary = ReturnType<typeof wordsOf> & {
  serial: string;
  phone: string;
  guid: string;
  accountId: number;
  guestId: number;
  passId: number;
  words: string[];
};

/** A guest with a card, whom forms, tills, phones, staff and files know. */
export async function makeCanary(house: FormHouse, formId: string, nest: Nest): Promise<Canary> {
  const own = wordsOf(birds[nest], 1941 + nest);
  house.server.clock.advance({ hours: 2 });
  const { guest, phone } = await house.register(formId, {
    firstName: own.first,
    lastName: own.last,
    birthday: own.birthday,
    email: own.email,
    'q-voice': own.said,
  });
  const guid = guest.guid!;
  const [row] = await house.server.query<Record<'account_id' | 'pass_id' | 'guest_id' | 'serial', string>>(
    'select p.account_id, p.pass_id, p.serial, a.guest_id from passes p join accounts a using (company_id, account_id) where p.guid = $1',
    [guid],
  );
  const words = [own.first, own.last, own.email, own.birthday, own.said, phone, phone.slice(-10), written(phone)];
  const [accountId, guestId, passId] = [row!.account_id, row!.guest_id, row!.pass_id].map(Number) as [
    number,
    number,
    number,
  ];
  return { ...own, serial: row!.serial, phone, guid, accountId, guestId, passId, words };
}

/** Leaves the words of a guest wherever words of guests are kept. */
export async function leaveTracesIn(
  house: FormHouse,
  { phone, guid, accountId, guestId, passId, ...own }: Canary,
): Promise<void> {
  const { server, api } = house;
  const { app, tenant } = server.running;
  const ok = async (answer: Promise<{ status: number; text: string }>) => {
    const { status, text } = await answer;
    if (status >= 300) throw new Error(`${status} ${text}`);
  };
  await ok(api('PUT', `/guests/${guestId}/note`, { note: `${own.first}, ${own.said}` }));
  await ok(api('PUT', `/guests/${guestId}/tags`, { tags: [own.said] }));
  const refill = { kind: 'refill', amount: 70_000, externalId: randomUUID(), comment: `Для ${own.last}` };
  await ok(api('POST', `/accounts/${accountId}/operations`, refill));
  await registerCheck(server, accountId, 100_000);
  await registerCheck(server, accountId, 50_000, { bonusesSpentSum: 10_000 });
  const pass = (await api('GET', `/passes/${passId}`)).body as { revision: number };
  await ok(
    api('PATCH', `/passes/${passId}`, {
      revision: pass.revision,
      push: true,
      values: { level: own.said },
      notes: `${own.said} ${own.last}`,
    }),
  );
  const change = { kind: 'set_field', field: 'level', value: `${own.first} ${own.last}` };
  await ok(api('POST', '/pass-operations', { operationKey: randomUUID(), filter: { search: own.last }, change }));
  await server.quiet();
  await sendWebPush(app.wallet, tenant, { passId, key: 'm1', title: own.first, body: own.said, ttlSeconds: 60 });
  await sendGoogleMessage(app.wallet, tenant, { guid, key: 'm1', header: own.first, body: own.said });
  const photo = await sharp({ create: { width: 80, height: 60, channels: 3, background: '#ddd' } })
    .jpeg()
    .toBuffer();
  await fetch(`${server.url}/c/${guid}/receipt/photo`, {
    method: 'POST',
    headers: { 'content-type': 'image/jpeg' },
    body: new Uint8Array(photo),
  });
  await callTill(server, 'external/get_account', { phone });
  await server.query(
    `insert into queued_sales (company_id, operation_key, query, amount, occurred_at, received_at, problem)
     values ($1, gen_random_uuid(), $2, 100, now(), now(), 'account_not_found')`,
    [tenant.companyId, written(phone)],
  );
  await server.query(
    `insert into probonus_shadow_differences (company_id, method, path, ours, theirs, account_id, recorded_at)
     values ($1, 'accounts/get', 'name', $2, 'x', $3, now()), ($1, 'accounts/find', 'phone', $4, null, null, now())`,
    [tenant.companyId, own.last, accountId, phone],
  );
  await server.query('update checks set details = $2 where account_id = $1', [accountId, `Стол 7, ${own.last}`]);
  await server.query(
    `insert into imports (company_id, key, name, group_id, status, created_at, updated_at)
     values ($1, gen_random_uuid(), 'гости.csv', 3, 'done', now(), now())`,
    [tenant.companyId],
  );
  const lines = [
    [`8${phone.slice(1)}`, `${own.first} ${own.last}`],
    // By a name alone, in one cell and in two.
    ['нет телефона', `${own.last.toUpperCase()}  ${own.first}, «постоянный»`],
    [own.first, '', own.last],
  ];
  for (const [index, cells] of lines.entries()) {
    await server.query(
      `insert into import_rejects (company_id, import_id, line, problems, cells)
       select $1, max(import_id), $2, $3, $4 from imports where company_id = $1`,
      [
        tenant.companyId,
        7 + index,
        JSON.stringify([{ column: 1, code: 'text_too_long', value: own.last }]),
        JSON.stringify(cells),
      ],
    );
  }
  await offer(house, accountId, own.last);
  await server.quiet();
}

/** Gives a guest a coupon and sells him a certificate. */
async function offer(house: FormHouse, accountId: number, last: string): Promise<void> {
  const [account] = await house.server.query<{ programme_id: number }>(
    'select programme_id from accounts where account_id = $1',
    [accountId],
  );
  const terms = { effect: { kind: 'percent', basisPoints: 1_000 }, lifetimeDays: 14 };
  const kind = { programmeId: account!.programme_id, name: `Десять ${accountId}`, mode: 'personal', terms };
  const { kindId } = (await house.api('POST', '/coupon-kinds', kind)).body;
  await house.api('POST', '/coupons', { externalId: randomUUID(), kindId, accountId });
  const gift = { externalId: randomUUID(), amount: 500_000, paid: true, accountId, note: `От ${last}` };
  expect((await house.api('POST', '/certificates', gift)).status).toBeLessThan(300);
}

/** Every table of ours and of the jobs in which a word stands, in whatever column. */
export async function tablesOf(house: FormHouse, words: readonly string[]): Promise<Set<string>> {
  const tables = await house.server.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('tessera', 'graphile_worker')`,
  );
  const found = new Set<string>();
  for (const { name } of tables) {
    const [row] = await house.server.query<{ found: boolean }>(
      `select exists (select from ${name} t, unnest($1::text[]) as w(word)
         where position(lower(w.word) in lower(to_jsonb(t)::text)) > 0) as found`,
      [words],
    );
    if (row!.found) found.add(name.replace('tessera.', ''));
  }
  return found;
}
