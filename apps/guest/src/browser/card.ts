/** The card page beyond what `live.ts` does: an app on the home screen, no network, a lit code, notifications. */
import './live.ts';

const page = document.querySelector<HTMLElement>('[data-live-state]');
const home = location.pathname;

/** The browser's own question whether to install; it comes when the browser likes. */
interface InstallQuestion extends Event {
  prompt(): Promise<void>;
}

function offerInstall(): void {
  const button = document.getElementById('install');
  if (button === null) return;
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    button.hidden = false;
    button.onclick = () => {
      button.hidden = true;
      void (event as InstallQuestion).prompt();
    };
  });
  addEventListener('appinstalled', () => {
    button.hidden = true;
  });
}

/** What the page is made of, for the worker to keep. */
function parts(): string[] {
  const elements = document.querySelectorAll<HTMLImageElement | HTMLScriptElement>('img[src^="/"], script[src^="/"]');
  return [...new Set([...elements].map(({ src }) => src))];
}

async function keepOffline(workerUrl: string): Promise<void> {
  try {
    const registration = await navigator.serviceWorker.register(workerUrl, { scope: home });
    // `ready` would wait for a worker of this page, which a page opened for the first time has only now.
    const worker = registration.active ?? registration.waiting ?? registration.installing;
    worker?.postMessage({ keep: parts() });
    navigator.serviceWorker.addEventListener('message', () => document.dispatchEvent(new Event('visibilitychange')));
    if (page !== null) watchNotices(registration);
  } catch {
    // A private window, or a phone without room: the page is a page like any other.
  }
}

/** Says how old the page is as soon as the network is gone. The page cannot know whether it came from the worker. */
function watchNetwork(): void {
  const notice = document.getElementById('stale');
  if (notice === null) return;
  const show = (gone: boolean) => () => {
    notice.hidden = !gone;
  };
  addEventListener('offline', show(true));
  addEventListener('online', show(false));
  document.addEventListener('card:unreachable', show(true));
  document.addEventListener('card:reached', show(false));
  notice.hidden = navigator.onLine;
}

interface WakeLocks {
  readonly wakeLock?: { request(kind: 'screen'): Promise<{ release(): Promise<void> }> };
}

/** The screen stays on while the code is shown: a queue is longer than a phone's patience. */
function keepLit(): void {
  const { wakeLock } = navigator as unknown as WakeLocks;
  let lock: Promise<{ release(): Promise<void> } | undefined> | undefined;
  const look = (): void => {
    const open = location.hash === '#code' && !document.hidden;
    if (open) lock ??= wakeLock?.request('screen').catch(() => undefined);
    else {
      void lock?.then((held) => held?.release());
      lock = undefined;
    }
  };
  addEventListener('hashchange', look);
  document.addEventListener('visibilitychange', look);
  look();
}

/** The button says what it would do; what is not possible here is not offered, and an iPhone is told what is missing. */
function watchNotices(registration: ServiceWorkerRegistration): void {
  const section = document.getElementById('push');
  const button = section?.querySelector('button');
  if (section === null || button == null) return;
  const { key = '', url = '', on = '', off = '' } = section.dataset;
  const show = (name: string): void => {
    section.hidden = false;
    for (const one of section.querySelectorAll<HTMLElement>('[data-when]')) one.hidden = one.dataset.when !== name;
  };
  if (!('PushManager' in window) || !('Notification' in window)) {
    // Safari has it on the home screen only, from iOS 16.4.
    if (section.dataset.needsHome !== undefined) show('home');
    return;
  }
  const draw = async (): Promise<PushSubscription | null> => {
    const subscription = await registration.pushManager.getSubscription();
    button.textContent = subscription === null ? on : off;
    button.hidden = Notification.permission === 'denied';
    show(Notification.permission === 'denied' ? 'denied' : subscription === null ? 'off' : 'on');
    return subscription;
  };
  const send = async (method: string, body: unknown): Promise<void> => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(url, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(String(answer.status));
  };
  const change = async (): Promise<void> => {
    const subscription = await draw();
    if (subscription !== null) {
      await send('DELETE', { endpoint: subscription.endpoint });
      await subscription.unsubscribe();
    } else if ((await Notification.requestPermission()) === 'granted') {
      const made = await registration.pushManager.subscribe({
        userVisibleOnly: true,
        applicationServerKey: bytes(key),
      });
      // What the server does not know would never ring.
      await send('POST', made.toJSON()).catch(async () => {
        await made.unsubscribe();
        throw new Error('not taken');
      });
    }
  };
  button.addEventListener('click', () => {
    button.setAttribute('aria-disabled', 'true');
    void change()
      .then(draw, () => show('failed'))
      .then(() => button.removeAttribute('aria-disabled'));
  });
  void draw();
}

function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(text, (one) => one.charCodeAt(0));
}

function offerCopying(): void {
  for (const button of document.querySelectorAll<HTMLElement>('[data-copy]')) {
    button.hidden = navigator.clipboard === undefined;
    button.addEventListener('click', () => {
      void navigator.clipboard.writeText(button.dataset.copy ?? '').then(() => {
        button.textContent = button.dataset.copied ?? '';
      });
    });
  }
}

watchNetwork();
keepLit();
offerInstall();
offerCopying();
const workerUrl = page?.dataset.worker;
if (workerUrl !== undefined && 'serviceWorker' in navigator) void keepOffline(workerUrl);
