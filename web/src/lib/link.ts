import { Centrifuge, State, type PublicationContext } from "centrifuge";
import { since } from "./clock";
import type { Leaf } from "./event";

/** Status is what the server says of a channel when it is joined and every two seconds; instants in ms. */
export interface Status {
  now: number;
  end: number | undefined;
  viewers: number;
}

/** Watch is one channel, followed from a position that the page was drawn at. */
export interface Watch {
  channel: string;
  offset: number;
  epoch: string;
  event(leaf: Leaf): void;
  status?(status: Status): void;
}

const silence = 7000; // ms; the server speaks every two seconds
const crowd = 1500; // ms over which the pages of one room load anew

/** reload draws the page anew; not all of a room at the same instant. */
export function reload(): void {
  setTimeout(() => location.reload(), 200 + Math.random() * crowd);
}

/** Link is the page's connection. It says in words how it stands. */
export class Link {
  private readonly client: Centrifuge;
  private silent = since(); // ms in which the server has said nothing
  private joined = false;
  private refused = false;

  constructor(private readonly label: Element | null) {
    const address = new URL("/connection/websocket", location.href);
    address.protocol = address.protocol.replace("http", "ws");
    this.client = new Centrifuge(address.href, { minReconnectDelay: 300, maxReconnectDelay: 4000, timeout: 5000 });
    this.client.on("state", () => this.say());
    addEventListener("pagehide", () => this.client.disconnect());
    addEventListener("pageshow", (event) => event.persisted && this.hurry());
    addEventListener("online", () => this.hurry());
    addEventListener("offline", () => this.say());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.hurry());
    setInterval(() => this.listen(), 1000);
  }

  /** open connects once all channels are named by follow. */
  open(): void {
    this.silent = since();
    this.client.connect();
  }

  /** follow hands over each event once, in order; what cannot be had so draws the page anew. */
  follow(watch: Watch): void {
    let seq = watch.offset;
    const sub = this.client.newSubscription(watch.channel, { since: { offset: watch.offset, epoch: watch.epoch } });
    sub.on("subscribed", (to) => {
      this.hear();
      if (to.wasRecovering && !to.recovered) reload();
    });
    sub.on("publication", (pub) => {
      this.hear();
      if (pub.offset === undefined) {
        watch.status?.(statusOf(pub));
        return;
      }
      if (pub.offset <= seq) return;
      if (pub.offset !== seq + 1) {
        reload();
        return;
      }
      seq = pub.offset;
      watch.event(pub.data as Leaf);
    });
    sub.on("unsubscribed", () => {
      this.refused = true;
      this.say();
    });
    sub.subscribe();
  }

  private hear(): void {
    this.silent = since();
    this.joined = true;
    this.say();
  }

  /** hurry connects at once instead of waiting for the next try. */
  private hurry(): void {
    if (this.client.state === State.Connected && this.silent() < silence / 2) return;
    this.client.disconnect();
    this.open();
  }

  /** listen notices a connection that stands but carries nothing. */
  private listen(): void {
    if (this.client.state === State.Connected && !this.refused && this.silent() > silence) this.hurry();
  }

  private say(): void {
    if (!this.label) return;
    const [state, words] = this.standing();
    this.label.setAttribute("data-state", state);
    if (this.label.textContent !== words) this.label.textContent = words;
  }

  private standing(): [state: string, words: string] {
    if (!navigator.onLine) return ["offline", "网络已断开"];
    if (this.refused) return ["broken", "收不到更新，请刷新页面"];
    if (this.client.state === State.Connected) return ["connected", "已连接"];
    return this.joined ? ["broken", "连接中断，正在重连"] : ["broken", "正在连接"];
  }
}

function statusOf(pub: PublicationContext): Status {
  const said = pub.data as { now: string; end?: string; viewers: number };
  return { now: Date.parse(said.now), end: said.end === undefined ? undefined : Date.parse(said.end), viewers: said.viewers };
}
