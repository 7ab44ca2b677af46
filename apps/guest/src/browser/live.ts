/**
 * Keeps a page up to date: when the server says that something has changed, the page is fetched again and its `data-live`
 * elements are replaced. Listens to Server-Sent Events where the page names an address for them, else asks with an ETag.
 */
const SECOND = 1000;
/** Every 5 s at first, after ten minutes once a minute: a forgotten tab is no burden. */
const pause = (asked: number): number => (asked < 120 ? 5 : 60) * SECOND;

function watch(page: HTMLElement): void {
  const { liveEvents, liveState } = page.dataset;
  if (liveState === undefined) return;
  if (liveEvents !== undefined && 'EventSource' in window) {
    const source = new EventSource(liveEvents);
    let opened = false;
    // After a broken line something may have been missed: look again on every reopening.
    source.onopen = () => {
      if (opened) void refresh();
      opened = true;
    };
    source.onmessage = () => void refresh();
    source.addEventListener('change', () => void refresh());
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) poll(liveState);
    };
  } else poll(liveState);
}

function poll(address: string): void {
  let tag: string | null = null;
  let asked = 0;
  const ask = async (): Promise<void> => {
    asked += 1;
    try {
      const answer = await fetch(address, {
        cache: 'no-store',
        ...(tag === null ? {} : { headers: { 'If-None-Match': tag } }),
      });
      const next = answer.headers.get('ETag');
      if (answer.status === 200 && tag !== null && next !== tag) await refresh();
      if (answer.status === 200) tag = next;
      document.dispatchEvent(new Event('card:reached'));
    } catch {
      // No network now: the next round asks again.
      document.dispatchEvent(new Event('card:unreachable'));
    }
  };
  const round = (): void => {
    setTimeout(() => void (document.hidden ? Promise.resolve() : ask()).then(round), pause(asked));
  };
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) return;
    asked = 0;
    void ask();
  });
  void ask();
  round();
}

let running = false;
let again = false;

/** Fetches the page and replaces what has changed. Calls that come meanwhile become one more round. */
async function refresh(): Promise<void> {
  if (running) {
    again = true;
    return;
  }
  running = true;
  try {
    const answer = await fetch(location.href, { cache: 'no-store' });
    if (answer.ok) replace(new DOMParser().parseFromString(await answer.text(), 'text/html'));
  } catch {
    // The page keeps what it shows.
  }
  running = false;
  if (again) {
    again = false;
    await refresh();
  }
}

function replace(fresh: Document): void {
  const value = (root: ParentNode): string | null | undefined => root.querySelector('[data-live-value]')?.textContent;
  const moved = value(document) !== value(fresh);
  const firstNotice = document.querySelector('.t-notice')?.textContent;
  for (const old of document.querySelectorAll<HTMLElement>('[data-live]')) {
    const next = fresh.getElementById(old.id);
    if (next === null || next.innerHTML === old.innerHTML) continue;
    const held =
      document.activeElement instanceof HTMLElement && old.contains(document.activeElement)
        ? document.activeElement.id
        : '';
    old.innerHTML = next.innerHTML;
    if (held !== '') document.getElementById(held)?.focus();
  }
  showSharing();
  for (const form of document.querySelectorAll<HTMLFormElement>('[data-live] [data-quiet-post]'))
    form.addEventListener('submit', postQuietly);
  const notice = document.querySelector('.t-notice');
  if (notice !== null && notice.textContent !== firstNotice) notice.classList.add('new');
  if (moved) celebrate();
}

/** The two halves of the sign meet beside the new balance. */
function celebrate(): void {
  const place = document.querySelector('.balance-sign');
  place?.classList.add('met');
  place?.querySelector('.t-sign')?.classList.add('t-sign-closing');
}

/** Buttons of the demo phone act without leaving the page; if that fails, the form is sent as usual. */
async function postQuietly(event: SubmitEvent): Promise<void> {
  const form = event.currentTarget;
  if (!(form instanceof HTMLFormElement)) return;
  event.preventDefault();
  const button = event.submitter ?? form.querySelector('button');
  button?.setAttribute('aria-disabled', 'true');
  try {
    const body = new URLSearchParams();
    for (const [key, value] of new FormData(form, event.submitter))
      if (typeof value === 'string') body.append(key, value);
    const answer = await fetch(form.action, { method: 'POST', body });
    if (!answer.ok) throw new Error(String(answer.status));
    await refresh();
  } catch {
    form.submit();
  }
  button?.removeAttribute('aria-disabled');
}

/** Sends the link by whatever the phone has for it, else copies it. The button is of use only with this script. */
async function share(button: HTMLElement): Promise<void> {
  const { share: url = '', shareText: text = '', copied = '' } = button.dataset;
  try {
    if (typeof navigator.share === 'function') await navigator.share({ url, text });
    else {
      await navigator.clipboard.writeText(url);
      button.textContent = copied;
    }
  } catch {
    // Closed without sending, or forbidden: the link stands above the button.
  }
}

function showSharing(): void {
  // Without https there is neither a share sheet nor a clipboard.
  const able = typeof navigator.share === 'function' || isSecureContext;
  for (const button of document.querySelectorAll<HTMLElement>('[data-share]')) button.hidden = !able;
}

showSharing();
document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-share]') : null;
  if (button !== null) void share(button);
});

const page = document.querySelector<HTMLElement>('[data-live-state]');
if (page !== null) watch(page);
for (const form of document.querySelectorAll<HTMLFormElement>('[data-quiet-post]'))
  form.addEventListener('submit', postQuietly);
