/** Where else members are helped, as callers hear it: the digits, and the groups in which they are spoken. */
export const contacts = {
  chika: { digits: '08118750400', groups: [4, 4, 3] },
  pandawa: { digits: '08118165165', groups: [4, 4, 3] },
  sms: { digits: '087775500400', groups: [4, 4, 4] },
} as const;
