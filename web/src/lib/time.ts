// Beijing keeps UTC+8 all year, so its time is written without asking the phone
// for its zone.

const ahead = 8 * 60 * 60 * 1000;

// exactly writes an instant as the server does: 2026年11月25日 10:23:05.000.
export function exactly(at: number): string {
  const there = new Date(at + ahead);
  return `${there.getUTCFullYear()}年${there.getUTCMonth() + 1}月${there.getUTCDate()}日 ${there.toISOString().slice(11, 23)}`;
}

// datetime writes it without seconds: 2026年11月25日 10:23.
export function datetime(at: number): string {
  return exactly(at).slice(0, -7);
}

// clock writes the time of the day: 10:23.
export function clock(at: number): string {
  return exactly(at).slice(-12, -7);
}

// remaining writes a duration as "1小时02分03秒"; below zero there is none.
export function remaining(ms: number): string {
  const seconds = Math.max(Math.ceil(ms / 1000), 0);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (n: number) => String(n).padStart(2, "0");
  if (h >= 48) return `${Math.floor(h / 24)}天${h % 24}小时`;
  if (h > 0) return `${h}小时${two(m)}分${two(s)}秒`;
  return m > 0 ? `${m}分${two(s)}秒` : `${s}秒`;
}
