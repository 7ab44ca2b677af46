import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { wakeSound } from './device/feedback.ts';
import { Stumbled } from './screens/Stumbled.tsx';
import '@tessera/look/tokens.css';
import '@tessera/look/sign.css';
import './styles/page.css';
import './styles/parts.css';
import './styles/screens.css';
import './styles/counter.css';

const container = document.getElementById('till');
if (container === null) throw new Error('index.html has no #till');
createRoot(container, {
  // A defect must not leave a cashier before an empty page.
  onUncaughtError(error) {
    console.error(error);
    const place = document.createElement('div');
    container.replaceChildren(place);
    createRoot(place).render(<Stumbled />);
  },
}).render(<App />);

for (const wake of ['pointerdown', 'keydown'] as const) addEventListener(wake, wakeSound, { passive: true });

if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  // Without it the till works the same, it only opens slower and not without a network.
  void navigator.serviceWorker.register(`${import.meta.env.BASE_URL}service-worker.js`).catch(() => undefined);
}
