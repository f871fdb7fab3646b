import type { Locator, Page } from 'playwright-core';

/** What a visitor of the page sees and touches of its telephone, by the names that are read out. */
export function telephoneOn(page: Page) {
  const phone = page.getByRole('region', { name: 'Telepon' });
  const keypad = phone.getByRole('group', { name: 'Tombol' });
  const callButton = phone.getByRole('button', { name: /^Telepon (1500|lagi)/ });
  const hangUpButton = phone.getByRole('button', { name: 'Tutup' });
  const isOver = () => phone.getByText('Panggilan selesai').first().waitFor();
  return {
    phone,
    keypad,
    callButton,
    hangUpButton,
    isOver,
    transcript: phone.getByRole('list', { name: 'Isi panggilan' }),
    lost: phone.getByRole('alert').filter({ hasText: 'terputus' }),
    officer: phone.getByRole('group', { name: 'Telepon petugas berdering' }),
    typed: phone.locator('.typed'),
    /** Waits until the line begins to say this, as a screen reader is told. */
    hears: (words: string | RegExp) =>
      phone.locator('[aria-live=polite]').filter({ hasText: words }).waitFor({ state: 'attached' }),
    async press(keys: string) {
      for (const key of keys) await keypad.getByRole('button', { name: new RegExp(`^${RegExp.escape(key)}`) }).click();
    },
    /** The same by the computer's keyboard, which takes less time. */
    type: (keys: string) => page.keyboard.type(keys),
    async hangUp() {
      await hangUpButton.click();
      await isOver();
    },
  };
}

/** The flow that is seen on the map, and the state that is lit in it. */
export async function litOn(page: Page): Promise<string> {
  const map = page.getByRole('region', { name: 'Peta' });
  const flow = await map.getByRole('navigation').locator('[aria-current=true]').innerText();
  const label = await map.locator('[aria-current=step]').getAttribute('aria-label');
  return `${flow}: ${label?.split(',')[0]}`;
}

/** The sheet with the list of calls, brought to the top. */
export async function callsOn(page: Page): Promise<Locator> {
  await page.getByRole('tab', { name: 'Panggilan' }).click();
  return page.getByRole('tabpanel', { name: 'Panggilan' });
}
