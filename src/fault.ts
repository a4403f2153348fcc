/** Something went wrong that is nobody's doing in the chat. Its message holds no personal data, so that it may be logged. */
export class Fault extends Error {
  override name = 'Fault';
}
