import './app/styles.ts';
import { createRoot } from 'react-dom/client';
import { Application } from './app/application.tsx';
import { startLanguage } from './app/language.ts';
import { showStoredTheme } from './app/theme-choice.ts';

showStoredTheme();
await startLanguage();
const place = document.getElementById('root');
if (place) createRoot(place).render(<Application />);
