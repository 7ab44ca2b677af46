import type { Tenant } from '../../platform/database/index.ts';
import type { Request } from '../../platform/http/index.ts';
import { familyOf, type JournalHouse, networkOf, noteEvent, readSource } from '../journal/index.ts';
import { isRobot } from '../loyalty/index.ts';
import type { PassInTenant } from '../wallet/index.ts';
import { type Form, readInvite } from './model.ts';

type VisitedForm = { readonly tenant: Tenant; readonly form: Form };

/** Whoever came by a friend's link. */
const FRIEND = 'friend';

/** Where a visitor of a form comes from: the tag of the link or QR code (`?s=instagram`, also `?from=`), or a friend. */
export function sourceOf(request: Request): string | undefined {
  const { s, from, invite, touch } = request.query as Record<string, unknown>;
  const asText = (value: unknown) => (typeof value === 'string' ? value : '');
  return (
    readSource(s) ??
    readSource(from) ??
    (readInvite({ invite: asText(invite), touch: asText(touch) }).invite ? FRIEND : undefined)
  );
}

/** A person opened the form's link or QR code. Robots that draw previews in messengers are no visitors. */
export function noteFormOpened(house: JournalHouse, request: Request, opened: VisitedForm): void {
  const agent = request.headers['user-agent'] ?? '';
  if (request.method !== 'GET' || isRobot(agent)) return;
  const { tenant, form } = opened;
  const network = networkOf(request.ip);
  const detail = { ...familyOf(agent), ...(network ? { network } : {}) };
  noteEvent(house, tenant, { kind: 'link_opened', formId: form.formId, source: sourceOf(request), detail });
}

/** A person opened the page of a card: what it says, and how it comes into the phone. */
export function noteCardOpened(house: JournalHouse, request: Request, { tenant, pass }: PassInTenant): void {
  const agent = request.headers['user-agent'] ?? '';
  if (request.method !== 'GET' || isRobot(agent)) return;
  noteEvent(house, tenant, { kind: 'instruction_opened', card: pass, platform: 'web', detail: familyOf(agent) });
}
