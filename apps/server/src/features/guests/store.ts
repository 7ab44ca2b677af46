import type { Language } from '@tessera/contract/messages';
import type { Queryable, Tenant } from '../../platform/database/index.ts';
import type { Consent, ConsentPurpose, Guest, Identifier, IdentifierKind, Profile, Sex } from './model.ts';

export type GuestRow = {
  guest_id: bigint;
  first_name: string;
  last_name: string;
  middle_name: string;
  birthday: string | null;
  sex: Sex | null;
  email: string | null;
  language: Language;
  note: string;
  /** As JSON: kind, value, main, verified at. Null for none. */
  identifiers: [IdentifierKind, string, boolean, string | null][] | null;
};

/** What a statement selects, with `guests g` among its tables, so that `toGuest` can read it: all in one round trip. */
export const GUEST_COLUMNS = `g.guest_id, g.first_name, g.last_name, g.middle_name, g.birthday, g.sex, g.email, g.language, g.note,
  (select json_agg(json_build_array(i.kind, i.value, i.main, i.verified_at))
   from (select kind, value, main, verified_at from guest_identifiers
         where company_id = g.company_id and guest_id = g.guest_id
         order by main desc, created_at, value limit 100) i) as identifiers`;

export function toGuest(row: GuestRow): Guest {
  return {
    guestId: Number(row.guest_id),
    firstName: row.first_name,
    lastName: row.last_name,
    middleName: row.middle_name,
    birthday: row.birthday,
    sex: row.sex,
    email: row.email,
    language: row.language,
    note: row.note,
    identifiers: (row.identifiers ?? []).map(([kind, value, main, verifiedAt]) => ({
      kind,
      value,
      main,
      verifiedAt: verifiedAt === null ? null : Temporal.Instant.from(verifiedAt),
    })),
  };
}

export async function insertGuest(
  queryable: Queryable,
  companyId: number,
  profile: Profile,
  now: Temporal.Instant,
): Promise<number> {
  const rows = await queryable.query<{ guest_id: bigint }>(
    `insert into guests (company_id, first_name, last_name, middle_name, birthday, sex, email, language, created_at,
       birthday_set_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, case when $5::date is not null then $9::timestamptz end)
     returning guest_id`,
    [
      companyId,
      profile.firstName,
      profile.lastName,
      profile.middleName,
      profile.birthday,
      profile.sex,
      profile.email,
      profile.language,
      now.toString(),
    ],
  );
  return Number(rows[0]!.guest_id);
}

/** Fails with a unique violation of `guest_identifiers_pkey` when the value belongs to somebody. */
export async function insertIdentifier(
  queryable: Queryable,
  companyId: number,
  guestId: number,
  identifier: Identifier,
  now: Temporal.Instant,
): Promise<void> {
  await queryable.query(
    `insert into guest_identifiers (company_id, kind, value, guest_id, main, verified_at, created_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      companyId,
      identifier.kind,
      identifier.value,
      guestId,
      identifier.main,
      identifier.verifiedAt?.toString() ?? null,
      now.toString(),
    ],
  );
}

/** Notes that the guest has proved an identifier. */
export async function verifyIdentifier(
  queryable: Queryable,
  companyId: number,
  { kind, value, verifiedAt }: { kind: IdentifierKind; value: string; verifiedAt: Temporal.Instant },
): Promise<void> {
  await queryable.query(
    'update guest_identifiers set verified_at = $4 where company_id = $1 and kind = $2 and value = $3',
    [companyId, kind, value, verifiedAt.toString()],
  );
}

export async function insertConsent(
  queryable: Queryable,
  companyId: number,
  guestId: number,
  consent: Consent,
): Promise<void> {
  await queryable.query(
    `insert into consents (company_id, guest_id, purpose, text_version, language, source, address, agent, given_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      companyId,
      guestId,
      consent.purpose,
      consent.textVersion,
      consent.language,
      consent.source,
      consent.address,
      consent.agent,
      consent.givenAt.toString(),
    ],
  );
}

export async function selectConsents(tenant: Tenant, guestId: number): Promise<Consent[]> {
  const rows = await tenant.query<{
    purpose: ConsentPurpose;
    text_version: string;
    language: Language;
    source: string;
    given_at: Temporal.Instant;
  }>(
    `select purpose, text_version, language, source, given_at from consents
     where company_id = $1 and guest_id = $2 and withdrawn_at is null order by consent_id limit 100`,
    [tenant.companyId, guestId],
  );
  return rows.map((row) => ({
    purpose: row.purpose,
    textVersion: row.text_version,
    language: row.language,
    source: row.source,
    address: null,
    agent: null,
    givenAt: row.given_at,
  }));
}

export type ConsentText = { purpose: ConsentPurpose; version: string; language: Language; body: string };

export async function insertConsentText(tenant: Tenant, text: ConsentText, now: Temporal.Instant): Promise<void> {
  await tenant.query(
    `insert into consent_texts (company_id, purpose, version, language, body, created_at)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [tenant.companyId, text.purpose, text.version, text.language, text.body, now.toString()],
  );
}

/** The newest text of a purpose in a language. */
export async function selectConsentText(
  tenant: Tenant,
  purpose: ConsentPurpose,
  language: Language,
): Promise<(ConsentText & { createdAt: Temporal.Instant }) | null> {
  const rows = await tenant.query<ConsentText & { created_at: Temporal.Instant }>(
    `select purpose, version, language, body, created_at from consent_texts
     where company_id = $1 and purpose = $2 and language = $3 order by created_at desc, version desc limit 1`,
    [tenant.companyId, purpose, language],
  );
  const row = rows[0];
  if (!row) return null;
  const { created_at, ...text } = row;
  return { ...text, createdAt: created_at };
}

/** The newest text of a purpose: in a language, else in the other one. A text in a foreign language beats none. */
export async function selectConsentTextFor(
  tenant: Tenant,
  purpose: ConsentPurpose,
  language: Language,
): Promise<(ConsentText & { createdAt: Temporal.Instant }) | null> {
  const other = language === 'ru' ? 'en' : 'ru';
  return (await selectConsentText(tenant, purpose, language)) ?? (await selectConsentText(tenant, purpose, other));
}

/** The newest texts of all purposes and languages. */
export async function selectConsentTexts(tenant: Tenant): Promise<(ConsentText & { createdAt: Temporal.Instant })[]> {
  const rows = await tenant.query<ConsentText & { created_at: Temporal.Instant }>(
    `select distinct on (purpose, language) purpose, version, language, body, created_at from consent_texts
     where company_id = $1 order by purpose desc, language desc, created_at desc, version desc`,
    [tenant.companyId],
  );
  return rows.map(({ created_at, ...text }) => ({ ...text, createdAt: created_at }));
}

/** Some guests with an e-mail, each with a phone that was proved. */
export async function selectGuestsWithEmail(
  tenant: Tenant,
  email: string,
): Promise<{ guestId: number; phone: string | null }[]> {
  const rows = await tenant.query<{ guest_id: bigint; phone: string | null }>(
    `select g.guest_id, (select i.value from guest_identifiers i
       where i.company_id = g.company_id and i.guest_id = g.guest_id and i.kind = 'phone' and i.verified_at is not null
       order by i.main desc, i.created_at limit 1) as phone
     from guests g where g.company_id = $1 and g.email_key = lower($2)
     union
     select e.guest_id, (select i.value from guest_identifiers i
       where i.company_id = e.company_id and i.guest_id = e.guest_id and i.kind = 'phone' and i.verified_at is not null
       order by i.main desc, i.created_at limit 1) as phone
     from guest_identifiers e where e.company_id = $1 and e.kind = 'email' and e.value = lower($2)
     order by guest_id limit 20`,
    [tenant.companyId, email],
  );
  return rows.map((row) => ({ guestId: Number(row.guest_id), phone: row.phone }));
}

/** Writes the note about a guest; '' takes it away. false for an unknown guest. */
export async function updateNote(tenant: Tenant, guestId: number, note: string): Promise<boolean> {
  const rows = await tenant.query(
    'update guests set note = $3 where company_id = $1 and guest_id = $2 and erased_at is null returning 1',
    [tenant.companyId, guestId, note],
  );
  return rows.length > 0;
}

/** Fills in or edits a birthday; the same again keeps the instant since which it stands. false for an unknown guest. */
export async function updateBirthday(
  queryable: Queryable,
  companyId: number,
  guestId: number,
  birthday: string | null,
  now: Temporal.Instant,
): Promise<boolean> {
  const rows = await queryable.query(
    `update guests set birthday = $3,
       birthday_set_at = case when birthday is distinct from $3::date then $4 else birthday_set_at end
     where company_id = $1 and guest_id = $2 and erased_at is null returning guest_id`,
    [companyId, guestId, birthday, now.toString()],
  );
  return rows.length > 0;
}
