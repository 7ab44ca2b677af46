import {
  AccountCode,
  Id,
  NewAccountCode,
  type Result,
  refuse,
  Strict,
  succeed,
  TillAuthorise,
  TillAuthorised,
  TillCard,
  TillConfirm,
  TillGuest,
  TillNewCard,
  TillSettings,
} from '@tessera/contract';
import type { Tenant } from '../../../platform/database/index.ts';
import { type Authorize, type Http, sendRefusal } from '../../../platform/http/index.ts';
import { activateCard, readName } from '../../cards/index.ts';
import { inGroups, issueCardCode, saveTillSettings, tillSettingsOf } from '../../guests/index.ts';
import { viewAccount, viewMember } from '../../loyalty/index.ts';
import { showTillGuest } from '../find-guest.ts';
import { authorisePhone, confirmPin } from './authorise-phone.ts';
import { mayAct } from './identify.ts';
import { askerOf, nameOfAsker } from './model.ts';
import type { AuthorisePlatform } from './platform.ts';

export type AuthoriseRoutesOptions = { platform: AuthorisePlatform; authorize: Authorize };

const till = ['till'];
const often = { rateLimit: { max: 120, timeWindow: '1 minute' } };

/** PINs, codes and cards at the till page; their settings; codes for bots and wallets. */
export function authoriseRoutes(http: Http, options: AuthoriseRoutesOptions): void {
  pinRoutes(http, options);
  cardRoutes(http, options);
  settingsRoutes(http, options);
}

function pinRoutes(http: Http, { platform, authorize }: AuthoriseRoutesOptions): void {
  const begin = { tags: till, body: TillAuthorise, response: { 200: TillAuthorised } };
  http.post('/api/v1/till/authorize', { schema: begin, config: often }, async (request, reply) => {
    const actor = await authorize(request, 'till.sell');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const phone = await phoneOf(platform, tenant, request.body);
    if (!phone.ok) return sendRefusal(request, reply, phone.refusal) as never;
    const begun = await authorisePhone(platform, tenant, { phone: phone.value, asker: askerOf(actor.value) });
    if (!begun.ok) return sendRefusal(request, reply, begun.refusal) as never;
    return { ...begun.value, expiresAt: begun.value.expiresAt.toString() };
  });

  const confirm = { tags: till, body: TillConfirm, response: { 200: TillGuest } };
  http.post('/api/v1/till/authorize/confirm', { schema: confirm, config: often }, async (request, reply) => {
    const actor = await authorize(request, 'till.sell');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const confirmed = await confirmPin(platform, tenant, { ...request.body, asker: askerOf(actor.value) });
    if (!confirmed.ok) return sendRefusal(request, reply, confirmed.refusal) as never;
    const shown = await showTillGuest(platform, tenant, confirmed.value.accountId);
    return shown.ok ? shown.value : (sendRefusal(request, reply, shown.refusal) as never);
  });
}

/** The phone that was named, or that of the guest whom the till shows. */
async function phoneOf(platform: AuthorisePlatform, tenant: Tenant, asked: TillAuthorise): Promise<Result<string>> {
  if ('phone' in asked) return succeed(asked.phone);
  const member = await viewMember(platform, tenant, asked.accountId);
  if (!member) return refuse('account_not_found');
  const phone = member.guest.identifiers.find(({ kind }) => kind === 'phone');
  return phone ? succeed(`+${phone.value}`) : refuse('guest_has_no_phone');
}

function cardRoutes(http: Http, { platform, authorize }: AuthoriseRoutesOptions): void {
  const hand = { tags: till, body: TillNewCard, response: { 200: TillCard } };
  http.post('/api/v1/till/cards', { schema: hand, config: often }, async (request, reply) => {
    const actor = await authorize(request, 'till.sell');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const { number, phone, name = '', birthday = null } = request.body;
    const asker = askerOf(actor.value);
    const handed = await activateCard(platform, tenant, {
      number,
      phone,
      name: readName(name),
      birthday,
      asker: nameOfAsker(asker),
      mayAttach: (accountId) => mayAct(platform, tenant, { accountId, asker }),
    });
    return handed.ok ? handed.value : (sendRefusal(request, reply, handed.refusal) as never);
  });

  const schema = {
    tags: ['accounts'],
    params: Strict({ accountId: Id }),
    body: NewAccountCode,
    response: { 200: AccountCode },
  };
  http.post('/api/v1/accounts/:accountId/codes', { schema }, async (request, reply) => {
    const actor = await authorize(request, 'api.use');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const { accountId } = request.params;
    const account = await viewAccount(platform, tenant, accountId);
    if (!account) return sendRefusal(request, reply, { code: 'account_not_found' }) as never;
    const { country } = await platform.companies.of(tenant);
    const { purpose = 'virtual_card' } = request.body;
    const issued = await issueCardCode(platform, tenant, { accountId, purpose, country });
    if (!issued.ok) return sendRefusal(request, reply, issued.refusal) as never;
    const { digits, expiresAt } = issued.value;
    return { code: digits, spoken: inGroups(digits), qr: digits, expiresAt: expiresAt.toString() };
  });
}

function settingsRoutes(http: Http, { platform, authorize }: AuthoriseRoutesOptions): void {
  const tags = ['tills'];
  http.get('/api/v1/till-settings', { schema: { tags, response: { 200: TillSettings } } }, async (request, reply) => {
    const actor = await authorize(request, 'tills.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    return tillSettingsOf(actor.value.tenant);
  });

  const change = { tags, body: TillSettings, response: { 200: TillSettings } };
  http.put('/api/v1/till-settings', { schema: change }, async (request, reply) => {
    const actor = await authorize(request, 'tills.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    return saveTillSettings(platform, actor.value.tenant, request.body);
  });
}
