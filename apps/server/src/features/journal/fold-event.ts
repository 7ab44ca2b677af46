import { createHash } from 'node:crypto';
import { type EventRow, foldKeyOf, hourOf, type NewEvent } from './model.ts';

/** The row that an event is, or is counted into. Of several in an hour the first one's details stay. */
export function foldEvent(event: NewEvent, now: Temporal.Instant): EventRow {
  const { card, accountId, formId, platform, source, detail = {} } = event;
  const at = now.toString();
  const row = {
    hour: hourOf(now).toString(),
    kind: event.kind,
    passId: card?.passId ?? null,
    designId: card?.designId ?? null,
    accountId: card?.accountId ?? accountId ?? null,
    formId: formId ?? null,
    platform: platform ?? null,
    source: source ?? null,
    detail,
  };
  return { ...row, fold: foldOf(foldKeyOf(row)), at, lastAt: at, count: 1 };
}

/** 128 bits, written as a uuid: PostgreSQL keeps it in sixteen bytes. */
function foldOf(key: string): string {
  const hex = createHash('sha256').update(key).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
