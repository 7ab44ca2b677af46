// Keeps the till's shell (page, script, style, fonts) so that it opens at once and without a network. Never keeps an answer of
// the API: points and sales are only what the server says now.
const version = '__SHELL_VERSION__';
const files = ['__SHELL_FILES__'];
const cacheName = `till-shell-${version}`;

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(cacheName)
      .then((cache) => cache.addAll(files.map((file) => new Request(file, { cache: 'reload' }))))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => names.filter((name) => name.startsWith('till-shell-') && name !== cacheName))
      .then((old) => Promise.all(old.map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const scope = new URL(self.registration.scope);
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname)) return;
  if (request.mode === 'navigate') {
    // The newest page when there is a network, the kept one when there is none.
    event.respondWith(fetch(request).catch(() => caches.match(scope.href, { cacheName })));
    return;
  }
  event.respondWith(caches.match(request, { cacheName }).then((kept) => kept ?? fetch(request)));
});
