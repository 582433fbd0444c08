// The stock client as any program uses it: watches one channel from its first
// event on and prints each offset that it is given, until the last.
//   node stock.mjs ws://... channel epoch last
import { Centrifuge } from "centrifuge";
import WebSocket from "ws";

const [address, channel, epoch, last] = process.argv.slice(2);
const client = new Centrifuge(address, { websocket: WebSocket, minReconnectDelay: 20, maxReconnectDelay: 100 });
const watched = client.newSubscription(channel, { since: { offset: 0, epoch } });
watched.on("subscribed", (s) => console.log(`subscribed ${s.wasRecovering} ${s.recovered}`));
watched.on("publication", (p) => {
  if (p.offset === undefined) return;
  console.log(`event ${p.offset} ${p.data.seq} ${p.data.kind}`);
  if (p.offset === Number(last)) client.disconnect();
});
client.on("disconnected", (d) => (process.exitCode = d.code === 0 ? 0 : 1));
watched.subscribe();
client.connect();
