package casework

import "sunlot/internal/fault"

// Return is why a case goes back, field by field.
type Return struct {
	Version int           `json:"version"`
	Reasons []fault.Field `json:"reasons"`
}

// maxReasons is more than any form has fields.
const maxReasons = 60

// Check refuses a return that gives no reason.
func (r Return) Check() error {
	var f fault.Form
	if len(r.Reasons) == 0 {
		f.Add("reasons", "请至少写明一处需要修改的内容和理由")
	}
	if len(r.Reasons) > maxReasons {
		f.Add("reasons", "退回理由不能超过%d条", maxReasons)
	}
	for _, reason := range r.Reasons {
		f.Text("reasons", "需要修改的栏目", reason.Name, 40)
		f.Text("reasons", "退回理由", reason.Message, 300)
	}
	return f.Err()
}
