/**
 * Read a page, or a part of one, in the background.
 *
 * @param {string} address
 * @param {RequestInit} [options] as fetch takes them; unless they say otherwise, no redirection is followed, as it
 *   leads to the sign-in page
 * @returns {Promise<{ ok: boolean, page: Document }>} whether the answer is a success, and what it says
 * @throws {TypeError} when there is no answer, or one that leads elsewhere
 */
export async function fetchPage(address, options) {
  const answer = await fetch(address, { redirect: "error", ...options });
  return { ok: answer.ok, page: new DOMParser().parseFromString(await answer.text(), "text/html") };
}
