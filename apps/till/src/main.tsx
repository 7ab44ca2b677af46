import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { wakeSound } from './device/feedback.ts';
import '@tessera/look/tokens.css';
import '@tessera/look/sign.css';
import './styles/page.css';
import './styles/parts.css';
import './styles/screens.css';

const root = document.getElementById('till');
if (root === null) throw new Error('index.html has no #till');
createRoot(root).render(<App />);

for (const wake of ['pointerdown', 'keydown'] as const) addEventListener(wake, wakeSound, { passive: true });

if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  // Without it the till works the same, it only opens slower and not without a network.
  void navigator.serviceWorker.register(`${import.meta.env.BASE_URL}service-worker.js`).catch(() => undefined);
}
