import { Fault } from '../fault.ts';

/** The faults of a configuration, one readable line each. */
export class ConfigFault extends Fault {
  override name = 'ConfigFault';
  readonly lines: string[];
  constructor(lines: string[]) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}
