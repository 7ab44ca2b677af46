import { type Result, refuse, succeed } from '@tessera/contract';
import type { Tenant } from '../../../platform/database/index.ts';
import type { Translate } from '../../../platform/texts.ts';
import {
  accountOfNumber,
  activateCard,
  type Name,
  nextFreeCard,
  numberOfMember,
  readDay,
  readName,
} from '../../cards/index.ts';
import { normalizePhone, shortName, tillSettingsOf } from '../../guests/index.ts';
import { findMember, type MemberView, viewMember } from '../../loyalty/index.ts';
import { authorisePhone, confirmPin } from '../authorise/authorise-phone.ts';
import { identify, mayAct } from '../authorise/identify.ts';
import { type Asker, modeFor, nameOfAsker } from '../authorise/model.ts';
import type { AuthorisePlatform } from '../authorise/platform.ts';
import type { Fields } from './read-request.ts';
import type { Told } from './write-answer.ts';

/** A step of a till script: what it sent, who it is, how to speak to its cashier. */
export type Step = {
  platform: AuthorisePlatform;
  tenant: Tenant;
  asker: Asker;
  fields: Fields;
  t: Translate;
};
export type StepResult = Promise<Result<Told>>;

/** Who it is, as a till needs it. */
async function tellMember({ platform, tenant, t }: Step, member: MemberView): Promise<Told> {
  const { account, guest } = member;
  const { currency } = await platform.companies.of(tenant);
  const balance = account.balance.available;
  const name = shortName(guest);
  return {
    facts: {
      card: numberOfMember(platform.vault, tenant.companyId, member),
      account: account.accountId,
      name,
      level: account.level.name,
      balance: Number(balance),
      blocked: account.state.blocked,
    },
    message: t('server:station.found', { name, level: account.level.name, currency, balance: String(balance) }),
  };
}

const yes = (text: string | undefined): boolean => /^(?:1|y|yes|true|да)$/i.test(text ?? '');

/** By a phone: the card at once where no PIN is needed, else a PIN goes out and the request has a number. */
export async function authorize(step: Step): StepResult {
  const { platform, tenant, asker, fields, t } = step;
  const phone = fields.get('phone') ?? fields.get('text') ?? '';
  const mode = modeFor(await tillSettingsOf(tenant), asker);
  if (mode === 'never' || (mode === 'to_spend' && !yes(fields.get('spend')))) {
    const { country } = await platform.companies.of(tenant);
    const digits = normalizePhone(phone, country);
    if (!digits) return refuse('invalid_phone');
    const member = await findMember(platform, tenant, 'phone', digits);
    if (!member) return refuse('account_not_found');
    const told = await tellMember(step, member);
    return succeed({ ...told, facts: { needed: false, ...told.facts } });
  }
  const begun = await authorisePhone(platform, tenant, { phone, asker });
  if (!begun.ok) return begun;
  const { request, pauseSeconds, expiresAt } = begun.value;
  const seconds = Math.round(platform.clock.now().until(expiresAt).total('seconds'));
  return succeed({
    facts: { needed: true, request, pause: pauseSeconds, seconds },
    message: t('server:station.pin_sent'),
  });
}

/** A right PIN gives the card. */
export async function confirm(step: Step): StepResult {
  const { platform, tenant, asker, fields } = step;
  const request = fields.get('request') ?? null;
  const confirmed = await confirmPin(platform, tenant, { request, pin: fields.get('pin') ?? '', asker });
  if (!confirmed.ok) return confirmed;
  const member = await viewMember(platform, tenant, confirmed.value.accountId);
  return member ? succeed(await tellMember(step, member)) : refuse('account_not_found');
}

/** Whatever the cashier typed or scanned: a card, its QR code, a number, a code that lives minutes, a phone. */
export async function find(step: Step): StepResult {
  const { platform, tenant, asker, fields } = step;
  const text = fields.get('text') ?? fields.get('number') ?? fields.get('phone') ?? fields.get('pin') ?? '';
  const ours = accountOfNumber(platform.vault, tenant.companyId, text);
  const known = ours === null ? null : await viewMember(platform, tenant, ours);
  if (known) return succeed(await tellMember(step, known));
  const found = await identify(platform, tenant, { text, asker });
  return found.ok ? succeed(await tellMember(step, found.value)) : found;
}

function nameIn(fields: Fields): Name {
  const apart = {
    firstName: fields.get('firstname') ?? '',
    lastName: fields.get('lastname') ?? '',
    middleName: fields.get('middlename') ?? '',
  };
  return apart.firstName || apart.lastName ? apart : readName((fields.get('name') ?? '').slice(0, 200));
}

/** Hands out a prepared card: number, name, birthday, phone. */
export async function activate(step: Step, number = step.fields.get('number') ?? ''): StepResult {
  const { platform, tenant, asker, fields, t } = step;
  const { timeZone, currency } = await platform.companies.of(tenant);
  const today = platform.clock.now().toZonedDateTimeISO(timeZone).toPlainDate();
  const day = fields.get('birthday');
  const birthday = day === undefined ? null : readDay(day, today);
  if (day !== undefined && birthday === null) return refuse('value_invalid', { field: 'birthday' });
  const handed = await activateCard(platform, tenant, {
    number,
    phone: fields.get('phone') ?? '',
    name: nameIn(fields),
    birthday,
    asker: nameOfAsker(asker),
    mayAttach: (accountId) => mayAct(platform, tenant, { accountId, asker }),
  });
  if (!handed.ok) return handed;
  const { accountId, name, level, balance, opened, already } = handed.value;
  const words = already ? 'card_again' : opened ? 'card_opened' : 'card_attached';
  return succeed({
    facts: { card: handed.value.number, account: accountId, name, level, balance, opened, already },
    message: t(`server:station.${words}`, { name, level, currency, balance: String(balance) }),
  });
}

const TRIES = 5;

/** Gives a guest the next free card of a range, without plastic; a guest who has an account keeps the card he has. */
export async function issue(step: Step): StepResult {
  const { platform, tenant, asker, fields } = step;
  const { country } = await platform.companies.of(tenant);
  const phone = normalizePhone(fields.get('phone') ?? '', country);
  if (!phone) return refuse('invalid_phone');
  const known = await findMember(platform, tenant, 'phone', phone);
  if (known) {
    const { accountId } = known.account;
    if (!(await mayAct(platform, tenant, { accountId, asker }))) return refuse('pin_needed');
    const told = await tellMember(step, known);
    return succeed({ ...told, facts: { ...told.facts, opened: false, already: true } });
  }
  const range = fields.get('range');
  if (range !== undefined && !/^\d{1,9}$/.test(range)) return refuse('card_range_not_found');
  let last: Result<Told> = refuse('card_none_free');
  for (let tries = 0; tries < TRIES; tries += 1) {
    // Two tills at once may draw the same one; the other takes the next.
    const number = await nextFreeCard(platform, tenant, { rangeId: range === undefined ? null : Number(range), tries });
    if (number === null) return refuse('card_none_free');
    last = await activate(step, number);
    if (last.ok || last.refusal.code !== 'card_taken') return last;
  }
  return last;
}
