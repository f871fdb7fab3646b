import '@fontsource-variable/atkinson-hyperlegible-next/wght.css';
import { createRoot } from 'react-dom/client';
import './look.css';
import './phone.css';
import './numbers.css';
import './map.css';
import './inside.css';
import { Console } from './Console.tsx';

createRoot(document.getElementById('page')!).render(<Console />);
