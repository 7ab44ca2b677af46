/** Status reports of the sms.ru fake: signed, repeated until the answer is `100`. */
import { createHash } from 'node:crypto';
import type { Message, State } from './sms-ru-state.ts';

/** Sets the state of a message and posts one signed report with all `codes` to every address. */
export async function report(state: State, message: Message, codes: readonly number[]): Promise<void> {
  message.status = codes.includes(103) ? 103 : (codes.at(-1) ?? message.status);
  if (state.stopped) return;
  const seconds = Math.floor(state.options.clock().epochMilliseconds / 1000);
  const entries = codes.map((code) => `sms_status\n${message.id}\n${code}\n${seconds}`);
  const form = new URLSearchParams(entries.map((entry, index) => [`data[${index}]`, entry]));
  form.set('hash', signEntries(state.options.apiId, entries));
  for (const url of state.callbacks) await postReport(state, url, form, 3);
}

/** Posts until the answer is exactly `100`, a few times; the real one goes on for days. */
async function postReport(state: State, url: string, body: URLSearchParams, tries: number): Promise<void> {
  const answer = await fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(5000) }).then(
    (response) => response.text(),
    () => 'no answer',
  );
  state.callbackAnswers = [...state.callbackAnswers, answer].slice(-1000);
  if (answer === '100' || tries <= 1 || state.stopped) return;
  state.options.schedule(state.options.deliverAfterMilliseconds, () => void postReport(state, url, body, tries - 1));
}

/** The `hash` of a status report: SHA-256 of the key followed by all entries. */
export function signEntries(apiId: string, entries: readonly string[]): string {
  return createHash('sha256')
    .update(apiId + entries.join(''))
    .digest('hex');
}
