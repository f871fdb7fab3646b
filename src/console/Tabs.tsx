import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';

type Tab = { name: string; title: string; body: ReactNode };

/** Several sheets in one place, of which one is seen; the arrow keys leaf through them. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  const [seen, setSeen] = useState(tabs[0]!.name);
  const list = useRef<HTMLDivElement>(null);
  const leaf = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const at = (tabs.findIndex(({ name }) => name === seen) + step + tabs.length) % tabs.length;
    setSeen(tabs[at]!.name);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[at]?.focus();
  };
  return (
    <section className="sheets">
      <div role="tablist" aria-label={label} ref={list} onKeyDown={leaf} tabIndex={-1}>
        {tabs.map(({ name, title }) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`tab-${name}`}
            aria-selected={name === seen}
            aria-controls={`sheet-${name}`}
            tabIndex={name === seen ? 0 : -1}
            onClick={() => setSeen(name)}
          >
            {title}
          </button>
        ))}
      </div>
      {tabs.map(({ name, body }) => (
        <div key={name} role="tabpanel" id={`sheet-${name}`} aria-labelledby={`tab-${name}`} hidden={name !== seen}>
          {body}
        </div>
      ))}
    </section>
  );
}
