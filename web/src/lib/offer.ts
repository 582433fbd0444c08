/** Offer is a price that a bidder has confirmed. Its id is one for ever: sent again, it is carried out once. */
export interface Offer {
  id: string;
  price: number;
  match: boolean;
}

/** Receipt is the server's word for an offer that counts; instants as text. */
export interface Receipt {
  price: number;
  at: string;
  ends_at: string;
  extended: boolean;
}

/** Answer is what became of an offer: taken, refused, or neither where nobody knows
 * whether it counts. login says that the session is over. */
export interface Answer {
  taken?: Receipt;
  refused?: string;
  login?: boolean;
}

const patience = 8000; // ms for an answer, then it is asked again
const pause = 1500; // ms before it is asked again
const decided = [400, 401, 403, 404, 409, 410, 413, 415, 422, 429]; // the others may come from what stands between
const door = [401, 403, 429]; // answered before the offer's id is looked up: what became of an earlier sending, they don't tell

/** newOffer gives a confirmed price the id that it keeps. */
export function newOffer(price: number, match: boolean): Offer {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return { id: [...bytes].map((b) => (b < 16 ? "0" : "") + b.toString(16)).join(""), price, match };
}

/** send asks until the server has decided, each time with the same id. Before every
 * sending it asks whether the offer may go out, with how often it has gone unanswered;
 * the first no ends it. */
export async function send(lot: string, token: string, offer: Offer, may: (times: number) => boolean, before = 0): Promise<Answer> {
  for (let times = before; may(times); times++) {
    const answer = await once(lot, token, offer, times > 0);
    if (answer) return answer;
    if (!may(times + 1)) break; // it is said at once that nothing came
    await new Promise((wake) => {
      setTimeout(wake, pause);
      addEventListener("online", wake, { once: true });
    });
  }
  return {};
}

async function once(lot: string, token: string, offer: Offer, again: boolean): Promise<Answer | undefined> {
  const sent = fetch(`/api/v1/lots/${lot}/bids`, {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", "Idempotency-Key": offer.id, "X-CSRF-Token": token },
    body: JSON.stringify({ price: offer.price, match: offer.match }),
  });
  const late = new Promise<undefined>((done) => setTimeout(done, patience));
  try {
    const answer = await Promise.race([sent, late]);
    return answer && (await Promise.race([read(answer, again), late]));
  } catch {
    return undefined; // the line is lost: nobody knows what the server has done
  }
}

async function read(answer: Response, again: boolean): Promise<Answer | undefined> {
  const said = (await answer.json()) as Receipt & { error?: { code: string; message: string } };
  if (answer.ok) return { taken: said };
  if (!said.error || !decided.includes(answer.status)) return undefined;
  const login = answer.status === 401;
  if (!again || !door.includes(answer.status)) return { refused: said.error.message, login };
  return answer.status === 429 ? undefined : { login };
}
