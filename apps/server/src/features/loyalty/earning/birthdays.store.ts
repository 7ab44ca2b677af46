import type { Queryable, Tenant } from '../../../platform/database/index.ts';
import { type AccountWrite, accountWrite, accountWriteValues } from '../account-write.store.ts';
import { type AccountRow, RULES_COLUMNS, type RulesRow, toLoadedAccount, toRulesInForce } from '../accounts.store.ts';
import type { LoadedAccount, RulesInForce } from '../model.ts';

export type BirthdayReading = {
  account: LoadedAccount;
  nextBirthdayAt: Temporal.Instant;
  /** YYYY-MM-DD, null for a guest who has taken it back. */
  birthday: string | null;
  filledAt: Temporal.Instant;
};

/** Accounts whose birthday is to be looked at, by their instant: an index finds them, never a scan of everybody. */
export async function selectDueBirthdays(tenant: Tenant, now: Temporal.Instant, limit: number): Promise<number[]> {
  const rows = await tenant.query<{ account_id: bigint }>(
    {
      name: 'birthdays-due',
      text: `select account_id from accounts where company_id = $1 and next_birthday_at <= $2
             order by next_birthday_at limit $3`,
    },
    [tenant.companyId, now.toString(), limit],
  );
  return rows.map((row) => Number(row.account_id));
}

export async function readBirthday(tenant: Tenant, accountId: number): Promise<BirthdayReading | null> {
  const rows = await tenant.query<
    AccountRow & { next_birthday_at: Temporal.Instant; birthday: string | null; filled_at: Temporal.Instant }
  >(
    {
      name: 'birthday-read',
      text: `select a.account_id, a.guest_id, a.group_id, a.programme_id, a.version, a.state, ${RULES_COLUMNS},
               a.next_birthday_at, g.birthday, coalesce(g.birthday_set_at, g.created_at) as filled_at
             from accounts a
             join programmes p on p.company_id = a.company_id and p.programme_id = a.programme_id
             join guests g on g.company_id = a.company_id and g.guest_id = a.guest_id
             where a.company_id = $1 and a.account_id = $2 and a.next_birthday_at is not null`,
    },
    [tenant.companyId, accountId],
  );
  const row = rows[0];
  if (!row) return null;
  const { birthday, next_birthday_at: nextBirthdayAt, filled_at: filledAt } = row;
  return { account: toLoadedAccount(row), nextBirthdayAt, birthday, filledAt };
}

/** When to look again; nothing when somebody has asked for a look meanwhile. */
export async function setNextBirthday(
  tenant: Tenant,
  accountId: number,
  { was, next }: { was: Temporal.Instant; next: Temporal.Instant | null },
): Promise<void> {
  await tenant.query(
    {
      name: 'birthday-next',
      text: `update accounts set next_birthday_at = $4
             where company_id = $1 and account_id = $2 and next_birthday_at = $3`,
    },
    [tenant.companyId, accountId, was.toString(), next?.toString() ?? null],
  );
}

const giftWrite = accountWrite('birthday-write', {
  set: 'next_birthday_at = case when next_birthday_at = $20 then $21 else next_birthday_at end',
});

/** Writes a gift together with the next look; false when the account has moved on meanwhile. */
export async function writeGift(
  tenant: Tenant,
  write: AccountWrite,
  { was, next }: { was: Temporal.Instant; next: Temporal.Instant | null },
): Promise<boolean> {
  const values = [...accountWriteValues(tenant.companyId, write), was.toString(), next?.toString() ?? null];
  return (await tenant.query(giftWrite, values)).length > 0;
}

/** Asks that the birthday of an account be looked at. */
export async function askForBirthday(
  queryable: Queryable,
  companyId: number,
  accountId: number,
  now: Temporal.Instant,
): Promise<void> {
  await queryable.query('update accounts set next_birthday_at = $3 where company_id = $1 and account_id = $2', [
    companyId,
    accountId,
    now.toString(),
  ]);
}

/** The same for every account of a guest whose birthday was edited. */
export async function askForBirthdayOfGuest(
  queryable: Queryable,
  companyId: number,
  guestId: number,
  now: Temporal.Instant,
): Promise<void> {
  await queryable.query('update accounts set next_birthday_at = $3 where company_id = $1 and guest_id = $2', [
    companyId,
    guestId,
    now.toString(),
  ]);
}

export type ProgrammeBirthdays = { programmeId: number; rules: RulesInForce; lookedAtBy: number | null };

/** Every programme with the version of the rules by which its birthdays were last looked at. */
export async function selectProgrammeBirthdays(tenant: Tenant): Promise<ProgrammeBirthdays[]> {
  const rows = await tenant.query<RulesRow & { programme_id: number; birthday_rules_id: number | null }>(
    `select p.programme_id, ${RULES_COLUMNS}, p.birthday_rules_id from programmes p
     where p.company_id = $1 and p.rules_id is not null limit 1000`,
    [tenant.companyId],
  );
  return rows.map((row) => ({
    programmeId: row.programme_id,
    rules: toRulesInForce(row),
    lookedAtBy: row.birthday_rules_id,
  }));
}

/** Asks for a look at a batch of a programme's accounts whose guests have told a birthday; the last of them, or null. */
export async function askForBirthdays(
  tenant: Tenant,
  programmeId: number,
  { after, limit, now }: { after: number; limit: number; now: Temporal.Instant },
): Promise<number | null> {
  const rows = await tenant.query<{ last: bigint | null }>(
    `with batch as (
       select a.account_id, g.birthday from accounts a
       join guests g on g.company_id = a.company_id and g.guest_id = a.guest_id
       where a.company_id = $1 and a.programme_id = $2 and a.account_id > $3 order by a.account_id limit $4),
     asked as (
       update accounts a set next_birthday_at = $5 from batch
       where a.company_id = $1 and a.account_id = batch.account_id and batch.birthday is not null)
     select max(account_id) as last from batch`,
    [tenant.companyId, programmeId, after, limit, now.toString()],
  );
  const last = rows[0]?.last ?? null;
  return last === null ? null : Number(last);
}

export async function setBirthdayRules(tenant: Tenant, programmeId: number, rulesId: number): Promise<void> {
  await tenant.query('update programmes set birthday_rules_id = $3 where company_id = $1 and programme_id = $2', [
    tenant.companyId,
    programmeId,
    rulesId,
  ]);
}
