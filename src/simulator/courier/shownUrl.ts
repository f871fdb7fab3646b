/** An address as it may stand in a warning or a transcript: without the name and the password in it. */
export function shownUrl(address: string | URL): string {
  if (address === '') return 'the given document';
  const url = URL.parse(`${address}`);
  if (!url) return `${address}`;
  url.username = '';
  url.password = '';
  return url.href;
}
