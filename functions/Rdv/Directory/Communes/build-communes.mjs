// Writes communes.csv from the npm package @etalab/decoupage-administratif (MIT), which gathers the official geographic code (INSEE),
// the postcodes (La Poste) and the intercommunalities (DGCL). Run it once a year, when a new version of the package is out:
//
//   mkdir /tmp/communes && npm install --prefix /tmp/communes @etalab/decoupage-administratif@6.0.0
//   node functions/Rdv/Directory/Communes/build-communes.mjs /tmp/communes
//
// Rows, in the order of the file:
//   insee;name;postcodes;group;arrondissement;population;part_of
//   - a commune of today: part_of is empty; group is its EPT (inside the Métropole du Grand Paris) or its EPCI;
//   - a municipal arrondissement of Paris, Lyon or Marseille: part_of is the city;
//   - a former commune that people still name (déléguée, associée): insee, name and part_of only;
//   - a former INSEE code: insee and part_of only.
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
console.log(`${rows.length} rows, ${current.length} communes, ${arrondissements.length} arrondissements`)
