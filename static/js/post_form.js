/**
 * @typedef {object} Taken what the server says of a file that it took
 * @property {string} name
 * @property {string} size as people read it
 * @property {string} remove the address at which it is removed again
 */

/**
 * Send fields, one of them may be a file. Not by fetch, which cannot say how much of it is sent.
 *
 * @param {string} address
 * @param {Record<string, string | File>} fields
 * @param {object} hears
 * @param {(share: number) => void} [hears.onProgress] told how much is sent, from 0 to 1
 * @param {(status: number, answer: { files?: Taken[], errors?: string[] } | null) => void} hears.onDone told the
 *   answer's status, 0 without one or if it was stopped, and its JSON
 */
export function postForm(address, fields, { onProgress, onDone }) {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  const request = new XMLHttpRequest();
  request.open("POST", address);
  request.setRequestHeader("Accept", "application/json");
  request.responseType = "json";
  if (onProgress) {
    request.upload.addEventListener("progress", ({ lengthComputable, loaded, total }) => {
      if (lengthComputable) onProgress(loaded / total);
    });
  }
  request.addEventListener("loadend", () => onDone(request.status, request.response));
  request.send(data);
  return request;
}
