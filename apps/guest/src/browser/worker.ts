/**
 * The card without a network, and its notifications. One worker for one card: its scope is the card's address, so two
 * cards on one phone know nothing of each other, and a notification carries no address.
 */

/** What this file uses of a worker; the types of pages and of workers cannot stand side by side. */
interface Worker {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly Tab[]>;
    openWindow(url: string): Promise<unknown>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: string, listener: (event: WorkerEvent) => void): void;
}
interface Tab {
  readonly url: string;
  focus(): Promise<unknown>;
  postMessage(message: unknown): void;
}
interface WorkerEvent extends Event {
  readonly request: Request;
  readonly data: { json(): unknown } & { readonly keep?: unknown };
  readonly notification: Notification;
  readonly oldSubscription?: PushSubscription | null;
  waitUntil(work: Promise<unknown>): void;
  respondWith(answer: Promise<Response>): void;
}

const worker = self as unknown as Worker;
/** The address of the card, `/c/<guid>`. */
const home = new URL(worker.registration.scope).pathname;
const STORE = `card:${home}`;
/** A phone in a cellar waits no longer than this before it shows what it has. */
const PATIENCE = 4000;
const KEPT_MAX = 20;

worker.addEventListener('install', (event) => {
  event.waitUntil(caches.open(STORE).then((store) => store.add(home)));
  void worker.skipWaiting();
});
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));

/** The page names what it is made of: scripts and pictures, all of them named by their contents. */
worker.addEventListener('message', (event) => {
  const { keep } = event.data;
  if (!Array.isArray(keep)) return;
  const wanted = keep.filter((one): one is string => typeof one === 'string').slice(0, KEPT_MAX);
  event.waitUntil(keepOnly(wanted));
});

async function keepOnly(wanted: readonly string[]): Promise<void> {
  const store = await caches.open(STORE);
  for (const { url } of await store.keys()) {
    if (new URL(url).pathname !== home && !wanted.includes(url)) await store.delete(url);
  }
  for (const url of wanted) if (!(await store.match(url))) await store.add(url).catch(() => undefined);
}

worker.addEventListener('fetch', (event) => {
  const { method, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== 'GET' || origin !== location.origin) return;
  if (pathname === home) event.respondWith(freshPage(event.request));
  else if (pathname.startsWith('/assets/')) event.respondWith(keptFile(event.request));
});

/** The page as it is now, else as it was seen last; in another language rather than not at all. */
async function freshPage(request: Request): Promise<Response> {
  const store = await caches.open(STORE);
  const kept = async (): Promise<Response | undefined> =>
    (await store.match(request)) ?? (await store.match(request, { ignoreSearch: true }));
  const asked = fetch(request).then(async (answer) => {
    if (answer.ok) await store.put(request, answer.clone());
    // A card that is gone must not live on in the phone.
    else if (answer.status === 404 || answer.status === 410) await caches.delete(STORE);
    return answer;
  });
  asked.catch(() => undefined);
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE));
  const first = await Promise.race([asked, late]).catch(() => undefined);
  // A server in trouble: what is kept says more than its error page.
  if (first !== undefined && first.status < 500) return first;
  return (await kept()) ?? first ?? asked;
}

async function keptFile(request: Request): Promise<Response> {
  const kept = await caches.open(STORE).then((store) => store.match(request));
  return kept ?? fetch(request);
}

interface News {
  readonly title: string;
  readonly body: string;
  readonly tag?: string;
}

worker.addEventListener('push', (event) => {
  const { title, body, tag } = event.data.json() as News;
  const icon = `${home}/icon-192.png`;
  // A newer word on the same thing takes the place of the older one, and is heard all the same.
  const again = tag === undefined ? {} : { tag, renotify: true };
  const shown = worker.registration.showNotification(title, { body, icon, ...again });
  event.waitUntil(Promise.all([shown, lookAgain()]));
});

/** Whoever opens the card after the notification finds what it spoke of, with or without a network. */
async function lookAgain(): Promise<void> {
  const answer = await fetch(home, { cache: 'no-store' }).catch(() => undefined);
  if (answer?.ok) await caches.open(STORE).then((store) => store.put(home, answer));
  for (const tab of await tabs()) tab.postMessage('changed');
}

const tabs = async (): Promise<readonly Tab[]> => {
  const all = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return all.filter(({ url }) => new URL(url).pathname === home);
};

worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(tabs().then(([tab]) => (tab === undefined ? worker.clients.openWindow(home) : tab.focus())));
});

/** The browser has changed the address of its push service: the server is told, else the card falls silent. */
worker.addEventListener('pushsubscriptionchange', (event) => {
  const options = event.oldSubscription?.options;
  if (options === undefined) return;
  const renewed = worker.registration.pushManager.subscribe(options).then((subscription) =>
    fetch(`${home}/push`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...subscription.toJSON(), replaces: event.oldSubscription?.endpoint }),
    }),
  );
  event.waitUntil(renewed);
});
