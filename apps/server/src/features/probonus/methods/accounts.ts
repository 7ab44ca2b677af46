import { refuse, succeed } from '@tessera/contract';
import { normalizePhone } from '../../guests/index.ts';
import {
  accountGroups,
  adjustAccount,
  couponsOfAccount,
  findMember,
  openAccount,
  viewAccount,
} from '../../loyalty/index.ts';
import { Account, BalanceExtended, GroupList } from '../answers.ts';
import { describeAccount, describeBalance, describeRefill } from '../read-account.ts';
import { ByAccount, FindByPhone, InsertByTemplate, Nothing, Refill } from '../shapes.ts';
import { defineMethod, type V0Method } from '../v0.ts';

const groups = defineMethod({
  name: 'account_groups/list',
  writes: false,
  body: Nothing,
  answer: GroupList,
  refusals: [],
  async act({ tenant }) {
    const found = await accountGroups(tenant);
    return succeed(
      found.map(({ groupId, name, template }) => ({ id: groupId, name, haveTemplate: template !== null })),
    );
  },
});

const insertByTemplate = defineMethod({
  name: 'accounts/insert_by_template',
  writes: true,
  body: InsertByTemplate,
  answer: Account,
  refusals: ['invalid_phone', 'account_exists', 'group_without_template', 'group_not_found'],
  async act({ platform, tenant }, body) {
    const { country, language } = await platform.companies.of(tenant);
    const phone = normalizePhone(body.phone, country);
    if (!phone) return refuse('invalid_phone');
    const cards = [...new Set(body.identifiers ?? [])];
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
      identifiers: [
        { kind: 'phone', value: phone, main: true, verifiedAt: null },
        ...cards.map((value) => ({ kind: 'card', value, main: false, verifiedAt: null }) as const),
      ],
    });
    if (!opened.ok) return opened;
    const member = await findMember(platform, tenant, 'phone', phone);
    return succeed(describeAccount(member!.account, member!.guest, []));
  },
});

const findByPhone = defineMethod({
  name: 'accounts/find_by_phone',
  writes: false,
  body: FindByPhone,
  answer: Account,
  refusals: ['invalid_phone', 'account_not_found'],
  async act({ platform, tenant }, body) {
    const { country } = await platform.companies.of(tenant);
    const phone = normalizePhone(body.phone, country);
    if (!phone) return refuse('invalid_phone');
    const member = await findMember(platform, tenant, 'phone', phone);
    if (!member) return refuse('account_not_found');
    const { accountId } = member.account;
    const coupons = member.anyCoupons ? await couponsOfAccount(platform, tenant, accountId) : [];
    return succeed(describeAccount(member.account, member.guest, coupons));
  },
});

const getBalanceExtended = defineMethod({
  name: 'accounts/get_balance_extended',
  writes: false,
  body: ByAccount,
  answer: BalanceExtended,
  refusals: ['account_not_found'],
  async act({ platform, tenant }, { accountId }) {
    const view = await viewAccount(platform, tenant, accountId);
    return view ? succeed(describeBalance(view)) : refuse('account_not_found');
  },
});

const refill = defineMethod({
  name: 'accounts/refill',
  writes: true,
  body: Refill,
  answer: BalanceExtended,
  refusals: ['account_not_found', 'account_blocked', 'idempotency_mismatch', 'in_progress', 'outcome_unknown'],
  key: 'externalId',
  async act({ platform, tenant }, { accountId, sum, lifetimeDays, comment, externalId = null }) {
    const call = { accountId, source: 'probonus', externalId, comment };
    const refilled = await adjustAccount(platform, tenant, call, { kind: 'refill', amount: BigInt(sum), lifetimeDays });
    return refilled.ok ? succeed(describeRefill(refilled.value)) : refilled;
  },
});

export const accountMethods: readonly V0Method[] = [groups, insertByTemplate, findByPhone, getBalanceExtended, refill];
