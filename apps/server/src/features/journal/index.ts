export { forgetDevicesOf } from './forget.store.ts';
export { forgetOldEvents } from './forget-old-events.ts';
export { type Journal, type JournalHouse, noteEvent, openJournal, writeEvent } from './journal.ts';
export {
  type CardForm,
  cardForms,
  type EventCard,
  type EventDetail,
  type EventKind,
  eventKinds,
  familyOf,
  KEEP_DAYS,
  type NewEvent,
  networkOf,
  readSource,
} from './model.ts';
export {
  type EventCursor,
  type EventFilter,
  type StoredEvent,
  selectEvents as listEvents,
  selectKeepDays as keepDaysOf,
  upsertKeepDays as saveKeepDays,
} from './store.ts';
export { journalJobs } from './tasks.ts';
