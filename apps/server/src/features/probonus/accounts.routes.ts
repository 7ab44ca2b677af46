import { type Result, refuse, succeed } from '@tessera/contract';
import { entryFromJson } from '@tessera/loyalty';
import type { Http } from '../../platform/http/index.ts';
import { type Identifier, normalizePhone } from '../guests/index.ts';
import {
  accountGroups,
  adjustAccount,
  couponsOfAccount,
  explainEntry,
  findMember,
  listEntries,
  openAccount,
  viewAccount,
} from '../loyalty/index.ts';
import { describeAccount, describeBalance, describeRefill } from './read-account.ts';
import { presentKeylessRefusal, sendV0Refusal } from './refusals.ts';
import {
  Account,
  BalanceExtended,
  ByAccount,
  FindByPhone,
  GroupList,
  InsertByTemplate,
  Refill,
  TransactionList,
  Transactions,
} from './shapes.ts';
import type { V0 } from './v0.ts';

const COUNT_DEFAULT = 100;
const COUNT_MAX = 1_000;

/** Groups, accounts, balances and their history. */
export function accountsV0Routes(http: Http, v0: V0): void {
  const { platform } = v0;
  http.post('/api/v0/account_groups/list', v0.options({ response: GroupList }), async (request) => {
    const tenant = v0.tenantOf(request);
    const groups = await accountGroups(tenant);
    return groups.map(({ groupId, name, template }) => ({ id: groupId, name, haveTemplate: template !== null }));
  });

  http.post(
    '/api/v0/accounts/insert_by_template',
    v0.options({ body: InsertByTemplate, response: Account }),
    async (request, reply) => {
      const tenant = v0.tenantOf(request);
      const body = request.body as InsertByTemplate;
      const { country, language } = await platform.companies.of(tenant);
      const phone = normalizePhone(body.phone, country);
      if (!phone) return sendV0Refusal(request, reply, { code: 'invalid_phone' });
      const opened = await openAccount(platform, tenant, {
        groupId: body.accountGroupId,
        profile: {
          firstName: body.firstName ?? '',
          lastName: body.lastName ?? '',
          middleName: body.middleName ?? '',
          birthday: body.birthday ?? null,
          sex: body.sex ?? null,
          email: body.email ?? null,
          language,
        },
        identifiers: identifiersOf(phone, body),
      });
      if (!opened.ok) return sendV0Refusal(request, reply, opened.refusal);
      const member = await findMember(platform, tenant, 'phone', phone);
      return describeAccount(member!.account, member!.guest, []);
    },
  );

  http.post(
    '/api/v0/accounts/find_by_phone',
    v0.options({ body: FindByPhone, response: Account }),
    async (request, reply) => {
      const tenant = v0.tenantOf(request);
      const { country } = await platform.companies.of(tenant);
      const phone = normalizePhone((request.body as { phone: string }).phone, country);
      if (!phone) return sendV0Refusal(request, reply, { code: 'invalid_phone' });
      const member = await findMember(platform, tenant, 'phone', phone);
      if (!member) return sendV0Refusal(request, reply, { code: 'account_not_found' });
      const { accountId } = member.account;
      const coupons = member.anyCoupons ? await couponsOfAccount(platform, tenant, accountId) : [];
      return describeAccount(member.account, member.guest, coupons);
    },
  );

  http.post(
    '/api/v0/accounts/get_balance_extended',
    v0.options({ body: ByAccount, response: BalanceExtended }),
    async (request, reply) => {
      const tenant = v0.tenantOf(request);
      const view = await viewAccount(platform, tenant, (request.body as { accountId: number }).accountId);
      return view ? describeBalance(view) : sendV0Refusal(request, reply, { code: 'account_not_found' });
    },
  );

  http.post(
    '/api/v0/accounts/refill',
    { ...v0.options({ body: Refill, response: BalanceExtended }), config: { presentRefusal: presentKeylessRefusal } },
    async (request, reply) => {
      const tenant = v0.tenantOf(request);
      const { accountId, sum, lifetimeDays, comment, externalId = null } = request.body as Refill;
      const call = { accountId, source: 'probonus', externalId, comment };
      const refill = { kind: 'refill', amount: BigInt(sum), lifetimeDays } as const;
      const refilled = await adjustAccount(platform, tenant, call, refill);
      return refilled.ok ? describeRefill(refilled.value) : sendV0Refusal(request, reply, refilled.refusal);
    },
  );

  http.post(
    '/api/v0/accounts/transactions',
    v0.options({ body: Transactions, response: TransactionList }),
    async (request, reply) => {
      const tenant = v0.tenantOf(request);
      const body = request.body as { accountId: number; dateFrom?: string; dateTo?: string; count?: number };
      const { timeZone, currency } = await platform.companies.of(tenant);
      const period = readPeriod(body, timeZone);
      if (!period.ok) return sendV0Refusal(request, reply, period.refusal);
      const { accountId } = body;
      const view = await viewAccount(platform, tenant, accountId);
      if (!view) return sendV0Refusal(request, reply, { code: 'account_not_found' });
      const limit = body.count ?? (body.dateFrom || body.dateTo ? COUNT_MAX : COUNT_DEFAULT);
      const rows = await listEntries(tenant, { accountId, before: null, limit, ...period.value, mainWallet: true });
      const levelNames = new Map(view.rules.levels.map((level) => [level.id, level.name]));
      return rows.map(({ body: stored, change, balance, checkId }) => {
        const entry = entryFromJson(stored);
        return {
          id: entry.id,
          kind: entry.kind,
          date: entry.occurredAt.toString(),
          sum: Number(change),
          balance: Number(balance),
          checkId,
          text: explainEntry(entry, { t: request.t, language: request.language, currency, levelNames }),
        };
      });
    },
  );
}

function identifiersOf(phone: string, body: InsertByTemplate): Identifier[] {
  const further = [...new Set(body.identifiers ?? [])].map(
    (value): Identifier => ({ kind: 'card', value, main: false, verifiedAt: null }),
  );
  return [{ kind: 'phone', value: phone, main: true, verifiedAt: null }, ...further];
}

/** Years that every calendar in between can read. */
const DAY_CHARACTERS = 'YYYY-MM-DD'.length;
const YEAR = /^[12]\d{3}-/;

/** Two days (the last included), local times or instants; the company's days and clock. */
function readPeriod(
  { dateFrom, dateTo }: { dateFrom?: string; dateTo?: string },
  timeZone: string,
): Result<{ from: Temporal.Instant | null; to: Temporal.Instant | null }> {
  try {
    const startOf = (day: Temporal.PlainDate) => day.toZonedDateTime(timeZone).toInstant();
    const read = (text: string | undefined, days: number) => {
      if (!text) return null;
      if (!YEAR.test(text)) throw new RangeError('Not a year of this API.');
      if (/[zZ]$|\d[+-]\d{2}:\d{2}$/.test(text)) return Temporal.Instant.from(text);
      if (text.length > DAY_CHARACTERS) return Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).toInstant();
      return startOf(Temporal.PlainDate.from(text).add({ days }));
    };
    return succeed({ from: read(dateFrom, 0), to: read(dateTo, 1) });
  } catch {
    return refuse('invalid_request');
  }
}
