import { sendCallback } from './callbacks.ts';
import { verifyJwt } from './jwt.ts';
import { find, insertResource } from './resources.ts';
import { type Account, type Body, GoogleError, type Kind, kinds, type State, type Stored } from './state.ts';

/** Longer addresses are cut off on the way, so the double refuses them at once. */
const JWT_CHARACTERS_MAX = 1_800;

/** The keys of a payload: `loyaltyClasses`, `loyaltyObjects`… */
const kindByKey = new Map<string, Kind>(kinds.map((kind) => [kind.endsWith('Class') ? `${kind}es` : `${kind}s`, kind]));

type Payload = { account: Account; entries: readonly { kind: Kind; body: Body }[] };

const refuse = (message: string) => new GoogleError(400, 'invalidJwt', message);

/** What Google's page shows for a link: the cards in it. Throws what Google refuses. */
export async function openSaveLink(state: State, jwt: string): Promise<Stored[]> {
  const { account, entries } = readPayload(state, jwt);
  const cards: Stored[] = [];
  for (const { kind, body } of entries) {
    const known = find(state, kind, String(body.id));
    // Classes come first: an object may need the one beside it. What exists already stays as it is.
    const stored = known ?? (await createFromLink(state, account, kind, body));
    if (kind.endsWith('Object')) cards.push(stored);
  }
  if (cards.length === 0) throw refuse('No objects in the payload.');
  return cards;
}

async function createFromLink(state: State, account: Account, kind: Kind, body: Body): Promise<Stored> {
  const names = Object.keys(body).filter((name) => name !== 'id' && name !== 'classId');
  if (names.length === 0) throw new GoogleError(404, 'resourceNotFound', `There is no ${kind} of this id.`);
  return insertResource(state, account, kind, body);
}

/** Somebody presses the button: the cards are his from now on, and their issuer hears of it. */
export function saveCards(state: State, cards: readonly Stored[], user: string): void {
  for (const card of cards) {
    const { body, holders } = card;
    if (body.state === 'INACTIVE' || body.state === 'EXPIRED') throw refuse('This pass is no longer valid.');
    const own = find(state, card.kind.replace('Object', 'Class') as Kind, String(body.classId));
    const alone = String(own?.body.multipleDevicesAndHoldersAllowedStatus ?? '').startsWith('ONE_USER');
    if (alone && holders.size > 0 && !holders.has(user)) throw refuse('This pass belongs to somebody else.');
  }
  for (const card of cards) {
    const isNew = !card.holders.has(user);
    card.holders.add(user);
    if (isNew) sendCallback(state, card, 'save');
  }
}

function readPayload(state: State, jwt: string): Payload {
  if (jwt.length > JWT_CHARACTERS_MAX) throw refuse(`The link is too long (${jwt.length}).`);
  const verified = verifyJwt(state, jwt);
  if (typeof verified === 'string') throw refuse(verified);
  const { account, claims } = verified;
  if (claims.aud !== 'google' || claims.typ !== 'savetowallet') throw refuse('Wrong aud or typ.');
  if (typeof claims.iat !== 'number') throw refuse('iat is missing.');
  const { origins, payload } = claims;
  const areOrigins =
    Array.isArray(origins) && origins.every((one) => URL.canParse(String(one)) && new URL(one).origin === one);
  if (origins !== undefined && !areOrigins) throw refuse('origins are not origins.');
  if (typeof payload !== 'object' || payload === null) throw refuse('payload is missing.');
  const entries = Object.entries(payload as Body).flatMap(([key, list]) => {
    const kind = kindByKey.get(key);
    if (!kind || !Array.isArray(list)) throw refuse(`Unknown in payload: ${key}.`);
    return (list as Body[]).map((body) => ({ kind, body }));
  });
  const issuers = new Set(entries.map(({ body }) => String(body.id).split('.')[0]!));
  if (issuers.size > 1) throw refuse('All passes of a link must be of one issuer.');
  for (const issuer of issuers)
    if (!account.issuers.has(issuer)) throw new GoogleError(403, 'permissionDenied', 'Not invited.');
  return { account, entries: entries.sort((left, right) => order(left.kind) - order(right.kind)) };
}

const order = (kind: Kind): number => (kind.endsWith('Class') ? 0 : 1);
