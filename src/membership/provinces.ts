/** A province as the first two digits of a NIK name it; `share` is its part of the population, in thousandths. */
type Province = { code: string; name: string; share: number };

/** The 38 provinces. Shares are rounded and only make an invented population plausible. */
export const provinces: readonly Province[] = [
  { code: '11', name: 'Aceh', share: 20 },
  { code: '12', name: 'Sumatera Utara', share: 55 },
  { code: '13', name: 'Sumatera Barat', share: 20 },
  { code: '14', name: 'Riau', share: 24 },
  { code: '15', name: 'Jambi', share: 13 },
  { code: '16', name: 'Sumatera Selatan', share: 31 },
  { code: '17', name: 'Bengkulu', share: 7 },
  { code: '18', name: 'Lampung', share: 33 },
  { code: '19', name: 'Kepulauan Bangka Belitung', share: 5 },
  { code: '21', name: 'Kepulauan Riau', share: 8 },
  { code: '31', name: 'DKI Jakarta', share: 39 },
  { code: '32', name: 'Jawa Barat', share: 178 },
  { code: '33', name: 'Jawa Tengah', share: 135 },
  { code: '34', name: 'DI Yogyakarta', share: 14 },
  { code: '35', name: 'Jawa Timur', share: 150 },
  { code: '36', name: 'Banten', share: 44 },
  { code: '51', name: 'Bali', share: 16 },
  { code: '52', name: 'Nusa Tenggara Barat', share: 20 },
  { code: '53', name: 'Nusa Tenggara Timur', share: 20 },
  { code: '61', name: 'Kalimantan Barat', share: 20 },
  { code: '62', name: 'Kalimantan Tengah', share: 10 },
  { code: '63', name: 'Kalimantan Selatan', share: 15 },
  { code: '64', name: 'Kalimantan Timur', share: 14 },
  { code: '65', name: 'Kalimantan Utara', share: 3 },
  { code: '71', name: 'Sulawesi Utara', share: 10 },
  { code: '72', name: 'Sulawesi Tengah', share: 11 },
  { code: '73', name: 'Sulawesi Selatan', share: 34 },
  { code: '74', name: 'Sulawesi Tenggara', share: 10 },
  { code: '75', name: 'Gorontalo', share: 4 },
  { code: '76', name: 'Sulawesi Barat', share: 5 },
  { code: '81', name: 'Maluku', share: 7 },
  { code: '82', name: 'Maluku Utara', share: 5 },
  { code: '91', name: 'Papua', share: 4 },
  { code: '92', name: 'Papua Barat', share: 2 },
  { code: '93', name: 'Papua Selatan', share: 2 },
  { code: '94', name: 'Papua Tengah', share: 5 },
  { code: '95', name: 'Papua Pegunungan', share: 5 },
  { code: '96', name: 'Papua Barat Daya', share: 2 },
];

/** Codes of provinces that are gone, but live on in NIKs: 54 was East Timor. */
const formerProvinceCodes: readonly string[] = ['54'];

const known = new Set([...provinces.map((province) => province.code), ...formerProvinceCodes]);

/** Whether a NIK may begin with this code. */
export const isProvinceCode = (code: string): boolean => known.has(code);
