package house_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/event"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
)

// What is looked for is longer than a register of the processor, whose pieces a
// signal may leave in memory for a moment.
const (
	toldText    = "三组的鱼塘去年收了十二万元租金，账上只有八万元，剩下的四万元去了哪里，请查一查"
	toldContact = "住在村东头老樟树旁边第三家的李某某，晚上八点以后打一三九零零零零零零零零"
	toldPhoto   = "A PHOTO OF THE RECEIPT THAT NOBODY HERE MAY SEE AGAIN, NOT EVEN IN MEMORY"
	toldTwice   = "第一次忘了选问题类别所以退了回来的那一封信，里面写的是修路的石子少铺了一半"
	toldTooMuch = "照片加起来太大所以没有收下的那一封信，里面写的是河边的沙子卖到了外面"
	toldAbroad  = "从别的网站的页面上送来所以没有收下的那一封信，里面写的是低保名单里有亲戚"
	toldNowhere = "送到一个不存在的地址去的那一封信，里面写的是水渠只修了前面的三百米就报完工"
	toldCut     = "带着照片传到一半手机没有信号断掉的那一封信，里面写的是林地转包没有开过会"
	toldCutOff  = "没有照片传到一半手机没有信号断掉的那一封信，里面写的是打井的钱收了两回"
	ordinary    = "这句话是在普通搜索框里输入的，它应当留在内存里，否则这个测试什么也没有看到"
)

// TestNothingOfAReportStays looks for what five people reported in everything
// that the public program has: its memory, its files, its database, what it
// logged. The reading room does not run, so all of it is sealed. An ordinary
// search, which is not wiped, shows that the look finds what is there.
func TestNothingOfAReportStays(t *testing.T) {
	t.Parallel()
	program := housetest.Program(t)
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		t.Parallel()
		s := startSealed(t, c, program)
		wrong := s.report("", toldTwice, toldContact)
		if wrong.StatusCode != 422 || !strings.Contains(wrong.Body, toldTwice) {
			t.Fatalf("a report without a category: %d %s", wrong.StatusCode, housetest.Brief(wrong.Body))
		}
		for i := range 5 {
			if a := s.report("money", fmt.Sprint(toldText, i), toldContact); a.StatusCode != 200 ||
				!housetest.CodeShown.MatchString(a.Body) {
				t.Fatalf("report %d: %d %s", i, a.StatusCode, housetest.Brief(a.Body))
			}
		}
		refused := s.refusedReports()
		s.ask("GET", "/tenders?q="+url.QueryEscape(ordinary), "", nil)
		all := append(refused, toldText, toldContact, toldPhoto, toldTwice)
		found := s.look(append(all, ordinary)...)
		for _, told := range all {
			if len(found[told]) > 0 {
				t.Errorf("%q is still in %v", told, found[told])
			}
		}
		if len(found[ordinary]) == 0 {
			t.Error("the look does not even find an ordinary search")
		}
	})
}

// sealedProgram is the public program by itself, as a process of its own.
type sealedProgram struct {
	t       *testing.T
	r       *housetest.House // its database, from beside it
	url     string
	process *exec.Cmd
	said    *spoken
}

// spoken is what a process writes, readable meanwhile.
type spoken struct {
	mu  sync.Mutex // owns all
	all bytes.Buffer
}

func (s *spoken) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.all.Write(p)
}

func (s *spoken) String() string { return string(s.Bytes()) }

func (s *spoken) Bytes() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return bytes.Clone(s.all.Bytes())
}

func startSealed(t *testing.T, c store.Config, program string) *sealedProgram {
	k := alone(housetest.Open(t, c))
	k.program = program
	said := &spoken{}
	k.process = exec.Command(program, "demo")
	k.process.Env = append(k.env, "GOGC=100") // whatever the tests are given
	k.process.Stdout, k.process.Stderr = said, said
	if err := k.process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(k.kill)
	k.ready(said)
	return &sealedProgram{t: t, r: k.r, url: k.url, process: k.process, said: said}
}

func (s *sealedProgram) report(category, text, contact string) housetest.Answer {
	form := url.Values{
		"request_id": {event.NewID()},
		"place":      {""},
		"about":      {"village"},
		"category":   {category},
		"text":       {text},
		"contact":    {contact},
	}
	photo := append(housetest.JpegOf(s.t, 1), strings.Repeat(toldPhoto, 2000)...)
	kind, body := housetest.MultipartOf(s.t, form, photo)
	return s.ask("POST", "/report", kind, body)
}

// refusedReports sends reports that the box's own handler never sees, and returns
// their texts: too large, from a foreign page, to no address, broken off.
func (s *sealedProgram) refusedReports() []string {
	s.t.Helper()
	photo := append(housetest.JpegOf(s.t, 1), strings.Repeat(toldPhoto, 2000)...)
	for _, r := range []struct {
		text, path, origin string
		photo              []byte
		size               int // of the body as it is announced; 0 is its own
		cut                int // bytes of its end that do not come
		status             string
	}{
		{toldTooMuch, "/report", s.url, photo, 11 << 20, 0, "413"},
		{toldAbroad, "/report", "https://evil.example", photo, 0, 0, "403"},
		{toldNowhere, "/report/nowhere", s.url, photo, 0, 0, "404"},
		{toldCut, "/report", s.url, photo, 0, 50_000, "400"},
		{toldCutOff, "/report", s.url, nil, 0, 20, "400"},
	} {
		form := url.Values{"request_id": {event.NewID()}, "about": {"village"}, "category": {"money"}, "text": {r.text}}
		var photos [][]byte
		if r.photo != nil {
			photos = append(photos, r.photo)
		}
		kind, body := housetest.MultipartOf(s.t, form, photos...)
		size := max(r.size, len(body))
		head := fmt.Sprintf("POST %s HTTP/1.1\r\nHost: x\r\nOrigin: %s\r\nContent-Type: %s\r\nContent-Length: "+
			"%d\r\n\r\n", r.path, r.origin, kind, size)
		if answer := s.raw(head, body[:len(body)-r.cut]); !strings.HasPrefix(answer, "HTTP/1.1 "+r.status) ||
			strings.Contains(answer, r.text) {
			s.t.Errorf("%s: %s", r.text, answer[:min(len(answer), 60)])
		}
	}
	return []string{toldTooMuch, toldAbroad, toldNowhere, toldCut, toldCutOff}
}

// raw sends bytes and nothing after them, and reads what comes back.
func (s *sealedProgram) raw(head string, body []byte) string {
	s.t.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	s.r.Ok(err)
	defer c.Close()
	_, err = c.Write(append([]byte(head), body...))
	s.r.Ok(err)
	_ = c.(*net.TCPConn).CloseWrite() // whom the answer came first has closed already
	answer, _ := io.ReadAll(c)
	return string(answer)
}

func (s *sealedProgram) ask(method, path, kind string, body []byte) housetest.Answer {
	req, err := http.NewRequestWithContext(s.t.Context(), method, s.url+path, bytes.NewReader(body))
	s.r.Ok(err)
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	res, err := housetest.Transport.RoundTrip(req)
	s.r.Ok(err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	s.r.Ok(err)
	return housetest.Answer{Response: res, Body: string(text)}
}

// look says for each text in which places of the program it is.
func (s *sealedProgram) look(texts ...string) map[string][]string {
	s.t.Helper()
	found := map[string][]string{}
	in := func(where string, data []byte) {
		for _, text := range texts {
			if bytes.Contains(data, []byte(text)) {
				found[text] = append(found[text], where)
			}
		}
	}
	in("the log", s.said.Bytes())
	s.r.Ok(filepath.WalkDir(s.r.Store.Dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		in(path, data)
		return err
	}))
	for _, table := range s.r.Tables() {
		in("table "+table, dump(s.r, table))
	}
	s.memory(in)
	return found
}

// memory hands out every readable part of the process's memory.
func (s *sealedProgram) memory(in func(where string, data []byte)) {
	s.t.Helper()
	process := fmt.Sprintf("/proc/%d/", s.process.Process.Pid)
	maps, err := os.ReadFile(process + "maps")
	s.r.Ok(err)
	mem, err := os.Open(process + "mem")
	s.r.Ok(err)
	defer mem.Close()
	seen := 0
	for line := range strings.Lines(string(maps)) {
		var from, to int64
		var may string
		if _, err := fmt.Sscanf(line, "%x-%x %s", &from, &to, &may); err != nil || !strings.HasPrefix(may, "r") ||
			strings.Contains(line, "[v") {
			continue
		}
		data := make([]byte, to-from)
		n, _ := mem.ReadAt(data, from) // what is not there yet cannot be read
		seen += n
		in("memory "+strings.TrimSpace(line), data[:n])
	}
	if seen < 16<<20 {
		s.t.Fatalf("only %d bytes of memory could be read", seen)
	}
}

// dump is all rows of a table, as bytes.
func dump(r *housetest.House, table string) []byte {
	r.T.Helper()
	rows, err := r.Inspect().Query("SELECT * FROM " + table)
	r.Ok(err)
	defer rows.Close()
	names, err := rows.Columns()
	r.Ok(err)
	var out bytes.Buffer
	w := bufio.NewWriter(&out)
	for rows.Next() {
		values, at := make([]any, len(names)), make([]any, len(names))
		for i := range values {
			at[i] = &values[i]
		}
		r.Ok(rows.Scan(at...))
		for _, v := range values {
			if raw, ok := v.([]byte); ok {
				w.Write(raw)
			} else {
				fmt.Fprint(w, v)
			}
			w.WriteByte('\n')
		}
	}
	w.Flush()
	return out.Bytes()
}
