import { join } from 'node:path';
import { expect, test } from 'vitest';
import { callflows, firstFlow } from '../../callflows/index.ts';

import { pictures } from '../../src/desk/pictures.ts';
import { diagram } from './diagram.ts';

const introduction = `# The call flows

Written by \`npm test -- -u\` from the machines beside this page; a test keeps the two equal.

A call begins in \`${firstFlow}\`. \`?\` is a question to the caller, \`⚙\` a question to the membership service, \`☎\` an
officer's telephone, \`➜\` another flow. Digits, \`*\` and \`#\` on an arrow are keys; \`number\` is a number that was typed.

What every question hears besides is not drawn: **0** an officer, **8** the other language, **9** the same again, and
**#** too at a menu; another key or silence: said so, and asked again. The third time in a row an officer takes over.
Who is silent three times hears good-bye, where something was told or no officer has picked up before.
`;

test('the diagrams show the flows as they are', async () => {
  const flows = Object.entries(callflows).map(([name, flow]) => {
    const about = flow.config.description ? `${flow.config.description}\n\n` : '';
    return `## ${name}\n\n${about}\`\`\`mermaid\n${diagram(pictures[name]!)}\n\`\`\`\n`;
  });
  await expect([introduction, ...flows].join('\n')).toMatchFileSnapshot(
    join(import.meta.dirname, '../../callflows/README.md'),
  );
});
