import type { DesignDetail, DesignList, DesignPreview } from '@tessera/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWalletHouse, type WalletHouse } from '../../../../test/wallet-house.ts';
import { findPassByGuid } from '../find-pass.ts';
import { selectPass } from '../store/passes.ts';

let house: WalletHouse;

beforeAll(async () => {
  house = await createWalletHouse();
}, 120_000);
afterAll(() => house?.close());

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
const call = async (method: Method, url: string, payload?: object) => {
  const answer = await house.http.inject({
    method,
    url: `/api/v1${url}`,
    ...(payload ? { payload } : {}),
    headers: { 'accept-language': 'ru' },
  });
  return { status: answer.statusCode, body: answer.json() };
};
const read = async (designId: number): Promise<DesignDetail> => (await call('GET', `/designs/${designId}`)).body;
const cardOf = async (passId: number) => (await selectPass(house.tenant, house.tenant.companyId, passId))!;

let names = 0;
/** A copy of the house's design: nothing else in the tests touches it. */
async function newDesign(): Promise<DesignDetail> {
  const copied = await call('POST', `/designs/${house.designId}/copy`, { name: `Копия ${++names}` });
  expect(copied.status).toBe(201);
  return copied.body;
}

const withLogo = ({ name, credentialId, body, revision }: DesignDetail, logoText: string) => ({
  name,
  credentialId,
  revision,
  body: { ...body, logoText },
});

describe('a design that is saved', () => {
  test('is shown by cards only when it is pushed, and its cards are told once', async () => {
    const design = await newDesign();
    const pass = await house.newPass(house.tenant, design.designId);
    const saved = await call('PUT', `/designs/${design.designId}`, withLogo(design, 'Новое имя'));
    expect(saved).toMatchObject({
      status: 200,
      body: { revision: design.revision + 1, published: design.revision, body: { logoText: 'Новое имя' } },
    });
    await house.settle();
    expect((await cardOf(pass.passId)).contentVersion).toBe(1);

    const pushed = await call('POST', `/designs/${design.designId}/push`, { revision: design.revision + 1 });
    expect(pushed.body).toMatchObject({ published: design.revision + 1, revision: design.revision + 1 });
    expect(pushed.body.lastPushAt).not.toBeNull();
    await house.settle();
    expect((await cardOf(pass.passId)).contentVersion).toBe(2);
    await call('POST', `/designs/${design.designId}/push`, {});
    await house.settle();
    expect((await cardOf(pass.passId)).contentVersion).toBe(2);
  });

  test('a new card in between looks like the others, not like what nobody has pushed', async () => {
    const design = await newDesign();
    await call('PUT', `/designs/${design.designId}`, withLogo(design, 'Ещё не показано'));
    const pass = await house.newPass(house.tenant, design.designId);
    const found = await findPassByGuid(house.wallet, pass.guid);
    expect(found?.pass.snapshot.revision).toBe(design.revision);
  });

  test('is not overwritten by whoever began from an older one', async () => {
    const design = await newDesign();
    const first = await call('PUT', `/designs/${design.designId}`, withLogo(design, 'Анна'));
    const second = await call('PUT', `/designs/${design.designId}`, withLogo(design, 'Борис'));
    expect([first.status, second.status, second.body.error.code]).toEqual([200, 409, 'design_changed']);
    expect((await read(design.designId)).body.logoText).toBe('Анна');
    expect((await call('POST', `/designs/${design.designId}/push`, { revision: design.revision })).status).toBe(409);
  });

  test('of several at once exactly one wins', async () => {
    const design = await newDesign();
    const all = await Promise.all(
      [1, 2, 3, 4].map((one) =>
        call('PUT', `/designs/${design.designId}`, { ...withLogo(design, `№${one}`), push: one % 2 === 0 }),
      ),
    );
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test('is refused with every place that a phone would not take, in the reader’s words', async () => {
    const design = await newDesign();
    const body = {
      ...design.body,
      organizationName: ' ',
      links: [{ label: 'x', url: 'javascript:alert(1)' }],
      images: { 'logo.png': 'ab'.repeat(32) },
    };
    const refused = await call('PUT', `/designs/${design.designId}`, { ...withLogo(design, ''), body });
    expect(refused).toMatchObject({ status: 400, body: { error: { code: 'design_invalid' } } });
    expect(refused.body.error.fields.map(({ path }: { path: string }) => path).sort()).toEqual([
      'body/images/icon',
      'body/images/logo.png',
      'body/links/0/url',
      'body/organizationName',
    ]);
    expect(refused.body.error.fields[0].message).toMatch(/[а-я]/);
    expect((await read(design.designId)).revision).toBe(design.revision);
  });

  test('keeps a name of its own', async () => {
    const design = await newDesign();
    const other = await newDesign();
    const taken = await call('PUT', `/designs/${other.designId}`, { ...withLogo(other, 'x'), name: design.name });
    expect([taken.status, taken.body.error.code]).toEqual([409, 'name_taken']);
  });

  test('with NFC needs a certificate that Apple has opened for it', async () => {
    const design = await newDesign();
    const nfc = { message: 'Serial#', encryptionPublicKey: 'bm90IGEga2V5', requiresAuthentication: false };
    const refused = await call('PUT', `/designs/${design.designId}`, {
      ...withLogo(design, ''),
      body: { ...design.body, nfc },
    });
    expect(refused.body.error.fields.map(({ path }: { path: string }) => path)).toEqual([
      'body/nfc',
      'body/nfc/encryptionPublicKey',
    ]);
  });
});

describe('the end of a design', () => {
  test('in the archive it is in no list and has no new cards; its cards live on', async () => {
    const design = await newDesign();
    const pass = await house.newPass(house.tenant, design.designId);
    expect((await call('POST', `/designs/${design.designId}/archive`)).body.archivedAt).not.toBeNull();
    const listed = async (query: string) =>
      ((await call('GET', `/designs${query}`)).body as DesignList).items.map(({ designId }) => designId);
    expect(await listed('')).not.toContain(design.designId);
    expect(await listed('?archived=true')).toContain(design.designId);
    await expect(house.newPass(house.tenant, design.designId)).rejects.toThrow(/design_archived/);
    expect(await findPassByGuid(house.wallet, pass.guid)).not.toBeNull();
    expect((await call('POST', `/designs/${design.designId}/restore`)).body.archivedAt).toBeNull();
    await house.newPass(house.tenant, design.designId);
  });

  test('it is kept while forms or levels give it out', async () => {
    const design = await newDesign();
    house.usersOfDesigns.set(design.designId, ['gull-form', 'Золото']);
    for (const [method, way] of [
      ['POST', '/archive'],
      ['DELETE', ''],
    ] as const) {
      const refused = await call(method, `/designs/${design.designId}${way}`);
      expect([refused.status, refused.body.error.code]).toEqual([409, 'design_in_use']);
      expect(refused.body.error.message).toContain('gull-form, Золото');
    }
  });
});

describe('what a list and a page ask for', () => {
  test('statistics count cards, those on phones, and when they were told', async () => {
    const design = await newDesign();
    const pass = await house.newPass(house.tenant, design.designId);
    await house.newPass(house.tenant, design.designId);
    await house.tenant.query(
      `insert into apple_devices (company_id, pass_type_identifier, device_id, push_token, platform, created_at, updated_at, last_seen_at)
       values ($1, $2, 'd-1', 't', 'apple', $3, $3, $3)`,
      [house.tenant.companyId, pass.passTypeIdentifier, house.clock.now().toString()],
    );
    await house.tenant.query(
      `insert into apple_registrations (company_id, pass_type_identifier, device_id, serial, update_sequence, registered_at)
       values ($1, $2, 'd-1', $3, 1, $4)`,
      [house.tenant.companyId, pass.passTypeIdentifier, pass.serial, house.clock.now().toString()],
    );
    const { items } = (await call('GET', '/designs?statistics=true')).body as DesignList;
    expect(items.find(({ designId }) => designId === design.designId)?.statistics).toEqual({
      cards: 2,
      voided: 0,
      installed: 1,
      activeDevices: 1,
      lastPushAt: null,
    });
    expect(((await call('GET', '/designs')).body as DesignList).items[0]?.statistics).toBeNull();
  });

  test('a card is opened by its number, in its own design alone', async () => {
    const pass = await house.newPass();
    expect((await call('GET', `/designs/${house.designId}/cards/${pass.serial}`)).body).toEqual({
      passId: pass.passId,
      serial: pass.serial,
      guid: pass.guid,
      accountId: pass.accountId,
    });
    const other = await newDesign();
    expect((await call('GET', `/designs/${other.designId}/cards/${pass.serial}`)).status).toBe(404);
  });

  test('every variable of the guide is told with a sentence', async () => {
    const { items } = (await call('GET', '/design-variables')).body as { items: { name: string; about: string }[] };
    const told = new Map(items.map(({ name, about }) => [name, about]));
    const numbered = (name: string, count: number) =>
      Array.from({ length: count }, (_, index) => `${name}${index + 1}#`);
    const guide = [
      ...[
        'Serial#',
        'Token#',
        'GUID#',
        'FirstName#',
        'LastName#',
        'BirthDate#',
        'Notes#',
        'Phone#',
        'email#',
        'ExpirationDate#',
      ],
      ...[
        'CustomField#',
        'CustomField2#',
        'CustomField3#',
        'CustomField4#',
        'CustomField5#',
        'CustomField6#',
        'CustomField7#',
      ],
      ...['LoyaltyValue#', 'LoyaltyValue2#', 'logo#'],
      ...numbered('Header', 3),
      ...numbered('Primary', 2),
      ...numbered('Second', 4),
      ...numbered('Auxiliary', 5),
    ];
    expect(guide).toHaveLength(34);
    for (const name of guide) expect(told.get(name), name).toMatch(/[а-я]/);
    for (const about of told.values()) expect(about).not.toContain('design.variable');
  });
});

describe('a preview', () => {
  const preview = async (change: object, rest: object = {}): Promise<DesignPreview> => {
    const { body } = await read(house.designId);
    return (await call('POST', '/designs/preview', { body: { ...body, ...change }, ...rest })).body;
  };

  test('shows every face in every language, what a phone says, and saves nothing', async () => {
    const before = await read(house.designId);
    const seen = await preview({
      texts: { en: { fields: { points: { label: 'Points', changeMessage: 'Points now: %@' } } } },
    });
    expect(seen.faces.map(({ language }) => language)).toEqual(['ru', 'en']);
    expect(seen.faces[1]).toMatchObject({
      card: { style: 'storeCard', lasting: ['name'], headerFields: [{ label: 'Points', value: '1\u202f250' }] },
      google: {
        vertical: 'loyalty',
        rows: expect.arrayContaining([expect.arrayContaining([{ label: 'Points', value: '1\u202f250' }])]),
      },
      messages: [{ field: 'points', text: 'Points now: 1\u202f250' }],
    });
    expect(await read(house.designId)).toEqual(before);
  });

  test('tells what is wrong: unknown and circular variables, contrast, too many fields, texts that are too long', async () => {
    const { body } = await read(house.designId);
    const seen = await preview({
      colours: { background: '#777777', foreground: '#888888', label: '#ffffff' },
      fields: {
        ...body.fields,
        header: [{ key: 'a', label: 'Бонусы', value: 'Bonuss# Header1#' }],
        primary: [
          { key: 'p1', label: '', value: 'Secnd1# Token#' },
          { key: 'p2', label: '', value: 'x' },
        ],
        secondary: [
          { key: 's', label: '', value: 'Очень длинный текст, который ни на какой карте в один ряд не поместится' },
        ],
      },
    });
    const codes = seen.problems.map(({ path, code }) => `${path} ${code}`);
    expect(codes).toEqual(
      expect.arrayContaining([
        'colours/foreground contrast_low',
        'fields/primary fields_not_shown',
        'fields/header/0/value variable_unknown',
        'fields/header/0/value variable_circular',
        'fields/primary/0/value token_shown',
        'fields/secondary/0/value text_truncated',
      ]),
    );
    expect(seen.problems.find(({ parameters }) => parameters.name === 'Secnd1')?.parameters.suggestion).toBe(
      'Second1#',
    );
    for (const { message } of seen.problems) expect(message).toMatch(/[а-я]/);
  });

  test('a real card lends its guest and its own texts', async () => {
    const pass = await house.newPass();
    await house.change(pass.accountId, { firstName: 'Зинаида', available: 7_700n });
    const seen = await preview({}, { serial: pass.serial });
    expect(JSON.stringify(seen.faces[0]?.card)).toContain('Зинаида');
    expect(
      (await call('POST', '/designs/preview', { body: (await read(house.designId)).body, serial: 'NOBODY' })).status,
    ).toBe(404);
  });
});
