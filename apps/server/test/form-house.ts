import { randomUUID } from 'node:crypto';
import type { FormBody, FormView } from '@tessera/contract';
import { type Answer, call, codeFor, signIn, submit } from './scenarios/calls.ts';
import { newPhoneNumber, OWNER, startTestServer, type TestServer } from './server.ts';

export const plainForm: FormBody = {
  languages: ['ru', 'en'],
  name: 'line',
  fields: {
    firstName: 'required',
    lastName: 'optional',
    middleName: 'hidden',
    birthday: 'hidden',
    sex: 'hidden',
    email: 'hidden',
  },
  phone: 'code',
  uniqueEmail: false,
  questions: [],
  personalData: {},
  marketing: null,
  colours: 'house',
  known: 'keep',
};
export type FormChange = Omit<Partial<FormBody>, 'fields'> & { fields?: Partial<FormBody['fields']> };
export type Sent = Record<string, string>;
/** A guest after his registration, as the database has him. */
export type Registered = { attempt: string; phone: string; confirmed: Answer; guest: Record<string, string> };

/** A company whose owner makes forms, and guests who come by them. */
export async function startFormHouse(environment: Record<string, string> = {}) {
  const server: TestServer = await startTestServer(environment);
  const office = await signIn(server, OWNER);
  const api = (method: string, path: string, body?: unknown) =>
    call(server, { method, path: `/api/v1${path}`, body, headers: { ...office, 'accept-language': 'ru' } });
  const designs = await api('GET', '/designs');
  const designId = (designs.body.items as { designId: number }[])[0]!.designId;
  let made = 0;

  /** A new form, a little different from the plain one. */
  async function newForm(change: FormChange = {}): Promise<FormView> {
    made += 1;
    const body = { ...plainForm, ...change, fields: { ...plainForm.fields, ...change.fields } };
    const answer = await api('POST', '/forms', { formId: `form-${made}`, designId, body });
    if (answer.status !== 200) throw new Error(answer.text);
    return answer.body as unknown as FormView;
  }

  const page = (formId: string, language = 'ru') => call(server, { path: `/n/${formId}?lang=${language}` });
  const send = (formId: string, fields: Sent) =>
    submit(server, `/n/${formId}?lang=ru`, { attempt: randomUUID(), consent: 'on', ...fields });

  /** The whole way, with the code from the SMS. */
  async function register(formId: string, fields: Sent, query = ''): Promise<Registered> {
    const attempt = randomUUID();
    const phone = fields.phone ?? newPhoneNumber();
    const typed = { attempt, consent: 'on', name: 'Анна Белова', ...fields, phone: `+${phone}` };
    const sent = await submit(server, `/n/${formId}?lang=ru${query}`, typed);
    if (sent.status !== 303) throw new Error(`${sent.status} ${sent.text}`);
    await server.quiet();
    const confirmed = await submit(server, `/n/${formId}/${attempt}?lang=ru`, { code: codeFor(server, phone) });
    const [guest] = await server.query<Record<string, string>>(
      `select g.*, g.birthday::text as birthday, r.guid, r.outcome, r.source from registrations r
       join passes p on p.company_id = r.company_id and p.guid = r.guid
       join accounts a on a.company_id = p.company_id and a.account_id = p.account_id
       join guests g on g.company_id = a.company_id and g.guest_id = a.guest_id where r.attempt = $1`,
      [attempt],
    );
    return { attempt, phone, confirmed, guest: guest! };
  }

  return { server, office, api, designId, newForm, page, send, register };
}
export type FormHouse = Awaited<ReturnType<typeof startFormHouse>>;
