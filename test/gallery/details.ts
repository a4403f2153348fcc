// A complaint in a dialog, in each stage and state, for who may see it in full and for who sees its status.
import type { Person } from '../../src/domain/people.ts';
import { askedOf } from '../../src/domain/routing.ts';
import { administrator, colleague, coordinator, director, employee, organisation } from '../fixtures.ts';
import type { Life } from './complaints.ts';
import type { Makes } from './specimens.ts';

/** Who sees the status alone, or nothing. */
const outsiders: [name: string, title: string, life: Life, viewer: Person][] = [
  ['status-logger', 'The status, for who logged it and handed it on', 'manager', employee],
  ['status-concerned', 'The status, for whom it is about', 'manager', colleague],
  ['status-coordinator', 'The status, for who must appoint somebody', 'appointment', coordinator],
  ['status-director', 'The status, for a director who may reopen it', 'closed', director],
  ['none', 'For anybody else', 'fresh', administrator],
];

export const detailsSpecimens: Makes = async function* ({ desk, complaints }) {
  const open = (viewer: Person, life: Life, more = {}) =>
    desk.press(viewer, { verb: 'open-complaint', complaint: complaints[life].id, ...more });
  for (const [life, complaint] of Object.entries(complaints)) {
    const viewer =
      life === 'appointment' ? employee : (askedOf(complaint, organisation).at(-1) ?? complaint.handler);
    yield [`details-${life}`, `${life}, for ${viewer.name}`, await open(viewer, life as Life)];
  }
  yield ['details-older', 'Older steps', await open(director, 'planned', { page: 1 })];
  for (const [name, title, life, viewer] of outsiders)
    yield [`details-${name}`, title, await open(viewer, life)];
};
