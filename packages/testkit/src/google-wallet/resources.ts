import { checkId, checkResource, picturesOf } from './rules.ts';
import { type Account, type Body, GoogleError, type Kind, milliseconds, type State, type Stored } from './state.ts';

const MESSAGES_KEPT = 10;
const NOTIFICATIONS_A_DAY = 3;
const DAY_MILLISECONDS = 86_400_000;
/** Kept by Google: what a caller writes into them is ignored. */
const READ_ONLY = ['version', 'hasUsers', 'hasLinkedDevice', 'classReference', 'kind', 'review'];

const missing = (kind: Kind) =>
  new GoogleError(404, kind.endsWith('Class') ? 'classNotFound' : 'resourceNotFound', 'Resource not found.');

const keyOf = (kind: Kind, id: string) => `${kind} ${id}`;
export const find = (state: State, kind: Kind, id: string): Stored | undefined => state.resources.get(keyOf(kind, id));

/** 403 for an issuer that has not invited this account, whether the resource exists or not. */
function authorise(account: Account, id: unknown): string {
  const issuer = checkId(id);
  if (!account.issuers.has(issuer)) throw new GoogleError(403, 'permissionDenied', 'Permission denied on the issuer.');
  return issuer;
}

export function getResource(state: State, account: Account, kind: Kind, id: string): Stored {
  authorise(account, id);
  const stored = find(state, kind, id);
  if (!stored) throw missing(kind);
  return stored;
}

export async function insertResource(state: State, account: Account, kind: Kind, given: Body): Promise<Stored> {
  authorise(account, given.id);
  const id = String(given.id);
  if (find(state, kind, id)) throw new GoogleError(409, 'existingResource', 'Resource already exists.');
  const stored: Stored = { kind, body: writable(given), version: 1, holders: new Set(), notifiedAt: [] };
  await check(state, account, stored.body, kind);
  // Two at once: the check has waited for pictures.
  if (find(state, kind, id)) throw new GoogleError(409, 'existingResource', 'Resource already exists.');
  review(stored, true);
  state.resources.set(keyOf(kind, id), stored);
  return stored;
}

export async function changeResource(
  state: State,
  account: Account,
  kind: Kind,
  id: string,
  { given, whole }: { given: Body; whole: boolean },
): Promise<Stored> {
  const before = getResource(state, account, kind, id);
  if (given.id !== undefined && given.id !== id) throw new GoogleError(400, 'invalid', 'The id cannot be changed.');
  if (kind.endsWith('Class') && before.body.reviewStatus !== undefined) checkReview(before, given, whole);
  const moved = given.classId !== undefined && given.classId !== before.body.classId;
  if (moved && state.options.classChange === 'refused') throw new GoogleError(400, 'invalid', 'classId is immutable.');
  const { notifyPreference, ...change } = writable(given);
  const body: Body = whole ? { ...change, id } : { ...before.body, ...change, id };
  await check(state, account, body, kind);
  const changed = JSON.stringify(before.body.loyaltyPoints) !== JSON.stringify(body.loyaltyPoints);
  before.body = body;
  before.version += 1;
  review(before, false);
  if (notifyPreference === 'NOTIFY_ON_UPDATE' && changed && mayNotify(state, before)) note(state, before);
  return before;
}

/** Adds a message to a resource; the fourth notification of a day is refused. */
export function addMessage(state: State, account: Account, kind: Kind, id: string, message: Body): Stored {
  const stored = getResource(state, account, kind, id);
  const { header, body, messageType = 'TEXT' } = message;
  if (!header || !body) throw new GoogleError(400, 'invalid', 'A message has a header and a body.');
  if (messageType !== 'TEXT' && messageType !== 'TEXT_AND_NOTIFY') {
    throw new GoogleError(400, 'invalid', 'Invalid messageType.');
  }
  if (messageType === 'TEXT_AND_NOTIFY') {
    if (!mayNotify(state, stored)) {
      throw new GoogleError(403, 'forbidden', 'QuotaExceededException: notification quota of this pass is exceeded.');
    }
    note(state, stored);
  }
  const before = (stored.body.messages ?? []) as Body[];
  stored.body = { ...stored.body, messages: [...before, { ...message, messageType }].slice(-MESSAGES_KEPT) };
  stored.version += 1;
  return stored;
}

export function listResources(state: State, account: Account, kind: Kind, query: URLSearchParams): Body {
  const isClass = kind.endsWith('Class');
  const owner = query.get(isClass ? 'issuerId' : 'classId') ?? '';
  if (owner === '') throw new GoogleError(400, 'required', isClass ? 'issuerId is required.' : 'classId is required.');
  authorise(account, isClass ? `${owner}.x` : owner);
  const limit = Number(query.get('maxResults') ?? 1_000);
  const all = [...state.resources.values()].filter(
    ({ kind: one, body }) =>
      one === kind && (isClass ? String(body.id).startsWith(`${owner}.`) : body.classId === owner),
  );
  const from = Number(query.get('token') ?? 0);
  const page = all.slice(from, from + limit);
  const next = from + limit < all.length ? { nextPageToken: String(from + limit) } : {};
  return {
    resources: page.map((one) => present(state, one)),
    pagination: { kind: 'walletobjects#pagination', resultsPerPage: page.length, ...next },
  };
}

/** A resource as it is answered: int64 as text, the class inside its object. */
export function present(state: State, { kind, body, version, holders }: Stored): Body {
  if (kind.endsWith('Class')) return { ...body, version: String(version) };
  const own = find(state, kind.replace('Object', 'Class') as Kind, String(body.classId));
  return {
    ...body,
    version: String(version),
    hasUsers: holders.size > 0,
    ...(own ? { classReference: { ...own.body, version: String(own.version) } } : {}),
  };
}

async function check(state: State, account: Account, body: Body, kind: Kind): Promise<void> {
  checkResource(state, kind, body);
  if (kind.endsWith('Object')) checkClassOf(state, account, kind, body);
  if (!state.options.fetchPictures) return;
  for (const uri of picturesOf(body)) await fetchPicture(state, uri);
}

function checkClassOf(state: State, account: Account, kind: Kind, { id, classId }: Body): void {
  if (authorise(account, classId) !== checkId(id)) {
    throw new GoogleError(400, 'invalid', 'Object and class must be of one issuer.');
  }
  const own = find(state, kind.replace('Object', 'Class') as Kind, String(classId));
  if (!own) throw new GoogleError(404, 'classNotFound', 'The class of this object does not exist.');
  if (own.body.reviewStatus === 'DRAFT' || own.body.reviewStatus === 'REJECTED') {
    throw new GoogleError(400, 'classNotApproved', 'The class of this object is not approved.');
  }
}

async function fetchPicture(state: State, uri: string): Promise<void> {
  if (state.pictures.has(uri)) return;
  const refused = new GoogleError(400, 'imageNotFetched', `The image could not be fetched: ${uri}`);
  const response = await fetch(uri, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
  if (!response?.ok || !response.headers.get('content-type')?.startsWith('image/')) throw refused;
  await response.arrayBuffer();
  state.pictures.add(uri);
}

/** An approved class that is changed must ask for review again, and nobody approves himself. */
function checkReview({ body }: Stored, given: Body, whole: boolean): void {
  const status = given.reviewStatus ?? (whole ? undefined : body.reviewStatus);
  if (status === 'DRAFT' && body.reviewStatus === 'DRAFT') return;
  if (status !== 'UNDER_REVIEW') {
    throw new GoogleError(400, 'invalidReviewStatus', 'Invalid review status: send UNDER_REVIEW to change this class.');
  }
}

/** What is sent for review is approved at once, until a test rejects it. Nobody brings an approval along. */
function review(stored: Stored, isNew: boolean): void {
  const { reviewStatus } = stored.body;
  if (isNew && reviewStatus !== undefined && reviewStatus !== 'UNDER_REVIEW' && reviewStatus !== 'DRAFT') {
    throw new GoogleError(400, 'invalidReviewStatus', 'A new class is DRAFT or UNDER_REVIEW.');
  }
  if (reviewStatus === 'UNDER_REVIEW') stored.body = { ...stored.body, reviewStatus: 'APPROVED' };
}

function writable(given: Body): Body {
  return Object.fromEntries(Object.entries(given).filter(([name]) => !READ_ONLY.includes(name)));
}

const recent = (state: State, { notifiedAt }: Stored): number[] =>
  notifiedAt.filter((at) => at > milliseconds(state) - DAY_MILLISECONDS);

const mayNotify = (state: State, stored: Stored): boolean => recent(state, stored).length < NOTIFICATIONS_A_DAY;

function note(state: State, stored: Stored): void {
  stored.notifiedAt = [...recent(state, stored), milliseconds(state)];
}
