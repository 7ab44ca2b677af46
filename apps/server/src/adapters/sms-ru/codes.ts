/** What the codes of sms.ru mean. Source: sms.ru, "API", list of answer codes. */

/** Why a message was not taken; short words for logs, statistics and translation. */
export type RefusalReason =
  | 'bad_recipient'
  | 'no_route'
  | 'stop_list'
  | 'bad_text'
  | 'number_limit'
  | 'bad_request'
  | 'delivery_failed';

export type AlertReason = 'bad_credentials' | 'no_money' | 'daily_limit' | 'bad_sender' | 'account_not_confirmed';

/** What to do after a code at sending. */
export type SendVerdict =
  | { readonly status: 'accepted' }
  | { readonly status: 'refused'; readonly reason: RefusalReason }
  | { readonly status: 'stop_and_alert'; readonly reason: AlertReason }
  | { readonly status: 'retry_later' }
  | { readonly status: 'duplicate' };

/** Where a message is on its way. `delivered` and `failed` are final. */
export type DeliveryState = 'pending' | 'delivered' | 'failed' | 'unknown';

const verdicts = new Map<number, SendVerdict>();
for (const code of [100, 101, 102, 103, 110]) verdicts.set(code, { status: 'accepted' });
for (const code of [220, 500]) verdicts.set(code, { status: 'retry_later' });
for (const code of [231, 232]) verdicts.set(code, { status: 'duplicate' });
const refusals: Readonly<Record<RefusalReason, readonly number[]>> = {
  bad_recipient: [202],
  no_route: [150, 207, 214],
  stop_list: [209, 215],
  bad_text: [203, 205, 212],
  number_limit: [230, 233],
  bad_request: [208, 210, 211, 213],
  delivery_failed: [104, 105, 106, 107, 108],
};
const alerts: Readonly<Record<AlertReason, readonly number[]>> = {
  bad_credentials: [200, 300, 301],
  no_money: [201],
  daily_limit: [206],
  bad_sender: [204],
  account_not_confirmed: [302],
};
for (const [reason, codes] of Object.entries(refusals) as [RefusalReason, readonly number[]][]) {
  for (const code of codes) verdicts.set(code, { status: 'refused', reason });
}
for (const [reason, codes] of Object.entries(alerts) as [AlertReason, readonly number[]][]) {
  for (const code of codes) verdicts.set(code, { status: 'stop_and_alert', reason });
}

/** The verdict on a code that came back for one phone or for the whole request. An unknown code is a refusal, not a retry. */
export function readSendCode(code: number): SendVerdict {
  return verdicts.get(code) ?? { status: 'refused', reason: 'bad_request' };
}

/** The state that a status code stands for, in answers to `sms/status` and in callbacks. */
export function readDeliveryCode(code: number): DeliveryState {
  if (code === 103 || code === 110) return 'delivered';
  if (code >= 100 && code <= 102) return 'pending';
  const verdict = verdicts.get(code);
  return verdict?.status === 'refused' ? 'failed' : 'unknown';
}
