import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { virtualClock } from '../../src/simulator/clock.ts';
import { network } from '../../src/simulator/network.ts';
import { dial as dialAt } from '../../src/simulator/phone.ts';
import type { CalleeAnswer } from '../../src/simulator/telephone.ts';
import { desk } from './application.ts';
import { clinic } from './applications/clinic.ts';
import { cookieSurvey } from './applications/cookieSurvey.ts';
import { guessTheNumber } from './applications/guessTheNumber.ts';

async function running(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('an application of web pages, redirects and empty Redirects', () => {
  test('is played to its end, with a silence in between', async () => {
    const url = await running(guessTheNumber(4));
    const phone = await dialAt(`${url}/voice`, desk);
    await phone.press('7');
    await phone.hear(/Lower/);
    await phone.stayQuiet();
    await phone.hear(/Lower/);
    await phone.press('2');
    await phone.hear(/Higher/);
    await phone.press('4');
    await phone.hear(/Right, after 3 tries/);
    await phone.waitUntilSilence();
    expect(phone.isOver).toBe(true);
    expect(phone.warnings).toEqual([]);
  });
});

describe('an application that remembers in cookies and is its own action', () => {
  test('knows what was answered before, call by call', async () => {
    const { server, answered } = cookieSurvey();
    const url = await running(server);
    for (const [all, children] of [
      ['5', '3'],
      ['12', '0'],
    ] as const) {
      const phone = await dialAt(`${url}/survey/`, desk);
      await phone.hear(/How many are you/);
      await phone.press('9#');
      await phone.press('*#');
      await phone.hear(/How many are you/);
      await phone.press(`${all}#`);
      await phone.press(`${children}#`);
      await phone.hear(/Thank you/);
      await phone.hear(/Goodbye/);
      await phone.waitUntilSilence();
      expect([phone.isOver, phone.warnings]).toEqual([true, []]);
    }
    expect(answered).toEqual([
      ['5', '3'],
      ['12', '0'],
    ]);
  });

  test('goes on behind the Gather where nobody answers', async () => {
    const url = await running(cookieSurvey().server);
    const phone = await dialAt(`${url}/survey/`, desk);
    await phone.stayQuiet();
    await phone.hear(/Nobody there/);
    await phone.waitUntilSilence();
    expect(phone.isOver).toBe(true);
  });
});

describe('an application with a queue and a whisper, on the official library', () => {
  const dial = async () => {
    const url = await running(clinic(desk.authToken));
    const exchange = network({ clock: virtualClock(0) });
    return (path: string, otherEnd?: CalleeAnswer) =>
      dialAt(`${url}${path}`, { ...desk, network: exchange, ...(otherEnd && { otherEnd }) });
  };

  test('a patient waits, and a nurse takes the call', async () => {
    const patients = await dial();
    const patient = await patients('/voice');
    await patient.press('1');
    await patient.hear(/You are number 1/);
    const nurse = await patients('/nurse');
    await patient.hear(/A nurse is here/);
    await nurse.hangUp({ talkedMs: 60_000 });
    await patient.hear(/The queue says bridged/);
    expect([...patient.warnings, ...nurse.warnings]).toEqual([]);
  });

  test('the doctor hears who calls before the patient hears the doctor', async () => {
    const patient = await (await dial())('/voice', { answers: true, talksForMs: 30_000, presses: '5' });
    await patient.press('2');
    await patient.hear(/The doctor: completed/);
    const [doctor] = patient.telephone.callees;
    expect(doctor!.events.flatMap((event) => (event.type === 'says' ? [event.text] : []))).toEqual([
      'A patient calls. Press any key.',
      'Go ahead.',
    ]);
  });

  test('a doctor who does not press a key has not taken the call', async () => {
    const patient = await (await dial())('/voice', { answers: true, talksForMs: 30_000 });
    await patient.press('2');
    await patient.hear(/The doctor: no-answer/);
    expect(patient.warnings).toEqual([]);
  });
});
