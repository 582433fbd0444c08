package identity

import (
	"cmp"
	"context"
	"log/slog"

	"sunlot/internal/fault"
)

// What the security log calls acts that are no act on one account.
const (
	accountConfirmed AccountAct = "confirm"
	accountDropped   AccountAct = "drop"
)

// noteAct tells the security log of an act on an account: ids, never names,
// logins or passwords.
func (a *Admin) noteAct(ctx context.Context, act AccountAct, actor, target string, h Handed, err error) {
	outcome := "done"
	switch {
	case err != nil:
		outcome = "refused"
	case h.waits():
		outcome = "proposed"
	}
	noteSecurity(ctx, a.Log, "account."+string(act), actor, cmp.Or(target, h.ID, h.Proposal), outcome, err)
}

// noteSecurity writes one line of the security log: which event, by whom, about
// whom, and how it went. Without a logger there is none.
func noteSecurity(ctx context.Context, log *slog.Logger, kind, actor, target, outcome string, err error) {
	if log == nil {
		return
	}
	level := slog.LevelInfo
	if err != nil || outcome != "done" && outcome != "proposed" {
		level = slog.LevelWarn
	}
	attrs := []slog.Attr{
		slog.String("event", kind),
		slog.String("actor", actor),
		slog.String("target", target),
		slog.String("outcome", outcome),
	}
	if err != nil {
		attrs = append(attrs, slog.String("reason", string(fault.CodeOf(err))))
	}
	log.LogAttrs(ctx, level, "security", attrs...)
}
