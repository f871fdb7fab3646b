import '@fontsource-variable/atkinson-hyperlegible-next/wght.css';
import { createRoot } from 'react-dom/client';
import './look.css';
import './phone/phone.css';
import './phone/numbers.css';
import './map/map.css';
import './inside/inside.css';
import { Console } from './Console.tsx';

createRoot(document.getElementById('page')!).render(<Console />);
