import { ClaimsIdentity } from 'botframework-connector';
import { describe, expect, it } from 'vitest';
import { ChannelAuthentication } from '../../src/bot/authentication.ts';

const address = 'http://127.0.0.1:3979/';

/** The clients of the Bot Connector that two turns get, for these addresses. */
async function clientsFor(...addresses: string[]) {
  const made: object[] = [];
  const authentication = new ChannelAuthentication({ kind: 'none' }, (client) => made.push(client));
  const given = [];
  for (const each of addresses) {
    const factory = authentication.createConnectorFactory(new ClaimsIdentity([]));
    given.push(await factory.create(each, 'https://api.botframework.com'));
  }
  return { made, given };
}

describe('the clients of the Bot Connector', () => {
  it('are made once for each address', async () => {
    const { made, given } = await clientsFor(address, 'http://127.0.0.1:3980/', address);
    expect(made).toHaveLength(2);
    expect(given[2]).toBe(given[0]);
    expect(given[1]).not.toBe(given[0]);
  });

  it('are not given for an address that is not the Bot Connector’s, whatever was given before', async () => {
    await expect(clientsFor(address, 'https://elsewhere.example/')).rejects.toThrow('not one of the Bot');
  });

  it('are not made anew for signing in, which nobody does', async () => {
    const authentication = new ChannelAuthentication({ kind: 'none' });
    const [one, other] = [new ClaimsIdentity([]), new ClaimsIdentity([])];
    expect(await authentication.createUserTokenClient(one)).toBe(
      await authentication.createUserTokenClient(other),
    );
  });
});
