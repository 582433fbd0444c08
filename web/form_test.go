package web

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/fault"
)

func TestFields(t *testing.T) {
	v := &View{Fault: "请改正下列内容", Fields: []fault.Field{{Name: "area", Message: "请填写面积"}},
		Data: []Choice{{"a", "甲", ""}, {"b", "乙", "说明"}}}
	page := drawn(t, `
{{template "text" (field . "area" "面积" "38.6" "unit" "亩" "mode" "decimal" "hint" "按图" "max" 12)}}
{{template "text" (field . "code" "编号" 7 "optional" true "type" "password" "autocomplete" "current-password")}}
{{template "textarea" (field . "use" "用途" "养鱼" "rows" 6)}}
{{template "date" (field . "day" "日期" "2026-11-23")}}
{{template "select" (field . "kind" "类别" "b" "choices" .Data)}}
{{template "radios" (field . "one" "选一" "a" "choices" .Data)}}
{{template "checkboxes" (field . "many" "可多选" (list) "choices" .Data)}}
{{template "file" (field . "photos" "照片" nil "multiple" true)}}
{{template "checkbox" (field . "sure" "已核对" true)}}`, v)
	wants(t, page, `<label for="f-area">面积</label>`,
		`id="f-area" name="area" value="38.6" type="text" inputmode="decimal"`, `maxlength="12"`,
		`aria-describedby="f-area-hint f-area-error" aria-invalid="true"`, `<p class="hint" id="f-area-hint">按图`,
		`id="f-area-error"`, `<span class="unit">亩`,
		`编号 <span class="optional">选填`, `value="7" type="password" autocomplete="current-password"`, `rows="6"`,
		"养鱼</textarea>", `value="2026-11-23" type="date"`,
		`<option value="b" selected>乙`, `<option value="a">甲`, `<option value="">请选择`,
		`<fieldset class="field" id="f-one"`, `name="one" value="a" type="radio" checked`,
		`name="many" value="b" type="checkbox">`, "<small>说明</small>",
		`type="file" accept="image/jpeg,image/png,image/webp" multiple`,
		`name="sure" value="yes" type="checkbox" checked`,
		`href="#f-area"`)
	if n := strings.Count(page, "aria-invalid"); n != 1 {
		t.Errorf("%d fields are wrong, one is", n)
	}
}

func TestFieldOptionsAreChecked(t *testing.T) {
	for _, options := range []string{`"hnit" "x"`, `"max" "12"`, `"optional" 1`, `"hint"`, `"choices" "x"`} {
		if _, err := draw(t, `{{template "text" (field . "a" "b" "" `+options+`)}}`, &View{}); err == nil {
			t.Errorf("taken: %s", options)
		}
	}
	if _, err := draw(t, `{{template "buttons" (list (button "x" "" "name"))}}`, &View{}); err == nil {
		t.Error("a button with a name and no value")
	}
}

// sent posts a multipart form and returns what read says of it.
func sent(t *testing.T, files map[string][]int, read func(*fiber.Ctx) error) *multipart.Writer {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for _, v := range []string{"一", "二"} {
		if err := w.WriteField("row", v); err != nil {
			t.Fatal(err)
		}
	}
	for name, sizes := range files {
		for i, size := range sizes {
			part, err := w.CreateFormFile(name, fmt.Sprintf("../../%d.jpg", i))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := part.Write(make([]byte, size)); err != nil {
				t.Fatal(err)
			}
		}
	}
	w.Close()
	h := open(t)
	h.Upload("/api/v1/files", Public, read)
	r := httptest.NewRequest("POST", "/api/v1/files", &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	answer, err := h.App.Test(r, -1)
	if err != nil || answer.StatusCode != 200 {
		t.Fatalf("%v %v", err, answer)
	}
	return w
}

func TestUploads(t *testing.T) {
	for _, c := range []struct {
		name  string
		sizes []int
		said  string
	}{
		{"none", nil, ""},
		{"three", []int{10, 20, 30}, ""},
		{"nine", []int{1, 1, 1, 1, 1, 1, 1, 1, 1}, ""},
		{"ten", []int{1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, "最多上传9个文件"},
		{"all of the limit", []int{MaxBytes - 1, 1}, ""},
		{"over the limit together", []int{MaxBytes - 1, 2}, "不能超过10 MB"},
		{"an empty one", []int{5, 0}, "是空的"},
	} {
		t.Run(c.name, func(t *testing.T) {
			sent(t, map[string][]int{"photos": c.sizes, "other": {3}}, func(ctx *fiber.Ctx) error {
				all, err := Uploads(ctx, "photos")
				if c.said == "" {
					if err != nil || len(all) != len(c.sizes) {
						t.Errorf("%d files, %v", len(all), err)
					}
					for i, u := range all {
						if len(u.Data) != c.sizes[i] {
							t.Errorf("file %d has %d bytes", i, len(u.Data))
						}
					}
					return nil
				}
				if err == nil || !strings.Contains(err.Error(), c.said) || len(fault.FieldsOf(err)) != 1 ||
					fault.FieldsOf(err)[0].Name != "photos" {
					t.Errorf("%v", err)
				}
				return nil
			})
		})
	}
}

func TestValues(t *testing.T) {
	sent(t, nil, func(c *fiber.Ctx) error {
		if got := strings.Join(Values(c, "row"), ","); got != "一,二" {
			t.Errorf("multipart: %q", got)
		}
		return nil
	})
	h := open(t)
	h.Upload("/api/v1/values", Public, func(c *fiber.Ctx) error {
		files, err := Uploads(c, "photos")
		return c.SendString(fmt.Sprint(Values(c, "row"), len(Values(c, "none")), files, err))
	})
	h.expect(h.ask("POST", "/api/v1/values", fields("row", "a", "row", "b", "other", "c")), 200, "[a b] 0 [] <nil>")
	many := strings.Repeat("row=1&", 3000)
	h.Post("/api/v1/many", Public,
		func(c *fiber.Ctx) error { return c.SendString(fmt.Sprint(len(Values(c, "row")))) })
	h.expect(h.ask("POST", "/api/v1/many", many), 200, "2000")
}
