import { createPrivateKey } from 'node:crypto';
import { credentialProblemCodes } from '@tessera/pkpass';
import {
  type AppleChain,
  makeAppleChain,
  makeIntermediate,
  reissueLeaf,
  signPassCertificateRequest,
} from '@tessera/testkit/pki';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  addCompany,
  createWalletHouse,
  TEST_PASS_TYPE,
  TEST_TEAM,
  tokenOf,
  type WalletHouse,
} from '../../../test/wallet-house.ts';
import { tellProblem } from './describe-credential.ts';
import { activateCredential, createCredential } from './index.ts';

const NEW_TYPE = 'pass.example.request';
let house: WalletHouse;
let chain: AppleChain;
let credentialId: number;
let request: string;
beforeAll(async () => {
  house = await createWalletHouse();
  chain = await makeAppleChain({ passTypeIdentifier: NEW_TYPE, teamIdentifier: TEST_TEAM, now: house.clock.now() });
  const payload = { name: 'Новый', passTypeIdentifier: NEW_TYPE, teamIdentifier: TEST_TEAM };
  const created = await house.http.inject({ method: 'POST', url: '/api/v1/credentials', payload });
  expect(created.statusCode).toBe(201);
  expect(created.json()).toMatchObject({ status: 'requested', notAfter: null, issuer: null, passes: 0, problems: [] });
  credentialId = created.json().credentialId;
  const csr = await house.http.inject({ url: `/api/v1/credentials/${credentialId}/request.csr` });
  expect(csr.headers['content-disposition']).toBe(`attachment; filename="${NEW_TYPE}.csr"`);
  request = csr.body;
});
afterAll(() => house.close());

const base64 = (file: string | Uint8Array) => Buffer.from(file).toString('base64');
const upload = (payload: Record<string, string>, language = 'ru', id: number | string = credentialId) =>
  house.http.inject({
    method: 'POST',
    url: `/api/v1/credentials/${id}/certificate`,
    headers: { 'accept-language': language },
    payload,
  });
const leafFor = (change: Partial<Parameters<typeof reissueLeaf>[1]>) =>
  reissueLeaf(chain, {
    passTypeIdentifier: NEW_TYPE,
    teamIdentifier: TEST_TEAM,
    now: house.clock.now(),
    ...change,
  });
const filesOf = ({ leaf, intermediate }: AppleChain) => ({
  certificate: base64(leaf.certificatePem),
  privateKey: base64(leaf.privateKeyPem),
  intermediate: base64(intermediate.certificatePem),
});

describe('a certificate that is wrong is refused with a sentence, and nothing is written:', () => {
  const cases: [string, string, () => Promise<Record<string, string>>][] = [
    ['another pass type', 'pass_type_mismatch', async () => filesOf(await leafFor({ passTypeIdentifier: 'pass.x.y' }))],
    ['another team', 'team_mismatch', async () => filesOf(await leafFor({ teamIdentifier: 'ZZZZZ99999' }))],
    ['another purpose', 'pass_signing_usage_missing', async () => filesOf(await leafFor({ passSigning: false }))],
    [
      'expired',
      'certificate_expired',
      async () => filesOf(await leafFor({ notBefore: house.clock.now().subtract({ hours: 24 * 30 }), leafDays: 10 })),
    ],
    [
      'not valid yet',
      'certificate_not_yet_valid',
      async () => filesOf(await leafFor({ notBefore: house.clock.now().add({ hours: 24 }) })),
    ],
    [
      'the key of another request',
      'private_key_mismatch',
      async () => ({ ...filesOf(chain), privateKey: base64((await leafFor({})).leaf.privateKeyPem) }),
    ],
    [
      'the key of the server, when the certificate is for another one',
      'private_key_mismatch',
      async () => ({ certificate: filesOf(chain).certificate, intermediate: filesOf(chain).intermediate }),
    ],
    [
      'under another intermediate',
      'intermediate_wrong',
      async () => {
        const wrong = await makeIntermediate({ root: chain.root, now: house.clock.now(), generation: 'G3' });
        return { ...filesOf(chain), intermediate: base64(wrong.certificatePem) };
      },
    ],
    [
      'not under Apple’s own',
      'intermediate_wrong',
      async () => {
        const { certificate, privateKey } = filesOf(chain);
        return { certificate, privateKey };
      },
    ],
    ['a request instead', 'certificate_unreadable', async () => ({ certificate: base64(request) })],
    ['rubbish', 'certificate_unreadable', async () => ({ certificate: base64('rubbish') })],
    [
      'a locked key without its passphrase',
      'private_key_passphrase',
      async () => ({ ...filesOf(chain), privateKey: base64(lockedKey('secret')) }),
    ],
    [
      'a locked key with a wrong passphrase',
      'private_key_passphrase',
      async () => ({ ...filesOf(chain), privateKey: base64(lockedKey('secret')), passphrase: 'wrong' }),
    ],
  ];
  test.each(cases)('%s', async (_name, code, files) => {
    const payload = await files();
    for (const language of ['ru', 'en']) {
      const response = await upload(payload, language);
      expect(response.statusCode).toBe(400);
      const { error } = response.json();
      expect(error.code).toBe('credential_refused');
      const field = error.fields.find(({ path }: { path: string }) => path === code);
      expect(field.message).toMatch(language === 'ru' ? /[а-яё].*[.]$/ : /[a-z].*[.]$/);
      expect(field.message).not.toMatch(/credential\.|\{\{/);
    }
    expect(await statusOf(credentialId)).toBe('requested');
  });

  function lockedKey(passphrase: string): string {
    const key = createPrivateKey(chain.leaf.privateKeyPem);
    return key.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase }).toString();
  }
});

async function statusOf(id: number): Promise<string> {
  const list = (await house.http.inject({ url: '/api/v1/credentials' })).json();
  return list.items.find((item: { credentialId: number }) => item.credentialId === id).status;
}

test('the certificate for our own request is accepted, as DER and as PEM, and the key never leaves the server', async () => {
  const issued = await signPassCertificateRequest(chain, request, house.clock.now());
  const intermediate = base64(chain.intermediate.certificateDer);
  for (const certificate of [issued.certificateDer, issued.certificatePem]) {
    const response = await upload({ certificate: base64(certificate), intermediate });
    expect(response.statusCode).toBe(200);
    expect(response.json()).toMatchObject({ status: 'active', demo: false, problems: [] });
    expect(response.json().issuer).toContain('G4');
    expect(response.body).not.toContain('PRIVATE');
  }
});

test('a renewed certificate with a locked key of its own signs the next bundles; a card keeps its token', async () => {
  const pass = await house.newPass();
  const url = `/wallet/apple/v1/passes/${TEST_PASS_TYPE}/${pass.serial}`;
  const ask = () => house.http.inject({ url, headers: { authorization: `ApplePass ${tokenOf(house, pass)}` } });
  const before = (await ask()).rawPayload;
  const list = (await house.http.inject({ url: '/api/v1/credentials' })).json();
  const { credentialId: id } = list.items.find((item: { demo: boolean }) => item.demo);
  const renewed = await reissueLeaf(house.chain, {
    passTypeIdentifier: TEST_PASS_TYPE,
    teamIdentifier: TEST_TEAM,
    now: house.clock.now(),
  });
  const key = createPrivateKey(renewed.leaf.privateKeyPem);
  const locked = key.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'open' }).toString();
  const payload = { ...filesOf(renewed), privateKey: base64(locked), passphrase: 'open' };
  expect((await upload(payload, 'ru', id)).statusCode).toBe(200);
  const after = await ask();
  expect(after.statusCode).toBe(200);
  expect(after.rawPayload.equals(before)).toBe(false);
  expect(after.rawPayload.includes(Buffer.from(renewed.leaf.certificateDer))).toBe(true);
});

test('a certificate that ends soon is active, with a warning that says when', async () => {
  const soon = await leafFor({ leafDays: 5 });
  const response = await upload(filesOf(soon));
  expect(response.statusCode).toBe(200);
  const { status, problems } = response.json();
  expect(status).toBe('active');
  expect(problems).toMatchObject([{ code: 'certificate_expires_soon', severity: 'warning' }]);
  expect(problems[0].message).toMatch(/ещё 4 дня, до 6 марта 2026/);
});

test('one pass type belongs to one company, the first that proves it; one name to one certificate', async () => {
  const other = await makeAppleChain({
    passTypeIdentifier: 'pass.b',
    teamIdentifier: TEST_TEAM,
    now: house.clock.now(),
  });
  const { tenant } = await addCompany(house.wallet, other);
  const { leaf, intermediate } = house.chain;
  const stolen = { passTypeIdentifier: TEST_PASS_TYPE, teamIdentifier: TEST_TEAM, name: 'Ещё', demo: false };
  const files = {
    certificate: leaf.certificatePem,
    privateKey: leaf.privateKeyPem,
    intermediate: intermediate.certificatePem,
  };
  const [certificate, privateKey, authority] = Object.values(files).map((pem) => Buffer.from(pem)) as [
    Buffer,
    Buffer,
    Buffer,
  ];
  const activate = () =>
    activateCredential(house.wallet, tenant, { ...stolen, certificate, privateKey, intermediate: authority });
  expect(await activate()).toMatchObject({ refusal: { code: 'pass_type_taken' } });
  expect(await activate()).toMatchObject({ refusal: { code: 'pass_type_taken' } });
  const input = { name: 'Чужой', passTypeIdentifier: TEST_PASS_TYPE, teamIdentifier: TEST_TEAM };
  expect(await createCredential(house.wallet, tenant, input)).toMatchObject({ refusal: { code: 'pass_type_taken' } });
  const create = (payload: Record<string, string>) =>
    house.http.inject({ method: 'POST', url: '/api/v1/credentials', payload });
  const again = await create({ name: 'Ещё один', passTypeIdentifier: NEW_TYPE, teamIdentifier: TEST_TEAM });
  expect([again.statusCode, again.json().error.code]).toEqual([409, 'pass_type_taken']);
  const named = await create({ name: 'Новый', passTypeIdentifier: 'pass.c', teamIdentifier: TEST_TEAM });
  expect([named.statusCode, named.json().error.fields[0].path]).toEqual([400, 'body/name']);
  const wrong = await create({ name: 'X', passTypeIdentifier: 'card.c', teamIdentifier: TEST_TEAM });
  expect(wrong.statusCode).toBe(400);
});

test.each(['999999', '0', 'x', "1'", '99999999999999'])('credential %s is nobody’s', async (id) => {
  expect((await upload(filesOf(chain), 'ru', encodeURIComponent(id))).statusCode).toBe(404);
  const url = `/api/v1/credentials/${encodeURIComponent(id)}/request.csr`;
  expect((await house.http.inject({ url })).statusCode).toBe(404);
});

test('every problem has a sentence in both languages', () => {
  for (const language of ['ru', 'en'] as const) {
    const reader = { language, t: house.platform.texts(language) };
    for (const code of credentialProblemCodes) {
      const params = { days: 3, notAfter: '2026-03-04T00:00:00Z', notBefore: '2026-03-04T00:00:00Z', found: 'pkcs12' };
      expect(tellProblem({ code, severity: 'error', params }, reader)).not.toContain('credential.');
    }
  }
});
