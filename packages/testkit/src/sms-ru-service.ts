/** What sms.ru does with each call: two levels of codes, everything inside HTTP 200. */
import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import { report } from './sms-ru-reports.ts';
import { countParts, describeCode, outcomeOf, type SmsOutcome } from './sms-ru-rules.ts';
import type { Message, State } from './sms-ru-state.ts';

type Form = URLSearchParams;
/** An envelope, an HTTP failure, or silence. */
export type Reply = { readonly body: Record<string, unknown> } | { readonly httpStatus: number } | 'silence';

const mostRecipients = 100;
const repeatSeconds = 60;
const callKopecks = 40n;

const bad = (code: number): Reply => ({
  body: { status: 'ERROR', status_code: code, status_text: describeCode(code) },
});
const good = (fields: Record<string, unknown> = {}): Reply => ({
  body: { status: 'OK', status_code: 100, ...fields },
});
const toRoubles = (kopecks: bigint) => Number(kopecks) / 100;

/** The reply to one call, by the method in its path. */
export function decide(state: State, method: string, form: Form, httpMethod: string | undefined): Reply {
  const failure = state.failures.shift();
  if (failure !== undefined) return 'code' in failure ? bad(failure.code) : failure;
  if (!isKey(form.get('api_id') ?? '', state.options.apiId)) return bad(301);
  switch (method) {
    case 'auth/check':
      return good();
    case 'my/balance':
      return good({ balance: toRoubles(state.balance) });
    case 'my/limit':
      return good({ total_limit: 1000, used_today: state.messages.size });
    case 'sms/send':
      return send(state, form, httpMethod);
    case 'sms/cost':
      return cost(state, form);
    case 'sms/status':
      return status(state, form);
    case 'code/call':
      return makeCall(state, form);
    case 'callback/add':
      return addCallback(state, form.get('url') ?? '');
    case 'callback/del':
      return state.callbacks.delete(form.get('url') ?? '') ? good({ callback: [...state.callbacks] }) : bad(902);
    case 'callback/get':
      return good({ callback: [...state.callbacks] });
    default:
      return bad(211);
  }
}

function isKey(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

function addCallback(state: State, url: string): Reply {
  if (!/^https?:\/\/\S+$/.test(url) || state.callbacks.size >= 10) return bad(901);
  state.callbacks.add(url);
  return good({ callback: [...state.callbacks] });
}

/** Recipients with their texts, from `to`+`msg` (alias `text`) or from `to[phone]`. */
function readRecipients(form: Form): [phone: string, text: string][] {
  const own = [...form].flatMap(([name, value]): [string, string][] => {
    const phone = /^to\[(\d+)\]$/.exec(name)?.[1];
    return phone === undefined ? [] : [[phone, value]];
  });
  if (own.length > 0) return own;
  const text = form.get('msg') ?? form.get('text') ?? '';
  const phones = (form.get('to') ?? '').split(',').map((phone) => phone.trim());
  return phones.filter((phone) => phone !== '').map((phone) => [phone, text]);
}

function send(state: State, form: Form, httpMethod: string | undefined): Reply {
  const recipients = readRecipients(form);
  if (recipients.length === 0) return bad(202);
  if (recipients.length > mostRecipients) return bad(httpMethod === 'POST' ? 207 : 210);
  const items: Record<string, unknown> = {};
  for (const [phone, text] of recipients) {
    const outcome: SmsOutcome = state.options.outcomeByLastDigits ? outcomeOf(phone) : { kind: 'delivered' };
    if (outcome.kind === 'fails_once' && !state.failedOnce.has(phone)) {
      state.failedOnce.add(phone);
      return { httpStatus: 500 };
    }
    const item = sendOne(state, form, phone, text, outcome);
    if (outcome.kind === 'hangs_after_accepting' && item.status === 'OK') return 'silence';
    items[phone] = item;
  }
  return good({ sms: items, balance: toRoubles(state.balance) });
}

function sendOne(state: State, form: Form, phone: string, text: string, outcome: SmsOutcome): Record<string, unknown> {
  const code = findRefusal(state, phone, text, outcome);
  if (code !== undefined) return { status: 'ERROR', status_code: code, status_text: describeCode(code) };
  const id = `000000-${state.nextId++}`;
  const price = state.options.costKopecks * BigInt(countParts(text));
  if (form.get('test') !== '1') {
    state.balance -= price;
    const { from, ip } = Object.fromEntries(form);
    const optional = { ...(from === undefined ? {} : { from }), ...(ip === undefined ? {} : { ip }) };
    accept(state, { phone, text, ...optional, at: state.options.clock(), id, status: 100 }, outcome);
  }
  return { status: 'OK', status_code: 100, sms_id: id, cost: toRoubles(price).toFixed(2) };
}

/** sms.ru chooses the number that rings, and with it the code. A success has no code of the envelope. */
function makeCall(state: State, form: Form): Reply {
  const phone = form.get('phone') ?? '';
  const outcome: SmsOutcome = state.options.outcomeByLastDigits ? outcomeOf(phone) : { kind: 'delivered' };
  if (state.callRefusal !== undefined) return bad(state.callRefusal);
  if (!/^[1-9]\d{9,14}$/.test(phone)) return bad(202);
  if (outcome.kind === 'refused') return bad(outcome.code);
  if (state.balance < callKopecks) return bad(201);
  state.balance -= callKopecks;
  const code = String(randomInt(10_000)).padStart(4, '0');
  const id = `000000-${state.nextId++}`;
  const ip = form.get('ip');
  state.calls.push({ phone, code, ...(ip === null ? {} : { ip }), at: state.options.clock(), id });
  if (state.calls.length > state.options.remember) state.calls.shift();
  if (outcome.kind === 'hangs_after_accepting') return 'silence';
  const body = { status: 'OK', code, call_id: id, cost: toRoubles(callKopecks), balance: toRoubles(state.balance) };
  return { body };
}

function findRefusal(state: State, phone: string, text: string, outcome: SmsOutcome): number | undefined {
  if (!/^[1-9]\d{9,14}$/.test(phone)) return 202;
  if (text === '') return 203;
  if (countParts(text) > 8) return 205;
  if (outcome.kind === 'refused') return outcome.code;
  if (isRepeated(state, phone, text)) return 231;
  return state.balance < state.options.costKopecks * BigInt(countParts(text)) ? 201 : undefined;
}

const repeatKey = (phone: string, text: string) => `${phone} ${text}`;

function isRepeated(state: State, phone: string, text: string): boolean {
  const before = state.recent.get(repeatKey(phone, text));
  if (before === undefined) return false;
  const since = state.options.clock().subtract({ seconds: repeatSeconds });
  return Temporal.Instant.compare(before, since) > 0;
}

/** A map remembers the order of insertion: its first keys are the oldest. */
function forgetOldest(map: Map<string, unknown>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}

function accept(state: State, message: Message, outcome: SmsOutcome): void {
  state.messages.set(message.id, message);
  state.recent.delete(repeatKey(message.phone, message.text));
  state.recent.set(repeatKey(message.phone, message.text), message.at);
  forgetOldest(state.messages, state.options.remember);
  forgetOldest(state.recent, state.options.remember);
  for (const listener of state.listeners) listener({ ...message });
  const codes = outcome.kind === 'expired' ? [102, 104] : [102, 103];
  const reports = outcome.kind === 'disordered_callbacks' ? [103, 103, 102] : codes;
  state.options.schedule(state.options.deliverAfterMilliseconds, () => void report(state, message, reports));
}

function cost(state: State, form: Form): Reply {
  const recipients = readRecipients(form);
  if (recipients.length === 0) return bad(202);
  const items = recipients.map(([phone, text]) => {
    const parts = countParts(text);
    const price = toRoubles(state.options.costKopecks * BigInt(parts));
    return [phone, { status: 'OK', status_code: 100, cost: price, sms: parts }] as const;
  });
  const totalParts = items.reduce((sum, [, item]) => sum + item.sms, 0);
  const totalCost = toRoubles(state.options.costKopecks * BigInt(totalParts));
  return good({ sms: Object.fromEntries(items), total_cost: totalCost, total_sms: totalParts });
}

function status(state: State, form: Form): Reply {
  const ids = (form.get('sms_id') ?? '').split(',').filter((id) => id !== '');
  const items = ids.slice(0, mostRecipients).map((id) => {
    const message = state.messages.get(id);
    const code = message?.status ?? -1;
    const fields = { status_code: code, status_text: describeCode(code) };
    if (message === undefined) return [id, { status: 'ERROR', ...fields }];
    const price = toRoubles(state.options.costKopecks * BigInt(countParts(message.text)));
    return [id, { status: 'OK', ...fields, cost: price.toFixed(2) }];
  });
  return good({ sms: Object.fromEntries(items), balance: toRoubles(state.balance) });
}
