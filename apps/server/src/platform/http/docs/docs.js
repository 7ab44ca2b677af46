// Calls the methods of the page. Tokens live in these variables alone: they are stored nowhere and go with the tab.
const words = JSON.parse(document.body.dataset.words);
let session = null;

const tokenForm = document.querySelector('form[data-way="token"]');
const loginForm = document.querySelector('form[data-way="login"]');
const refreshButton = document.querySelector('[data-refresh]');

/** The header of the way that was used last. */
function accessHeaders() {
  const token = tokenForm.elements.token.value.trim();
  if (session) return { authorization: `Bearer ${session.accessToken}` };
  if (!token) return null;
  return tokenForm.elements.as.value === 'bearer' ? { authorization: `Bearer ${token}` } : { 'x-api-token': token };
}

async function post(path, body) {
  const headers = { 'content-type': 'application/json', 'accept-language': document.documentElement.lang };
  return fetch(path, { method: 'POST', headers, body: JSON.stringify(body), credentials: 'omit' });
}

async function keepSession(answer, output) {
  if (answer.ok) session = await answer.json();
  else session = null;
  refreshButton.hidden = session === null;
  output.value = session ? words.signedIn : words.refused.replace('{status}', String(answer.status));
}

// A token that is typed in is what is meant from then on.
tokenForm.addEventListener('input', () => {
  session = null;
  refreshButton.hidden = true;
});
tokenForm.addEventListener('submit', (event) => event.preventDefault());

loginForm.addEventListener('submit', async (event) => {
  event.preventDefault();
  const { login, password } = loginForm.elements;
  const output = loginForm.querySelector('output');
  output.value = words.sending;
  const asked = post('/api/v0/auth/login', { login: login.value, password: password.value });
  await asked
    .then((answer) => keepSession(answer, output))
    .catch(() => {
      output.value = words.failed;
    });
});

refreshButton.addEventListener('click', async () => {
  const output = loginForm.querySelector('output');
  const asked = post('/api/v0/auth/refresh_token', { refreshToken: session?.refreshToken });
  await asked
    .then((answer) => keepSession(answer, output))
    .catch(() => {
      output.value = words.failed;
    });
});

for (const form of document.querySelectorAll('form[data-call]')) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send(form);
  });
}

async function send(form) {
  const [output, shown] = [form.querySelector('output'), form.querySelector('pre')];
  const access = form.dataset.open ? {} : accessHeaders();
  shown.hidden = true;
  if (!access) {
    output.value = words.noToken;
    return;
  }
  let body;
  try {
    body = JSON.parse(form.elements.body.value || '{}');
  } catch {
    output.value = words.badJson;
    return;
  }
  output.value = words.sending;
  const started = performance.now();
  try {
    const answer = await fetch(...requestOf(form, body, access));
    const text = await answer.text();
    output.value = `${answer.status} · ${Math.round(performance.now() - started)} ms`;
    shown.textContent = pretty(text);
    shown.hidden = false;
  } catch {
    output.value = words.failed;
  }
}

function requestOf(form, body, access) {
  const headers = { ...access, 'accept-language': document.documentElement.lang };
  const path = form.dataset.call;
  if (form.elements.verb.value === 'GET') {
    const pairs = Object.entries(body).map(([name, value]) => [name, String(value)]);
    const query = new URLSearchParams(pairs).toString();
    return [query ? `${path}?${query}` : path, { headers, credentials: 'omit' }];
  }
  const json = { ...headers, 'content-type': 'application/json' };
  const method = form.elements.verb.value;
  return [path, { method, headers: json, body: JSON.stringify(body), credentials: 'omit' }];
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
