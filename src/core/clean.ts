/** For a text that came from a server and is shown to a person: masks secrets, and takes out what could steer a terminal. */
export type Clean = (text: string) => string;

/** Masks on both sides: a secret may hold a control character, or a server may have put one where the secret has a blank. */
export function createClean(scrub: (text: string) => string): Clean {
  return (text) => scrub(scrub(text).replace(/\p{Cc}+/gu, ' '));
}
