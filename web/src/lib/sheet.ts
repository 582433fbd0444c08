// The bid sheet and its check as the server drew them, kept true while others bid.
import { write } from "./board";
import { yearly, yuan } from "./money";
import type { Standing } from "./standing";

const steps = [1, 2, 5];

/** Sheet is nothing on a page that has neither. */
export class Sheet {
  private readonly form: HTMLFormElement | null;
  private readonly check: HTMLFormElement | null;

  constructor(private readonly room: HTMLElement, private readonly standing: Standing) {
    this.form = room.querySelector("form[data-sheet]");
    this.check = room.querySelector("form[data-check]");
  }

  /** draw is told whether the end has come, and of what time of the day all is while the server is not heard. */
  draw(closing: boolean, asOf: string): void {
    const note = this.room.querySelector<HTMLElement>("[data-leading-note]");
    if (note) note.hidden = closing || !this.standing.leads;
    write(this.room, "data-leading-note", asOf ? `${asOf} 时您的报价领先。` : "您的报价已经领先，不用再加价。");
    if (this.form) {
      this.form.hidden = closing || this.standing.leads;
      this.choices(this.form);
    }
    if (this.check) this.confirmable(this.check, closing);
  }

  private choices(form: HTMLFormElement): void {
    const { standing } = this;
    const match = this.choice(form, "match") ?? (standing.matches ? this.copy(form, "match") : undefined);
    if (match) this.write(match, standing.matches, `行使优先权（同价），报 ${yuan(standing.price)} 元`, this.sums(standing.price));
    for (const n of steps) {
      const price = standing.raised(n);
      const label = this.choice(form, String(n));
      if (label) this.write(label, price <= standing.most, standing.words(n, `${yuan(price)} 元`), this.sums(price));
    }
    const typed = this.choice(form, "typed");
    if (typed) this.write(typed, true, "自行填写", `${yuan(standing.raised(1))} 至 ${yuan(standing.most)} ${this.room.dataset.unit}`);
  }

  private choice(form: HTMLFormElement, value: string): HTMLLabelElement | undefined {
    return form.querySelector<HTMLElement>(`input[name=choice][value="${value}"]`)?.closest("label") ?? undefined;
  }

  /** copy makes a choice that the server had no reason to draw. */
  private copy(form: HTMLFormElement, value: string): HTMLLabelElement | undefined {
    const first = this.choice(form, "typed");
    const label = first?.cloneNode(true) as HTMLLabelElement | undefined;
    const input = label?.querySelector("input");
    if (!first || !label || !input) return undefined;
    [input.value, input.checked] = [value, false];
    first.parentElement?.insertBefore(label, first.parentElement.querySelector("label.choice"));
    return label;
  }

  private write(label: HTMLLabelElement, shown: boolean, words: string, hint: string): void {
    label.hidden = !shown;
    const input = label.querySelector("input");
    if (input && !shown) input.checked = false;
    const name = label.querySelector("span")?.firstChild;
    if (name && name.textContent !== words) name.textContent = words;
    const small = label.querySelector("small");
    if (small && small.textContent !== hint) small.textContent = hint;
  }

  private sums(price: number): string {
    const rent = yearly(price, Number(this.room.dataset.factor));
    if (this.room.dataset.once) return `共 ${yuan(rent)} 元`;
    return `一年 ${yuan(rent)} 元，租期内共 ${yuan(rent * Number(this.room.dataset.periods))} 元`;
  }

  /** confirmable keeps the check from binding anybody to what is refused anyway. */
  private confirmable(form: HTMLFormElement, closing: boolean): void {
    const price = Number(form.dataset.check);
    const good = !closing && this.standing.allows(price, form.dataset.checkMatch === "yes");
    form.hidden = !good;
    const { leads, leader } = this.standing;
    const why = closing ? "竞价时间已到，这一笔没有报出。" : leads ? "您已领先，不用再报。"
      : `${leader} 号已报 ${yuan(this.standing.price)} 元，这个价不能再报，请返回重新选择。`;
    write(this.room, "data-check-note", good ? "" : why);
  }
}
