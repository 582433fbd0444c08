package house

import (
	"context"
	"errors"
	"fmt"
	"io"

	"sunlot/disclosure/ledger"
	"sunlot/disclosure/verify"
)

// Verify checks another instance from outside, and tells on out what it found:
// its log, the facts that it publishes, and each tender's story from the log
// alone. What is not as it was signed is an error.
func Verify(ctx context.Context, target ledger.Target, out io.Writer) error {
	wordings, err := Wordings()
	if err != nil {
		return err
	}
	report, err := ledger.Verify(ctx, target)
	if err != nil {
		return err
	}
	if err := report.Write(out); err != nil {
		return err
	}
	if report.Checkpoint.Origin == "" {
		return errors.New("verify: the checkpoint is not signed by the key")
	}
	wrong, err := verify.Compare(ctx, target.URL, report)
	if err != nil {
		return err
	}
	for _, w := range wrong {
		fmt.Fprintln(out, "  - "+w)
	}
	for _, line := range verify.Withheld(report) {
		fmt.Fprintln(out, line)
	}
	for _, line := range verify.Stories(report, wordings) {
		fmt.Fprintln(out, line)
	}
	if !report.OK() || len(wrong) > 0 {
		return errors.New("verify: the log or what the pages publish is not as it was signed")
	}
	return nil
}
