// The way to the server: one call for what people do, one stream for what happens.
import { say } from "./words.js";

/** The server said no; the message is its own words. */
export class Refused extends Error {}

/** POST to /api/`path` (JSON, or multipart for a FormData); the answer's JSON, or `Refused`. */
export async function door(path, body) {
  const form = body instanceof FormData;
  let response;
  try {
    response = await fetch(`/api/${path}`, {
      method: "POST",
      headers: form ? {} : { "Content-Type": "application/json" },
      body: form ? body : JSON.stringify(body),
    });
  } catch {
    throw new Refused(say("lost"));
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(answer.error ?? `HTTP ${response.status}`);
  return answer;
}

/** Events after number `seq` that the server still keeps, none when it cannot be asked. */
export async function eventsSince(seq) {
  try {
    const response = await fetch(`/api/events?since=${seq}&wait=0`, { cache: "no-store" });
    return response.ok ? (await response.json()).events : [];
  } catch {
    return [];
  }
}

/** Where the bytes of a file are. */
export const fileUrl = (fileId) => `/api/file/${encodeURIComponent(fileId)}`;

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 4000;

/**
 * Follow the rehearsal for as long as the page is open: `onState(state)` first and after every
 * break, `onEvent(event)` for each event after it, `onLost()` when the connection breaks.
 *
 * After a break the whole state is asked for again instead of the missed events: the server may
 * be a new one whose numbers began afresh, and then its events would not follow ours.
 */
export function follow({ onState, onEvent, onLost }) {
  let pause = FIRST_PAUSE;

  async function begin() {
    let state;
    try {
      const response = await fetch("/api/state", { cache: "no-store" });
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      state = await response.json();
    } catch {
      again();
      return;
    }
    onState(state);
    let seen = state.seq;
    const source = new EventSource(`/api/events?since=${seen}`);
    source.onopen = () => (pause = FIRST_PAUSE);
    source.onmessage = ({ data }) => {
      const event = JSON.parse(data);
      if (event.seq > seen + 1) {
        // The server's log is bounded: what lies between is gone from it.
        source.close();
        begin();
        return;
      }
      seen = event.seq;
      onEvent(event);
    };
    source.onerror = () => {
      source.close();
      again();
    };
  }

  function again() {
    onLost();
    setTimeout(begin, pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  }

  begin();
}
