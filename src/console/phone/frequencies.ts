/** The two frequencies of each key, in hertz (ITU-T Q.23): that of its row and that of its column. */
const rows = [697, 770, 852, 941];
const columns = [1209, 1336, 1477];
const keys = ['123', '456', '789', '*0#'];

/** The pair of frequencies that a key sounds with. */
export function frequenciesOf(key: string): [number, number] {
  const row = keys.findIndex((line) => line.includes(key));
  return [rows[row]!, columns[keys[row]!.indexOf(key)]!];
}
