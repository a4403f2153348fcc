// Measures how well personal data are found, over labelled sets of made-up sentences; `--misses` lists what went wrong.
import { findingKinds } from '../src/domain/anonymise/finding.ts';
import { findPersonalData, knownIn } from '../src/domain/anonymise.ts';
import { complaint } from './complaint.ts';
import heldOut from './held-out.json' with { type: 'json' };
import { measure, readSentence, type Tally } from './measure.ts';
import otherHand from './other-hand.json' with { type: 'json' };
import written from './sentences.json' with { type: 'json' };

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

function report(title: string, { labelled, without }: typeof written) {
  const sentences = [...labelled, ...without].map(readSentence);
  const { tallies, all, misses } = measure(sentences, complaint);
  const rows = findingKinds.flatMap((kind) => {
    const tally = tallies.get(kind);
    return tally ? [[kind, row(tally)]] : [];
  });
  console.log(`${title}: ${labelled.length} with personal data, ${without.length} without`);
  console.table(Object.fromEntries([...rows, ['all', row(all)]]));
  if (process.argv.includes('--misses')) {
    for (const { what, kind, stretch, text } of misses)
      console.log(`${what}: ${kind} '${stretch}' in: ${text}`);
  }
  return sentences;
}

const sentences = report('sentences the finder was written on', written);
report('written by another hand; what it showed became general rules', otherHand);
report(
  'written by a third hand, who never saw the finder; only that an address goes with its town came of it',
  heldOut,
);

const known = knownIn(complaint);
const text = sentences.map((sentence) => sentence.text).join(' ');
const rounds = 20;
for (let warm = 0; warm < 3; warm++) findPersonalData(text, known);
const start = performance.now();
for (let round = 0; round < rounds; round++) findPersonalData(text, known);
const each = ((performance.now() - start) / rounds / text.length) * 1000;
console.log(`${each.toFixed(2)} ms per 1,000 characters`);
