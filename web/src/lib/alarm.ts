// Tells a bidder who looks elsewhere that he has been overtaken: by a sound, by the
// telephone's trembling and by the document's title.
const kept = "sunlot-silent"; // in the browser's storage: the sound is switched off

function silent(): boolean {
  try {
    return localStorage.getItem(kept) === "yes";
  } catch {
    return false; // no storage in this browser
  }
}

/** Alarm rings when told. Browsers let a page sound only after it was touched once. */
export class Alarm {
  private readonly title = document.title;
  private off = silent();
  private sound: AudioContext | undefined;

  constructor(private readonly button: HTMLButtonElement | null) {
    for (const touched of ["pointerdown", "touchend", "keydown"]) addEventListener(touched, () => this.wake());
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", () => this.turn());
    this.label();
  }

  private turn(): void {
    this.off = !this.off;
    try {
      localStorage.setItem(kept, this.off ? "yes" : "no");
    } catch {
      // a private window keeps nothing
    }
    this.label();
    if (!this.off) this.play();
  }

  private label(): void {
    this.button?.setAttribute("aria-pressed", String(!this.off));
    if (this.button) this.button.textContent = this.off ? "提醒声：关" : "提醒声：开";
  }

  private wake(): void {
    if (this.off) return;
    if (!this.sound && "AudioContext" in window) this.sound = new AudioContext();
    if (this.sound?.state === "suspended") void this.sound.resume();
  }

  /** ring tells of it once. */
  ring(): void {
    if ("vibrate" in navigator) navigator.vibrate([200, 100, 200]);
    try {
      this.play();
    } catch {
      // a browser that has no more sounds to give
    }
  }

  /** say puts words before the document's title; none leave it as it was. */
  say(words: string): void {
    const title = words ? `${words}｜${this.title}` : this.title;
    if (document.title !== title) document.title = title;
  }

  private play(): void {
    const sound = this.sound;
    if (this.off || !sound || sound.state !== "running") return;
    [880, 660].forEach((pitch, i) => {
      const [tone, loud, from] = [sound.createOscillator(), sound.createGain(), sound.currentTime + i * 0.25];
      tone.frequency.value = pitch;
      loud.gain.setValueAtTime(0.25, from);
      loud.gain.exponentialRampToValueAtTime(0.001, from + 0.24);
      tone.connect(loud).connect(sound.destination);
      tone.start(from);
      tone.stop(from + 0.25);
    });
  }
}
