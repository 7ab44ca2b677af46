import { SaveSmsAccount, SmsAccount, SmsAccountCheck } from '@tessera/contract';
import { type Authorize, type Http, type Request, sendRefusal } from '../../platform/http/index.ts';
import { type MessagingPlatform, saveSmsRuSettings, smsRuAccount } from './send-sms.ts';
import { selectFailures } from './store.ts';

const tags = ['messages'];
const HINT_LETTERS = 4;
/** A person presses it; each time asks sms.ru. */
const CHECK_LIMIT = { max: 10, timeWindow: '1 minute' };
/** sms.ru keeps its accounts in roubles. */
const CURRENCY = 'RUB';
const REASONS = ['bad_credentials', 'no_money', 'daily_limit', 'bad_sender', 'account_not_confirmed'];

function sentence({ t }: Pick<Request, 't'>, told: string): string {
  const reason = REASONS.includes(told) ? told : 'other';
  return t(`server:sms_account.${reason}`);
}

/** The company's account at sms.ru: GET and PUT /api/v1/sms-account, POST …/check. Its key comes in and never goes out. */
export function smsAccountRoutes(
  http: Http,
  { platform, authorize }: { platform: MessagingPlatform; authorize: Authorize },
): void {
  const answer = { response: { 200: SmsAccount } };
  const describe = async (request: Request, tenant: Parameters<typeof smsRuAccount>[1]): Promise<SmsAccount> => {
    const account = await smsRuAccount(platform, tenant);
    if (!account) return null;
    const failures = await selectFailures(tenant);
    return {
      keyHint: account.apiId.slice(-HINT_LETTERS),
      sender: account.from,
      failing: failures.map(({ channel, reason, failedAt }) => ({
        channel,
        at: failedAt.toString(),
        message: sentence(request, reason),
      })),
    };
  };

  http.get('/api/v1/sms-account', { schema: { tags, ...answer } }, async (request, reply) => {
    const actor = await authorize(request, 'credentials.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    return describe(request as Request, actor.value.tenant);
  });

  http.put('/api/v1/sms-account', { schema: { tags, body: SaveSmsAccount, ...answer } }, async (request, reply) => {
    const actor = await authorize(request, 'credentials.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const apiId = request.body.apiId ?? (await smsRuAccount(platform, tenant))?.apiId;
    if (apiId === undefined) return sendRefusal(request, reply, { code: 'sms_key_missing' }) as never;
    await saveSmsRuSettings(platform, tenant, { apiId, from: request.body.sender });
    return describe(request as Request, tenant);
  });

  const check = { schema: { tags, response: { 200: SmsAccountCheck } }, config: { rateLimit: CHECK_LIMIT } };
  http.post('/api/v1/sms-account/check', check, async (request, reply) => {
    const actor = await authorize(request, 'credentials.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const account = await smsRuAccount(platform, actor.value.tenant);
    if (!account) return sendRefusal(request, reply, { code: 'sms_account_not_found' }) as never;
    const found = await platform.smsRuCheck(account);
    if (found.status === 'ready') {
      const params = { balance: String(found.kopecks), currency: CURRENCY };
      const message = request.t('server:sms_account.ready', params);
      return { ready: true, balance: Number(found.kopecks), message };
    }
    const reason =
      found.status === 'halted' ? sentence(request, found.reason) : request.t('server:sms_account.unreachable');
    return { ready: false, balance: null, message: reason };
  });
}
