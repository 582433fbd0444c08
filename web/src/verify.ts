// The proof page: the reader's own browser recomputes what the page says of a
// leaf, from its bytes to the log's signature, and remembers what it saw.
import { checkpointOf, keyOf, receiptOf, signedBy, type Checkpoint, type Key } from "./lib/note";
import { remember, remembered } from "./lib/seen";
import { tilesAt } from "./lib/tiles";
import { climb, fingerprint, grow, hex, leafHash, same } from "./lib/tree";
import { fill } from "./lib/fill";

/** Wrong is a check that failed, in words for the reader. */
class Wrong extends Error {}

type Say = (words: string) => void;

class Check {
  private index = 0;
  private signed = "";
  private head: Checkpoint | undefined;
  private key: Key | undefined;

  constructor(private readonly at: DOMStringMap, private readonly leaf: string, private readonly root: HTMLElement) {}

  /** steps are carried out in this order, up to the first that fails. */
  readonly steps: Record<string, (say: Say) => Promise<void> | void> = {
    leaf: (say) => {
      if (hex(leafHash(this.leaf)) !== this.at.hash) throw new Wrong("用原文算出的校验码和网址里的不一样：原文被改过，或网址不对。");
      say("算出的校验码和网址里的一样。");
    },
    path: async (say) => {
      const receipt = receiptOf(await ask(this.at.receipt));
      this.head = receipt && checkpointOf(receipt.checkpoint);
      if (!receipt || !this.head) throw new Wrong("服务器给的记入日志的证明无法识别。");
      const root = climb(receipt.index, this.head.size, leafHash(this.leaf), receipt.path);
      if (!root || !same(root, this.head.root)) throw new Wrong("按证明一层层合并，得不到签名里的总校验码：证明被改过，或这条记录不在日志里。");
      [this.index, this.signed] = [receipt.index, receipt.checkpoint];
      say(`在全部 ${this.head.size} 条里排第 ${this.index} 条，合并 ${receipt.path.length} 次，得到签名里的总校验码。`);
    },
    sign: async (say) => {
      const words = await ask(this.at.key);
      this.key = keyOf(words);
      if (!this.key) throw new Wrong("服务器给的公钥无法识别，或者被改过。");
      if (!signedBy(this.signed, this.key)) throw new Wrong("签名对不上公钥：总校验码、签名或公钥被改过。");
      fill(this.root.querySelector("[data-key-print]"), fingerprint(words).replace(/(.{4})(?=.)/g, "$1 "));
      say("总校验码由公开日志的密钥签过。");
    },
    past: async (say) => {
      const [head, before] = [this.head!, remembered()];
      const print = hex(this.key!.key);
      if (before && before.key !== print) throw new Wrong("公钥和您上次看到的不是同一个。");
      if (before && before.size > head.size) throw new Wrong(`上次看到 ${before.size} 条，现在只有 ${head.size} 条：有记录被删除。`);
      if (before) await this.follows(before.size, before.root, head);
      remember({ origin: head.origin, key: print, size: head.size, root: hex(head.root) });
      say(before ? `上次看到的 ${before.size} 条均未改动，现在共有 ${head.size} 条。` : `这个浏览器第一次核对，已记住 ${head.size} 条；下次会检查这些记录有没有动过。`);
    },
  };

  /** follows checks that the tree seen before is the beginning of this one. */
  private async follows(size: number, root: string, head: Checkpoint): Promise<void> {
    const [old, now] = await grow(size, head.size, tilesAt(this.at.tiles ?? "", head.size));
    if (hex(old) !== root || !same(now, head.root)) throw new Wrong("和您上次看到的记录接不上：以前的记录被改过。");
  }

  /** place is the leaf's number in the log. */
  get place(): number {
    return this.index;
  }
}

async function ask(address: string | undefined): Promise<string> {
  const answer = await fetch(address ?? "", { cache: "no-store" });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.text();
}

async function run(box: HTMLElement, leaf: string): Promise<void> {
  const check = new Check(box.dataset, leaf, box);
  const result = box.querySelector<HTMLElement>("[data-result]");
  for (const item of box.querySelectorAll<HTMLElement>("[data-step]")) {
    const note = item.querySelector("small");
    try {
      await check.steps[item.dataset.step ?? ""]?.((words) => fill(note, words));
      item.className = "done";
    } catch (error) {
      const wrong = error instanceof Wrong;
      item.className = "failed";
      fill(note, wrong ? error.message : "没有取到核对要用的内容，请检查网络后刷新重试。");
      result?.classList.add(wrong ? "bad" : "warn");
      fill(result, wrong ? "没有通过核对。请看下面“没通过怎么办”。" : "没有核对完：网络不通。");
      return;
    }
  }
  result?.classList.add("good");
  fill(result, `核对通过：这条记录是公开日志的第 ${check.place} 条，写入以后没有改过。`);
}

const box = document.querySelector<HTMLElement>("[data-verify]");
const leaf = document.querySelector("[data-leaf]")?.textContent;
if (box && leaf) {
  box.querySelectorAll<HTMLElement>("[data-on]").forEach((at) => (at.hidden = false));
  box.querySelectorAll<HTMLElement>("[data-off]").forEach((at) => (at.hidden = true));
  void run(box, leaf);
}
