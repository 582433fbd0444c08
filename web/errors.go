package web

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/fault"
)

var statuses = map[fault.Code]int{
	"":                    fiber.StatusOK,
	fault.Invalid:         fiber.StatusUnprocessableEntity,
	fault.Unauthenticated: fiber.StatusUnauthorized,
	fault.Forbidden:       fiber.StatusForbidden,
	fault.NotFound:        fiber.StatusNotFound,
	fault.Gone:            fiber.StatusGone,
	fault.Conflict:        fiber.StatusConflict,
	fault.TooMany:         fiber.StatusTooManyRequests,
	fault.Unavailable:     fiber.StatusServiceUnavailable,
	fault.Internal:        fiber.StatusInternalServerError,
}

// saying is how a status is told.
type saying struct {
	code           fault.Code
	title, message string
}

// told is what a page says when the error has no sentence of its own.
var told = map[int]saying{
	400: {fault.Invalid, "提交的内容有误", "请返回上一页检查后重试"},
	401: {fault.Unauthenticated, "请重新登录", "登录已失效，请重新登录"},
	403: {fault.Forbidden, "不能办理", "您没有办理这一事项的权限"},
	404: {fault.NotFound, "没有找到", "没有找到这个页面，请检查网址，或者从首页进入"},
	405: {fault.Invalid, "提交的内容有误", "当前页面不能这样操作，请返回上一页"},
	408: {fault.Invalid, "没有传完", "网络太慢或断了，没有传完，什么也没有保存。填写的内容还在上一页：请返回，到信号好的地方再提交一次，照片可以分几次传"},
	409: {fault.Conflict, "现在不能办理", "事项的状态已经变化，请返回刷新"},
	410: {fault.Gone, "已隐去", "这个内容已隐去"},
	413: {fault.Invalid, "内容过大", "内容过大：照片合计不超过10 MB，文字不超过1 MB"},
	415: {fault.Invalid, "提交的内容有误", "内容不能压缩后再传，请直接提交"},
	422: {fault.Invalid, "请改正下列内容", "请返回上一页改正后重试"},
	429: {fault.TooMany, "请稍候", "访问过于频繁，请稍后再试"},
	431: {fault.Invalid, "提交的内容有误", "浏览器保存的数据过多，请清除本网站数据（Cookie）后重试"},
	500: {fault.Internal, "系统出错", "系统出错了，没有办理成功。请稍后再试；如仍不行，请把下面的编号告诉管理员"},
	503: {fault.Unavailable, "暂时不能办理", "系统繁忙，请稍后再试"},
}

// Status is the one place where an error becomes an HTTP status.
func Status(err error) int {
	var own *fiber.Error
	if errors.As(err, &own) {
		return own.Code
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return fiber.StatusServiceUnavailable
	}
	return statuses[fault.CodeOf(err)]
}

// Missing is the answer for an address that leads nowhere; what is, for example, 个村.
func Missing(what string) error {
	return fault.New(fault.NotFound, "没有找到这%s，请检查网址", what)
}

// NotYet is the answer for a page that the case will have later; said is a whole
// sentence without its last mark.
func NotYet(said string) error { return fault.New(fault.NotFound, "%s", said) }

// Problem is the JSON answer to a request that failed.
type Problem struct {
	Code      fault.Code    `json:"code"`
	Message   string        `json:"message"`
	Fields    []fault.Field `json:"fields,omitempty"`
	Reference string        `json:"reference"`
}

// ErrorPage is what the page of a failure shows.
type ErrorPage struct {
	Status    int
	Title     string
	Message   string
	Fields    []fault.Field
	Reference string
	Kept      []string // what was typed into a form whose login had lapsed
	Again     string   // the page with the form
}

// fail answers a request that returned an error. What went wrong inside is for
// the log; the person reads a number to quote.
func (k *Kit) fail(c *fiber.Ctx, err error) error {
	if c.Locals(localReference) == nil {
		return k.unread(c, err)
	}
	_ = c.Request().CloseBodyStream() // nobody has wanted it: it is not read for the page of a failure
	// The handler's time may be up, its page is still drawn.
	c.SetUserContext(context.WithoutCancel(c.UserContext()))
	k.secure(c)
	c.Set(fiber.HeaderXRequestID, Reference(c))
	status := Status(err)
	say := tell(status)
	switch {
	case isReport(c.Path()):
		if status == fiber.StatusInternalServerError {
			k.box.failed(err)
		}
	case status >= 500:
		k.cfg.Log.Error("failed", slog.String("reference", Reference(c)), slog.String("method", c.Method()),
			slog.String("route", c.Route().Path), slog.String("error", err.Error()))
	}
	problem := Problem{Code: say.code, Message: say.message, Reference: Reference(c)}
	var own *fault.Error
	if errors.As(err, &own) && own.Code != fault.Internal {
		problem.Code, problem.Message = own.Code, own.Message
		problem.Fields = own.Fields
	}
	if status == fiber.StatusTooManyRequests {
		c.Set(fiber.HeaderRetryAfter, "60")
	}
	c.Status(status)
	switch {
	case isAPI(c):
		return c.JSON(fiber.Map{"error": problem})
	case isRaw(c.Path()): // any site's page may read it: it has nothing of whoever looks
		return c.SendString(problem.Message + "\n" + problem.Reference + "\n")
	}
	page := ErrorPage{
		Status:    status,
		Title:     say.title,
		Message:   problem.Message,
		Fields:    problem.Fields,
		Reference: problem.Reference,
	}
	busy := status == fiber.StatusTooManyRequests || status == fiber.StatusServiceUnavailable
	if (busy || status == fiber.StatusUnauthorized) && !reads(c) && !isReport(c.Path()) {
		page.Kept, page.Again = kept(c), k.backTo(c)
	}
	if err := k.Page(c, "error/show", page); err != nil {
		k.cfg.Log.Error("error page", slog.String("reference", Reference(c)), slog.String("error", err.Error()))
		return c.Status(status).SendString(say.message + "\n" + problem.Reference)
	}
	return nil
}

// tell is what a status says where the error has no sentence of its own.
func tell(status int) saying {
	switch say, known := told[status]; {
	case known:
		return say
	case status >= 500:
		return told[500]
	}
	return told[400]
}

// unread answers a request that has met no middleware: it is refused while it is
// read, or never came. One line is enough: a page is drawn from the database, and
// whoever opens a thousand connections and says nothing would be served a
// thousand pages when their time is up.
func (k *Kit) unread(c *fiber.Ctx, err error) error {
	wipeRefused(c)
	k.secure(c)
	status := Status(err)
	return c.Status(status).SendString(tell(status).message)
}

// chosen is what a form sends that nobody has typed: a choice, an id, a version.
var chosen = regexp.MustCompile(`^[a-z0-9_,/]*$`)

// kept lists what was typed, without what must not be shown again and what was only
// chosen.
func kept(c *fiber.Ctx) []string {
	var typed []string
	add := func(name, value string) {
		secret := name == csrfField || name == "request_id" || strings.Contains(name, "password") || name == "old" ||
			name == "again"
		letters := strings.ContainsFunc(value, func(r rune) bool { return r >= 'a' && r <= 'z' || r == '_' })
		picked := chosen.MatchString(value) && (letters || len(value) < 4)
		if !secret && !picked && len(typed) < 100 {
			typed = append(typed, value)
		}
	}
	if form, err := c.MultipartForm(); err == nil {
		for _, name := range slices.Sorted(maps.Keys(form.Value)) {
			for _, v := range form.Value[name] {
				add(name, v)
			}
		}
		return typed
	}
	for name, value := range c.Context().PostArgs().All() {
		add(string(name), string(value))
	}
	return typed
}
