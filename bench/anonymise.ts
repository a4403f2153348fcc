// Measures how well personal data are found, over a labelled set of made-up sentences; `--misses` lists what went wrong.
import { findingKinds } from '../src/domain/anonymise/finding.ts';
import { findPersonalData, knownIn } from '../src/domain/anonymise.ts';
import { complaint } from './complaint.ts';
import { measure, readSentence, type Tally } from './measure.ts';
import written from './sentences.json' with { type: 'json' };

const sentences = [...written.labelled, ...written.without].map(readSentence);
const { tallies, all, misses } = measure(sentences, complaint);

const share = (part: number, whole: number) => (whole === 0 ? '-' : (part / whole).toFixed(3));
const row = (of: Tally) => ({
  'must be certain': of.sure,
  recall: share(of.sureFound, of.sure),
  'may be doubtful': of.doubtful,
  'recall of those': share(of.doubtfulFound, of.doubtful),
  'exact extent': share(of.exact, of.sure + of.doubtful),
  'certain findings': of.certain,
  precision: share(of.certainRight, of.certain),
  'doubtful findings': of.asked,
  'precision of those': share(of.askedRight, of.asked),
});
const rows = findingKinds.flatMap((kind) => {
  const tally = tallies.get(kind);
  return tally ? [[kind, row(tally)]] : [];
});
console.log(`${written.labelled.length} sentences with personal data, ${written.without.length} without`);
console.table(Object.fromEntries([...rows, ['all', row(all)]]));

const known = knownIn(complaint);
const text = sentences.map((sentence) => sentence.text).join(' ');
const rounds = 20;
for (let warm = 0; warm < 3; warm++) findPersonalData(text, known);
const start = performance.now();
for (let round = 0; round < rounds; round++) findPersonalData(text, known);
const each = ((performance.now() - start) / rounds / text.length) * 1000;
console.log(`${each.toFixed(2)} ms per 1,000 characters`);

if (process.argv.includes('--misses')) {
  for (const { what, kind, stretch, text: sentence } of misses) {
    console.log(`${what}: ${kind} '${stretch}' in: ${sentence}`);
  }
}
