import type { IncomingMessage, ServerResponse } from 'node:http';
import type {
  AccountRow,
  CouponExample,
  DesignPreviewRequest,
  DesignUpdate,
  NewCredential,
  NewPicture,
  SignIn,
  UploadCertificate,
} from '@tessera/contract';
import { claimLines, partnerList, statement } from './coalition.ts';
import { certificateEntries, couponKinds, coupons, couponUses, giftCertificates, tryCoupon } from './coupons.ts';
import { addCredential, credentials, phoneReports, relays, takeCertificate } from './credentials.ts';
import { designOf, designVariables, keepPicture, previewOf, pushDesign, saveDesign } from './designs.ts';
import { accounts, checksOf, detailOf, devices, entriesOf, session } from './fixtures.ts';
import { importColumns, imports, rejects } from './imports.ts';
import { passChoices, passDetail, passOperations, passPreview, passRows } from './passes.ts';
import { designs } from './pictures.ts';
import { rKeeper, staff, stations, venues } from './tills.ts';

/**
 * The console's API over invented data, for work on the pages without a server. Sign in with any address and the
 * password `demo`. A search for `boom` fails, `slow` takes two seconds, `/accounts?search=nobody` finds no one.
 */

type Answer = { readonly status: number; readonly body?: unknown; readonly headers?: Record<string, string> };
type Ask = { readonly query: URLSearchParams; readonly russian: boolean; readonly body: unknown };
type Handler = (ask: Ask, id: string) => Answer | Promise<Answer>;

const MAX_BODY = 12_000_000;
const COOKIE = 'mock_session=1';
const groups = [
  { groupId: 3, programmeId: 1, programme: 'Баллы', name: 'Гости', template: null, accounts: 120 },
  { groupId: 4, programmeId: 1, programme: 'Баллы', name: 'Сотрудники', template: null, accounts: 9 },
];
const ok = (body: unknown): Answer => ({ status: 200, body });

function refuse(
  status: number,
  code: string,
  ru: string,
  en: string,
  ask: Ask,
  fields?: { path: string; message: string }[],
): Answer {
  return {
    status,
    body: { error: { code, message: ask.russian ? ru : en, retryable: status >= 500, ...(fields ? { fields } : {}) } },
  };
}

function page<Row>(rows: readonly Row[], query: URLSearchParams): Answer {
  const from = Number(query.get('after') ?? 0);
  const limit = Math.min(200, Number(query.get('limit') ?? 50));
  const next = from + limit < rows.length ? String(from + limit) : null;
  return ok({ items: rows.slice(from, from + limit), next });
}

const devicesOf = (query: URLSearchParams) =>
  devices.filter(
    ({ platform, upToDate }) =>
      platform === (query.get('type') ?? platform) &&
      (!query.get('state') || upToDate === (query.get('state') === 'current')),
  );

const found = (id: string): AccountRow | undefined => accounts.find((row) => String(row.accountId) === id);
const orNothing = (what: unknown, ask: Ask): Answer =>
  what === undefined ? refuse(404, 'not_found', 'Такого дизайна нет.', 'No such design.', ask) : ok(what);
const noAccount = (ask: Ask): Answer =>
  refuse(
    404,
    'account_not_found',
    'Счёт не найден. Возможно, его объединили с другим.',
    'No such account. It may have been merged.',
    ask,
  );

function searched(words: string): readonly AccountRow[] {
  const needle = words.toLowerCase();
  const digits = words.replace(/\D/g, '');
  return accounts.filter(
    (row) => row.name.toLowerCase().includes(needle) || (digits.length > 2 && row.phone?.includes(digits)),
  );
}

async function listAccounts(ask: Ask): Promise<Answer> {
  const words = ask.query.get('search') ?? '';
  if (words === 'slow') await new Promise((resolve) => setTimeout(resolve, 2000));
  if (words === 'boom')
    return refuse(
      503,
      'unavailable',
      'База данных не отвечает. Подождите минуту и попробуйте ещё раз.',
      'The database does not answer. Wait a minute and try again.',
      ask,
    );
  return page(words === '' ? accounts : searched(words), ask.query);
}

function signIn(ask: Ask): Answer {
  const { password } = ask.body as SignIn;
  if (password !== 'demo')
    return refuse(
      401,
      'wrong_credentials',
      'Почта или пароль не подходят. Проверьте раскладку и попробуйте ещё раз.',
      'The e-mail or the password is wrong. Check the keyboard layout and try again.',
      ask,
    );
  return { status: 200, body: session, headers: { 'set-cookie': `${COOKIE}; Path=/; HttpOnly; SameSite=Lax` } };
}

function upload(ask: Ask, id: string): Answer {
  const row = credentials.find((one) => String(one.credentialId) === id);
  if (!row) return refuse(404, 'not_found', 'Такого сертификата нет.', 'No such certificate.', ask);
  const taken = takeCertificate(row, ask.body as UploadCertificate);
  if (taken) return ok(taken);
  return refuse(
    400,
    'credential_refused',
    'Сертификат не принят. Прежний остался как был.',
    'The certificate was not accepted. The one before stays as it was.',
    ask,
    [
      {
        path: 'certificate',
        message: ask.russian
          ? 'В файле нет сертификата: ждём .cer или .pem от Apple.'
          : 'The file holds no certificate: we need the .cer or .pem from Apple.',
      },
      {
        path: 'team',
        message: ask.russian
          ? 'Сертификат выдан другой команде. Войдите у Apple нужной командой.'
          : 'The certificate belongs to another team. Sign in at Apple as the right one.',
      },
    ],
  );
}

const routes: readonly (readonly [string, RegExp, Handler])[] = [
  ['GET', /^\/session$/, () => ok(session)],
  ['POST', /^\/session$/, signIn],
  ['DELETE', /^\/session$/, () => ({ status: 204, headers: { 'set-cookie': 'mock_session=; Path=/; Max-Age=0' } })],
  ['GET', /^\/accounts$/, listAccounts],
  [
    'GET',
    /^\/accounts\/([^/]+)$/,
    (ask, id) => {
      const row = found(id);
      return row ? ok(detailOf(row)) : noAccount(ask);
    },
  ],
  [
    'GET',
    /^\/accounts\/([^/]+)\/entries$/,
    (ask, id) => {
      const row = found(id);
      return row ? page(entriesOf(row, ask.russian), ask.query) : noAccount(ask);
    },
  ],
  [
    'GET',
    /^\/accounts\/([^/]+)\/checks$/,
    (ask, id) => {
      const row = found(id);
      return row ? page(checksOf(row), ask.query) : noAccount(ask);
    },
  ],
  ['GET', /^\/designs$/, () => ok({ items: designs })],
  ['POST', /^\/designs$/, () => ok(designOf('1'))],
  ['GET', /^\/design-variables$/, () => ok({ items: designVariables })],
  ['POST', /^\/designs\/preview$/, (ask) => ok(previewOf(ask.body as DesignPreviewRequest))],
  ['POST', /^\/pictures$/, (ask) => ok(keepPicture(ask.body as NewPicture))],
  ['GET', /^\/designs\/([^/]+)$/, (ask, id) => orNothing(designOf(id), ask)],
  [
    'PUT',
    /^\/designs\/([^/]+)$/,
    (ask, id) => {
      const saved = saveDesign(id, ask.body as DesignUpdate);
      if (saved) return ok(saved);
      return refuse(409, 'design_changed', 'Дизайн сохранил кто-то ещё.', 'Somebody else saved the design.', ask);
    },
  ],
  ['POST', /^\/designs\/([^/]+)\/push$/, (ask, id) => orNothing(pushDesign(id), ask)],
  ['POST', /^\/designs\/([^/]+)\/(?:copy|archive|restore)$/, (ask, id) => orNothing(designOf(id), ask)],
  ['DELETE', /^\/designs\/([^/]+)$/, () => ok({ cards: 0, fate: null, operationId: null })],
  ['GET', /^\/programmes$/, () => ok({ items: [{ programmeId: 1, name: 'Баллы' }] })],
  ['GET', /^\/passes$/, (ask) => ok({ ...(page(passRows, ask.query).body as object), more: false })],
  ['GET', /^\/passes\/count$/, () => ok({ count: 12_480 })],
  ['GET', /^\/passes\/choices$/, () => ok(passChoices)],
  ['GET', /^\/passes\/(\d+)$/, (_ask, id) => ok(passDetail(Number(id)))],
  ['POST', /^\/passes\/\d+\/preview$/, () => ok(passPreview)],
  ['GET', /^\/pass-operations$/, () => ok({ items: passOperations, next: null })],
  [
    'GET',
    /^\/pass-operations\/(\d+)$/,
    (_ask, id) => ok(passOperations.find(({ operationId }) => String(operationId) === id)),
  ],
  ['GET', /^\/coupon-kinds$/, (ask) => page(couponKinds, ask.query)],
  [
    'GET',
    /^\/coupon-kinds\/programmes$/,
    () => ok({ items: [{ programmeId: 1, name: 'Баллы', levels: [{ id: 'base', name: 'Базовый' }] }] }),
  ],
  ['POST', /^\/coupon-kinds\/example$/, (ask) => ok(tryCoupon(ask.body as CouponExample))],
  ['GET', /^\/coupon-kinds\/(\d+)$/, (_ask, id) => ok(couponKinds.find(({ kindId }) => String(kindId) === id))],
  ['GET', /^\/coupon-kinds\/\d+\/uses$/, (ask) => page(couponUses, ask.query)],
  [
    'GET',
    /^\/coupon-kinds\/\d+\/batches$/,
    () => ok({ items: [{ batchId: 1, wanted: 100_000, made: 100_000, createdAt: '2026-10-02T09:30:00Z' }] }),
  ],
  ['GET', /^\/coupons$/, (ask) => page(coupons, ask.query)],
  ['GET', /^\/coupons\/\d+\/uses$/, (ask) => page(couponUses.slice(1), ask.query)],
  ['GET', /^\/certificates$/, (ask) => page(giftCertificates, ask.query)],
  ['GET', /^\/certificates\/(\d+)$/, (_ask, id) => ok(giftCertificates[Number(id) - 1])],
  ['GET', /^\/certificates\/\d+\/entries$/, (ask) => page(certificateEntries, ask.query)],
  ['GET', /^\/account-groups$/, () => ok({ items: groups })],
  ['GET', /^\/imports$/, () => ok({ items: imports, next: null })],
  ['GET', /^\/imports\/(\d+)$/, (_, id) => ok(imports.find((row) => String(row.importId) === id))],
  [
    'POST',
    /^\/imports\/(\d+)\/columns$/,
    (_, id) => ok(importColumns(imports.find((row) => String(row.importId) === id)!)),
  ],
  ['GET', /^\/imports\/(\d+)\/rejects$/, (ask) => page(rejects, ask.query)],
  ['GET', /^\/partners$/, () => ok(partnerList)],
  ['GET', /^\/clearing$/, (ask) => ok(statement(ask.query))],
  ['GET', /^\/clearing\/lines$/, (ask) => page(claimLines, ask.query)],
  ['GET', /^\/stations$/, () => ok(stations)],
  ['GET', /^\/venues$/, () => ok(venues)],
  ['GET', /^\/staff$/, () => ok(staff)],
  ['GET', /^\/farcards$/, () => ok(rKeeper)],
  ['GET', /^\/till-queue\/(?:sales|returns)$/, (ask) => page([], ask.query)],
  ['GET', /^\/card-ranges$/, (ask) => page([], ask.query)],
  ['GET', /^\/devices$/, (ask) => page(devicesOf(ask.query), ask.query)],
  ['GET', /^\/credentials$/, () => ok({ items: credentials })],
  ['GET', /^\/wallet-relays$/, () => ok(relays)],
  ['GET', /^\/phone-reports$/, () => ok(phoneReports)],
  ['POST', /^\/credentials$/, (ask) => ok(addCredential(ask.body as NewCredential))],
  ['POST', /^\/credentials\/([^/]+)\/certificate$/, upload],
  [
    'GET',
    /^\/credentials\/([^/]+)\/request\.csr$/,
    () => ({
      status: 200,
      body: 'a certificate request',
      headers: { 'content-disposition': 'attachment; filename="request.csr"' },
    }),
  ],
];

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > MAX_BODY) return undefined;
  }
  return text === '' ? undefined : JSON.parse(text);
}

async function answer(request: IncomingMessage): Promise<Answer> {
  const url = new URL(request.url ?? '/', 'http://mock');
  const path = url.pathname.replace(/^\/api\/v1/, '');
  const ask: Ask = {
    query: url.searchParams,
    russian: (request.headers['accept-language'] ?? 'ru').startsWith('ru'),
    body: await bodyOf(request),
  };
  const open = path === '/session' && request.method === 'POST';
  if (!open && !request.headers.cookie?.includes(COOKIE))
    return refuse(401, 'unauthorized', 'Войдите, чтобы продолжить.', 'Sign in to continue.', ask);
  for (const [method, pattern, handler] of routes) {
    const match = pattern.exec(path);
    if (match && method === request.method) return handler(ask, match[1] ?? '');
  }
  return refuse(404, 'not_found', 'Такого адреса нет.', 'No such address.', ask);
}

/** Middleware for vite's development and preview servers. */
export function mockApi() {
  return (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    if (!request.url?.startsWith('/api/v1/')) {
      next();
      return;
    }
    void answer(request).then(({ status, body, headers = {} }) => {
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
      response.end(body === undefined ? '' : JSON.stringify(body));
    });
  };
}
