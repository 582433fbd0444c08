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

/** Answer is what became of an offer; login says that the session is over. */
export interface Answer {
  taken?: Receipt;
  refused?: string;
  login?: boolean;
}

const patience = 8000; // ms for an answer, then it is asked again
const pause = 1500; // ms before it is asked again
const decided = [400, 401, 403, 404, 409, 410, 413, 415, 422, 429]; // the others may come from what stands between

/** newOffer gives a confirmed price the id that it keeps. */
export function newOffer(price: number, match: boolean): Offer {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return { id: [...bytes].map((b) => (b < 16 ? "0" : "") + b.toString(16)).join(""), price, match };
}

/** send asks until the server has answered; each time that no answer came it says so
 * to unanswered, whose false ends it, and sends the same offer with the same id. */
export async function send(lot: string, token: string, offer: Offer, unanswered: (times: number) => boolean): Promise<Answer> {
  for (let times = 1; ; times++) {
    const answer = await once(lot, token, offer);
    if (answer) return answer;
    if (!unanswered(times)) return {};
    await new Promise((wake) => {
      setTimeout(wake, pause);
      addEventListener("online", wake, { once: true });
    });
  }
}

async function once(lot: string, token: string, offer: Offer): Promise<Answer | undefined> {
  const sent = fetch(`/api/v1/lots/${lot}/bids`, {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", "Idempotency-Key": offer.id, "X-CSRF-Token": token },
    body: JSON.stringify({ price: offer.price, match: offer.match }),
  });
  const late = new Promise<undefined>((done) => setTimeout(done, patience));
  try {
    const answer = await Promise.race([sent, late]);
    return answer && (await Promise.race([read(answer), late]));
  } catch {
    return undefined; // the line is lost: nobody knows what the server has done
  }
}

async function read(answer: Response): Promise<Answer | undefined> {
  const said = (await answer.json()) as Receipt & { error?: { code: string; message: string } };
  if (answer.ok) return { taken: said };
  const ours = said.error !== undefined && (decided.includes(answer.status) || said.error.code === "unavailable");
  return ours ? { refused: said.error?.message ?? "", login: answer.status === 401 } : undefined;
}
