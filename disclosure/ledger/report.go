package ledger

import (
	"fmt"
	"io"
	"slices"
)

const mostShown = 20

// Write tells the outcome to a person: what was checked, what it rests on, what
// is wrong.
func (r *Report) Write(w io.Writer) error {
	text := ""
	if r.Checkpoint.Origin != "" { // empty when the signature was not good
		text = fmt.Sprintf("日志：%s，共 %d 条记录，根校验码 %v\n", safe(r.Checkpoint.Origin), r.Checkpoint.Size, r.Checkpoint.Root)
	}
	if r.KeyPinned {
		text += "公钥：由 --key 指定 " + safe(r.Key) + "\n"
	} else {
		text += "公钥：取自本服务器（key taken from this server），未经其他途径核对 " + safe(r.Key) + "\n"
	}
	text += r.history()
	if r.OK() {
		text += fmt.Sprintf("核验通过：签名、%d 条记录、全部校验码块和 %d 个事项的先后顺序均相符\n", r.Checkpoint.Size, len(r.Streams))
	} else {
		text += fmt.Sprintf("核验未通过：发现 %d 处问题\n", len(r.Findings))
		for f := range slices.Values(r.Findings[:min(len(r.Findings), mostShown)]) {
			text += "  - " + f.String() + "\n"
		}
		if more := len(r.Findings) - mostShown; more > 0 {
			text += fmt.Sprintf("  - 另有 %d 处\n", more)
		}
	}
	_, err := io.WriteString(w, text)
	return err
}

func (r *Report) history() string {
	switch {
	case r.Earlier == nil:
		return "历史：未与早先的检查点比较；若历史被整体改写并重新签名，单凭本次核验看不出来（用 --state 保存检查点）\n"
	case r.OK():
		return fmt.Sprintf("历史：与上次核验时的 %d 条记录一致\n", r.Earlier.Size)
	}
	return fmt.Sprintf("历史：上次核验时有 %d 条记录\n", r.Earlier.Size)
}
